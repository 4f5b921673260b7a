"""Reads the printed tag on a person's pelvis: looked for at the hips, then followed.

While it is followed only a small piece of the picture is looked at. The piece at the hips is
searched when it was lost, and now and then for a second one. A tag anywhere else is not the
person's: one that lies on the floor or hangs on a wall is never found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.geometry import length
from formcheck.core.pose.pelvis import PelvisReading
from formcheck.core.pose.pose import FloatArray, Landmark, Pose
from formcheck.core.pose.trunk import middle, middle_trunk
from formcheck.sensors.marker import LENIENT, STRICT, Square, find

REACH = 0.55
"""Trunk lengths from mid-hip to the farthest place of a tag: the iliac crest lies 0.3 above it."""
USUAL, SMALLEST, LARGEST = 0.18, 0.06, 0.45
"""Side of a tag in trunk lengths: 9 cm of 50; prints of 4 to 15 cm, near and far bodies."""
FOLLOWED_S = 0.5
"""Seconds after which a tag that was lost is no longer followed."""
MISSED_S, SEARCH_EVERY_S = 2.0, 0.2
"""A tag that was seen is searched in every frame for so long; else so often."""
SECOND_EVERY_S = 1.0
"""How often a second tag is looked for while one is followed."""
STRETCH = 1.3
"""Sides from a tag's middle to the edge of the piece in which it is followed."""
TWICE = "two pelvis tags are in view: cover one"


@dataclass(frozen=True, slots=True)
class _Seen:
    """When and where a tag was seen last."""

    time_s: float
    square: Square


class TagSensor:
    """A `PelvisSensor` that reads AprilTag 36h11 number 0, as `formcheck tag` prints it.

    About 1 ms a frame while it follows a tag, and the same without one; a search takes up to 5.
    """

    def __init__(self) -> None:
        self._last: _Seen | None = None
        self._time_s = -math.inf
        self._searched_s = -math.inf
        self._twice = False

    def read(self, frame: Frame, pose: Pose) -> PelvisReading | None:
        """Returns the turn of the tag in a frame; None where no tag is at the person's hips.

        A tag that is bent, faces past the camera or is seen twice gives a reading without a turn,
        whose `doubt` says which.
        """
        if frame.time_s <= self._time_s:
            self._last, self._searched_s, self._twice = None, -math.inf, False
        self._time_s = frame.time_s
        if frame.image is None or not pose.is_seen:
            return None
        points = pose.points()
        hips = np.array(middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP))
        trunk_px = length(middle_trunk(points))
        if not (np.isfinite(hips).all() and trunk_px > 0.0):
            return None
        square = self._find(frame, hips, trunk_px)
        if square is None:
            return None
        self._last = _Seen(frame.time_s, square)
        return PelvisReading(doubt=TWICE) if self._twice else square.read()

    def _find(self, frame: Frame, hips: FloatArray, trunk_px: float) -> Square | None:
        """Returns the tag where it was, or at the hips."""
        last = self._last
        lost_s = math.inf if last is None else frame.time_s - last.time_s
        followed = None
        if last is not None and lost_s <= FOLLOWED_S:
            followed = self._follow(frame, last.square, hips, trunk_px)
        every_s = SECOND_EVERY_S if followed else 0.0 if lost_s <= MISSED_S else SEARCH_EVERY_S
        # A hair's breadth for times that were added up.
        if frame.time_s - self._searched_s < every_s - 1e-6:
            return followed
        self._searched_s = frame.time_s
        found = self._search(frame, hips, trunk_px)
        self._twice = len(found) > 1 or bool(followed and found and _apart(followed, found[0]))
        return followed or (found[0] if found else None)

    def _follow(
        self, frame: Frame, last: Square, hips: FloatArray, trunk_px: float
    ) -> Square | None:
        assert frame.image is not None
        size_px = last.size_px
        found = find(frame.image, last.middle, STRETCH * size_px, size_px, LENIENT)
        near = [one for one in found if _believable(one, hips, trunk_px)]
        return near[0] if near else None

    def _search(self, frame: Frame, hips: FloatArray, trunk_px: float) -> list[Square]:
        assert frame.image is not None
        size_px = USUAL * trunk_px if self._last is None else self._last.square.size_px
        found = find(frame.image, hips, REACH * trunk_px, size_px, STRICT)
        return [one for one in found if _believable(one, hips, trunk_px)]


def _apart(one: Square, other: Square) -> bool:
    """Returns whether two squares are different ones, and not one square seen twice."""
    return float(np.hypot(*(one.middle - other.middle))) > 0.5 * one.size_px


def _believable(square: Square, hips: FloatArray, trunk_px: float) -> bool:
    """Returns whether a square is where, and as large as, a tag on the pelvis is."""
    off = float(np.hypot(*(square.middle - hips))) / trunk_px
    return off <= 1.2 * REACH and SMALLEST <= square.size_px / trunk_px <= LARGEST
