from __future__ import annotations

from typing import Any

import pytest

from formcheck.web.access import MOST_SESSIONS, Guard, cookie, cookie_name
from tests.web.rig import ORIGIN, TOKEN, guard

HOST = "127.0.0.1:8765"


def scope(path: str, method: str = "GET", kind: str = "http", **headers: str) -> dict[str, Any]:
    given = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return {
        "type": kind, "path": path, "method": method, "scheme": "http",
        "headers": [(n.encode(), v.encode()) for n, v in given.items() if v],
    }  # fmt: skip


@pytest.fixture
def let_in() -> tuple[Guard, str]:
    made = guard()
    session = made.log_in(TOKEN)
    assert session is not None
    return made, cookie(HOST, session, secure=False).partition(";")[0]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        # Pages hold nothing of anybody.
        ({"path": "/"}, None),
        ({"path": "/assets/train.js"}, None),
        ({"path": "/api/login", "method": "POST", "origin": ORIGIN}, None),
        ({"path": "/api/run"}, 401),
        ({"path": "/api/run", "cookie": "own"}, None),
        ({"path": "/api/run", "cookie": "formcheck-8765=guessed"}, 401),
        ({"path": "/api/run", "cookie": "\x00;=;;"}, 401),
        ({"path": "/api/run", "method": "POST", "cookie": "own", "origin": ORIGIN}, None),
        ({"path": "/api/run", "method": "POST", "cookie": "own"}, 403),
        ({"path": "/api/run", "method": "POST", "cookie": "own", "origin": "null"}, 403),
        # A stolen cookie at another site.
        ({"path": "/api/run", "cookie": "own", "origin": "http://evil.example"}, 403),
        ({"path": "/api/run", "cookie": "own", "sec_fetch_site": "cross-site"}, 403),
        ({"path": "/api/run", "cookie": "own", "sec_fetch_site": "same-site"}, 403),
        ({"path": "/", "sec_fetch_site": "cross-site"}, None),
        # A name of the internet bound to this machine's address: its origin equals its host.
        ({"path": "/", "host": "evil.example:8765"}, 421),
        ({"path": "/api/run", "cookie": "own", "host": "evil.example:8765",
          "origin": "http://evil.example:8765"}, 421),
        ({"path": "/", "host": "127.0.0.1:9999"}, 421),
        ({"path": "/", "host": ""}, 421),
        ({"path": "/api/watch", "kind": "websocket", "cookie": "own", "origin": ORIGIN}, None),
        ({"path": "/api/watch", "kind": "websocket", "cookie": "own"}, 403),
        ({"path": "/api/watch", "kind": "websocket", "origin": ORIGIN}, 401),
        ({"path": "/", "kind": "websocket", "origin": ORIGIN}, 401),
    ],
)  # fmt: skip
def test_who_gets_in(let_in: tuple[Guard, str], given: dict[str, str], status: int | None) -> None:
    made, own = let_in
    if given.get("cookie") == "own":
        given = given | {"cookie": own}
    refused = made.refusal(scope(**given))
    assert (refused and refused.status) == status


def test_only_the_links_token_is_exchanged() -> None:
    made = guard()
    for token in ("", "other", TOKEN + " ", TOKEN[:-1], "ü"):
        assert made.log_in(token) is None
    assert made.log_in(TOKEN) != made.log_in(TOKEN)


def test_the_oldest_browser_has_to_take_the_link_again() -> None:
    made = guard()
    sessions = [made.log_in(TOKEN) for _ in range(MOST_SESSIONS + 1)]

    def known(session: str | None) -> bool:
        sent = cookie(HOST, str(session), secure=False).partition(";")[0]
        return made.refusal(scope("/api/run", cookie=sent)) is None

    assert [known(sessions[0]), known(sessions[1]), known(sessions[-1])] == [False, True, True]


@pytest.mark.parametrize("secure", [True, False])
def test_no_script_reads_the_cookie_and_no_site_sends_it(secure: bool) -> None:
    made = cookie(HOST, "abc", secure=secure)
    assert "HttpOnly" in made and "SameSite=Strict" in made and "Path=/" in made
    assert ("; Secure" in made) == secure == cookie_name(HOST, secure=secure).startswith("__Host-")
