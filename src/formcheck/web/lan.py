"""The home network: the private addresses of this machine, and the page that gives its trust."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from formcheck.errors import FormcheckError
from formcheck.web.access import Gate, Guard
from formcheck.web.app import TYPES, page_file
from formcheck.web.certificates import PRIVATE, Authority

NO_NETWORK = "This machine has no address in a private network: connect it to the home's network."
_ELSEWHERE = ("192.0.2.1", 9)
"""An address of nobody: asking which way leads there sends nothing."""


def private_addresses() -> list[str]:
    """Returns the addresses at which others in the home reach this machine, the usual one first.

    Raises
    ------
    FormcheckError
        There is none: no network, or a public address, where formcheck does not serve.
    """
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            found.append(str(probe.getsockname()[0]))
        except OSError:
            pass
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        infos = []
    found += [str(info[4][0]) for info in infos]
    private = [each for each in dict.fromkeys(found) if is_private(each)]
    if not private:
        raise FormcheckError(NO_NETWORK)
    return private


def is_private(address: str) -> bool:
    """Returns whether an address belongs to a private network, and is not this machine's alone."""
    parsed = ip_address(address)
    within = any(parsed in network for network in PRIVATE if network.version == parsed.version)
    return within and not parsed.is_loopback


def trust_app(origin: str, authority: Authority) -> ASGIApp:
    """Returns the application that gives phones the authority's certificate, and nothing else.

    It answers over HTTP, since the phone trusts no HTTPS yet: what it gives is public, and the
    fingerprint on both screens tells whether somebody in between has changed it.
    """

    async def page(request: Request) -> Response:
        text = (page_file("trust.html") or b"").replace(
            b"FINGERPRINT", authority.fingerprint.encode()
        )
        return Response(text, headers={"content-type": TYPES["html"]})

    async def certificate(request: Request) -> Response:
        headers = {
            "content-type": "application/x-x509-ca-cert",
            "content-disposition": 'attachment; filename="formcheck.crt"',
        }
        return Response(authority.der, headers=headers)

    async def style(request: Request) -> Response:
        return Response(page_file("style.css"), headers={"content-type": TYPES["css"]})

    routes = [
        Route("/", page),
        Route("/formcheck.crt", certificate),
        Route("/assets/style.css", style),
    ]
    return Gate(Starlette(routes=routes), Guard(frozenset({origin}), public=True))
