"""Who gets in: a fixed list of hosts and of origins, and a cookie for whoever had the link.

The link holds a token in its fragment, which browsers send to nobody. The page exchanges the token
for a cookie that scripts can't read and other sites can't send. Hosts and origins are lists made
at the start: an origin that equals the host proves nothing, because a name on the internet can be
bound to this machine's address.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_SESSIONS = 64
"""Browsers that are let in at the same time; the oldest has to take the link again."""

_SAFE = ("GET", "HEAD")
_OPEN = ("/", "/index.html", "/watch", "/history", "/plan", "/api/login", "/favicon.ico")
_OPEN_BELOW = "/assets/"

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
    " media-src 'self' blob:; connect-src {connect}; worker-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused: HTTP status and a sentence."""

    status: int
    why: str


@dataclass(slots=True)
class Guard:
    """Decides about each request.

    Attributes
    ----------
    origins : frozenset of str
        The addresses of the server, such as `http://127.0.0.1:8765`.
    token : str
        What the link holds.
    public : bool
        Whether everything behind it is for everybody who reaches it.
    """

    origins: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    public: bool = False
    _sessions: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of the server's addresses, with their ports."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)

    def log_in(self, token: str) -> str | None:
        """Returns the cookie's value for the right token; None for any other."""
        if not hmac.compare_digest(token.encode("utf-8"), self.token.encode("utf-8")):
            return None
        session = secrets.token_urlsafe(32)
        self._sessions = [*self._sessions[-(MOST_SESSIONS - 1) :], session]
        return session

    def is_known(self, headers: Headers, *, secure: bool) -> bool:
        """Returns whether a request brings the cookie."""
        cookie: SimpleCookie = SimpleCookie()
        try:
            cookie.load(headers.get("cookie", ""))
        except CookieError:
            return False
        morsel = cookie.get(cookie_name(headers.get("host", ""), secure=secure))
        given = b"" if morsel is None else morsel.value.encode("utf-8")
        return any([hmac.compare_digest(given, known.encode()) for known in self._sessions])

    def refusal(self, scope: Scope) -> Refusal | None:
        """Returns why a request or a socket is refused; None where it may pass."""
        headers, path = Headers(scope=scope), str(scope["path"])
        socket = scope["type"] == "websocket"
        secure = scope.get("scheme") in ("https", "wss")
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return Refusal(421, "This server does not answer for that host.")
        origins = headers.getlist("origin")
        if any(origin not in self.origins for origin in origins) or len(origins) > 1:
            return Refusal(403, "Another site may not do this.")
        if not origins and (socket or scope["method"] not in _SAFE):
            return Refusal(403, "The request does not say which site it comes from.")
        is_open = self.public or path in _OPEN or path.startswith(_OPEN_BELOW)
        elsewhere = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
        if elsewhere and not (is_open and scope.get("method") == "GET"):
            return Refusal(403, "Another site may not do this.")
        if not (is_open and not socket) and not self.is_known(headers, secure=secure):
            return Refusal(401, "Open the link that formcheck serve printed.")
        return None


def cookie_name(host: str, *, secure: bool) -> str:
    """Returns the name of the cookie; browsers share cookies between the ports of a host."""
    port = host.rpartition(":")[2]
    return f"__Host-formcheck-{port}" if secure else f"formcheck-{port}"


def cookie(host: str, session: str, *, secure: bool) -> str:
    """Returns the header that sets the cookie."""
    name = cookie_name(host, secure=secure)
    return f"{name}={session}; Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")


def policy_for(origins: Iterable[str]) -> str:
    """Returns the content security policy of the pages of these addresses."""
    # Older Safari does not take a socket for 'self'.
    sockets = sorted(origin.replace("http", "ws", 1) for origin in origins)
    return PAGE_POLICY.format(connect=" ".join(["'self'", *sockets]))


class Gate:
    """Refuses what may not pass, and gives every answer the headers that keep it safe.

    Parameters
    ----------
    app : ASGIApp
        The application behind it.
    guard : Guard
        Decides.
    """

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard
        self._headers = _safe_headers(policy_for(guard.origins))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                given = {name.lower() for name, _ in message.get("headers", ())}
                added = [pair for pair in self._headers if pair[0] not in given]
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        refused = self._guard.refusal(scope)
        if refused is None:
            await self._app(scope, receive, safely)
            return
        answer = PlainTextResponse(refused.why, status_code=refused.status)
        if scope["type"] == "websocket":
            # uvicorn counts the bytes of such an answer itself; two counts are one too many.
            del answer.headers["content-length"]
        await answer(scope, receive, safely)


def _safe_headers(policy: str) -> list[tuple[bytes, bytes]]:
    headers = {
        "content-security-policy": policy,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(self), screen-wake-lock=(self), microphone=()",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]
