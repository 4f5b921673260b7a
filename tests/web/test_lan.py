"""Phones in the home: certificates for private addresses alone, and HTTPS that they verify."""

from __future__ import annotations

import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from cryptography import x509

from formcheck.errors import FormcheckError
from formcheck.history.folder import stored_files
from formcheck.web import lan
from formcheck.web.certificates import Authority, authority_in, local_name, server_certificate
from formcheck.web.lan import is_private, private_addresses

HOME = "192.168.7.20"


def accepted(authority: Authority, served: Path, host: str) -> str:
    """Shakes hands in memory with a server of this certificate; returns why a phone refuses it."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(served)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(cadata=authority.der)
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    here = client.wrap_bio(to_client, to_server, server_hostname=host)
    there = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for end in (here, there):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError as error:
                return str(error.verify_message)
    return ""


@pytest.mark.parametrize("host", [HOME, local_name()])
def test_a_phone_that_trusts_the_authority_trusts_the_server(tmp_path: Path, host: str) -> None:
    authority = authority_in(tmp_path)
    assert accepted(authority, server_certificate(tmp_path, authority, [HOME]), host) == ""


def test_the_authority_vouches_for_nothing_on_the_internet(tmp_path: Path) -> None:
    authority = authority_in(tmp_path)
    public = server_certificate(tmp_path, authority, ["8.8.8.8"])
    assert "permitted subtree" in accepted(authority, public, "8.8.8.8")
    constraints = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    names = constraints.value.permitted_subtrees or []
    assert [each.value for each in names if isinstance(each, x509.DNSName)] == ["local"]
    networks = [each.value for each in names if isinstance(each, x509.IPAddress)]
    assert networks and all(network.is_private for network in networks)


def test_its_key_is_its_users_alone_and_the_next_start_finds_it(tmp_path: Path) -> None:
    authority = authority_in(tmp_path)
    server_certificate(tmp_path, authority, [HOME])
    files = stored_files(tmp_path)
    assert [path.name for path in files] == ["ca-key.pem", "ca.pem", "server.pem"]
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert authority_in(tmp_path).fingerprint == authority.fingerprint
    files[0].write_bytes(b"damaged")
    assert authority_in(tmp_path).fingerprint != authority.fingerprint


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("192.168.1.5", True), ("10.1.2.3", True), ("172.16.0.1", True), ("169.254.3.4", True),
        ("172.32.0.1", False), ("8.8.8.8", False), ("127.0.0.1", False), ("100.64.0.1", False),
        ("fe80::1", True), ("2001:db8::1", False),
    ],
)  # fmt: skip
def test_only_a_private_network_is_a_home(address: str, private: bool) -> None:
    assert is_private(address) is private


def test_without_a_network_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "is_private", lambda address: False)
    with pytest.raises(FormcheckError, match="private network"):
        private_addresses()


SERVE = """
from formcheck.web import lan
lan.private_addresses = lambda: ["127.0.0.2"]
from formcheck.cli.main import run
run()
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A server with `--lan`, whose home is this machine's loopback; gives what it prints."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--lan", "--no-browser", "--port", "0",
         "--data", str(tmp_path)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    yield tmp_path, said
    process.kill()
    process.communicate()


def words(text: str, begin: str) -> str:
    return next(word for word in text.split() if word.startswith(begin))


def test_a_phone_comes_in_over_https_and_gets_the_certificate(served: tuple[Path, str]) -> None:
    folder, said = served
    trust, link = words(said, "http://127.0.0.2:"), words(said, "https://127.0.0.2:")
    origin, token = link.split("/#token=")
    authority = authority_in(folder)
    assert authority.fingerprint in said and "█" in said
    page = httpx2.get(trust, timeout=30.0)
    assert authority.fingerprint in page.text and token not in page.text
    assert httpx2.get(f"{trust}/formcheck.crt").content == authority.der
    # Nothing else is there, and no other host is answered.
    assert httpx2.get(f"{trust}/api/run").status_code == 404
    assert httpx2.post(trust, headers={"origin": trust}).status_code == 405
    assert httpx2.get(trust, headers={"host": "evil.example"}).status_code == 421
    context = ssl.create_default_context(cadata=authority.der)
    headers = {"origin": origin}
    with httpx2.Client(base_url=origin, verify=context, headers=headers, timeout=30.0) as phone:
        assert phone.get("/api/run").status_code == 401
        answer = phone.post("/api/login", json={"token": token})
        assert "Secure" in answer.headers["set-cookie"]
        assert phone.get("/api/run").json()["run"] is None
    with pytest.raises(httpx2.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx2.get(origin)
