"""A mask that fills the hollow of the back at rest, and shows it while a leg is up.

Under a body that lies with bent knees the loin's shadow may pass for body: the outline then shows
no hollow, though there is one. Once a thigh is up the mask lets the light through, and the gap of a
back that never moved grows by half of what an arch looks like, in every repetition. Where even
the flattest of the lifted frames show that, an arch is told only from beyond it, and its absence
can't be vouched for, unless the mask shows as much of a hollow now and then in the start posture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.checker.cycle_neutral import counted_rows
from formcheck.core.checker.neutral import Calibration, observed_s
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures import LUMBAR_GAP
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.visibility import BoolArray

FLATTEST = 0.20
"""The share of the lifted frames that a set of arches would not leave flat."""
HOLLOWEST = 0.80
"""The share of the frames of the start posture that may be filled. A mask that can't decide
flickers: on one drawn body this quantile lay 0.018 trunk lengths over the median, at the true
hollow; on 15 other clips, drawn and real, by 0.000 to 0.014, in the median by 0.002. There no arch
is hidden by it: what it would have to hide is 0.025 more."""
SHOWN_S = 1.5
"""Seconds of lifted frames, and of the start posture, that tell."""
FILLED = "the outline shows the hollow under the lower back only while a leg is lifted"


def with_outline_doubt(
    calibration: Calibration, poses: Sequence[Pose], exercise: Exercise
) -> Calibration:
    """Returns the calibration, doubting the outline where it was filled at rest.

    Parameters
    ----------
    calibration : Calibration
        The neutral of a vantage.
    poses : sequence of Pose
        All poses of the vantage, gated.
    exercise : Exercise
        Says whether the outline is judged, and from where on a leg is lifted.
    """
    column = LUMBAR_GAP.column(Side.BOTH)
    rest = calibration.neutral.get(column, math.nan)
    limits = [fault.limit.value for fault in exercise.faults if fault.measure is LUMBAR_GAP]
    if not limits or math.isnan(rest):
        return calibration
    counted = counted_rows(poses, calibration.scene, exercise)
    names = [exercise.cycle.measure.column(side) for side in exercise.moving]
    zero = [calibration.neutral[name] if exercise.cycle.from_neutral else 0.0 for name in names]
    up: BoolArray = np.logical_or.reduce(counted - zero >= exercise.cycle.partial_from, axis=1)
    flattest = _gap(poses, up, FLATTEST)
    # NaN, where too little was seen, fails the comparison.
    if not flattest - rest > min(limits):
        return calibration
    moved = {**calibration.neutral, column: flattest}
    times_s = np.array([pose.time_s for pose in poses])
    still = (times_s >= calibration.start_s) & (times_s <= calibration.end_s)
    if flattest - _gap(poses, still, HOLLOWEST) <= min(limits):
        return replace(calibration, neutral=moved)
    return replace(calibration, neutral=moved, doubts={**calibration.doubts, column: FILLED})


def _gap(poses: Sequence[Pose], frames: BoolArray, share: float) -> float:
    """Returns the quantile of the gaps in some frames; NaN where it shows in too few of them."""
    gaps = np.array([pose.lumbar_gap for pose in poses])
    shown = frames & np.isfinite(gaps)
    if observed_s([poses[n].time_s for n in np.flatnonzero(shown).tolist()]) < SHOWN_S:
        return math.nan
    return float(np.quantile(gaps[shown], share))
