"""Plotly figures of weeks and days as plain data, in the style's own colours.

Every series differs by shape as well as colour: bars by pattern, legs by dash and symbol.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.training.progress import DayOfExercise, Week

Figure = dict[str, Any]

VERDICTS: dict[str, str] = {"clean": "", "compensated": "/", "partial": ".", "unverified": "x"}
LEGS: dict[Side, tuple[str, str, str]] = {
    Side.LEFT: ("--left", "solid", "circle"),
    Side.RIGHT: ("--right", "dot", "square"),
    Side.BOTH: ("--body-line", "solid", "circle"),
}
HEIGHT_PX = 230
LEAST_SPAN_DEG = 20.0
"""Least range of an axis: smaller differences lie within the camera's error of a few degrees."""


def by_week(weeks: Sequence[Week]) -> Figure:
    """Returns the repetitions of each week as stacked bars, clean ones at the bottom."""
    labels = [f"{week.monday:%d %b}" for week in weeks]
    traces = []
    for verdict, pattern in VERDICTS.items():
        values = [getattr(week.counts, verdict) for week in weeks]
        if any(values):
            traces.append(
                {
                    "type": "bar", "name": verdict, "x": labels, "y": values, "width": 0.62,
                    "marker": {
                        "color": f"--{verdict}",
                        "pattern": {
                            "shape": pattern, "solidity": 0.3, "size": 6, "fgcolor": "--paper",
                            "fillmode": "overlay",
                        },
                        "line": {"color": "--paper", "width": 1},
                    },
                    "hovertemplate": f"%{{y}} {verdict}<extra></extra>",
                }
            )  # fmt: skip
    return {
        "data": traces,
        "layout": {
            "height": 280,
            "barmode": "stack",
            "xaxis": {"type": "category", "showgrid": False, "nticks": 14},
            "yaxis": {"rangemode": "tozero", "nticks": 6},
        },
    }


def clean_share(days: Sequence[DayOfExercise]) -> Figure:
    """Returns the share of clean repetitions from day to day."""
    shares = [_number(100.0 * day.clean_share) for day in days]
    trace = _line(days, shares, "--clean", "solid", "circle", "%{y:.0f} % clean")
    trace["fill"], trace["fillcolor"] = "tozeroy", "--clean/0.12"
    return _over_days([trace], days, {"range": [0, 104], "ticksuffix": " %", "nticks": 5})


def peaks(days: Sequence[DayOfExercise], exercise: Exercise) -> Figure:
    """Returns each leg's mean peak from day to day, and the level that makes a full repetition."""
    tops = [(day.rules or exercise).cycle.top for day in days]
    traces = _of_legs(days, lambda day: day.peak_deg, "%{y:.0f}°")
    seen = [value for trace in traces for value in trace["y"] if value is not None]
    low, high = _span([*seen, *tops], LEAST_SPAN_DEG)
    figure = _over_days(traces, days, {"range": [low, high], "ticksuffix": "°", "nticks": 5})
    if len(set(tops)) == 1:
        _rule(figure, tops[0], f"full from {tops[0]:.0f}°")
    else:
        figure["data"].append(_level(days, tops))
    return figure


def mark_changes(figure: Figure, changed: Sequence[date]) -> None:
    """Draws an upright line at each day on which limits changed."""
    shapes = figure["layout"].setdefault("shapes", [])
    for day in changed:
        shapes.append(
            {
                "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": _text(day),
                "x1": _text(day), "line": {"color": "--accent", "width": 1.5, "dash": "dot"},
            }
        )  # fmt: skip


def _level(days: Sequence[DayOfExercise], tops: Sequence[float]) -> dict[str, Any]:
    """Returns the level that makes a full repetition, where it changed from day to day."""
    return {
        "type": "scatter", "mode": "lines", "x": [day.date.isoformat() for day in days],
        "y": list(tops), "line": {"color": "--soft", "width": 1, "dash": "dash", "shape": "hv"},
        "hovertemplate": "full from %{y:.0f}°<extra></extra>",
    }  # fmt: skip


def holds(days: Sequence[DayOfExercise]) -> Figure:
    """Returns each leg's mean time at the top from day to day."""
    traces = _of_legs(days, lambda day: day.hold_s, "%{y:.1f} s")
    return _over_days(traces, days, {"rangemode": "tozero", "ticksuffix": " s", "nticks": 5})


def _of_legs(
    days: Sequence[DayOfExercise], value: Callable[[DayOfExercise], dict[Side, float]], says: str
) -> list[dict[str, Any]]:
    traces = []
    for side, (colour, dash, symbol) in LEGS.items():
        values = [_number(value(day).get(side, math.nan)) for day in days]
        if any(each is not None for each in values):
            traces.append(_line(days, values, colour, dash, symbol, f"{side.value} {says}"))
    return traces


def _line(
    days: Sequence[DayOfExercise],
    values: Sequence[float | None],
    colour: str,
    dash: str,
    symbol: str,
    says: str,
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers", "x": [day.date.isoformat() for day in days],
        "y": list(values), "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"color": colour, "size": 7, "symbol": symbol},
        "hovertemplate": f"{says}<extra></extra>", "connectgaps": True,
    }  # fmt: skip


def _over_days(
    traces: list[dict[str, Any]], days: Sequence[DayOfExercise], yaxis: dict[str, Any]
) -> Figure:
    first, last = days[0].date, days[-1].date
    margin = timedelta(days=max(1, round((last - first).days * 0.04)))
    shown = [_text(first - margin), _text(last + margin)]
    return {
        "data": traces,
        "layout": {
            "height": HEIGHT_PX,
            "xaxis": {
                "type": "date", "range": shown, "tickformat": "%d %b", "hoverformat": "%A %d %B",
                "nticks": 5, "showgrid": False,
            },
            "yaxis": yaxis,
        },
    }  # fmt: skip


def _rule(figure: Figure, level: float, words: str) -> None:
    """Draws a level across a figure, with its words."""
    figure["layout"]["shapes"] = [
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level,
            "line": {"color": "--soft", "width": 1, "dash": "dash"},
        }
    ]  # fmt: skip
    figure["layout"]["annotations"] = [
        {
            "xref": "paper", "x": 1, "xanchor": "right", "y": level, "yanchor": "top",
            "text": words, "showarrow": False, "font": {"size": 11, "color": "--soft"},
        }
    ]  # fmt: skip


def _span(values: Sequence[float], least: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = max(least - (high - low), 0.16 * (high - low)) / 2
    return low - room, high + room


def _number(value: float) -> float | None:
    return round(value, 2) if math.isfinite(value) else None


def _text(day: date) -> str:
    return day.isoformat()
