"""Which foot stays on the floor: it stays where it stood.

From the side the feet of somebody who stands on a floor below the camera lie at two places of the
picture, the nearer one lower. A pose model may give a lifted leg the other one's name, but it can't
move the foot that carries the body: that one lies where its side stood before the lift. On the
drawn side clips the two places are 0.06 to 0.08 trunk lengths apart, and the foot that stays was
told in every lift.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.geometry import length
from formcheck.pose import FloatArray, Landmark, Pose, Side
from formcheck.view import middle_trunk

LEVEL, CLEAR = 0.20, 0.35
"""Trunk lengths between the feet's heights in the picture: up to the first both stand (the nearer
one looks lower), from the second one is up."""
MEMORY_S, LEARNT_S, GAP_S = 2.0, 0.5, 0.2
"""Seconds of standing that are remembered, that are needed, and that one frame may stand for; the
time of a lift between them does not count."""
APART, MARGIN, NEAR = 0.03, 0.02, 0.15
"""Trunk lengths: between the two places, for them to differ; by which one must lie nearer; and
within which a foot still stands at either."""
THIGH_OFF, SHANK_OFF = 0.10, 0.15
"""Shares by which thigh and shank of the standing leg may look longer or shorter than they stood.
On the drawn side clips they stay within 0.06 even as the knee bends; legs mixed by the model come
to 0.14 and 0.28."""

_FEET = np.array(
    [
        [Landmark.LEFT_ANKLE, Landmark.LEFT_HEEL, Landmark.LEFT_FOOT_INDEX],
        [Landmark.RIGHT_ANKLE, Landmark.RIGHT_HEEL, Landmark.RIGHT_FOOT_INDEX],
    ]
)

_JOINTS = np.array(
    [
        [Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE],
        [Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE],
    ]
)


class Footing:
    """Learns where each foot stands, and tells which one stays while the other is lifted.

    Attributes
    ----------
    astray : bool
        Whether one foot is up in the last pose and the leg that stands is not as long as it was:
        then the model has mixed the legs, and the knee of the standing one means nothing.
    """

    def __init__(self) -> None:
        self.astray = False
        self._stood: deque[tuple[float, FloatArray, FloatArray]] = deque()
        self._stood_s = 0.0
        self._last_s = -math.inf
        self._learnt: tuple[FloatArray, FloatArray] | None = None

    def update(self, pose: Pose) -> Side | None:
        """Take in a pose and return the side whose foot stays; None where that is not known."""
        self.astray = False
        feet = pose.image_px[_FEET].mean(axis=1)
        bones = np.diff(pose.image_px[_JOINTS], axis=1)
        lengths = np.hypot(bones[..., 0], bones[..., 1])
        trunk_px = length(middle_trunk(pose.points()))
        if not (trunk_px > 0.0 and np.isfinite(feet).all()):
            return None
        between_px = abs(float(feet[0, 1] - feet[1, 1]))
        if between_px <= LEVEL * trunk_px:
            self._stand(pose.time_s, feet, lengths)
            return None
        self._last_s = -math.inf
        if not self._stood or self._stood[-1][0] - self._stood[0][0] < LEARNT_S:
            return None
        if self._learnt is None:
            # The median forgets the frames in which a foot was just leaving the floor.
            places, stood = (np.array([row[n] for row in self._stood]) for n in (1, 2))
            self._learnt = np.median(places, axis=0), np.median(stood, axis=0)
        places, stood = self._learnt
        low = int(feet[1, 1] > feet[0, 1])
        off = np.abs(lengths[low] / np.maximum(stood[low], 1e-9) - 1.0)
        self.astray = bool((off > (THIGH_OFF, SHANK_OFF)).any())
        return _nearer(feet[low], places, trunk_px) if between_px >= CLEAR * trunk_px else None

    def _stand(self, time_s: float, feet: FloatArray, lengths: FloatArray) -> None:
        self._learnt = None
        self._stood_s += min(GAP_S, time_s - self._last_s) if self._last_s > -math.inf else 0.0
        self._last_s = time_s
        self._stood.append((self._stood_s, feet, lengths))
        while self._stood_s - self._stood[0][0] > MEMORY_S:
            self._stood.popleft()


def _nearer(foot: FloatArray, places: FloatArray, trunk_px: float) -> Side | None:
    """Return the side whose place a foot lies at; None where that is not clear."""
    left, right = places
    to_left, to_right = (float(np.linalg.norm(foot - place)) for place in (left, right))
    if np.linalg.norm(left - right) < APART * trunk_px:
        return None
    if min(to_left, to_right) > NEAR * trunk_px or abs(to_left - to_right) < MARGIN * trunk_px:
        return None
    return Side.LEFT if to_left < to_right else Side.RIGHT
