"""Which foot stays on the floor: it stays where it stood.

A pose model may give a lifted leg the other leg's name, but it can't move the foot that carries the
body. From the side the feet of a person on a floor below the camera lie at two places of the
picture, the nearer one lower; the supporting foot lies where its side stood before the lift. On the
drawn side clips the two places are 0.06 to 0.08 trunk lengths apart, and `Footing` told the
supporting foot in every lift.

A camera that pans moves both standing feet alike. That drift is measured and taken along; after a
cut or a turn the places mean nothing, and `forget` drops them.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from formcheck.core.pose.pose import LEG, FloatArray, Landmark, Pose, Side
from formcheck.core.pose.trunk import trunk_length_px

LEVEL, CLEAR = 0.20, 0.35
"""Trunk lengths between the feet's heights in the picture: up to the first both stand (the nearer
one looks lower), from the second one is up."""
MEMORY_S, LATELY_S, LEARNT_S, GAP_S = 2.0, 1.0, 0.5, 0.2
"""Seconds of standing that are remembered, that tell how the feet stand now, that are needed, and
that one frame may stand for; the time of a lift between them does not count."""
APART, MARGIN, NEAR = 0.03, 0.02, 0.15
"""Trunk lengths: between the two places, for them to differ; by which one must lie nearer; and
within which a foot still stands at either."""
THIGH_OFF, SHANK_OFF = 0.10, 0.15
"""Shares by which thigh and shank of the standing leg may look longer or shorter than they stood.
On the drawn side clips they stay within 0.06 even as the knee bends; legs mixed by the model come
to 0.14 and 0.28."""
PAN, PAN_S, PAN_FRAMES = 0.10, 1.0, 4
"""Trunk lengths a second from which standing feet that drift together mean a moving camera, and how
many seconds and frames show it at the most and at the least. House default: landmarks of a standing
foot wander by 0.02 in 0.5 s."""

_FEET = np.array(
    [
        [Landmark.LEFT_ANKLE, Landmark.LEFT_HEEL, Landmark.LEFT_FOOT_INDEX],
        [Landmark.RIGHT_ANKLE, Landmark.RIGHT_HEEL, Landmark.RIGHT_FOOT_INDEX],
    ]
)

_JOINTS = np.array([*LEG.values()])


Stood: TypeAlias = tuple[float, float, FloatArray, FloatArray]
"""One frame of standing: how long the feet had stood by then, its time, feet, and bone lengths."""


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
        self._stood: deque[Stood] = deque()
        self._stood_s = 0.0
        self._last_s = -math.inf
        self._learnt: _Standing | None = None

    def forget(self) -> None:
        """Forgets where the feet stood: the view, the picture or the camera is another one."""
        self.__init__()  # type: ignore[misc]

    def update(self, pose: Pose) -> Side | None:
        """Takes in a pose and returns the side whose foot stays; None where that is not known."""
        self.astray = False
        # Written out: NumPy's mean and diff take five times as long for so few numbers.
        feet = pose.image_px[_FEET].sum(axis=1) / _FEET.shape[1]
        joints = pose.image_px[_JOINTS]
        bones = joints[:, 1:] - joints[:, :-1]
        lengths = np.hypot(bones[..., 0], bones[..., 1])
        trunk_px = trunk_length_px(pose)
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
            self._learnt = _standing(self._stood, trunk_px)
        low = int(feet[1, 1] > feet[0, 1])
        stood = self._learnt.lengths_px
        off = np.abs(lengths[low] / np.maximum(stood[low], 1e-9) - 1.0)
        self.astray = bool((off > (THIGH_OFF, SHANK_OFF)).any())
        if between_px < CLEAR * trunk_px:
            return None
        return _nearer(feet[low], self._learnt.places_at(pose.time_s), trunk_px)

    def _stand(self, time_s: float, feet: FloatArray, lengths: FloatArray) -> None:
        self._learnt = None
        self._stood_s += min(GAP_S, time_s - self._last_s) if self._last_s > -math.inf else 0.0
        self._last_s = time_s
        self._stood.append((self._stood_s, time_s, feet, lengths))
        while self._stood_s - self._stood[0][0] > MEMORY_S:
            self._stood.popleft()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Where both feet stood, and how fast the picture moves under them.

    Attributes
    ----------
    at_s : float
        The time for which the places hold.
    places_px : (2, 2) float64
        Left and right foot, pixels.
    pan_px_s : (2,) float64
        The drift of both feet together: the camera's own motion, 0 where none is told from noise.
    lengths_px : (2, 2) float64
        Thigh and shank of the left and the right leg, pixels.
    """

    at_s: float
    places_px: FloatArray
    pan_px_s: FloatArray
    lengths_px: FloatArray

    def places_at(self, time_s: float) -> FloatArray:
        """Returns where both feet stand in the picture at another time, if the camera goes on."""
        return self.places_px + self.pan_px_s * (time_s - self.at_s)


def _standing(stood: Sequence[Stood], trunk_px: float) -> _Standing:
    """Returns what the frames of standing tell; medians forget feet that just leave the floor."""
    stood = _as_lately(stood, trunk_px)
    times = np.array([row[1] for row in stood])
    places, lengths = (np.array([row[n] for row in stood]) for n in (2, 3))
    # Feet that stand move together only if the camera moves. Between two lifts they are not seen
    # standing, so the drift is taken over the last unbroken stretch.
    last = times >= times[-1] - PAN_S
    pan_px_s = np.zeros(2)
    since_s = times[last] - times[-1]
    if since_s[0] <= -PAN_S / 2 and len(since_s) >= PAN_FRAMES:
        half = len(since_s) // 2
        spans_s = (since_s[half:] - since_s[: len(since_s) - half])[:, None, None]
        steps = (places[last][half:] - places[last][: len(since_s) - half]) / spans_s
        # The median of the slopes forgets the last frames, in which a foot leaves the floor.
        left, right = np.median(steps, axis=0)
        common = (left + right) / 2
        apart = float(np.linalg.norm(left - right))
        if np.linalg.norm(common) >= max(PAN * trunk_px, apart):
            pan_px_s = common
            # Old places were seen by a camera that may not have moved yet.
            times, places, lengths = times[last], places[last], lengths[last]
    moved = pan_px_s[None, None, :] * (times[-1] - times)[:, None, None]
    return _Standing(
        at_s=float(times[-1]),
        places_px=np.median(places + moved, axis=0),
        pan_px_s=pan_px_s,
        lengths_px=np.median(lengths, axis=0),
    )


def _as_lately(stood: Sequence[Stood], trunk_px: float) -> list[Stood]:
    """Returns the frames in which the feet stood to each other as they mostly did of late.

    Who turned, or stepped aside, stands otherwise than before; a camera that pans moves both feet.
    """
    apart = np.array([row[2][0] - row[2][1] for row in stood])
    lately = np.array([row[0] for row in stood]) >= stood[-1][0] - LATELY_S
    off_px = np.linalg.norm(apart - np.median(apart[lately], axis=0), axis=1)
    kept = off_px <= max(NEAR * trunk_px, float(np.median(off_px[lately])))
    return [row for row, stays in zip(stood, kept.tolist(), strict=True) if stays]


def _nearer(foot: FloatArray, places: FloatArray, trunk_px: float) -> Side | None:
    """Returns the side whose place a foot lies at; None where that is not clear."""
    left, right = places
    to_left, to_right = (float(np.linalg.norm(foot - place)) for place in (left, right))
    if np.linalg.norm(left - right) < APART * trunk_px:
        return None
    if min(to_left, to_right) > NEAR * trunk_px or abs(to_left - to_right) < MARGIN * trunk_px:
        return None
    return Side.LEFT if to_left < to_right else Side.RIGHT
