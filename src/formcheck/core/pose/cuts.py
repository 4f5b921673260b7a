"""What no body does from one frame to the next, and a cut of the film does.

A film that is cut to another camera shows the body elsewhere, of another size, or facing the other
way at once.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from formcheck.core.pose.geometry import length
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.trunk import middle, middle_trunk
from formcheck.core.pose.view import Position, facing_px

FASTEST = 5.0
"""Trunk lengths a second that hips can go: 2.5 m/s, as in a jump of 30 cm."""
ALLOWANCE = 0.4
"""Trunk lengths that the model may be off from one frame to the next."""
RESIZED = 1.25
"""Times by which the trunk looks longer or shorter at once: no bend of it takes less than 0.2 s."""
FACES = 0.15
"""Trunk lengths that feet and nose, or the head of a lying body, point to a side at the least."""
QUICK_S = 0.2
"""Within this time no body bends that far or turns round."""


class Place(NamedTuple):
    """Where a body is in the picture at one moment; pixels, y down; NaN where unseen."""

    time_s: float
    hips_x: float
    hips_y: float
    trunk_px: float
    facing_px: float

    @property
    def is_known(self) -> bool:
        """Whether hips and trunk were seen."""
        return not math.isnan(self.hips_x + self.hips_y + self.trunk_px)


def place_of(pose: Pose, position: Position = Position.UPRIGHT) -> Place:
    """Returns where the body of a pose is, whatever its landmarks' visibility."""
    points = pose.points()
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    trunk_px = length(middle_trunk(points))
    return Place(pose.time_s, *hips, trunk_px, facing_px(points, position))


def is_cut(before: Place, after: Place) -> bool:
    """Returns whether no body can be at one place after it was at another; False if unknown."""
    step_s = after.time_s - before.time_s
    trunks = before.trunk_px, after.trunk_px
    way_px = math.hypot(after.hips_x - before.hips_x, after.hips_y - before.hips_y)
    # NaN fails every comparison.
    if way_px > (ALLOWANCE + FASTEST * step_s) * max(trunks):
        return True
    if step_s > QUICK_S:
        return False
    if max(trunks) > RESIZED * min(trunks):
        return True
    turned = before.facing_px * after.facing_px < 0.0
    return turned and min(abs(before.facing_px), abs(after.facing_px)) > FACES * min(trunks)
