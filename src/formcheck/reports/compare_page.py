"""The page of two sessions: videos in step, values and plots, what became better."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from formcheck.core.checker.session import Rep
from formcheck.core.pose.pose import Side
from formcheck.files.writing import write_text
from formcheck.reports.before_after import (
    BETTER,
    ENOUGH,
    OPEN,
    SAME,
    WORSE,
    Change,
    Subject,
    changes,
    same_view,
)
from formcheck.reports.figures import Figure
from formcheck.reports.page import PAGE, provide_plots, render

WORDS = {
    BETTER: "better",
    WORSE: "not as good",
    SAME: "within the measurement's error",
    ENOUGH: "as asked for both times",
    OPEN: "not comparable",
}
COLOURS = ("--body-line", "--accent")
"""Before and after: they differ by dash as well."""
DASHES = ("dot", "solid")
SYMBOLS = ("circle-open", "circle")
MOST_COURSES = 12


def write_comparison(before: Subject, after: Subject, folder: Path) -> Path:
    """Writes the page into the folder of the videos and returns its path.

    Raises
    ------
    OutputError
        The folder can't be written to.
    """
    path = folder / PAGE
    write_text(path, comparison_page(before, after))
    provide_plots(folder)
    return path


def comparison_page(before: Subject, after: Subject) -> str:
    """Returns the page."""
    found = changes(before, after)
    pairs = paired(before.session.reps, after.session.reps)
    figures = _figures(before, after)
    return render(
        "compare.html",
        title=f"Before and after · {after.rules.title}",
        data={"figures": figures, "pairs": [_pair(*pair) for pair in pairs]},
        programs=("compare.js",),
        styles=("compare.css",),
        plots=True,
        subjects=[_shown(before, "before"), _shown(after, "after")],
        exercise=after.rules,
        rows=[_row(change) for change in found],
        told={word: [c.name for c in found if c.verdict == word] for word in WORDS},
        words=WORDS,
        notes=list(notes(before, after)),
        pairs=[_pair(*pair) for pair in pairs],
        videos=bool(before.video and after.video and pairs),
        plots_shown=_titles(figures),
    )


def notes(before: Subject, after: Subject) -> Sequence[str]:
    """Returns what a reader must know before believing a difference."""
    said = []
    if not same_view(before, after):
        views = (before.session.view.value, after.session.view.value)
        said.append(
            f"The camera stood elsewhere ({views[0]} before, {views[1]} after): angles are not"
            " compared."
        )
    if before.rules != after.rules:
        limits = ["; ".join(s.rules.changes) or "the exercise's own" for s in (before, after)]
        said.append(
            f"The limits differ. Before: {limits[0]}. After: {limits[1]}. What was judged by"
            " different limits is not compared."
        )
    few = min(len(before.session.reps), len(after.session.reps))
    if few < 3:
        said.append("There are few repetitions: a single one moves the shares.")
    return said


def paired(before: Sequence[Rep], after: Sequence[Rep]) -> list[tuple[Rep, Rep]]:
    """Returns the repetitions that stand beside each other: the first of a leg with its first."""
    pairs = []
    for side in Side:
        own = [[rep for rep in reps if rep.side is side] for reps in (before, after)]
        pairs += list(zip(own[0], own[1], strict=False))
    return sorted(pairs, key=lambda pair: pair[1].number)


def _pair(before: Rep, after: Rep) -> dict[str, Any]:
    return {
        "side": after.side.value,
        "before": {**_times(before), "verdict": before.verdict.value, "number": before.number},
        "after": {**_times(after), "verdict": after.verdict.value, "number": after.number},
    }


def _times(rep: Rep) -> dict[str, float]:
    return {"start_s": rep.start_s, "top_s": rep.top_s, "end_s": rep.end_s}


def _shown(subject: Subject, word: str) -> dict[str, Any]:
    return {
        "word": word,
        "name": subject.name,
        "video": subject.video,
        "view": subject.session.view.value,
        "counts": asdict(subject.session.counts),
        "changes": subject.rules.changes,
    }


def _row(change: Change) -> dict[str, Any]:
    return {
        "name": change.name,
        "before": _value(change.before, change.unit),
        "after": _value(change.after, change.unit),
        "difference": _value(change.after - change.before, change.unit, signed=True),
        "error": _value(change.error, change.unit),
        "verdict": change.verdict,
        "words": WORDS[change.verdict],
    }


def _value(value: float, unit: str, *, signed: bool = False) -> str:
    sign = "+" if signed else ""
    if unit == "share":
        return f"{100 * value:{sign}.0f} %"
    return f"{value:{sign}.0f}°" if unit == "deg" else f"{value:{sign}.1f} s"


def _figures(before: Subject, after: Subject) -> dict[str, Figure]:
    figures = {"peaks": _by_repetition(before, after)}
    if before.courses and after.courses:
        figures["courses"] = _through_repetition(before, after)
    return figures


def _titles(figures: dict[str, Figure]) -> list[tuple[str, str]]:
    titles = {"peaks": "Peak of each repetition", "courses": "The movement through a repetition"}
    return [(key, titles[key]) for key in figures]


def _by_repetition(before: Subject, after: Subject) -> Figure:
    """Returns the peaks of both, leg by leg, over the number of the repetition of that leg."""
    traces = []
    for place, subject in enumerate((before, after)):
        for side in Side:
            own = [rep for rep in subject.session.reps if rep.side is side]
            if not own:
                continue
            word = ("before", "after")[place]
            traces.append(
                {
                    "type": "scatter", "mode": "lines+markers", "name": f"{word}, {side.value}",
                    "x": list(range(1, len(own) + 1)),
                    "y": [r.peak_deg if math.isfinite(r.peak_deg) else None for r in own],
                    "line": {"color": f"{COLOURS[place]}/0.6", "width": 1.5, "dash": DASHES[place]},
                    "marker": {
                        "color": COLOURS[place], "size": 9,
                        "symbol": "square" if side is Side.RIGHT else SYMBOLS[place],
                    },
                    "hovertemplate": f"{word}, {side.value}: %{{y:.0f}}°<extra></extra>",
                }
            )  # fmt: skip
    return _layout(traces, "repetition of the leg", after.rules.cycle.top)


def _through_repetition(before: Subject, after: Subject) -> Figure:
    """Returns the counted angle through the repetitions of both, from the beginning of each."""
    traces = []
    for place, subject in enumerate((before, after)):
        for course in subject.courses[:MOST_COURSES]:
            word = f"{('before', 'after')[place]}, {course.rep.number}"
            traces.append(
                {
                    "type": "scatter", "mode": "lines", "name": word,
                    "x": [round(float(t), 3) for t in course.times_s],
                    "y": [
                        round(float(v), 1) if math.isfinite(v) else None for v in course.values_deg
                    ],
                    "line": {"color": f"{COLOURS[place]}/0.6", "width": 1.5, "dash": DASHES[place]},
                    "hovertemplate": f"{word}: %{{y:.0f}}°<extra></extra>",
                }
            )  # fmt: skip
    return _layout(traces, "seconds", after.rules.cycle.top)


def _layout(traces: list[Figure], title: str, top: float) -> Figure:
    return {
        "data": traces,
        "layout": {
            "height": 260,
            "xaxis": {"title": {"text": title, "standoff": 4}, "nticks": 10, "showgrid": False},
            "yaxis": {"ticksuffix": "°", "nticks": 6},
            "margin": {"b": 40},
            "shapes": [
                {
                    "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": top, "y1": top,
                    "line": {"color": "--clean", "width": 1, "dash": "dash"},
                }
            ],
        },
    }  # fmt: skip
