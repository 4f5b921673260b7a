"""The application: pages, their files, and the addresses behind them."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from formcheck.core.coaching.pain import PAIN_STOPS, SAFETY, pain_stop
from formcheck.sound.tones import RATE_HZ, Tone, samples
from formcheck.version import __version__
from formcheck.web.access import Gate, Guard, cookie
from formcheck.web.answers import answering, fields
from formcheck.web.catalogue import catalogue
from formcheck.web.run_desk import RunDesk
from formcheck.web.run_routes import run_routes

TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
}
PAGES = {
    "/": "index.html",
    "/index.html": "index.html",
    "/watch": "watch.html",
    "/history": "history.html",
    "/plan": "plan.html",
}


def make_app(guard: Guard, desk: RunDesk, further: Sequence[BaseRoute] = ()) -> ASGIApp:
    """Returns the application behind its gate.

    Parameters
    ----------
    guard : Guard
        Decides who gets in.
    desk : RunDesk
        Holds the live run.
    further : sequence of BaseRoute
        The routes of recordings, history and plan.
    """
    routes: list[BaseRoute] = [
        *(Route(path, _page(name)) for path, name in PAGES.items()),
        Route("/assets/{name}", _asset),
        Route("/favicon.ico", _icon),
        Route("/api/login", answering(_login_by(guard)), methods=["POST"]),
        Route("/api/exercises", _exercises),
        Route("/api/tones/{name}.wav", _tone),
        *run_routes(desk),
        *further,
    ]
    return Gate(Starlette(routes=routes), guard)


def page_file(name: str) -> bytes | None:
    """Returns a file of the pages; None where there is none of that name."""
    if not name.replace("-", "").replace(".", "").replace("_", "").isalnum():
        return None
    suffix = name.rpartition(".")[2]
    path = resources.files("formcheck.web") / "pages" / name
    return path.read_bytes() if suffix in TYPES and path.is_file() else None


def _page(name: str) -> Any:
    async def page(request: Request) -> Response:
        return _file(name)

    return page


async def _asset(request: Request) -> Response:
    return _file(request.path_params["name"])


async def _icon(request: Request) -> Response:
    return _file("icon.svg")


def _file(name: str) -> Response:
    data = page_file(name)
    if data is None:
        return Response(status_code=404)
    return Response(data, headers={"content-type": TYPES[name.rpartition(".")[2]]})


def _login_by(guard: Guard) -> Any:
    async def login(request: Request) -> Response:
        token = (await fields(request)).text("token", most=200)
        session = guard.log_in(token)
        if session is None:
            why = "This link is of another run of formcheck serve: take the newest one."
            return JSONResponse({"error": why}, status_code=401)
        secure = request.url.scheme == "https"
        made = cookie(request.headers["host"], session, secure=secure)
        return Response(status_code=204, headers={"set-cookie": made})

    return login


async def _exercises(request: Request) -> Response:
    return JSONResponse(
        {
            "exercises": catalogue(),
            "safety": SAFETY,
            "pain_stops": PAIN_STOPS,
            "pain_say": pain_stop(PAIN_STOPS),
            "version": __version__,
        }
    )


async def _tone(request: Request) -> Response:
    known = {tone.name.lower(): tone for tone in Tone}
    tone = known.get(request.path_params["name"])
    return (
        Response(status_code=404) if tone is None else Response(_wav(tone), media_type="audio/wav")
    )


@lru_cache(maxsize=len(Tone))
def _wav(tone: Tone) -> bytes:
    """Returns a tone as a WAV file, the same sound that `formcheck run` plays."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((samples(tone) * 32767).astype(np.int16).tobytes())
    return held.getvalue()
