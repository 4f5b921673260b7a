"""The report of one recording: a page to send to a client, and what it needs beside it.

The folder holds `index.html`, `video.mp4`, `plotly.min.js` and a still for each rejected
repetition; it opens from the disk, and can be zipped and mailed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.exercise import Exercise
from formcheck.fatigue import fatigue_of
from formcheck.pose import Side
from formcheck.reports.comparison import (
    MIN_REPS,
    Contrast,
    Trait,
    ends_compared,
    legs_compared,
    traits,
)
from formcheck.reports.figures import by_repetition, over_time
from formcheck.reports.findings import Moment, advice, moments
from formcheck.reports.method import facts, length_text, limits_in_force, not_checked
from formcheck.reports.output import write_text
from formcheck.reports.page import PAGE, VIDEO, provide_plots, render
from formcheck.reports.series import Chart, charts
from formcheck.session import FrameReport, Rep, Session, Verdict
from formcheck.view import View
from formcheck.wording import OF_TRUNK, amount, counts_text, doubt_text, finding_text, short_of

READ_OUT_S = 0.2
"""A recording that ends this soon after the last frame was read to its end."""

STILLS, STILL = "stills", "repetition-{}.jpg"


def still_name(rep: Rep) -> str:
    """Return where in the folder a repetition's still lies."""
    return f"{STILLS}/{STILL.format(f'{rep.number:02}')}"


def write_session_page(
    folder: Path,
    session: Session,
    reports: Sequence[FrameReport],
    exercise: Exercise,
    *,
    stills: Mapping[int, tuple[int, int]],
    video_size_px: tuple[int, int],
) -> Path:
    """Write the page and the plots' program into a folder; return the page's path.

    Parameters
    ----------
    folder : Path
        Where video and stills already are, or will be.
    session : Session
        What was found.
    reports : sequence of FrameReport
        One for each frame.
    exercise : Exercise
        What was judged.
    stills : mapping of int to (int, int)
        By repetition number, the width and height of each still there is.
    video_size_px : (int, int)
        Of the video beside the page.

    Raises
    ------
    OutputError
        The folder can't be written to.
    """
    html = to_html(
        session, reports, exercise, stills=stills, video_size_px=video_size_px, made=date.today()
    )
    provide_plots(folder)
    write_text(folder / PAGE, html)
    return folder / PAGE


def to_html(
    session: Session,
    reports: Sequence[FrameReport],
    exercise: Exercise,
    *,
    stills: Mapping[int, tuple[int, int]],
    video_size_px: tuple[int, int],
    made: date,
) -> str:
    """Return the page; the parameters are those of `write_session_page`, and the day it is made."""
    times_s = np.array([report.time_s for report in reports])
    span_s = _span_s(session, times_s)
    shown = charts(session, reports, exercise)
    known = traits(session, reports, exercise, shown)
    plotted = {
        f"plot-{chart.measure.name}-{number}": over_time(
            chart, times_s, session.reps, tinted=number == 0
        )
        for number, chart in enumerate(shown)
    }
    over_set = [trait for trait in known if len(session.reps) > 1]
    plotted |= {
        f"set-{number}": by_repetition(trait, session.reps) for number, trait in enumerate(over_set)
    }
    name = Path(session.source.path).name
    return render(
        "session.html",
        title=f"{exercise.title} · {name}",
        plots=bool(plotted),
        programs=("session.js",),
        styles=("session.css",),
        data={
            "start_s": span_s[0],
            "end_s": span_s[1],
            "times_s": [round(float(t), 4) for t in times_s],
            "reps": [
                {"number": r.number, "start_s": r.start_s, "top_s": r.top_s, "end_s": r.end_s}
                for r in session.reps
            ],
            "figures": plotted,
        },
        name=name,
        made=f"{made.day} {made:%B %Y}",
        exercise=exercise,
        session=session,
        counts=asdict(session.counts),
        summary=counts_text(session.counts),
        legs=_legs(session),
        advice=advice(session, exercise),
        reps=[_row(rep, exercise) for rep in session.reps],
        timeline=_timeline(session, span_s),
        video=VIDEO,
        video_size=video_size_px,
        charts=[_chart(chart, key) for chart, key in zip(shown, plotted, strict=False)],
        moments=[_moment(m, stills) for m in moments(session, exercise) if m.rep.number in stills],
        left_right=[_contrast(c) for c in legs_compared(session, known)],
        ends=[_contrast(c) for c in ends_compared(session, known)],
        set_plots=[
            {"id": f"set-{number}", "name": trait.name, "text": _trait_text(trait, session.reps)}
            for number, trait in enumerate(over_set)
        ],
        min_reps=MIN_REPS,
        tiring=fatigue_of(session.reps).signs,
        side_view=session.view is View.SIDE,
        not_checked=not_checked(session, exercise),
        length=length_text(session, span_s),
        facts=facts(session, exercise, span_s),
        limits=limits_in_force(session, exercise),
    )


def _span_s(session: Session, times_s: np.ndarray) -> tuple[float, float]:
    """Return when the analysed part of the recording begins and ends."""
    start_s, last_s = float(times_s[0]), float(times_s[-1])
    interval_s = float(np.median(np.diff(times_s))) if len(times_s) > 1 else 0.0
    whole_s = session.source.duration_s or 0.0
    read_out = last_s < whole_s <= last_s + max(3 * interval_s, READ_OUT_S)
    return start_s, whole_s if read_out else last_s + interval_s


def _legs(session: Session) -> list[dict[str, Any]]:
    moved = {side: counts for side, counts in session.by_side.items() if counts.attempts}
    if len(moved) < 2:
        return []
    return [{"side": side.value, "text": counts_text(counts)} for side, counts in moved.items()]


def _row(rep: Rep, exercise: Exercise) -> dict[str, Any]:
    """Return a repetition as the table shows it."""
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
        "faults": faults,
        "cues": [finding_text(exercise, finding) for finding in rep.cues],
    }


def _timeline(session: Session, span_s: tuple[float, float]) -> list[dict[str, Any]]:
    """Return where on the video's strip each repetition lies, in percent."""
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


def _chart(chart: Chart, key: str) -> dict[str, Any]:
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
    """Return what the plot shows, for whoever can't see it."""
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


def _moment(moment: Moment, stills: Mapping[int, tuple[int, int]]) -> dict[str, Any]:
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


def _contrast(contrast: Contrast) -> dict[str, Any]:
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
    """Return a mean with its unit, as short as a table wants it."""
    text = amount(value, unit, signed=signed).removesuffix(OF_TRUNK)
    # A difference that rounds to nothing has no direction.
    return text[1:] if signed and not any(digit in text for digit in "123456789") else text


def _trait_text(trait: Trait, reps: Sequence[Rep]) -> str:
    values = [(rep.number, trait.of(rep)) for rep in reps]
    return ", ".join(
        f"repetition {number} {'not seen' if math.isnan(v) else _figure(v, trait.unit)}"
        for number, v in values
    )
