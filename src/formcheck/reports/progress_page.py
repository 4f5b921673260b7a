"""The page about weeks of training; opens offline, like every page of formcheck."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.exercises import title_of
from formcheck.files.writing import write_text
from formcheck.history.decisions import USER, Decided
from formcheck.reports.page import PAGE, provide_plots, render
from formcheck.reports.progress_figures import by_week, clean_share, holds, mark_changes, peaks
from formcheck.training.progress import GOAL_DAYS, DayOfExercise, FaultShare, Progress
from formcheck.training.progression import day_text

MOST_FAULTS = 10
NOTABLE_DEG = 5.0
"""A smaller difference between legs lies within the camera's error."""
CHANGED = 0.05
"""A smaller change in the share of a fault counts as unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A figure on the page, and what it shows in words."""

    id: str
    title: str
    words: str
    legs: tuple[str, ...] = ()


def write_progress(found: Progress, decided: Sequence[Decided], folder: Path) -> Path:
    """Writes the page into a folder and returns its path.

    Raises
    ------
    OutputError
        The folder can't be written to.
    """
    path = folder / PAGE
    write_text(path, progress_page(found, decided))
    provide_plots(folder)
    return path


def progress_page(found: Progress, decided: Sequence[Decided] = ()) -> str:
    """Returns the page."""
    figures: dict[str, Any] = {"weeks": by_week(found.weeks)}
    blocks = [_block(found.rules[s], days, figures) for s, days in found.exercises.items()]
    return render(
        "progress.html",
        title=f"Training progress, {_span(found)}",
        data={"figures": figures},
        programs=("progress.js",),
        styles=("progress.css",),
        plots=True,
        found=found,
        span=_span(found),
        goal_days=GOAL_DAYS,
        share=_share(found),
        weeks=[_week(week.monday, found) for week in found.weeks],
        week_words=_week_words(found),
        blocks=blocks,
        faults=[_fault(fault, found.rules) for fault in found.faults[:MOST_FAULTS]],
        decisions=[_decision(each) for each in decided],
    )


def _span(found: Progress) -> str:
    """Returns the span of days in words."""
    since, until = found.since, found.until
    year = f" {since.year}" if since.year != until.year else ""
    return f"{day_text(since)}{year} to {day_text(until)} {until.year}"


def _share(found: Progress) -> str:
    counts = found.counts
    return f"{100 * counts.clean / counts.attempts:.0f} %" if counts.attempts else "-"


def _week(monday: date, found: Progress) -> dict[str, Any]:
    week = next(each for each in found.weeks if each.monday == monday)
    days = [monday + timedelta(days=n) for n in range(7)]
    return {
        "label": f"{monday:%d %b}",
        "days": [{"date": day, "trained": day in week.days} for day in days],
        "number": len(week.days),
        "met": week.met,
        "over": week.over,
        "clean": week.counts.clean,
    }


def _week_words(found: Progress) -> str:
    """Returns the bars in words, for screen readers."""
    best = max(found.weeks, key=lambda week: week.counts.clean)
    return (
        f"{found.counts.clean} clean repetitions in {len(found.weeks)} weeks; most in the week of"
        f" {day_text(best.monday)}: {best.counts.clean}."
    )


def _block(
    exercise: Exercise, days: tuple[DayOfExercise, ...], figures: dict[str, Any]
) -> dict[str, Any]:
    """Returns the content about an exercise, and adds its figures to `figures`."""
    slug = exercise.slug
    first, last = days[0], days[-1]
    legs = tuple(side.value for side in Side if any(side in day.peak_deg for day in days))
    plots = [
        Plot(
            id=f"{slug}-clean",
            title="Share of clean repetitions",
            words=f"From {_percent(first)} to {_percent(last)}.",
        )
    ]
    figures[plots[0].id] = clean_share(days)
    if legs:
        name = exercise.cycle.measure.name.replace("_", " ").removesuffix(" both")
        words = f"{_peak_words(last)}"
        plots.append(Plot(id=f"{slug}-range", title=f"Range: peak {name}", words=words, legs=legs))
        figures[plots[-1].id] = peaks(days, exercise)
        if _is_held(exercise.dose.hold_s, days):
            plots.append(
                Plot(id=f"{slug}-hold", title="Time at the top", words=_hold_words(last), legs=legs)
            )
            figures[plots[-1].id] = holds(days)
    changed = _changed(days)
    for plot in plots:
        mark_changes(figures[plot.id], [day.date for day in changed])
    return {
        "slug": slug,
        "changes": [_change_words(day) for day in changed],
        "title": exercise.title,
        "plots": plots,
        "symmetry": _symmetry(last),
        "pain": _pain(days),
        "rows": [_row(day) for day in days],
    }


def _changed(days: Sequence[DayOfExercise]) -> list[DayOfExercise]:
    """Returns the days from which on other limits held than before."""
    before = [(), *(day.changes for day in days[:-1])]
    return [day for day, was in zip(days, before, strict=True) if day.changes != was]


def _change_words(day: DayOfExercise) -> str:
    now = ", ".join(day.changes) or "the exercise's own limits"
    return f"From {day_text(day.date)} on: {now}."


def _is_held(asked_s: float, days: Sequence[DayOfExercise]) -> bool:
    """Returns whether times at the top deserve a plot: asked for, or clearly meant as holds."""
    return asked_s > 0 or any(value >= 3.0 for day in days for value in day.hold_s.values())


def _percent(day: DayOfExercise) -> str:
    if math.isnan(day.clean_share):
        return "none"
    return f"{100 * day.clean_share:.0f} % on {day_text(day.date)}"


def _peak_words(day: DayOfExercise) -> str:
    return f"Last: {_values(day.peak_deg, '°', 0)}."


def _hold_words(day: DayOfExercise) -> str:
    return f"Last: {_values(day.hold_s, ' s', 1)}."


def _values(of_legs: dict[Side, float], unit: str, digits: int) -> str:
    if not of_legs:
        return "not seen"
    return ", ".join(f"{side.value} {value:.{digits}f}{unit}" for side, value in of_legs.items())


def _symmetry(day: DayOfExercise) -> str:
    difference = day.asymmetry_deg
    if math.isnan(difference):
        return ""
    if abs(difference) < NOTABLE_DEG:
        return f"Last, both legs alike: {abs(difference):.0f}° apart, within the camera's error."
    higher = "left" if difference > 0 else "right"
    return f"Last, the {higher} leg was lifted {abs(difference):.0f}° higher than the other."


def _pain(days: Sequence[DayOfExercise]) -> str:
    """Returns the noted pain with its days; empty where the user noted none."""
    noted = [f"{day.pain} of 10 on {day_text(day.date)}" for day in days if day.pain]
    return f"Pain was noted: {', '.join(noted)}." if noted else ""


def _row(day: DayOfExercise) -> dict[str, Any]:
    return {
        "date": day.date,
        "counts": day.counts,
        "peaks": _values(day.peak_deg, "°", 0),
        "difference": "" if math.isnan(day.asymmetry_deg) else f"{day.asymmetry_deg:+.0f}°",
        "holds": _values(day.hold_s, " s", 1),
        "loads": ", ".join(day.loads) or "-",
        "pain": "-" if day.pain is None else str(day.pain),
    }


def _fault(fault: FaultShare, rules: Mapping[str, Exercise]) -> dict[str, Any]:
    known = not (math.isnan(fault.before) or math.isnan(fault.after))
    change = fault.after - fault.before if known else 0.0
    trend = "too few days"
    if known:
        trend = "unchanged" if abs(change) < CHANGED else ("fewer" if change < 0 else "more")
        trend += f": {100 * fault.before:.0f} % before, {100 * fault.after:.0f} % since"
    return {
        "name": fault.name,
        "exercise": rules[fault.exercise].title,
        "reps": fault.reps,
        "share": f"{100 * fault.share:.0f} %",
        "width": round(100 * fault.share, 1),
        "trend": trend,
    }


def _decision(each: Decided) -> dict[str, Any]:
    title = title_of(each.after.name)
    return {
        "date": each.made_at.date(),
        "by": "you" if each.made_by == USER else "the rule",
        "step": each.step.value,
        "what": f"{title}: {each.after.text}",
        "why": " ".join(each.reasons),
    }
