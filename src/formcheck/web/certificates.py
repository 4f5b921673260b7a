"""Certificates for phones in the home: an authority of this machine's own, for private addresses.

A phone gives its camera to HTTPS only. The authority's key stays in the data folder, readable by
its user alone. Its name constraints keep it from vouching for anything but private addresses and
names under `.local`, so a phone that trusts it risks nothing on the internet.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Network
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from formcheck.errors import OutputError
from formcheck.history.folder import SERVE

AUTHORITY_YEARS = 5
SERVER_DAYS = 90
"""The server's own certificate is made anew at every start; phones refuse one of over 825 days."""
BACK = timedelta(days=1)
"""A phone's clock may be behind."""

PRIVATE = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv4Network("169.254.0.0/16"),
    IPv4Network("127.0.0.0/8"),
    # For documentation and tests: the internet routes none of them, virtual machines have them.
    IPv4Network("192.0.2.0/24"),
    IPv4Network("198.18.0.0/15"),
    IPv4Network("198.51.100.0/24"),
    IPv4Network("203.0.113.0/24"),
    IPv6Network("fc00::/7"),
    IPv6Network("fe80::/10"),
)
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Authority:
    """The certificate authority of this machine."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        """The certificate as phones install it."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, to compare on both screens."""
        digest = hashlib.sha256(self.der).hexdigest().upper()
        return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def authority_in(folder: Path) -> Authority:
    """Returns the authority of a data folder; makes it if there is none that still holds.

    Raises
    ------
    OutputError
        It can't be written.
    """
    place = folder / SERVE
    certificate_path, key_path = place / "ca.pem", place / "ca-key.pem"
    try:
        certificate = x509.load_pem_x509_certificate(certificate_path.read_bytes())
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        pass
    else:
        soon = datetime.now(UTC) + timedelta(days=SERVER_DAYS)
        fits = certificate.public_key() == key.public_key()
        holds = fits and certificate.not_valid_after_utc > soon
        if isinstance(key, ec.EllipticCurvePrivateKey) and holds:
            return Authority(certificate, key)
    made = _new_authority()
    _write_secret(key_path, _pem(made.key))
    _write_secret(certificate_path, made.certificate.public_bytes(serialization.Encoding.PEM))
    return made


def server_certificate(folder: Path, authority: Authority, addresses: Sequence[str]) -> Path:
    """Makes the certificate of the server's addresses; returns the file with it and its key.

    Raises
    ------
    OutputError
        It can't be written.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    names: list[x509.GeneralName] = [x509.IPAddress(IPv4Address(each)) for each in addresses]
    names.append(x509.DNSName(local_name()))
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    certificate = (
        _builder("formcheck serve", key, timedelta(days=SERVER_DAYS))
        .issuer_name(authority.certificate.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(usage, critical=False)
        .add_extension(_key_usage(signs_others=False), critical=True)
        .add_extension(issued_by, critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    path = folder / SERVE / "server.pem"
    _write_secret(path, _pem(key) + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def local_name() -> str:
    """Returns the name of this machine in its own network."""
    host = "".join(c for c in socket.gethostname().split(".")[0] if c.isalnum() or c == "-")
    return f"{host or 'formcheck'}.{LOCAL}"


def _new_authority() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    permitted: list[x509.GeneralName] = [x509.IPAddress(each) for each in PRIVATE]
    constraints = x509.NameConstraints([*permitted, x509.DNSName(LOCAL)], None)
    name = f"formcheck on {local_name()}"
    certificate = (
        _builder(name, key, timedelta(days=365 * AUTHORITY_YEARS))
        .issuer_name(_named(name))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(constraints, critical=True)
        .add_extension(_key_usage(signs_others=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def _builder(
    name: str, key: ec.EllipticCurvePrivateKey, holds: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACK)
        .not_valid_after(now + holds)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _key_usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write_secret(path: Path, data: bytes) -> None:
    """Writes a file that its user alone can read, from its first byte on."""
    draft = path.with_suffix(".new.pem")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.replace(path)
    except OSError as error:
        raise OutputError(
            f"The certificate '{path}' can't be written: {error.strerror}. Choose another folder"
            " with --data."
        ) from error
