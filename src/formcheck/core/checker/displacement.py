"""Whether the person still is where the calibration saw them."""

from __future__ import annotations

import math
from collections import deque
from enum import Enum

import numpy as np

from formcheck.core.pose.geometry import length
from formcheck.core.pose.pose import FloatArray
from formcheck.core.pose.trunk import middle_trunk
from formcheck.core.pose.view import Position, Scene, View, classify, facing_px, shoulder_separation
from formcheck.core.pose.visibility import SeenPose

WINDOW_S, SPANNED = 1.0, 0.8
"""Seconds that are looked at, and the share of them that must lie between the first and the last
frame."""
LOOK_EVERY_S = 0.1
MOVED_SHARE = 0.10
TURNED_DEG = 15.0
ROUND_SHARE = 0.15


class Displacement(Enum):
    """Where the person is, compared with the calibration."""

    SAME = "same"
    MOVED = "moved"
    TURNED = "turned"
    UNSURE = "unsure"


class DisplacementWatch:
    """Notices from medians over the last second that the person or the camera moved.

    Moved: the trunk looks more than 10 % longer or shorter; judged at rest only, since a trunk that
    bends looks shorter. Turned: the view is another one and the yaw differs by more than 15
    degrees, so that a person who stands near the border between two views is not turned by noise;
    or, from the side, the person faces the other way, as people do to bring the other leg to the
    camera. Judged all the time where the trunk stays upright, else at rest as well.
    """

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float, float, float]] = deque()
        self._looked_s = -math.inf
        self._rested_s = math.nan
        self._found = Displacement.UNSURE

    def update(self, seen: SeenPose, scene: Scene, *, resting: bool = True) -> Displacement:
        """Takes in one pose and returns the displacement; `UNSURE` until a second has been seen."""
        points = seen.points
        trunk_px = length(middle_trunk(points))
        separation = shoulder_separation(points, scene.position)
        if math.isnan(trunk_px) or math.isnan(separation):
            return Displacement.UNSURE
        if not resting:
            self._rested_s = math.nan
            if scene.position is not Position.UPRIGHT:
                self._seen.clear()
                return Displacement.UNSURE
        elif math.isnan(self._rested_s):
            self._rested_s = seen.time_s
        facing = facing_px(points, scene.position)
        self._seen.append((seen.time_s, trunk_px, separation, facing))
        # Never so many that the rest no longer spans it: frames may be half a second apart.
        while (
            seen.time_s - self._seen[0][0] > WINDOW_S
            and seen.time_s - self._seen[1][0] >= SPANNED * WINDOW_S
        ):
            self._seen.popleft()
        if seen.time_s - self._seen[0][0] < SPANNED * WINDOW_S:
            return Displacement.UNSURE
        # Medians are costly, and a person does not change place in a tenth of a second.
        if seen.time_s - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = seen.time_s
            self._found = self._look(scene)
        return self._found

    def _look(self, scene: Scene) -> Displacement:
        now_s, trunks, separations, facings = np.array(self._seen).T
        view, yaw_deg = classify(float(np.median(separations)))
        if view is not scene.view and abs(yaw_deg - scene.yaw_deg) > TURNED_DEG:
            return Displacement.TURNED
        if scene.view is View.SIDE and _turned_round(facings, scene):
            return Displacement.TURNED
        if not now_s[-1] - self._rested_s >= SPANNED * WINDOW_S:
            return Displacement.SAME
        moved = abs(float(np.median(trunks)) / scene.trunk_px - 1.0) > MOVED_SHARE
        return Displacement.MOVED if moved else Displacement.SAME


def _turned_round(facings: FloatArray, scene: Scene) -> bool:
    """Returns whether nearly all of the frames that show a direction show the other one."""
    seen = facings[np.isfinite(facings)]
    if scene.facing == 0 or seen.size < len(facings) // 2:
        return False
    # In mid-turn, seen from the front, a body faces neither way: that is no turn yet.
    other = -scene.facing * seen > ROUND_SHARE * scene.trunk_px
    return bool(other.mean() > 0.9)
