"""The session for people to read in a terminal."""

from __future__ import annotations

import math
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from formcheck.exercise import Exercise
from formcheck.session import Session, Verdict
from formcheck.wording import counts_text, rep_text

MARKS = {
    Verdict.CLEAN: ("✓ clean", "green"),
    Verdict.COMPENSATED: ("✗ compensated", "red"),
    Verdict.PARTIAL: ("◐ partial", "yellow"),
    Verdict.UNVERIFIED: ("? unverified", "magenta"),
}


def summary(session: Session, exercise: Exercise) -> RenderableType:
    """Return the whole session: the counts, a row for each repetition, what was not checked."""
    parts: list[RenderableType] = [_headline(session, exercise)]
    if session.reps:
        parts += [_table(session), *_reasons(session, exercise)]
    parts += [Text(f"Note: {problem}", style="yellow") for problem in session.problems]
    parts += _not_checked(session)
    return Group(*parts)


def _headline(session: Session, exercise: Exercise) -> Text:
    text = Text(f"{exercise.title} · {Path(session.source.path).name}", style="bold")
    if session.view.value != "unknown":
        text.append(f" · {session.view.value} view", style="dim")
    text.append(f"\n{counts_text(session.counts)}", style="bold")
    by_side = {side: counts for side, counts in session.by_side.items() if counts.attempts}
    if len(by_side) > 1:
        for side, counts in by_side.items():
            text.append(f"\n  {side.value}: {counts_text(counts)}")
    return text


def _table(session: Session) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    tilted = any(not math.isnan(rep.pelvic_tilt_deg) for rep in session.reps)
    titles = ("#", "leg", "time", "verdict", "peak", "hold", "lowering")
    for title in (*titles, *(("pelvic tilt",) if tilted else ())):
        left = title in {"leg", "verdict"}
        table.add_column(title, justify="left" if left else "right", no_wrap=True)
    for rep in session.reps:
        mark, style = MARKS[rep.verdict]
        table.add_row(
            str(rep.number),
            rep.side.value,
            f"{rep.start_s:.1f}-{rep.end_s:.1f} s",
            Text(mark, style=style),
            f"{rep.peak_deg:.0f}°",
            f"{rep.hold_s:.1f} s",
            "-" if math.isnan(rep.lowering_s) else f"{rep.lowering_s:.1f} s",
            *((_tilt(rep.pelvic_tilt_deg),) if tilted else ()),
        )
    return table


def _tilt(tilt_deg: float) -> str:
    return "-" if math.isnan(tilt_deg) else f"{tilt_deg:+.0f}°"


def _reasons(session: Session, exercise: Exercise) -> list[Text]:
    """Return a line for each repetition there is something to say about."""
    said = [(rep, rep_text(exercise, rep)) for rep in session.reps]
    return [
        Text.assemble((f"{rep.number} {rep.side.value}: ", MARKS[rep.verdict][1]), reason)
        for rep, reason in said
        if reason
    ]


def _not_checked(session: Session) -> list[Text]:
    """Return one line for each reason that held for every repetition."""
    if not session.reps:
        return []
    common = set(session.reps[0].unchecked)
    for rep in session.reps[1:]:
        common &= set(rep.unchecked)
    by_reason: dict[str, list[str]] = {}
    for unchecked in session.reps[0].unchecked:
        if unchecked in common:
            by_reason.setdefault(unchecked.reason, []).append(unchecked.check)
    return [
        Text(f"Not checked: {', '.join(checks)} ({reason}).", style="dim")
        for reason, checks in by_reason.items()
    ]
