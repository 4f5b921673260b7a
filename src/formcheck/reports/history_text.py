"""History, plan and progression as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from formcheck.core.checker.wording import counts_text
from formcheck.core.coaching.pain import PAIN_STOPS
from formcheck.exercises import get_exercise, title_of
from formcheck.history.decisions import USER, Decided
from formcheck.reports.narrow_table import Column, NarrowTable
from formcheck.training.plan import Entry, Plan
from formcheck.training.progression import Decision, Step, decision_words
from formcheck.training.stored_session import StoredSession

TITLES = ("#", "when", "exercise", "sets", "clean", "pain", "load")
RECORDING, CUT_OFF, OWN = "r", "!", "*"
SESSION_MARKS = {
    RECORDING: "r: from a recording",
    CUT_OFF: "!: cut off",
    OWN: "*: by limits of this person",
}
TO_THE_RIGHT = ("#", "sets", "clean", "pain")


def overview(sessions: Sequence[StoredSession]) -> RenderableType:
    """Returns a table with a row for each session."""
    table = NarrowTable(
        [
            Column(title=title, right=title in TO_THE_RIGHT, folds=title in ("exercise", "load"))
            for title in TITLES
        ],
        expendable=("load", "sets", "pain", "when"),
    )
    for stored in sessions:
        counts = stored.counts
        table.add_row(
            f"{stored.number}{_mark(stored)}",
            f"{stored.started_at:%Y-%m-%d %H:%M}",
            stored.exercise,
            str(len(stored.sets)),
            f"{counts.clean} of {counts.attempts}",
            _pain(stored.pain),
            Text(", ".join(stored.loads)),
        )
    marks = {mark for stored in sessions for mark in _mark(stored)}
    said = [words for mark, words in SESSION_MARKS.items() if mark in marks]
    return Group(table, *([Text(", ".join(said), style="dim")] if said else []))


def heading(stored: StoredSession) -> RenderableType:
    """Returns the heading of a stored session: when, what was asked for, set by set."""
    lines = [
        Text(f"Session {stored.number} · {stored.started_at:%A %d %B %Y, %H:%M}", style="bold")
    ]
    if asked := _asked(stored):
        lines.append(Text(f"Asked for: {asked}"))
    for each in stored.sets:
        said = f"Set {each.number}: {counts_text(each.counts)}"
        said += f" · load: {each.load}" if each.load else ""
        said += "" if each.pain is None else f" · pain {each.pain} of 10"
        lines.append(Text(said))
    lines += [Text(f"Noted: {name} {value}") for name, value in stored.notes.items()]
    model = f", model {stored.model}" if stored.model else ""
    lines.append(Text(f"Judged by formcheck {stored.formcheck}{model}.", style="dim"))
    if stored.ended_at is None:
        lines.append(Text("The run was cut off; this is what it had come to.", style="yellow"))
    return Group(*lines, Text())


def _asked(stored: StoredSession) -> str:
    asked = stored.settings
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


def _mark(stored: StoredSession) -> str:
    own = OWN if stored.rules is not None and stored.rules.changes else ""
    if stored.origin == "analyze":
        return RECORDING + own
    return ("" if stored.ended_at is not None else CUT_OFF) + own


MARKS = {
    Step.UP: ("▲", "green"),
    Step.STAY: ("=", ""),
    Step.BACK: ("▼", "yellow"),
    Step.STOP: ("■", "red"),
}


def plan_overview(plan: Plan, path: Path, today: date) -> RenderableType:
    """Returns the plan: days, exercises in order, their doses, where the camera goes."""
    due = "today is one of them" if plan.is_due(today) else "today is none of them"
    table = NarrowTable(
        [
            Column(title="", right=True),
            *(Column(title=title, folds=True) for title in ("exercise", "dose", "rest", "camera")),
        ],
        expendable=("camera", "rest"),
    )
    for number, entry in enumerate(plan.entries, 1):
        camera = get_exercise(entry.name).camera[0]
        table.add_row(str(number), entry.name, entry.text, f"{entry.rest_s:g} s", camera)
    return Group(
        Text(f"{plan.level} · {', '.join(plan.days)} ({due})", style="bold"),
        table,
        Text(f"{plan.between_s:g} s between exercises. Change it in {path}", style="dim"),
    )


def decision_text(decision: Decision) -> RenderableType:
    """Returns the next step of an exercise, and every reason."""
    mark, style = MARKS[decision.step]
    title, head = title_of(decision.before.name), decision_words(decision)
    lines = [Text.assemble((f"{mark} {title}: ", "bold"), (head, style or "none"))]
    lines += [Text(f"  because: {reason}") for reason in decision.reasons]
    return Group(*lines)


def steps_text(entry: Entry) -> RenderableType:
    """Returns the ladder of an exercise with the plan's step marked."""
    lines = []
    for rung in entry.rungs:
        here = rung == entry.rung
        lines.append(Text(f"{'→' if here else ' '} {entry.at(rung).text}", style="bold" * here))
    if entry.rung not in entry.rungs:
        lines.append(Text(f"→ {entry.text} (your own, between two steps)", style="bold"))
    harder = get_exercise(entry.name).harder
    if harder:
        lines.append(Text(f"  then a harder exercise: {get_exercise(harder).title}"))
    return Group(*lines)


def decided_table(decided: Sequence[Decided]) -> RenderableType:
    """Returns a table with a row for each decision."""
    table = NarrowTable(
        [Column(title=title, folds=True) for title in ("when", "exercise", "by", "what", "why")],
        expendable=("by", "when"),
    )
    for each in decided:
        mark, style = MARKS[each.step]
        table.add_row(
            f"{each.made_at:%Y-%m-%d}",
            each.after.name,
            "you" if each.made_by == USER else "the rule",
            Text(f"{mark} {each.step.value}: {each.after.text}", style=style or "none"),
            Text(" ".join(each.reasons)),
        )
    return table
