"""Which leg is which: the model trades left for right, bodies do not.

From the side the model can't always tell the near leg from the far one. On drawn clips in which the
far leg lifts it exchanges the two for up to half a second in most lifts, mostly just after they
part. But legs that are apart in the picture can't change places without passing each other, so
while they stay apart each is followed by where it was, whatever it is called.

While it trades the names, the model's own smoothing puts both legs between their two places, each
as far from its own as the other: their middle stays about right. So the sum of both places, less
the place of the leg that stands, is the place of the lifted one.

A pose model may give a lifted leg the other leg's name, but it can't move the foot that carries the
body. From the side the feet of a person on a floor below the camera lie at two places of the
picture, the nearer one lower; the supporting foot lies where its side stood before the lift. On the
drawn side clips the two places are 0.06 to 0.08 trunk lengths apart, and `Footing` told the
supporting foot in every lift.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace

import numpy as np

from formcheck.core.pose.geometry import length
from formcheck.core.pose.pose import FloatArray, Landmark, Pose, Side
from formcheck.core.pose.view import middle_trunk

LEVEL, CLEAR = 0.20, 0.35
"""Trunk lengths between the feet's heights in the picture: up to the first both stand (the nearer
one looks lower), from the second one is up."""
MEMORY_S, LEARNT_S, GAP_S = 2.0, 0.5, 0.2
"""Seconds of standing that are remembered, that are needed, and that one frame may stand for; the
time of a lift between them does not count."""
PLACES_APART, MARGIN, NEAR = 0.03, 0.02, 0.15
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
    if np.linalg.norm(left - right) < PLACES_APART * trunk_px:
        return None
    if min(to_left, to_right) > NEAR * trunk_px or abs(to_left - to_right) < MARGIN * trunk_px:
        return None
    return Side.LEFT if to_left < to_right else Side.RIGHT


APART = 0.30
"""Trunk lengths between the legs, mean of knees and ankles, from which they are told apart."""
CLEARER = 0.6
"""One naming must lie at this share of the other's distance to change the present one."""
UNBELIEVABLE = 0.35
"""Trunk lengths that a leg may lie from where it is expected, mean over its points."""
BLENDED = 0.12
"""Trunk lengths from where they are expected, from which legs may be two places mixed."""
COMMON = 0.5
"""Share of that distance by which the middle of both may be off for them to be no more than mixed;
legs that really move take their middle along."""
FORGET_S = 0.2

_LEFT = np.array(
    [
        Landmark.LEFT_KNEE,
        Landmark.LEFT_ANKLE,
        Landmark.LEFT_HEEL,
        Landmark.LEFT_FOOT_INDEX,
    ]
)
_RIGHT = _LEFT + 1
_HIPS = np.array([Landmark.LEFT_HIP, Landmark.RIGHT_HIP])
_KNEES = np.array([Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE])


class LegTracker:
    """Follows both legs from frame to frame while they are apart.

    Parameters
    ----------
    hides_doubt : bool
        Whether legs that lie where neither leg can be are taken for unseen: while it trades the
        names of legs far apart, the model puts both in between for a frame.

    Attributes
    ----------
    exchanged : bool
        Whether the last pose came with its legs exchanged, and was put right.
    stays : Side | None
        The side whose foot stays on the floor, by where it stood before, whatever the legs are
        called; None where no foot is up, or it can't be told.
    """

    def __init__(self, *, hides_doubt: bool = False) -> None:
        self._hides_doubt = hides_doubt
        self.exchanged = False
        self.stays: Side | None = None
        self._footing = Footing()
        self._last: FloatArray | None = None
        self._before: FloatArray | None = None
        self._last_s = 0.0
        self._before_s = 0.0

    @property
    def astray(self) -> bool:
        """Whether the standing leg was mixed with the other one, by how long it looks."""
        return self._footing.astray

    def repair(self, pose: Pose) -> Pose:
        """Return the pose with each leg under its own name.

        Legs that are together, or were not seen for 0.2 s, take the names the model gives them.
        """
        repaired = self._follow(pose)
        self.stays = self._footing.update(repaired)
        return repaired

    def _follow(self, pose: Pose) -> Pose:
        legs = np.stack([pose.image_px[_LEFT], pose.image_px[_RIGHT]])
        trunk_px = length(middle_trunk(pose.points()))
        if self._last is not None and pose.time_s - self._last_s > FORGET_S:
            self._forget()
        if self._last is None or not trunk_px > 0.0:
            self.exchanged = False
            self._remember(legs, trunk_px, pose.time_s)
            return pose
        expected = self._expected(pose.time_s)
        same, other = _distance(legs, expected), _distance(legs[::-1], expected)
        if other < CLEARER * same and not _crosses(pose):
            self.exchanged = True
        elif same < CLEARER * other:
            self.exchanged = False
        unmixed = self._unmixed(legs, expected, min(same, other), trunk_px)
        if unmixed is not None:
            self._remember(unmixed, trunk_px, pose.time_s, sure=False)
            return _with_legs(pose, unmixed)
        if min(same, other) <= UNBELIEVABLE * trunk_px:
            named = legs[::-1] if self.exchanged else legs
            sure = min(same, other) <= BLENDED * trunk_px
            self._remember(named, trunk_px, pose.time_s, sure=sure)
        elif self._hides_doubt:
            return _without_legs(pose)
        return _exchange_legs(pose) if self.exchanged else pose

    def _unmixed(
        self, legs: FloatArray, expected: FloatArray, off_px: float, trunk_px: float
    ) -> FloatArray | None:
        """Return both legs taken apart again if the model has mixed their places, else None."""
        total = legs.sum(axis=0)
        off_middle_px = _distance(total / 2, expected.mean(axis=0))
        if not (off_px > BLENDED * trunk_px and off_middle_px <= COMMON * off_px):
            return None
        assert self._last is not None
        apart = self._last.copy()
        stands = int(np.argmax(apart[:, :, 1].mean(axis=1)))
        # Half-way only: the middle is right to a tenth of the trunk, so the rest would be noise.
        apart[1 - stands] += ((total - apart[stands]) - apart[1 - stands]) / 2
        return apart

    def _forget(self) -> None:
        self._last = self._before = None
        self.exchanged = False

    def _remember(
        self, legs: FloatArray, trunk_px: float, time_s: float, *, sure: bool = True
    ) -> None:
        between = legs[0, :2] - legs[1, :2]
        gap_px = float(np.hypot(between[:, 0], between[:, 1]).mean())
        # NaN fails the comparison: legs not seen are not followed.
        if not gap_px > APART * trunk_px:
            self._forget()
            return
        # Where legs are not quite to be believed, their speed is not at all.
        self._before, self._before_s = self._last if sure else None, self._last_s
        self._last, self._last_s = legs, time_s

    def _expected(self, time_s: float) -> FloatArray:
        assert self._last is not None
        span_s = self._last_s - self._before_s
        if self._before is None or not 0.0 < span_s < FORGET_S:
            return self._last
        return self._last + (self._last - self._before) * ((time_s - self._last_s) / span_s)


def _distance(legs: FloatArray, expected: FloatArray) -> float:
    gap = legs - expected
    return float(np.hypot(gap[..., 0], gap[..., 1]).mean())


def _crosses(pose: Pose) -> bool:
    """Return whether exchanged knees would lie clearly farther from their hips: legs crossed."""
    hips, knees = pose.image_px[_HIPS], pose.image_px[_KNEES]
    as_named = np.linalg.norm(knees - hips, axis=1).sum()
    exchanged = np.linalg.norm(knees[::-1] - hips, axis=1).sum()
    return bool(exchanged > 1.25 * as_named)


def _without_legs(pose: Pose) -> Pose:
    """Return the pose with legs not to be believed: changing names, the model puts them between."""
    visibility = pose.visibility.copy()
    visibility[_LEFT] = visibility[_RIGHT] = 0.0
    return replace(pose, visibility=visibility)


def _with_legs(pose: Pose, legs: FloatArray) -> Pose:
    points = pose.image_px.copy()
    points[_LEFT], points[_RIGHT] = legs
    return replace(pose, image_px=points)


def _exchange_legs(pose: Pose) -> Pose:
    order = np.arange(len(pose.image_px))
    order[_LEFT], order[_RIGHT] = _RIGHT, _LEFT
    return replace(
        pose,
        image_px=pose.image_px[order],
        visibility=pose.visibility[order],
        world_m=None if pose.world_m is None else pose.world_m[order],
    )
