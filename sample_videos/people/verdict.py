"""What a perfect observer would say of each repetition, from the true angles alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from people.vectors import Array

Columns = dict[str, Array]
#: From changes against neutral, and the moving side, to values whose positive direction is wrong.
Signal = Callable[[Columns, str], Array]


@dataclass(frozen=True, kw_only=True, slots=True)
class FaultRule:
    """A fault, by one signal and its limit.

    Attributes
    ----------
    code
        From formcheck's list.
    signal
        The measure, its bad direction positive.
    limit
        What the signal must reach, in ``unit``.
    unit
        ``deg``, ``trunk`` or ``cm``.
    lasting_s
        How long without a break.
    lowering_only
        Whether it counts only after the top.
    unless
        Faults of the same repetition that explain this one: with one of them it isn't named.
    """

    code: str
    signal: Signal
    limit: float
    unit: str = "deg"
    lasting_s: float = 0.3
    lowering_only: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """How repetitions of one exercise are counted and judged; levels in degrees of ``column``.

    Attributes
    ----------
    column
        Name of the judged column, with ``{side}`` where each leg has one.
    sides
        What moves: ``left`` and ``right``, or ``both``.
    start, top, back, attempt
        Where a rise begins, is complete, is over; the least peak of an honest attempt.
    high
        Time above it is hold.
    hold_s, lowering_s
        Less gives the cue; None where the exercise has no such cue.
    from_neutral
        Whether ``column`` is read as a change from neutral.
    rest_from_neutral
        Whether ``start`` and ``back`` are changes from neutral, while ``top`` is not.
    moved
        Column whose change from neutral ``start`` and ``back`` refer to, where ``column`` changes
        with the hips of a propped body as well.
    """

    column: str
    start: float
    top: float
    back: float
    attempt: float
    high: float
    faults: tuple[FaultRule, ...]
    sides: tuple[str, ...] = ("left", "right")
    hold_s: float | None = None
    lowering_s: float | None = None
    leaving: float = 5.0
    from_neutral: bool = False
    rest_from_neutral: bool = False
    moved: str = ""


def other(side: str) -> str:
    """Return the opposite side."""
    return "right" if side == "left" else "left"


def _spans(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of true values as half-open index ranges."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _attempts(values: Array, moved: Array, rules: Rules, rest: float) -> list[tuple[int, int]]:
    """First and last frame of each rise above the start level that goes on to an honest attempt."""
    found = []
    for a, b in _spans(moved > rest + rules.back):
        above = np.flatnonzero(moved[a:b] > rest + rules.start)
        if above.size and values[a:b].max() >= rules.attempt:
            found.append((a + int(above[0]), min(b, values.size - 1)))
    return found


def _fault(
    rule: FaultRule, delta: Columns, side: str, span: slice, frame_s: float
) -> dict[str, Any] | None:
    values = rule.signal(delta, side)[span]
    lasting = [
        float(values[a:b].max())
        for a, b in _spans(values >= rule.limit)
        if (b - a) * frame_s >= rule.lasting_s
    ]
    if not lasting:
        return None
    digits = 1 if rule.unit == "deg" else 3
    return {"code": rule.code, "worst": round(max(lasting), digits), "unit": rule.unit}


def _rep(
    rules: Rules, side: str, span: tuple[int, int], time_s: Array, values: Array, delta: Columns
) -> Any:
    frame_s = float(time_s[1] - time_s[0])
    inside = slice(span[0], span[1] + 1)
    top = span[0] + int(np.argmax(values[inside]))
    peak = float(values[top])
    left = top + int(np.flatnonzero(values[top : span[1] + 1] >= peak - rules.leaving)[-1]) + 1
    left = min(left, span[1])
    hold_s = float(np.count_nonzero(values[inside] >= rules.high)) * frame_s
    lowering_s = float(time_s[span[1]] - time_s[left])
    found = [
        _fault(r, delta, side, slice(left, span[1] + 1) if r.lowering_only else inside, frame_s)
        for r in rules.faults
    ]
    codes = {fault["code"] for fault in found if fault is not None}
    faults = [
        fault
        for fault, rule in zip(found, rules.faults, strict=True)
        if fault is not None and not codes.intersection(rule.unless)
    ]
    full = peak >= rules.top
    slips = (
        ("short-hold", rules.hold_s is not None and hold_s < rules.hold_s),
        ("fast-lowering", rules.lowering_s is not None and lowering_s < rules.lowering_s),
    )
    cues = [code for code, slipped in slips if slipped and full]
    return {
        "side": side,
        "start_s": round(float(time_s[span[0]]), 3),
        "top_s": round(float(time_s[top]), 3),
        "end_s": round(float(time_s[span[1]]), 3),
        "peak_deg": round(peak, 1),
        "hold_s": round(hold_s, 2),
        "lowering_s": round(lowering_s, 2),
        "verdict": ("compensated" if faults else "clean") if full else "partial",
        "faults": faults,
        "cues": cues,
    }


def repetitions(
    rules: Rules,
    time_s: Array,
    columns: Columns,
    calm_s: tuple[float, float],
    others_s: Sequence[tuple[float, float]] = (),
) -> list[Any]:
    """Repetitions in the order of their start, each with its verdict, faults and cues.

    Parameters
    ----------
    rules
        Of the exercise.
    time_s
        Time of each frame, evenly spaced.
    columns
        The true measures, one array a column.
    calm_s
        Still start posture from which the neutral is taken (median).
    others_s
        Start and end of other movements: what looks like a repetition there is none.
    """
    calm = (time_s >= calm_s[0]) & (time_s <= calm_s[1])
    delta = {name: values - np.median(values[calm]) for name, values in columns.items()}
    found = []
    for side in rules.sides:
        name = rules.column.format(side=side)
        values = delta[name] if rules.from_neutral else columns[name]
        rest = float(np.median(values[calm])) if rules.rest_from_neutral else 0.0
        moved = delta[rules.moved.format(side=side)] if rules.moved else values
        spans = _attempts(values, moved, rules, rest)
        found += [_rep(rules, side, span, time_s, values, delta) for span in spans]
    found = [rep for rep in found if not any(a <= rep["top_s"] <= b for a, b in others_s)]
    found.sort(key=lambda rep: float(rep["start_s"]))
    return [{"number": n, **rep} for n, rep in enumerate(found, start=1)]
