"""Plotly figures as plain data: the page's own program draws them in the page's colours.

Colours are names of the style's (`--left`), so one figure serves light, dark and paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.pose.pose import FloatArray, Side
from formcheck.reports.comparison import Trait
from formcheck.reports.series import Chart, Line, Span

Figure = dict[str, Any]

MAX_POINTS = 6000
"""More points than pixels show nothing more; of a longer recording the extremes are shown."""

SCALE = {"deg": 1.0, "trunk": 100.0, "s": 1.0}
SIGN = {"deg": "°", "trunk": " %", "s": " s"}

_DASH = {Side.LEFT: "solid", Side.RIGHT: "dot"}
_SYMBOL = {
    Verdict.CLEAN: "circle",
    Verdict.COMPENSATED: "triangle-up",
    Verdict.PARTIAL: "circle-open",
    Verdict.UNVERIFIED: "diamond-open",
}
_HEADROOM = 0.12
LEAST_SPAN = {"deg": 20.0, "trunk": 8.0, "s": 1.0}
"""Least range of an axis, in the unit it shows (trunk lengths in percent)."""


def over_time(chart: Chart, times_s: FloatArray, reps: Sequence[Rep], *, tinted: bool) -> Figure:
    """Returns a measure over time: repetitions behind it, limits across it, crossings shaded.

    Parameters
    ----------
    chart : Chart
        The measure to plot.
    times_s : (frames,) float
        Time stamps of the curves' values.
    reps : sequence of Rep
        The repetitions.
    tinted : bool
        Whether the repetitions' backgrounds show the colour of the verdict, with numbers on top.
    """
    unit = chart.measure.unit
    low, high = _range(chart)
    traces = [_curve(c.side, times_s, c.values, unit) for c in chart.curves]
    spans = [span for found in chart.crossed.values() for span in found]
    start_s, end_s = float(times_s[0]), float(times_s[-1])
    return {
        "data": traces,
        "layout": {
            "height": 260 if tinted else 210,
            "margin": {"t": 24 if tinted else 10},
            "xaxis": {
                "range": [start_s, end_s], "ticksuffix": " s", "hoverformat": ".2f", "nticks": 9,
                "showgrid": False,
            },
            "yaxis": {"range": [low, high], "ticksuffix": SIGN[unit].strip(), "nticks": 6},
            "shapes": [
                *(_ground(rep, tinted=tinted) for rep in reps),
                *(_shade(span) for span in spans),
                *(_rule(line, unit) for line in chart.lines),
            ],
            "annotations": [
                *(_number(rep) for rep in reps[:: 1 + len(reps) // 13] if tinted),
                *(_words(line, unit) for line in chart.lines),
            ],
        },
    }  # fmt: skip


def by_repetition(trait: Trait, reps: Sequence[Rep]) -> Figure:
    """Returns a trait over the set: one mark a repetition, shaped by its verdict, joined by leg."""
    traces = []
    scale = SCALE[trait.unit]
    sides = [side for side in Side if any(rep.side is side for rep in reps)]
    for side in sides:
        own = [rep for rep in reps if rep.side is side]
        values = [trait.of(rep) * scale for rep in own]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": side.value,
                "x": [rep.number for rep in own],
                "y": [round(v, 2) if math.isfinite(v) else None for v in values],
                "line": {"color": f"{_colour(side)}/0.45", "width": 1.5, "dash": _dash(side)},
                "marker": {
                    "color": _colour(side), "size": 9,
                    "symbol": [_SYMBOL[rep.verdict] for rep in own],
                },
                "hovertemplate": "%{y:.1f}" + SIGN[trait.unit],
            }
        )  # fmt: skip
    digits = "" if trait.unit == "deg" else ".1f"
    return {
        "data": traces,
        "layout": {
            "height": 200,
            "xaxis": {
                "title": {"text": "repetition", "standoff": 4}, "tickformat": "d", "nticks": 10,
                "range": [0.5, len(reps) + 0.5], "showgrid": False,
            },
            "yaxis": {
                "range": _trait_range(trait, reps),
                "ticksuffix": SIGN[trait.unit].strip(), "nticks": 5, "tickformat": digits,
            },
            "margin": {"b": 40},
        },
    }  # fmt: skip


def _colour(side: Side | None) -> str:
    return {Side.LEFT: "--left", Side.RIGHT: "--right"}.get(side or Side.BOTH, "--body-line")


def _dash(side: Side | None) -> str:
    return _DASH.get(side or Side.BOTH, "solid")


def _curve(side: Side | None, times_s: FloatArray, values: FloatArray, unit: str) -> Figure:
    shown = thinned(values)
    scaled = values[shown] * SCALE[unit]
    digits = 1 if unit == "deg" else 2
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "body" if side is None else side.value,
        "x": [round(float(t), 3) for t in times_s[shown]],
        "y": [round(float(v), digits) if math.isfinite(v) else None for v in scaled],
        "line": {"color": _colour(side), "width": 2, "dash": _dash(side)},
        "hovertemplate": f"%{{y:.{digits - 1}f}}{SIGN[unit]}",
    }


def thinned(values: FloatArray) -> np.ndarray:
    """Returns the indices of the values to plot: all, or the extremes of each stretch."""
    if len(values) <= MAX_POINTS:
        return np.arange(len(values))
    shown = [0, len(values) - 1]
    for part in np.array_split(np.arange(len(values)), MAX_POINTS // 2):
        seen = part[np.isfinite(values[part])]
        if seen.size:
            shown += [int(seen[values[seen].argmin()]), int(seen[values[seen].argmax()])]
        else:
            shown.append(int(part[0]))
    return np.unique(shown)


def _range(chart: Chart) -> tuple[float, float]:
    scale = SCALE[chart.measure.unit]
    values = [line.level * scale for line in chart.lines]
    for curve in chart.curves:
        seen = curve.values[np.isfinite(curve.values)] * scale
        values += [float(seen.min()), float(seen.max())]
    return _padded(values, LEAST_SPAN[chart.measure.unit])


def _trait_range(trait: Trait, reps: Sequence[Rep]) -> tuple[float, float]:
    values = [v * SCALE[trait.unit] for v in map(trait.of, reps) if math.isfinite(v)]
    low, high = _padded(values, LEAST_SPAN[trait.unit])
    # No time is negative, and short times compare best from zero.
    return (0.0, high) if trait.unit == "s" else (low, high)


def _padded(values: Sequence[float], least: float) -> tuple[float, float]:
    """Returns a range around values, never so narrow that noise looks like a change."""
    low, high = min(values), max(values)
    half = max(high - low, least) * (0.5 + _HEADROOM)
    middle = (low + high) / 2
    return middle - half, middle + half


def _ground(rep: Rep, *, tinted: bool) -> Figure:
    colour = f"--{rep.verdict.value}-wash" if tinted else "--wash"
    return {
        "type": "rect", "xref": "x", "yref": "paper", "layer": "below", "line": {"width": 0},
        "x0": rep.start_s, "x1": rep.end_s, "y0": 0, "y1": 1, "fillcolor": colour,
    }  # fmt: skip


def _shade(span: Span) -> Figure:
    return {
        "type": "rect", "xref": "x", "yref": "paper", "layer": "below", "line": {"width": 0},
        "x0": span[0], "x1": span[1], "y0": 0, "y1": 1, "fillcolor": "--compensated/0.22",
    }  # fmt: skip


def _rule(line: Line, unit: str) -> Figure:
    level = line.level * SCALE[unit]
    colour = "--limit" if line.fault else "--clean"
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level,
        "line": {"color": colour, "width": 1.5, "dash": "dash" if line.fault else "dashdot"},
    }  # fmt: skip


def _words(line: Line, unit: str) -> Figure:
    level = line.level * SCALE[unit]
    digits = 0 if unit == "deg" else 1
    kind = "limit " if line.fault else ""
    return {
        "xref": "paper", "x": 1, "y": level, "xanchor": "right",
        "yanchor": "bottom" if line.level >= 0 else "top", "showarrow": False,
        "text": f"{line.words}: {kind}{level:+.{digits}f}{SIGN[unit]}".replace(": +", ": "),
        "bgcolor": "--paper/0.7",
        "font": {"size": 11, "color": "--limit" if line.fault else "--clean"},
    }  # fmt: skip


def _number(rep: Rep) -> Figure:
    return {
        "xref": "x", "x": (rep.start_s + rep.end_s) / 2, "yref": "paper", "y": 1,
        "yanchor": "bottom", "showarrow": False, "text": str(rep.number),
        "font": {"size": 12, "color": f"--{rep.verdict.value}"},
    }  # fmt: skip
