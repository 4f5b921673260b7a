"""The addresses of the training plan: today's exercises, and what comes next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from formcheck.errors import UsageError
from formcheck.exercises import title_of
from formcheck.files.adjustment_fields import plain_adjustment
from formcheck.history.days import now
from formcheck.history.decisions import Overruling, accept, overrule, propose
from formcheck.history.plan_file import plan_path, read_plan, write_file
from formcheck.history.store import History
from formcheck.history.today import today_of
from formcheck.training.plan import LEVELS, Entry, day_names, level_text
from formcheck.training.progression import Decision, decision_words
from formcheck.training.routine import announcement
from formcheck.web.answers import answering, fields
from formcheck.web.scene import Plain

MOST_EXERCISES = 50


def plan_routes(folder: Path) -> list[BaseRoute]:
    """Returns the routes of the plan in a data folder."""
    path = plan_path(folder)

    async def shown(request: Request) -> Any:
        return _plan(path, folder) if path.exists() else {"exists": False, "levels": list(LEVELS)}

    async def make(request: Request) -> Any:
        level = (await fields(request)).choice("level", LEVELS)
        if path.exists():
            raise UsageError("There is a plan already.")
        write_file(path, level_text(level))
        return _plan(path, folder)

    async def after(request: Request) -> Any:
        trained = (await fields(request)).texts("trained")[:MOST_EXERCISES]
        plan = read_plan(path)
        with History(folder) as history:
            proposed = [one for one in propose(history, plan, path) if one.before.name in trained]
            accept(history, path, proposed, now())
        return {"next": [_decision(one) for one in proposed]}

    async def overruled(request: Request) -> Any:
        asked = await fields(request)
        wanted = Overruling(asked.choice("wanted", [each.value for each in Overruling]))
        with History(folder) as history:
            overrule(history, path, asked.text("exercise"), wanted, "", now())
        return _plan(path, folder)

    return [
        Route("/api/plan", answering(shown), methods=["GET"]),
        Route("/api/plan", answering(make), methods=["POST"]),
        Route("/api/plan/after", answering(after), methods=["POST"]),
        Route("/api/plan/overrule", answering(overruled), methods=["POST"]),
    ]


def _plan(path: Path, folder: Path) -> Plain:
    plan = read_plan(path)
    with History(folder, create=False) as history:
        today = today_of(history, plan, path, now().date())
    stopped = today.stopped
    count = len(plan.entries)
    return {
        "exists": True,
        "level": plan.level,
        "days": day_names(plan.days),
        "due": plan.is_due(now().date()),
        "between_s": plan.between_s,
        "path": str(path),
        "remarks": list(today.remarks),
        "stopped": None
        if stopped is None
        else {"exercise": stopped.before.name, "why": " ".join(stopped.reasons)},
        "next": [_decision(one) for one in today.proposed],
        "entries": [_entry(each, n, count) for n, each in enumerate(plan.entries, 1)],
    }


def _entry(entry: Entry, number: int, count: int) -> Plain:
    return {
        "name": entry.name,
        "title": title_of(entry.name),
        "text": entry.text,
        "announcement": announcement(entry, number, count),
        "run": {
            "exercise": entry.name,
            "sets": entry.sets,
            "reps": entry.reps,
            "rest_s": entry.rest_s,
            "loads": list(entry.load),
        }
        | ({"hold_s": entry.hold_s} if entry.hold_s else {})
        | plain_adjustment(entry.adjustment),
    }


def _decision(decision: Decision) -> Plain:
    return {
        "exercise": decision.before.name,
        "title": title_of(decision.before.name),
        "step": decision.step.value,
        "text": decision_words(decision),
        "reasons": list(decision.reasons),
    }
