"""The report of a recording: a page to send to a client, with the files it needs.

The folder holds `index.html`, `video.mp4`, `plotly.min.js` and a still for each rejected
repetition; the page opens from the disk, and the folder can be zipped and mailed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.core.checker.session import FrameReport, Session
from formcheck.core.checker.wording import dropped_text
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.view import View
from formcheck.files.writing import write_text
from formcheck.reports.advice import advice, moments
from formcheck.reports.comparison import MIN_REPS, Trait, ends_compared, legs_compared, traits
from formcheck.reports.figures import Figure, by_repetition, over_time
from formcheck.reports.method import facts, length_text, limits_in_force, not_checked
from formcheck.reports.page import PAGE, VIDEO, provide_plots, render
from formcheck.reports.rows import (
    chart_row,
    contrast_row,
    leg_rows,
    moment_row,
    rep_row,
    set_row,
    timeline,
)
from formcheck.reports.series import Chart, charts
from formcheck.training.fatigue import fatigue_of

READ_OUT_S = 0.2
"""A recording that ends this soon after the last frame counts as read to its end."""


def write_session_page(
    folder: Path,
    session: Session,
    reports: Sequence[FrameReport],
    exercise: Exercise,
    *,
    stills: Mapping[int, tuple[int, int]],
    video_size_px: tuple[int, int],
) -> Path:
    """Writes the page and the plotting library into a folder; returns the page's path.

    Parameters
    ----------
    folder : Path
        The folder of the video and the stills.
    session : Session
        The judged session.
    reports : sequence of FrameReport
        One for each frame.
    exercise : Exercise
        The exercise.
    stills : mapping of int to (int, int)
        Width and height of each still, by the number of its repetition.
    video_size_px : (int, int)
        Size of the video beside the page.

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
    """Returns the page; parameters as in `write_session_page`, and the day of making."""
    times_s = np.array([report.time_s for report in reports])
    span_s = _span_s(session, times_s)
    shown = charts(session, reports, exercise)
    known = traits(session, reports, exercise, shown)
    timed = _over_time(shown, times_s, session)
    over_set = _over_set(known, session)
    name = Path(session.source.path).name
    return render(
        "session.html",
        title=f"{exercise.title} · {name}",
        plots=bool(timed or over_set),
        programs=("session.js",),
        styles=("session.css",),
        data=_times(session, times_s, span_s) | {"figures": timed | over_set},
        name=name,
        made=f"{made.day} {made:%B %Y}",
        exercise=exercise,
        session=session,
        dropped=dropped_text(session.dropped),
        video=VIDEO,
        video_size=video_size_px,
        charts=[chart_row(chart, key) for chart, key in zip(shown, timed, strict=True)],
        set_plots=[
            set_row(trait, key, session.reps) for key, trait in zip(over_set, known, strict=False)
        ],
        **_found(session, exercise, span_s, stills),
        **_compared(session, known),
        **_limits(session, exercise, span_s),
    )


def _wore_tag(session: Session) -> bool:
    return session.calibration is not None and session.calibration.scene.tag is not None


def _over_time(shown: Sequence[Chart], times_s: np.ndarray, session: Session) -> dict[str, Figure]:
    """Returns the figures over time, by the ids of their elements in the page."""
    return {
        f"plot-{chart.measure.name}-{number}": over_time(
            chart, times_s, session.reps, tinted=number == 0
        )
        for number, chart in enumerate(shown)
    }


def _over_set(known: Sequence[Trait], session: Session) -> dict[str, Figure]:
    """Returns the figures over the set; empty with a single repetition."""
    if len(session.reps) < 2:
        return {}
    return {f"set-{n}": by_repetition(trait, session.reps) for n, trait in enumerate(known)}


def _times(session: Session, times_s: np.ndarray, span_s: tuple[float, float]) -> dict[str, Any]:
    """Returns the times by which the page's program links video, repetitions and plots."""
    return {
        "start_s": span_s[0],
        "end_s": span_s[1],
        "times_s": [round(float(t), 4) for t in times_s],
        "reps": [
            {"number": r.number, "start_s": r.start_s, "top_s": r.top_s, "end_s": r.end_s}
            for r in session.reps
        ],
    }


def _found(
    session: Session,
    exercise: Exercise,
    span_s: tuple[float, float],
    stills: Mapping[int, tuple[int, int]],
) -> dict[str, Any]:
    """Returns counts, repetitions, advice and moments for the template."""
    seen = [moment for moment in moments(session, exercise) if moment.rep.number in stills]
    return {
        "counts": asdict(session.counts),
        "legs": leg_rows(session),
        "advice": advice(session, exercise),
        "reps": [rep_row(rep, exercise, by_tag=_wore_tag(session)) for rep in session.reps],
        "timeline": timeline(session, span_s),
        "moments": [moment_row(moment, stills) for moment in seen],
    }


def _compared(session: Session, known: Sequence[Trait]) -> dict[str, Any]:
    """Returns the comparisons of legs, and of beginning and end, for the template."""
    return {
        "left_right": [contrast_row(c) for c in legs_compared(session, known)],
        "ends": [contrast_row(c) for c in ends_compared(session, known)],
        "tiring": fatigue_of(session.reps).signs,
        "min_reps": MIN_REPS,
        "side_view": session.view is View.SIDE,
    }


def _limits(session: Session, exercise: Exercise, span_s: tuple[float, float]) -> dict[str, Any]:
    """Returns how the report was measured, for the template."""
    return {
        "not_checked": not_checked(session, exercise),
        "length": length_text(session, span_s),
        "facts": facts(session, exercise, span_s),
        "limits": limits_in_force(session, exercise),
    }


def _span_s(session: Session, times_s: np.ndarray) -> tuple[float, float]:
    """Returns when the analysed part of the recording begins and ends."""
    start_s, last_s = float(times_s[0]), float(times_s[-1])
    interval_s = float(np.median(np.diff(times_s))) if len(times_s) > 1 else 0.0
    whole_s = session.source.duration_s or 0.0
    read_out = last_s < whole_s <= last_s + max(3 * interval_s, READ_OUT_S)
    return start_s, whole_s if read_out else last_s + interval_s
