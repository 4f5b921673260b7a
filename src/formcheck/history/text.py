"""The history for people to read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from formcheck.history.records import KeptSession
from formcheck.wording import PAIN_STOPS, counts_text

TITLES = ("#", "when", "exercise", "sets", "clean", "pain", "load")
RECORDING, CUT_OFF = "r", "!"
MARKS = {RECORDING: "r: from a recording", CUT_OFF: "!: cut off"}
TO_THE_RIGHT = ("#", "sets", "clean", "pain")


def overview(sessions: Sequence[KeptSession]) -> RenderableType:
    """Return a table of sessions, one a row."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in TITLES:
        justify = "right" if title in TO_THE_RIGHT else "left"
        table.add_column(title, justify=justify, no_wrap=title != "load")  # type: ignore[arg-type]
    for kept in sessions:
        counts = kept.counts
        table.add_row(
            f"{kept.number}{_mark(kept)}",
            f"{kept.started_at:%Y-%m-%d %H:%M}",
            kept.exercise,
            str(len(kept.sets)),
            f"{counts.clean} of {counts.attempts}",
            _pain(kept.pain),
            Text(", ".join(kept.loads)),
        )
    marks = {_mark(kept) for kept in sessions}
    said = [words for mark, words in MARKS.items() if mark in marks]
    return Group(table, *([Text(", ".join(said), style="dim")] if said else []))


def heading(kept: KeptSession) -> RenderableType:
    """Return what a session's own summary does not say: when, what was asked for, set by set."""
    lines = [Text(f"Session {kept.number} · {kept.started_at:%A %d %B %Y, %H:%M}", style="bold")]
    if asked := _asked(kept):
        lines.append(Text(f"Asked for: {asked}"))
    for each in kept.sets:
        said = f"Set {each.number}: {counts_text(each.counts)}"
        said += f" · load: {each.load}" if each.load else ""
        said += "" if each.pain is None else f" · pain {each.pain} of 10"
        lines.append(Text(said))
    lines += [Text(f"Noted: {name} {value}") for name, value in kept.notes.items()]
    model = f", model {kept.model}" if kept.model else ""
    lines.append(Text(f"Judged by formcheck {kept.formcheck}{model}.", style="dim"))
    if kept.ended_at is None:
        lines.append(Text("The run was cut off; this is what it had come to.", style="yellow"))
    return Group(*lines, Text())


def _asked(kept: KeptSession) -> str:
    asked = kept.settings
    said = []
    if asked.sets:
        said.append(f"{asked.sets} sets")
    if asked.reps:
        said.append(f"{asked.reps} {'holds' if asked.hold_s else 'repetitions'} each")
    if asked.hold_s:
        said.append(f"holds of {asked.hold_s:g} s")
    if asked.rest_s:
        said.append(f"{asked.rest_s:g} s rest")
    if asked.side is not None:
        said.append(f"side {asked.side.value}")
    if asked.strict:
        said.append("strict")
    return ", ".join(said)


def _pain(pain: int | None) -> Text:
    if pain is None:
        return Text("-")
    return Text(str(pain), style="red" if pain >= PAIN_STOPS else "")


def _mark(kept: KeptSession) -> str:
    if kept.origin == "analyze":
        return RECORDING
    return "" if kept.ended_at is not None else CUT_OFF
