"""A practice as text for a terminal: its clients at a glance, and one client."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.core.coaching.pain import PAIN_STOPS
from formcheck.exercises import title_of
from formcheck.files.adjustment_fields import plain_adjustment
from formcheck.history.clients import Client
from formcheck.history.folder import CLIENT
from formcheck.history.practice import ClientState
from formcheck.reports.narrow_table import Column, NarrowTable


def overview(states: Sequence[ClientState]) -> RenderableType:
    """Returns a table with a row for each client."""
    right = ("sessions", "clean", "pain")
    table = NarrowTable(
        [
            Column(title=title, right=title in right, folds=title in ("client", "main fault"))
            for title in ("client", "last", "sessions", "clean", "main fault", "pain")
        ],
        expendable=("pain", "main fault", "sessions"),
    )
    for state in states:
        table.add_row(
            Text(state.name, style="red" if state.trouble else ""),
            last_text(state),
            str(state.sessions),
            clean_text(state),
            Text(state.fault),
            Text("-" if state.pain is None else str(state.pain), style=_pain_style(state)),
        )
    troubles = [Text(f"{s.name}: {s.trouble}", style="red") for s in states if s.trouble]
    return Group(table, *troubles)


def last_text(state: ClientState) -> str:
    """Returns since when nothing came in, in words."""
    if state.idle_days is None:
        return "never"
    if state.idle_days <= 0:
        return "today"
    return "yesterday" if state.idle_days == 1 else f"{state.idle_days} days ago"


def clean_text(state: ClientState) -> str:
    """Returns the share of clean repetitions; `-` without any."""
    counts = state.counts
    return f"{100 * counts.clean / counts.attempts:.0f} %" if counts.attempts else "-"


def _pain_style(state: ClientState) -> str:
    return "red" if state.pain is not None and state.pain >= PAIN_STOPS else ""


def client_text(client: Client) -> RenderableType:
    """Returns a client's notes and limits."""
    lines = [Text(client.name, style="bold")]
    if client.notes:
        lines.append(Text(client.notes))
    for slug, adjustment in client.adjustments.items():
        said = []
        for key, value in plain_adjustment(adjustment).items():
            if key == "range_deg":
                said.append(f"range {value:g}°")
            elif key == "limits":
                said += [f"{code} {limit:g}" for code, limit in value.items()]
            else:
                said += [f"{code} off" for code in value]
        lines.append(Text(f"{title_of(slug)}: {', '.join(said)}", style="cyan"))
    lines.append(Text(f"Notes and limits: {client.folder / CLIENT}", style="dim"))
    return Group(*lines, Text())
