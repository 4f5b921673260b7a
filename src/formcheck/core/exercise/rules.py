"""The rules of an exercise: faults that void a repetition, cues that coach, and their limits.

All limits of faults are changes from the calibrated neutral posture, not absolute angles: what a
person's own upright looks like to a camera differs by more than a fault does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from formcheck.core.measures import ANY_VIEW, Measure
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Scene, View


class Phase(str, Enum):
    """Where in the cycle a leg is."""

    REST = "rest"
    RISE = "rise"
    TOP = "top"
    LOWER = "lower"


class Leg(Enum):
    """Which leg's value of a measure a rule looks at: the moving leg's, or the other leg's."""

    MOVING = "moving"
    SUPPORT = "support"


class BodyPlane(Enum):
    """A plane of the body, by the share of it that a camera sees at a yaw from the side."""

    SAGITTAL = "sagittal"
    FRONTAL = "frontal"

    def share(self, yaw_deg: float) -> float:
        """Returns the share, 0 to 1: 1 seen straight on, 0 seen edge on."""
        yaw = math.radians(yaw_deg)
        return math.cos(yaw) if self is BodyPlane.SAGITTAL else math.sin(yaw)


EXPOSED = 0.5
"""Share from which on a view exposes a plane: below it a limit of 10 degrees shrinks under the
noise floor of 7.5 by more than the checker may widen a limit (1.5 times)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A bound on a change from neutral; beyond it is a fault.

    Attributes
    ----------
    value : float
        The bound, in the measure's unit, signed.
    source : str
        Where the bound comes from, or `house default`.
    either : bool
        Whether minus the bound counts as well.
    plane : BodyPlane | None
        The plane of the body in which the value lies, where the measure is read off the picture as
        it is: a camera that stands between side and front sees it foreshortened. None where the
        measure is the angle itself.
    """

    value: float
    source: str
    either: bool = False
    plane: BodyPlane | None = None

    def excess(self, delta: float, bound: float) -> float:
        """Returns how far a change lies beyond a bound of this limit's direction; NaN if unseen.

        Parameters
        ----------
        delta : float
            Change from neutral.
        bound : float
            The size of the bound in force, positive: `abs(value)`, or wider when noise demands.
        """
        if self.either:
            return abs(delta) - bound
        return (delta if self.value > 0 else -delta) - bound

    def signed(self, delta: float, bound: float) -> float:
        """Returns the bound with the sign of the direction in which it was crossed."""
        return math.copysign(bound, delta if self.either else self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A compensation: it voids the repetition when it lasts.

    Attributes
    ----------
    code : str
        From the contract's list.
    measure : Measure
        What is watched.
    limit : Limit
        The bound on its change from neutral.
    lasting_s : float
        How long the bound must be crossed without a break.
    leg : Leg
        For measures of one leg or towards one side: the leg whose value is watched.
    phases : frozenset of Phase
        In which phases the measure is watched.
    name : str
        The fault in a few words, for tables.
    say : str
        The correction, as said to the person.
    by_tag : bool
        Whether only a tag on the pelvis shows it: without one it is listed as unchecked.
    alternative : bool
        Whether this is one more sign of a fault that others show as well: where it is seen all the
        time its absence vouches for the code alone, and where it is not seen nothing is lost.
    unless : tuple of str
        Codes of faults that explain it: it is not named beside one of them.
    stand_in : str
        Code of the fault that stands in for this one where the view does not show it: it is then
        not listed as unchecked. Empty where none does.
    reads_short : float
        By how much the measure may read a change too small, in its unit, at least 0: what lasts
        that near to the bound is no fault, but its absence can't be vouched for.
    veiled_below : float
        The neutral below which something hides what the measure shows: a fault may still be told,
        but its absence can't be vouched for. Nor where most values of a repetition lie below it.
    veil : str
        What that may be, as a clause.
    """

    code: str
    measure: Measure
    limit: Limit
    name: str
    say: str
    by_tag: bool = False
    alternative: bool = False
    unless: tuple[str, ...] = ()
    stand_in: str = ""
    reads_short: float = 0.0
    veiled_below: float = -math.inf
    veil: str = ""
    lasting_s: float = 0.3
    leg: Leg = Leg.MOVING
    phases: frozenset[Phase] = frozenset({Phase.RISE, Phase.TOP, Phase.LOWER})

    @property
    def needs_fps(self) -> float:
        """Frames a second that show the fault whenever it lasts: two in its time."""
        return 2.0 / self.lasting_s

    def shown_in(self, scene: Scene) -> bool:
        """Whether a camera that stands so shows it, by the tag that the start posture had."""
        by_tag = scene.tag is not None and scene.tag.faces_camera
        return self.measure.seen_in(scene) and (by_tag or not self.by_tag)

    def seen_in(self, scene: Scene) -> Fault | None:
        """Returns the fault with its limit as the camera sees it; None where it is seen edge on.

        A lean of `a` degrees in a plane of which the share `s` is seen leans by
        `atan(s * tan(a))` in the picture.
        """
        plane = self.limit.plane
        if plane is None:
            return self
        share = plane.share(scene.yaw_deg)
        # NaN fails the comparison.
        if not share >= EXPOSED:
            return None
        seen_deg = math.degrees(math.atan(share * math.tan(math.radians(self.limit.value))))
        return replace(self, limit=replace(self.limit, value=seen_deg, plane=None))

    def side(self, moving: Side) -> Side:
        """Returns the side of the body whose value is watched while `moving` lifts."""
        return moving if self.leg is Leg.MOVING else moving.other


class Quantity(str, Enum):
    """What a cue looks at in a finished repetition."""

    HOLD_S = "hold_s"
    LOWERING_S = "lowering_s"
    PEAK_DEG = "peak_deg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Coaching: the repetition still counts, unless judged strictly.

    Attributes
    ----------
    code : str
        From the contract's list.
    quantity : Quantity
        What is compared with the bound.
    at_least : float
        The bound: a smaller quantity gives the cue.
    unit : str
        `s` or `deg`.
    name, say, source : str
        The cue in a few words; as said to the person; where the bound comes from.
    views : frozenset of View
        The views from which the quantity can be measured well enough.
    """

    code: str
    quantity: Quantity
    at_least: float
    unit: str
    name: str
    say: str
    source: str
    views: frozenset[View] = ANY_VIEW


class Taken(Enum):
    """What of an attempt a requirement looks at.

    `UP` is a quantile over the upper part of the rise; `UP_OVER_ENDS` the same less the higher of
    the first and the last value of the attempt; `LAST` is the last value.
    """

    UP = "up"
    UP_OVER_ENDS = "up over ends"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What makes a rise of the measure an attempt at this exercise at all.

    Where it is not met the movement was another one: a squat or a lunge lifts the thigh too, but
    not the foot.

    Attributes
    ----------
    measure : Measure
        What is looked at, as a change from neutral unless it is `absolute`.
    source : str
        Where the bounds come from.
    at_least, at_most : float
        The bounds, in the measure's unit.
    absolute : bool
        Whether the value itself counts, and not its change from neutral.
    quantile : float
        Which quantile over the upper part of the rise.
    taken : Taken
        What of the attempt it looks at.
    instead : Requirement | None
        What tells the movement as well where this measure was not seen.
    """

    measure: Measure
    source: str
    at_least: float = -math.inf
    at_most: float = math.inf
    absolute: bool = False
    quantile: float = 0.5
    taken: Taken = Taken.UP
    instead: Requirement | None = None

    def met(self, value: float) -> bool:
        """Returns whether a value lies within the bounds; False for NaN."""
        return self.at_least <= value <= self.at_most


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """One condition of the start posture, on a measure's absolute value.

    Two bands, because people differ more than faults do. A value outside `low` to `high` belongs
    to another posture (sitting, on all fours): it is refused. A value outside `usual_low` to
    `usual_high` is this person's own shape or habit: it is taken as the neutral, and told.

    Attributes
    ----------
    measure : Measure
        What is looked at.
    low, high : float
        The band of this posture, in the measure's unit. Bands are wide: they hold what real people
        and pose models show.
    say : str
        What to do about a value outside either band.
    optional : bool
        Whether the measure may be hidden in the start posture: from the side, legs together, the
        near leg hides the far one.
    either : bool
        For measures of one leg: whether one leg in the band is enough. In a lunge one thigh is
        vertical; somebody who sits has both thighs up.
    usual_low, usual_high : float
        The band of ordinary neutrals.
    capped : bool
        Whether a neutral outside the usual band is replaced by the band's nearest bound. For what
        gravity decides: nobody's upright is 20 degrees off the vertical, so a person who leans
        that far at the start must not make an upright trunk a fault.
    """

    measure: Measure
    low: float
    high: float
    say: str
    optional: bool = False
    either: bool = False
    usual_low: float = -math.inf
    usual_high: float = math.inf
    capped: bool = False

    def met(self, values: Sequence[float]) -> bool:
        """Returns whether the values of the sides that were seen belong to this posture."""
        enough = any if self.either else all
        return enough(self.low <= value <= self.high for value in values)

    def beyond(self, value: float) -> float:
        """Returns how far a neutral lies outside the usual band; 0 within it, and for NaN."""
        return max(0.0, self.usual_low - value, value - self.usual_high)

    def usual(self, value: float) -> bool:
        """Returns whether a neutral is an ordinary one; True for NaN, of which nothing is known."""
        return self.beyond(value) == 0.0

    def cap(self, value: float) -> float:
        """Returns a neutral, moved into the usual band where the posture is `capped`."""
        return min(max(value, self.usual_low), self.usual_high) if self.capped else value
