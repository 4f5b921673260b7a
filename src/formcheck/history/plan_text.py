"""Plan and progression for people to read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from formcheck.exercises import get_exercise
from formcheck.history.decisions import USER, Decided
from formcheck.history.plan import DAYS, Entry, Plan
from formcheck.history.progression import Decision, Step, change_text

MARKS = {
    Step.UP: ("▲", "green"),
    Step.STAY: ("=", ""),
    Step.BACK: ("▼", "yellow"),
    Step.STOP: ("■", "red"),
}


def plan_overview(plan: Plan, path: Path, today: date) -> RenderableType:
    """Return the plan: days, exercises in order, how much of each, where the camera goes."""
    due = "today is one of them" if plan.is_due(today) else "today is none of them"
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("", "exercise", "dose", "rest", "camera"):
        table.add_column(title)
    for number, entry in enumerate(plan.entries, 1):
        camera = get_exercise(entry.name).camera[0]
        table.add_row(str(number), entry.name, entry.text, f"{entry.rest_s:g} s", camera)
    return Group(
        Text(f"{plan.level} · {', '.join(plan.days)} ({due})", style="bold"),
        table,
        Text(f"{plan.between_s:g} s between exercises. Change it in {path}", style="dim"),
    )


def decision_text(decision: Decision) -> RenderableType:
    """Return what comes next of an exercise, and every reason."""
    mark, style = MARKS[decision.step]
    title = get_exercise(decision.before.name).title
    head = {
        Step.UP: f"next time {change_text(decision.before, decision.after)}",
        Step.BACK: f"a step back: {change_text(decision.before, decision.after)}",
        Step.STAY: f"stays at {decision.before.text}",
        Step.STOP: "stop",
    }[decision.step]
    lines = [Text.assemble((f"{mark} {title}: ", "bold"), (head, style or "none"))]
    lines += [Text(f"  because: {reason}") for reason in decision.reasons]
    return Group(*lines)


def steps_text(entry: Entry) -> RenderableType:
    """Return the ladder of an exercise, the step of the plan marked."""
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
    """Return what was decided so far, one decision a row."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("when", "exercise", "by", "what", "why"):
        table.add_column(title)
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


def day_names(days: Sequence[str]) -> str:
    """Return days of the week in words: `Monday and Thursday`."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    said = [names[DAYS.index(day)] for day in days]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
