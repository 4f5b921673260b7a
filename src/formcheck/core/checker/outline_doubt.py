"""A mask that fills the hollow of the back at rest, and shows it while a leg is up.

Under a body that lies with bent knees the loin's shadow may pass for body: the outline then shows
no hollow, though there is one. Once a thigh is up the mask lets the light through, and the gap of a
back that never moved grows by half of what an arch looks like, in every repetition. Where even
the flattest of the lifted frames show that, an arch is told only from beyond it, and its absence
can't be vouched for.
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

FLATTEST = 0.20
"""The share of the lifted frames that a set of arches would not leave flat."""
SHOWN_S = 1.5
"""Seconds of lifted frames that tell."""
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
    gaps = np.array([pose.lumbar_gap for pose in poses])
    up = (counted - zero >= exercise.cycle.partial_from).any(axis=1) & np.isfinite(gaps)
    if observed_s([poses[n].time_s for n in np.flatnonzero(up).tolist()]) < SHOWN_S:
        return calibration
    flattest = float(np.quantile(gaps[up], FLATTEST))
    if flattest - rest <= min(limits):
        return calibration
    return replace(
        calibration,
        neutral={**calibration.neutral, column: flattest},
        doubts={**calibration.doubts, column: FILLED},
    )
