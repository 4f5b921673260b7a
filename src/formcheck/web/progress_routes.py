"""The progress page, made anew each time it is opened."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from formcheck.errors import FormcheckError
from formcheck.history.days import now
from formcheck.history.decisions import decisions
from formcheck.history.store import History
from formcheck.reports.page import PLOTS_FILE
from formcheck.reports.progress_page import progress_page
from formcheck.training.progress import progress
from formcheck.web.answers import own_policy

NOTHING = "There is no session to report on yet: train first."


def progress_routes(folder: Path) -> list[BaseRoute]:
    """Returns the routes of the progress page of a data folder."""

    async def page(request: Request) -> Response:
        try:
            text = _page(folder)
        except FormcheckError as error:
            return PlainTextResponse(str(error), status_code=422)
        if text is None:
            return PlainTextResponse(NOTHING, status_code=404)
        return HTMLResponse(text, headers={"content-security-policy": own_policy(text)})

    async def plots(request: Request) -> Response:
        library = resources.files("plotly") / "package_data" / PLOTS_FILE
        return Response(library.read_bytes(), media_type="text/javascript")

    async def moved(request: Request) -> Response:
        return RedirectResponse("/progress/index.html")

    return [
        Route("/progress", moved),
        Route("/progress/index.html", page),
        Route(f"/progress/{PLOTS_FILE}", plots),
    ]


def _page(folder: Path) -> str | None:
    """Returns the page; None without a session."""
    with History(folder, create=False) as history:
        sessions = history.sessions()
        decided = [each for each in decisions(history) if each.matters]
    if not sessions:
        return None
    return progress_page(progress(sessions, since=None, today=now().date()), decided)
