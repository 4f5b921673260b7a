"""The addresses of the history: list, one session, notes, deleting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from formcheck.core.checker.wording import counts_text
from formcheck.core.coaching.pain import PAIN_STOPS, pain_stop
from formcheck.exercises import rules_of
from formcheck.history.store import History
from formcheck.training.stored_session import StoredSession
from formcheck.web.answers import answering, fields
from formcheck.web.scene import Plain, counts_values, rep_values

MOST_LISTED = 500


def history_routes(folder: Path) -> list[BaseRoute]:
    """Returns the routes of the history in a folder."""

    async def listed(request: Request) -> Any:
        with History(folder, create=False) as history:
            numbers = history.numbers()
            sessions = history.read(numbers[-MOST_LISTED:])
        return {"sessions": [_row(each) for each in reversed(sessions)], "in_all": len(numbers)}

    async def one(request: Request) -> Any:
        with History(folder, create=False) as history:
            return _details(history.session(request.path_params["number"]))

    async def note(request: Request) -> Any:
        asked = await fields(request)
        pain = asked.whole("pain", 0, 10) if "pain" in asked else None
        load = asked.text("load", most=100) if "load" in asked else None
        with History(folder, create=False) as history:
            history.note(
                request.path_params["number"],
                set_number=asked.whole("set", 1, 1000),
                pain=pain,
                load=load,
            )
        return {"say": _said(pain)}

    async def delete(request: Request) -> Any:
        with History(folder, create=False) as history:
            return {"deleted": history.delete([request.path_params["number"]])}

    return [
        Route("/api/history", answering(listed), methods=["GET"]),
        Route("/api/history/{number:int}", answering(one), methods=["GET"]),
        Route("/api/history/{number:int}", answering(delete), methods=["DELETE"]),
        Route("/api/history/{number:int}/note", answering(note), methods=["POST"]),
    ]


def _said(pain: int | None) -> str:
    if pain is None:
        return "Noted."
    return pain_stop(pain) if pain >= PAIN_STOPS else f"Pain {pain} of 10 noted."


def _row(stored: StoredSession) -> Plain:
    return {
        "number": stored.number,
        "started_at": stored.started_at.isoformat(timespec="minutes"),
        "exercise": stored.exercise,
        "title": rules_of(stored).title,
        "origin": stored.origin,
        "cut_off": stored.origin == "run" and stored.ended_at is None,
        "counts": counts_values(stored.counts),
        "text": counts_text(stored.counts),
        "sets": len(stored.sets),
        "pain": stored.pain,
        "loads": list(stored.loads),
    }


def _details(stored: StoredSession) -> Plain:
    exercise = rules_of(stored)
    return _row(stored) | {
        "view": stored.view.value,
        "problems": list(stored.problems),
        "each_set": [
            {
                "set": each.number,
                "text": counts_text(each.counts),
                "load": each.load,
                "pain": each.pain,
                "reps": [rep_values(exercise, rep) for rep in each.reps],
            }
            for each in stored.sets
        ],
    }
