"""Keeps each leg under its own name: the model trades left for right, bodies do not.

From the side the model can't always tell the near leg from the far one. On drawn clips in which the
far leg lifts it exchanges the two for up to half a second in most lifts, mostly just after they
part. But legs that are apart in the picture can't change places without passing each other, so
while they stay apart each leg is followed by its place, whatever name the model gives it.

While it trades the names, the model's own smoothing puts both legs between their two places, each
as far from its own as the other: their middle stays about right. So the sum of both places, less
the place of the leg that stands, is the place of the lifted one. Mixing only ever brings the legs
together: where they are farther apart than expected, what was expected was mixed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.pose.footing import Footing
from formcheck.core.pose.geometry import Point, midpoint
from formcheck.core.pose.pose import FloatArray, Landmark, Pose, Side
from formcheck.core.pose.trunk import trunk_length_px

CUT, RESIZED = 0.75, 0.30
"""Trunk lengths by which the hips jump, or share by which the trunk changes its length, from one
frame to the next at most 0.2 s later, where a film is cut: no body does either."""
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
MIXED_S = 0.5
"""How long the model mixes two legs at the most. Legs that lie where they seem to for longer have
met: of somebody on the back both may be up, of somebody who stands only one."""

_LEFT = np.array(
    [
        Landmark.LEFT_KNEE,
        Landmark.LEFT_ANKLE,
        Landmark.LEFT_HEEL,
        Landmark.LEFT_FOOT_INDEX,
    ]
)
_RIGHT = _LEFT + 1
LEGS = np.stack([_LEFT, _RIGHT])
"""Knee, ankle, heel and toes of the left and of the right leg, (2, 4) landmarks."""
_HIPS = np.array([Landmark.LEFT_HIP, Landmark.RIGHT_HIP])
_KNEES = np.array([Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE])


@dataclass(frozen=True, slots=True, kw_only=True)
class LegClues:
    """What one frame tells of which leg is which.

    Attributes
    ----------
    exchanged : bool
        Whether the pose came with its legs exchanged, and was put right.
    stays : Side | None
        The side whose foot stays on the floor, by where it stood before, whatever the legs are
        called; None where no foot is up, or it can't be told.
    astray : bool
        Whether the standing leg was mixed with the other one, by how long it looks: its own
        measures then mean nothing.
    """

    exchanged: bool = False
    stays: Side | None = None
    astray: bool = False


class LegTracker:
    """Follows both legs from frame to frame while they are apart.

    Parameters
    ----------
    lies : bool
        Whether the body lies. Its legs may meet though both are up; and where they lie where
        neither can be they are taken for unseen: while it trades the names of legs far apart, the
        model puts both in between for a frame.
    """

    def __init__(self, *, lies: bool = False) -> None:
        self._lies = lies
        self._exchanged = False
        self._footing = Footing()
        self._body: tuple[float, Point, float] | None = None
        self._last: FloatArray | None = None
        self._before: FloatArray | None = None
        self._last_s = 0.0
        self._before_s = 0.0
        self._mixed_since_s = math.inf

    def repair(self, pose: Pose) -> tuple[Pose, LegClues]:
        """Returns the pose with each leg under its own name, and what the frame tells of the legs.

        Legs that are together, or were not seen for 0.2 s, take the names the model gives them.
        """
        if self._is_cut(pose):
            self.forget()
        repaired = self._follow(pose)
        stays = self._footing.update(repaired)
        return repaired, LegClues(
            exchanged=self._exchanged, stays=stays, astray=self._footing.astray
        )

    def forget(self) -> None:
        """Forgets legs and feet: after a turn, a cut or a moved camera they are elsewhere."""
        self._forget()
        self._footing.forget()

    def _is_cut(self, pose: Pose) -> bool:
        """Returns whether a cut, or a zoom at once, lies between this frame and the one before."""
        left, right = pose.image_px[_HIPS].tolist()
        hips, trunk_px = midpoint(left, right), trunk_length_px(pose)
        # NaN fails the comparison, also that of a hip that was not seen.
        if not 0.0 < trunk_px < math.inf:
            return False
        before, self._body = self._body, (pose.time_s, hips, trunk_px)
        if before is None or pose.time_s - before[0] > FORGET_S:
            return False
        jump_px = math.dist(hips, before[1])
        return jump_px > CUT * trunk_px or abs(trunk_px / before[2] - 1.0) > RESIZED

    def _follow(self, pose: Pose) -> Pose:
        legs = pose.image_px[LEGS]
        trunk_px = trunk_length_px(pose)
        if self._last is not None and pose.time_s - self._last_s > FORGET_S:
            self._forget()
        if self._last is None or not trunk_px > 0.0:
            self._exchanged = False
            self._remember(legs, trunk_px, pose.time_s)
            return pose
        expected = self._expected(pose.time_s)
        same, other = legs_off_px(legs, expected), legs_off_px(legs[::-1], expected)
        if other < CLEARER * same and not _crosses(pose):
            self._exchanged = True
        elif same < CLEARER * other:
            self._exchanged = False
        unmixed = self._unmixed(legs, expected, min(same, other), trunk_px)
        if unmixed is None:
            self._mixed_since_s = math.inf
        elif self._has_met(pose.time_s):
            self._forget()
            self._remember(legs, trunk_px, pose.time_s)
            return pose
        else:
            self._remember(unmixed, trunk_px, pose.time_s, sure=False)
            return _with_legs(pose, unmixed)
        if min(same, other) <= UNBELIEVABLE * trunk_px:
            named = legs[::-1] if self._exchanged else legs
            sure = min(same, other) <= BLENDED * trunk_px
            self._remember(named, trunk_px, pose.time_s, sure=sure)
        elif self._lies:
            return _without_legs(pose)
        return exchange_legs(pose) if self._exchanged else pose

    def _has_met(self, time_s: float) -> bool:
        """Returns whether legs that seem to be mixed have seemed so for too long."""
        self._mixed_since_s = min(self._mixed_since_s, time_s)
        return self._lies and time_s - self._mixed_since_s > MIXED_S

    def _unmixed(
        self, legs: FloatArray, expected: FloatArray, off_px: float, trunk_px: float
    ) -> FloatArray | None:
        """Returns both legs taken apart again if the model has mixed their places, else None."""
        if not off_px > BLENDED * trunk_px:
            return None
        total = legs.sum(axis=0)
        off_middle_px = legs_off_px(total / 2, expected.mean(axis=0))
        if not off_middle_px <= COMMON * off_px or legs_apart_px(legs) >= legs_apart_px(expected):
            return None
        assert self._last is not None
        apart = self._last.copy()
        stands = int(np.argmax(apart[:, :, 1].mean(axis=1)))
        # Half-way only: the middle is right to a tenth of the trunk, so the rest would be noise.
        apart[1 - stands] += ((total - apart[stands]) - apart[1 - stands]) / 2
        return apart

    def _forget(self) -> None:
        self._last = self._before = None
        self._exchanged = False
        self._mixed_since_s = math.inf

    def _remember(
        self, legs: FloatArray, trunk_px: float, time_s: float, *, sure: bool = True
    ) -> None:
        # NaN fails the comparison: legs not seen are not followed.
        if not legs_apart_px(legs) > APART * trunk_px:
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


def legs_apart_px(legs: FloatArray) -> float:
    """Returns how far both legs are from each other, mean of knees and ankles, in pixels."""
    between = legs[0, :2] - legs[1, :2]
    return float(np.hypot(between[:, 0], between[:, 1]).sum()) / len(between)


def legs_off_px(legs: FloatArray, expected: FloatArray) -> float:
    """Returns how far legs are from where they are expected, mean of all points, in pixels."""
    gap = legs - expected
    ways = np.hypot(gap[..., 0], gap[..., 1])
    return float(ways.sum()) / ways.size


def _crosses(pose: Pose) -> bool:
    """Returns whether exchanged knees would lie clearly farther from their hips: legs crossed."""
    hips, knees = pose.image_px[_HIPS], pose.image_px[_KNEES]
    as_named = np.linalg.norm(knees - hips, axis=1).sum()
    exchanged = np.linalg.norm(knees[::-1] - hips, axis=1).sum()
    return bool(exchanged > 1.25 * as_named)


def _without_legs(pose: Pose) -> Pose:
    """Returns the pose with both legs unseen: changing names, the model puts them in between."""
    visibility = pose.visibility.copy()
    visibility[_LEFT] = visibility[_RIGHT] = 0.0
    return replace(pose, visibility=visibility)


def _with_legs(pose: Pose, legs: FloatArray) -> Pose:
    points = pose.image_px.copy()
    points[_LEFT], points[_RIGHT] = legs
    return replace(pose, image_px=points)


def exchange_legs(pose: Pose) -> Pose:
    """Returns the pose with each leg under the other one's name."""
    order = np.arange(len(pose.image_px))
    order[_LEFT], order[_RIGHT] = _RIGHT, _LEFT
    return replace(
        pose,
        image_px=pose.image_px[order],
        visibility=pose.visibility[order],
        world_m=None if pose.world_m is None else pose.world_m[order],
    )
