"""The rules of an exercise: faults that void a repetition, cues that coach, and their limits.

All limits of faults are changes from the calibrated neutral posture, not absolute angles: what a
person's own upright looks like to a camera differs by more than a fault does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from formcheck.core.measures import ANY_VIEW, Measure
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View


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
        Whether the bound holds in both directions.
    """

    value: float
    source: str
    either: bool = False

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
    blind : str
        Why the pose model can't show the fault, where that was measured; the fault is then never
        judged, but listed as unchecked with this reason. Empty where the model can show it.
    """

    code: str
    measure: Measure
    limit: Limit
    name: str
    say: str
    blind: str = ""
    lasting_s: float = 0.3
    leg: Leg = Leg.MOVING
    phases: frozenset[Phase] = frozenset({Phase.RISE, Phase.TOP, Phase.LOWER})

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What makes a rise of the measure an attempt at this exercise at all.

    A quantile (the median) of `measure` over the upper part of the rise, as a change from neutral
    unless it is `absolute`, must lie within the bounds; else the movement was another one (a squat
    or a lunge lifts the thigh too, but not the foot).
    """

    measure: Measure
    source: str
    at_least: float = -math.inf
    at_most: float = math.inf
    absolute: bool = False
    quantile: float = 0.5

    def met(self, value: float) -> bool:
        """Returns whether a value lies within the bounds; False for NaN."""
        return self.at_least <= value <= self.at_most


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """One condition of the start posture: a measure's absolute value within bounds.

    `optional` where the measure may be hidden in the start posture (from the side, legs together,
    the near leg hides the far one).
    """

    measure: Measure
    low: float
    high: float
    say: str
    optional: bool = False
