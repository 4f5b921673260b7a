"""The page of a practice: who trained, how well, what hurt, since when nothing came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from formcheck.files.writing import write_text
from formcheck.history.practice import ClientState
from formcheck.reports.page import PAGE, render
from formcheck.reports.practice_text import clean_text, last_text

IDLE_DAYS = 7
"""House default: two days of training are missed in a week without any."""


def write_practice(
    states: Sequence[ClientState], folder: Path, *, since: date | None, today: date
) -> Path:
    """Writes the page into a folder and returns its path.

    Raises
    ------
    OutputError
        The folder can't be written to.
    """
    path = folder / PAGE
    write_text(path, practice_page(states, since=since, today=today))
    return path


def practice_page(states: Sequence[ClientState], *, since: date | None, today: date) -> str:
    """Returns the page; those of whom nothing came in for longest are first."""
    longest = sorted(states, key=lambda s: (-_idle(s), s.name.casefold()))
    return render(
        "practice.html",
        title="Clients · formcheck",
        styles=("index.css",),
        clients=[_row(state) for state in longest],
        span=f"{since:%d %B %Y} to {today:%d %B %Y}" if since else f"until {today:%d %B %Y}",
        trained=sum(state.days > 0 for state in states),
    )


def _idle(state: ClientState) -> float:
    return float("inf") if state.idle_days is None else state.idle_days


def _row(state: ClientState) -> dict[str, Any]:
    return {
        "name": state.name,
        "trouble": state.trouble,
        "last": last_text(state),
        "idle": _idle(state) > IDLE_DAYS,
        "sessions": state.sessions,
        "days": state.days,
        "clean": clean_text(state),
        "counts": {
            name: getattr(state.counts, name)
            for name in ("clean", "compensated", "partial", "unverified")
        },
        "attempts": state.counts.attempts,
        "fault": state.fault or "-",
        "pain": "-" if state.pain is None else f"{state.pain} of 10",
    }
