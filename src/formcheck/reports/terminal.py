"""A session, the catalogue and one exercise in full, as text for a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.core.checker.session import Session, Verdict
from formcheck.core.checker.wording import (
    amount,
    changes_text,
    counts_text,
    dropped_text,
    rep_text,
    set_in_doubt,
)
from formcheck.core.exercise.exercise import Exercise, Fault
from formcheck.reports.method import WHEN
from formcheck.reports.narrow_table import Column, NarrowTable


def catalogue(exercises: Iterable[Exercise]) -> RenderableType:
    """Returns a table of exercises."""
    table = NarrowTable([Column(title="exercise"), Column(title="what for", folds=True)])
    for exercise in exercises:
        table.add_row(exercise.slug, exercise.purpose)
    return table


def explanation(exercise: Exercise) -> RenderableType:
    """Returns an exercise in full: how to do it, camera, what is checked, sources of the limits."""
    dose = exercise.dose
    a_side = " a side" if dose.per_side else ""
    return Group(
        Text(exercise.title, style="bold"),
        Text(exercise.purpose),
        *([Text(changes_text(exercise), style="cyan")] if exercise.changes else []),
        _section("How to", [f"{i}. {step}" for i, step in enumerate(exercise.how_to, 1)]),
        _section("Camera", exercise.camera),
        _section("What counts", what_counts(exercise)),
        Text("\nWhat voids a repetition", style="bold"),
        _faults(exercise),
        Text(
            "Limits are changes from your own start posture, and must be crossed for"
            f" {_lasting(exercise)} s.",
            style="dim",
        ),
        Text("\nCoaching (the repetition still counts, unless --strict)", style="bold"),
        _cues(exercise),
        _section(
            "Dose",
            [
                f"{dose.days_a_week} days a week, {dose.sets} sets of"
                f" {dose.reps_low}-{dose.reps_high}{a_side}.",
                "Sharp pain in the back or groin: stop, and reduce range or load.",
            ],
        ),
    )


def _section(title: str, lines: Iterable[str]) -> Text:
    return Text.assemble((f"\n{title}\n", "bold"), "\n".join(lines))


def _table(*titles: str) -> NarrowTable:
    """Returns a table of limits; the limit's source goes first where there is no room for it."""
    columns = [Column(title=title, folds=number > 0) for number, title in enumerate(titles)]
    return NarrowTable(columns, expendable=titles[:1:-1])


def what_counts(exercise: Exercise) -> list[str]:
    """Returns sentences on when a repetition begins, is full, is partial and is unverified."""
    cycle = exercise.cycle
    name = cycle.measure.name.replace("_", " ")
    rest = " above rest" if cycle.rest_from_neutral or cycle.from_neutral else ""
    full = " above rest" if cycle.from_neutral else ""
    lines = [
        f"A repetition begins when the {name} passes {cycle.start:.0f}°{rest}, is full at"
        f" {cycle.top:.0f}°{full} (the aim is {cycle.aim:.0f}°, less the camera's error), and is"
        f" over under {cycle.back:.0f}°{rest}.",
        f"A peak from {cycle.partial_from:.0f}° to {cycle.top:.0f}° is 'partial'.",
    ]
    for view, codes in exercise.mandatory.items():
        if view.value in ("side", "front"):
            lines.append(
                f"In a {view.value} view '{' and '.join(codes)}' must have been checked, or the"
                " repetition is 'unverified'."
            )
    return lines


def _faults(exercise: Exercise) -> NarrowTable:
    table = _table("fault", "limit", "seen from", "where the limit comes from")
    for fault in exercise.faults:
        views = ", ".join(sorted(view.value for view in fault.measure.views))
        views += ", with a pelvis tag" if fault.by_tag else ""
        table.add_row(fault.code, limit_text(fault), views, fault.limit.source)
    return table


def limit_text(fault: Fault) -> str:
    """Returns the limit of a fault in words, with its sign and the phase it is for."""
    value = fault.limit.value
    when = f", {WHEN[fault.phases]}" if fault.phases in WHEN else ""
    if fault.limit.either:
        return f"±{amount(abs(value), fault.measure.unit)}{when}"
    return amount(value, fault.measure.unit, signed=True) + when


def _lasting(exercise: Exercise) -> str:
    """Returns how long a limit must be crossed: one figure, or the shortest and the longest."""
    times = [fault.lasting_s for fault in exercise.faults]
    low, high = min(times), max(times)
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _cues(exercise: Exercise) -> NarrowTable:
    table = _table("cue", "at least", "where the limit comes from")
    for cue in exercise.cues:
        table.add_row(cue.code, amount(cue.at_least, cue.unit), cue.source)
    return table


MARKS = {
    Verdict.CLEAN: ("✓ clean", "green"),
    Verdict.COMPENSATED: ("✗ compensated", "red"),
    Verdict.PARTIAL: ("◐ partial", "yellow"),
    Verdict.UNVERIFIED: ("? unverified", "magenta"),
}


def summary(session: Session, exercise: Exercise) -> RenderableType:
    """Returns the whole session: the counts, a row for each repetition, what was not checked."""
    parts: list[RenderableType] = [_headline(session, exercise)]
    if session.reps:
        parts += [_rep_table(session, exercise), *_reasons(session, exercise)]
    dropped = dropped_text(session.dropped)
    parts += [Text(f"Not counted: {dropped}.")] if dropped else []
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
    if exercise.changes:
        text.append(f"\n{OWN} {changes_text(exercise)}", style="cyan")
    return text


OWN = "*"
"""Beside a verdict that was reached by limits of this person."""


def _rep_table(session: Session, exercise: Exercise) -> NarrowTable:
    turns = {
        "tilt": [rep.pelvic_tilt_deg for rep in session.reps],
        "obliquity": [rep.pelvic_obliquity_deg for rep in session.reps],
    }
    shown = {name: values for name, values in turns.items() if not all(map(math.isnan, values))}
    titles = ("#", "leg", "time", "verdict", "peak", "hold", "lowering")
    table = NarrowTable(
        [Column(title=title, right=title not in {"leg", "verdict"}) for title in (*titles, *shown)],
        expendable=("obliquity", "tilt", "lowering", "hold", "peak", "time", "leg"),
    )
    for index, rep in enumerate(session.reps):
        mark, style = MARKS[rep.verdict]
        table.add_row(
            str(rep.number),
            rep.side.value,
            f"{rep.start_s:.1f}-{rep.end_s:.1f} s",
            Text(mark + OWN * bool(exercise.changes), style=style),
            f"{rep.peak_deg:.0f}°",
            f"{rep.hold_s:.1f} s",
            "-" if math.isnan(rep.lowering_s) else f"{rep.lowering_s:.1f} s",
            *(_signed(values[index]) for values in shown.values()),
        )
    return table


def _signed(value_deg: float) -> str:
    return "-" if math.isnan(value_deg) else f"{value_deg:+.0f}°"


def _reasons(session: Session, exercise: Exercise) -> list[Text]:
    """Returns a line for each repetition that has a reason."""
    doubt = set_in_doubt(exercise, session.reps)
    if doubt:
        return [Text(doubt, style=MARKS[Verdict.UNVERIFIED][1])]
    said = [(rep, rep_text(exercise, rep)) for rep in session.reps]
    return [
        Text.assemble((f"{rep.number} {rep.side.value}: ", MARKS[rep.verdict][1]), reason)
        for rep, reason in said
        if reason
    ]


def _not_checked(session: Session) -> list[Text]:
    """Returns a line for each reason that holds for every repetition."""
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
