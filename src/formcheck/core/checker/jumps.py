"""Whether the body is suddenly somewhere else: another person, another camera, or a lost track."""

from __future__ import annotations

import math

from formcheck.core.pose.cuts import ALLOWANCE, FASTEST
from formcheck.core.pose.pose import Landmark
from formcheck.core.pose.trunk import middle
from formcheck.core.pose.visibility import SeenPose


class JumpWatch:
    """Compares where the hips are with where they were in the frame before."""

    def __init__(self) -> None:
        self._before: tuple[float, float, float] | None = None

    def update(self, seen: SeenPose, trunk_px: float) -> bool:
        """Takes in a pose; returns whether its hips lie where those of the last one can't be now.

        Parameters
        ----------
        seen : SeenPose
            One in which the hips are not seen changes nothing.
        trunk_px : float
            Length of the trunk in the start posture.
        """
        x, y = middle(seen.points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
        if math.isnan(x):
            return False
        before, self._before = self._before, (seen.time_s, x, y)
        if before is None:
            return False
        far = math.hypot(x - before[1], y - before[2]) / trunk_px
        return far > ALLOWANCE + FASTEST * (seen.time_s - before[0])
