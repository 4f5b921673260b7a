"""The rows of a recording's page, ready for the template: numbers as text, words, positions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from formcheck.core.checker.session import Rep, Session, Verdict
from formcheck.core.checker.wording import (
    OF_TRUNK,
    amount,
    counts_text,
    doubt_text,
    finding_text,
    short_of,
)
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.reports.advice import Moment
from formcheck.reports.comparison import Contrast, Trait
from formcheck.reports.series import Chart

STILLS, STILL = "stills", "repetition-{}.jpg"


def still_name(rep: Rep) -> str:
    """Returns the path of a repetition's still within the report's folder."""
    return f"{STILLS}/{STILL.format(f'{rep.number:02}')}"


def leg_rows(session: Session) -> list[dict[str, Any]]:
    """Returns the counts of each leg; empty if only one leg moved."""
    moved = {side: counts for side, counts in session.by_side.items() if counts.attempts}
    if len(moved) < 2:
        return []
    return [{"side": side.value, "text": counts_text(counts)} for side, counts in moved.items()]


def pelvis_text(rep: Rep) -> str:
    """Returns what a tag told of the pelvis at the top of a repetition; empty if unread."""
    told = {"tilt": rep.pelvic_tilt_deg, "obliquity": rep.pelvic_obliquity_deg}
    known = [f"{name} {value:+.0f}°" for name, value in told.items() if not math.isnan(value)]
    return f"pelvis at the top: {', '.join(known)}" if known else ""


def rep_row(rep: Rep, exercise: Exercise, *, by_tag: bool = False) -> dict[str, Any]:
    """Returns the row of a repetition, with the pelvis where a tag was worn."""
    faults = [finding_text(exercise, finding) for finding in rep.faults]
    if rep.verdict is Verdict.PARTIAL:
        faults.insert(0, short_of(exercise, rep))
    if rep.verdict is Verdict.UNVERIFIED:
        faults.insert(0, doubt_text(exercise, rep))
    return {
        "number": rep.number,
        "side": rep.side.value,
        "verdict": rep.verdict.value,
        "start": f"{rep.start_s:.1f}",
        "end": f"{rep.end_s:.1f}",
        "peak": amount(rep.peak_deg, "deg"),
        "hold": amount(rep.hold_s, "s"),
        "lowering": "-" if math.isnan(rep.lowering_s) else amount(rep.lowering_s, "s"),
        "pelvis": pelvis_text(rep) if by_tag else "",
        "faults": faults,
        "cues": [finding_text(exercise, finding) for finding in rep.cues],
    }


def timeline(session: Session, span_s: tuple[float, float]) -> list[dict[str, Any]]:
    """Returns the position of each repetition on the video's strip, in percent."""
    start_s = span_s[0]
    length_s = max(span_s[1] - start_s, 1e-6)
    return [
        {
            "number": rep.number,
            "verdict": rep.verdict.value,
            "side": rep.side.value,
            "left": f"{100 * (rep.start_s - start_s) / length_s:.2f}",
            "width": f"{100 * (rep.end_s - rep.start_s) / length_s:.2f}",
            "start": f"{rep.start_s:.1f}",
            "end": f"{rep.end_s:.1f}",
        }
        for rep in session.reps
    ]


def chart_row(chart: Chart, key: str) -> dict[str, Any]:
    """Returns a plot over time: its heading, its meaning, and what it shows in words."""
    words = chart.measure.name.replace("_", " ")
    if chart.supporting:
        words = f"supporting leg: {words}"
    return {
        "id": key,
        "title": words,
        "meaning": chart.measure.meaning,
        "from_neutral": chart.from_neutral,
        "judged": chart.judged,
        "legs": [c.side.value for c in chart.curves if c.side is not None],
        "text": _chart_text(chart),
    }


def _chart_text(chart: Chart) -> str:
    """Returns what the plot shows in words, for screen readers."""
    unit = chart.measure.unit
    said = []
    for curve in chart.curves:
        seen = curve.values[np.isfinite(curve.values)]
        whose = "" if curve.side is None else f"{curve.side.value} leg "
        low, high = (amount(float(v), unit) for v in (seen.min(), seen.max()))
        said.append(f"{whose}from {low} to {high}")
    crossed = sum(len(spans) for spans in chart.crossed.values())
    if any(line.fault for line in chart.lines):
        times = {0: "never", 1: "once", 2: "twice"}.get(crossed, f"{crossed} times")
        said.append(f"limit crossed {times} for long enough to count")
    return "; ".join(said) + "."


def moment_row(moment: Moment, stills: Mapping[int, tuple[int, int]]) -> dict[str, Any]:
    """Returns a still: its path, its size, and what it shows in words."""
    rep = moment.rep
    width, height = stills[rep.number]
    leg = "" if rep.side is Side.BOTH else f"{rep.side.value} leg, "
    return {
        "number": rep.number,
        "side": rep.side.value,
        "verdict": rep.verdict.value,
        "file": still_name(rep),
        "width": width,
        "height": height,
        "at": f"{moment.at_s:.2f}",
        "words": moment.words,
        "say": moment.say,
        "limit_words": moment.limit_words,
        "alt": f"Repetition {rep.number}, {leg}at {moment.at_s:.1f} seconds: {moment.words}",
    }


def contrast_row(contrast: Contrast) -> dict[str, Any]:
    """Returns two means side by side, and whether their difference is notable."""
    unit = contrast.trait.unit
    return {
        "name": contrast.trait.name,
        "side": None if contrast.side is None else contrast.side.value,
        "first": _figure(contrast.first, unit),
        "second": _figure(contrast.second, unit),
        "difference": _figure(contrast.difference, unit, signed=True),
        "notable": contrast.trait.notable(contrast.difference),
        "counts": contrast.counts,
    }


def _figure(value: float, unit: str, *, signed: bool = False) -> str:
    """Returns a mean with its unit, short enough for a table."""
    text = amount(value, unit, signed=signed).removesuffix(OF_TRUNK)
    # A difference that rounds to nothing has no direction.
    return text[1:] if signed and not any(digit in text for digit in "123456789") else text


def set_row(trait: Trait, key: str, reps: Sequence[Rep]) -> dict[str, Any]:
    """Returns a plot over the set: its heading and what it shows in words."""
    return {"id": key, "name": trait.name, "text": trait_text(trait, reps)}


def trait_text(trait: Trait, reps: Sequence[Rep]) -> str:
    """Returns what the plot over the set shows in words, for screen readers."""
    values = [(rep.number, trait.of(rep)) for rep in reps]
    return ", ".join(
        f"repetition {number} {'not seen' if math.isnan(v) else _figure(v, trait.unit)}"
        for number, v in values
    )
