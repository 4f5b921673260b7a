"""What a perfect observer would say of each repetition, from the true angles alone.

The limits are those of the standing hip flexion: start 25, range 80 and back 20 degrees of thigh
elevation; hold 1.8 s at 75; lowering 1.0 s; a fault must last 0.3 s. A pelvic drop mirrors the
hike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mannequin.vectors import Array

START_DEG, BACK_DEG, RANGE_DEG, ATTEMPT_DEG, HIGH_DEG = 25.0, 20.0, 80.0, 45.0, 75.0
LEAVING_DEG, HOLD_S, LOWERING_S, LASTING_S = 5.0, 1.8, 1.0, 0.3

Columns = dict[str, Array]
Signal = Callable[[Columns, str], Array]


def _other(side: str) -> str:
    return "right" if side == "left" else "left"


def _hike(delta: Columns, side: str) -> Array:
    lifted: Array = (1.0 if side == "left" else -1.0) * delta["pelvic_obliquity_deg"]
    return lifted


#: Code, signed measure (degrees from neutral; the fault is the positive direction), limit.
FAULTS: tuple[tuple[str, Signal, float], ...] = (
    ("lean-back", lambda d, _: -d["torso_lean_deg"], 10.0),
    ("lean-forward", lambda d, _: d["torso_lean_deg"], 15.0),
    ("lateral-lean", lambda d, _: np.abs(d["lateral_lean_deg"]), 10.0),
    ("pelvic-hike", _hike, 12.0),
    ("pelvic-drop", lambda d, side: -_hike(d, side), 12.0),
    ("support-knee-bent", lambda d, side: d[f"knee_flexion_{_other(side)}_deg"], 20.0),
)


def _spans(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of true values as half-open index ranges."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _attempts(elevation: Array) -> list[tuple[int, int]]:
    """First and last frame of each rise above the start level that goes on to an honest attempt."""
    found = []
    for a, b in _spans(elevation > BACK_DEG):
        above = np.flatnonzero(elevation[a:b] > START_DEG)
        if above.size and elevation[a:b].max() >= ATTEMPT_DEG:
            found.append((a + int(above[0]), min(b, elevation.size - 1)))
    return found


def _faults(delta: Columns, side: str, span: slice, frame_s: float) -> list[dict[str, Any]]:
    found = []
    for code, signal, limit in FAULTS:
        values = signal(delta, side)[span]
        lasting = [
            float(values[a:b].max())
            for a, b in _spans(values >= limit)
            if (b - a) * frame_s >= LASTING_S
        ]
        if lasting:
            found.append({"code": code, "worst_deg": round(max(lasting), 1)})
    return found


def _rep(side: str, span: tuple[int, int], time_s: Array, columns: Columns, delta: Columns) -> Any:
    frame_s = float(time_s[1] - time_s[0])
    elevation = columns[f"thigh_elevation_{side}_deg"]
    inside = slice(span[0], span[1] + 1)
    top = span[0] + int(np.argmax(elevation[inside]))
    peak = float(elevation[top])
    left = top + int(np.flatnonzero(elevation[top : span[1] + 1] >= peak - LEAVING_DEG)[-1]) + 1
    hold_s = float(np.count_nonzero(elevation[inside] >= HIGH_DEG)) * frame_s
    lowering_s = float(time_s[span[1]] - time_s[left])
    faults = _faults(delta, side, inside, frame_s)
    full = peak >= RANGE_DEG
    slips = (("short-hold", hold_s < HOLD_S), ("fast-lowering", lowering_s < LOWERING_S))
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


def repetitions(time_s: Array, columns: Columns, calm_s: tuple[float, float]) -> list[Any]:
    """Repetitions in the order of their start, each with its verdict, faults and cues.

    Parameters
    ----------
    time_s
        Time of each frame, evenly spaced.
    columns
        The true angles, degrees, one array a column.
    calm_s
        Still standing from which the neutral is taken (median).
    """
    calm = (time_s >= calm_s[0]) & (time_s <= calm_s[1])
    delta = {name: values - np.median(values[calm]) for name, values in columns.items()}
    found = [
        _rep(side, span, time_s, columns, delta)
        for side in ("left", "right")
        for span in _attempts(columns[f"thigh_elevation_{side}_deg"])
    ]
    found.sort(key=lambda rep: float(rep["start_s"]))
    return [{"number": n, **rep} for n, rep in enumerate(found, start=1)]
