"""Undoes sudden trades of the legs' names where legs pass each other all the time.

In a mountain climber each leg takes the other one's place with every step, so a place tells no leg:
`LegTracker` would follow the wrong one. But legs pass each other, and what passes is close at some
moment. Where both are far apart in one picture and have changed places in the next, the model has
traded their names. A single step then looks like three, of either leg in turn.
"""

from __future__ import annotations

from formcheck.core.pose.leg_swaps import (
    APART,
    FORGET_S,
    LEGS,
    LegClues,
    exchange_legs,
    legs_apart_px,
    legs_off_px,
)
from formcheck.core.pose.pose import FloatArray, Pose
from formcheck.core.pose.trunk import trunk_length_px

FAR = 0.5
"""Trunk lengths between the legs, before and after, from which they have not passed each other. In
four filmed sets of climbers, as filmed, mirrored and turned, the model took notice of 10 passings
only when they were over: in one of both pictures the legs were up to 0.45 apart. Of 28 trades that
were none 17 were wider in both, up to 1.0."""
LEAP = 8.0
"""Trunk lengths a second that no leg moves: a knee driven in 0.15 s takes 6."""
NEARER = 0.5
"""Share of that way at which the legs must lie from each other's place."""


class LegFlips:
    """Watches for legs that change places without passing each other, from picture to picture."""

    def __init__(self) -> None:
        self._exchanged = False
        self._last: FloatArray | None = None
        self._last_s = 0.0

    def repair(self, pose: Pose) -> tuple[Pose, LegClues]:
        """Returns the pose with each leg under its own name, and whether it came otherwise.

        Legs that are together, or were not seen for 0.2 s, take the names the model gives them.
        """
        legs, trunk_px = pose.image_px[LEGS], trunk_length_px(pose)
        last, self._last = self._last, legs
        span_s, self._last_s = pose.time_s - self._last_s, pose.time_s
        # NaN fails the comparisons: legs that are not seen take the names they get.
        if last is None or span_s > FORGET_S or not legs_apart_px(legs) > APART * trunk_px:
            self._exchanged = False
        elif self._traded(last, legs, span_s, trunk_px):
            self._exchanged = not self._exchanged
        shown = exchange_legs(pose) if self._exchanged else pose
        return shown, LegClues(exchanged=self._exchanged)

    def _traded(self, last: FloatArray, legs: FloatArray, span_s: float, trunk_px: float) -> bool:
        """Whether the names of both legs changed since the last picture, one way or the other."""
        # Names that were traded come back more easily than they go.
        least_px = (APART if self._exchanged else FAR) * trunk_px
        if not min(legs_apart_px(last), legs_apart_px(legs)) > least_px:
            return False
        leap_px = legs_off_px(legs, last)
        return (
            leap_px > LEAP * span_s * trunk_px and legs_off_px(legs[::-1], last) < NEARER * leap_px
        )
