"""Whether the person still is where the calibration saw them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from enum import Enum
from statistics import median

from formcheck.core.pose.geometry import Point, length, vector
from formcheck.core.pose.pose import Landmark
from formcheck.core.pose.trunk import middle, middle_trunk
from formcheck.core.pose.view import Position, Scene, View, classify, facing_px, shoulder_separation
from formcheck.core.pose.visibility import SeenPose

WINDOW_S, SPANNED = 1.0, 0.8
"""Seconds that are looked at, and the share of them that must lie between the first and the last
frame."""
LOOK_EVERY_S = 0.1
MOVED_SHARE = 0.10
FAR_SHARE = 0.25
"""Share by which the trunk looks longer or shorter that no movement of it explains."""
TURNED_DEG = 15.0
ROUND_SHARE = 0.15
CUT_TRUNKS = 0.75
"""Trunk lengths that hips move from one frame to the next only where the picture is another."""


class Displacement(Enum):
    """Where the person is, compared with the calibration."""

    SAME = "same"
    MOVED = "moved"
    TURNED = "turned"
    UNSURE = "unsure"


def turned(scene: Scene, view: View, yaw_deg: float) -> bool:
    """Returns whether another view is seen than a scene's, and not only by noise at a border."""
    another = view is not scene.view or view is View.OBLIQUE
    return another and abs(yaw_deg - scene.yaw_deg) > TURNED_DEG + scene.yaw_sway_deg


def moved_share(scene: Scene, trunk_px: float) -> float:
    """Returns by which share of a scene's trunk length another one differs; NaN if unknown."""
    return abs(trunk_px / scene.trunk_px - 1.0)


def same_place(scene: Scene, other: Scene, most_share: float) -> bool:
    """Returns whether another scene shows the person from the same side, and about as near.

    Parameters
    ----------
    scene, other : Scene
        What was seen once, and at another time.
    most_share : float
        Share by which the trunk may look longer or shorter.
    """
    if turned(scene, other.view, other.yaw_deg):
        return False
    # From the front nobody faces to a side.
    if scene.facing * other.facing < 0 and View.FRONT not in (scene.view, other.view):
        return False
    return moved_share(scene, other.trunk_px) <= most_share


class DisplacementWatch:
    """Notices from medians over the last second that the person or the camera moved.

    Moved: the trunk looks more than 10 % longer or shorter; judged at rest only, since a trunk that
    bends looks shorter. From 25 % on no bend explains it. Turned: the view is another one and the
    yaw differs by more than 15 degrees, so that a person who stands near the border between two
    views is not turned by noise; or, not from the front, the person faces the other way, as people
    do to bring the other leg to the camera. Judged all the time where the trunk stays upright, else
    at rest as well. A cut of the picture begins the second anew.

    Parameters
    ----------
    position : Position
        How the body lies to gravity.
    """

    def __init__(self, position: Position) -> None:
        self._position = position
        self._seen: deque[tuple[float, float, float, float]] = deque()
        self._hips: Point = (math.nan, math.nan)
        self._looked_s = -math.inf
        self._rested_s = math.nan

    def update(self, seen: SeenPose, *, resting: bool = True) -> bool:
        """Takes in one pose; returns whether it is time to compare what was seen with a scene."""
        points = seen.points
        trunk_px = length(middle_trunk(points))
        separation = shoulder_separation(points, self._position)
        if math.isnan(trunk_px) or math.isnan(separation):
            return False
        hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
        if self._cut(seen.time_s, hips, trunk_px):
            self._seen.clear()
            self._rested_s = math.nan
        self._hips = hips
        if not resting:
            self._rested_s = math.nan
        elif math.isnan(self._rested_s):
            self._rested_s = seen.time_s
        facing = facing_px(points, self._position)
        self._seen.append((seen.time_s, trunk_px, separation, facing))
        # Never so many that the rest no longer spans it: frames may be half a second apart.
        while (
            seen.time_s - self._seen[0][0] > WINDOW_S
            and seen.time_s - self._seen[1][0] >= SPANNED * WINDOW_S
        ):
            self._seen.popleft()
        # Medians are costly, and a person does not change place in a tenth of a second.
        if seen.time_s - self._looked_s < LOOK_EVERY_S:
            return False
        self._looked_s = seen.time_s
        return True

    def _cut(self, time_s: float, hips: Point, trunk_px: float) -> bool:
        """Returns whether the picture changed between the last pose and this one."""
        if not self._seen or time_s - self._seen[-1][0] > WINDOW_S / 2:
            return False
        last_px = self._seen[-1][1]
        jump_px = length(vector(self._hips, hips))
        return jump_px > CUT_TRUNKS * last_px or abs(trunk_px / last_px - 1.0) > FAR_SHARE

    @property
    def still(self) -> bool:
        """Whether the legs have rested for as long as the place is looked at."""
        return bool(self._seen) and self._seen[-1][0] - self._rested_s >= SPANNED * WINDOW_S

    def compared(self, scene: Scene) -> Displacement:
        """Returns the place, compared with a scene; `UNSURE` until a second has been seen.

        An unknown scene is nobody's place.
        """
        if scene.view is View.UNKNOWN:
            return Displacement.MOVED
        if not self._seen or self._seen[-1][0] - self._seen[0][0] < SPANNED * WINDOW_S:
            return Displacement.UNSURE
        _, trunks, separations, facings = zip(*self._seen, strict=True)
        still = self.still
        if still or self._position is Position.UPRIGHT:
            if turned(scene, *classify(median(separations))):
                return Displacement.TURNED
            if scene.view is not View.FRONT and _turned_round(facings, scene):
                return Displacement.TURNED
        # A body that lies is not looked at while it moves: its trunk bends with its legs.
        elif not still:
            return Displacement.UNSURE
        most = MOVED_SHARE if still else FAR_SHARE
        moved = moved_share(scene, median(trunks)) > most
        return Displacement.MOVED if moved else Displacement.SAME


def _turned_round(facings: Sequence[float], scene: Scene) -> bool:
    """Returns whether nearly all of the frames that show a direction show the other one."""
    seen = [facing for facing in facings if math.isfinite(facing)]
    if scene.facing == 0 or not seen or len(seen) < len(facings) // 2:
        return False
    # In mid-turn, seen from the front, a body faces neither way: that is no turn yet.
    other = sum(-scene.facing * facing > ROUND_SHARE * scene.trunk_px for facing in seen)
    return other > 0.9 * len(seen)
