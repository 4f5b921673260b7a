"""What an exercise is: a cycle to count, faults that void a repetition, cues that coach.

All limits of faults are changes from the calibrated neutral posture, not absolute angles: what a
person's own upright looks like to a camera differs by more than a fault does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from formcheck.filtering import SLOW, Smoothing
from formcheck.measures import ANY_VIEW, MEASURES, Measure
from formcheck.pose import Side
from formcheck.view import View


class Phase(str, Enum):
    """Where in the cycle a leg is."""

    REST = "rest"
    RISE = "rise"
    TOP = "top"
    LOWER = "lower"


class Leg(Enum):
    """Whose value of a measure a rule looks at: the moving leg's, the other leg's."""

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
        Where it comes from, or `house default`.
    either : bool
        Whether minus the bound counts as well.
    """

    value: float
    source: str
    either: bool = False

    def excess(self, delta: float, bound: float) -> float:
        """Return how far a change lies beyond a bound of this limit's direction; NaN if unseen.

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
        """Return the bound with the sign of the direction in which it was crossed."""
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
        For measures of one leg or towards one side: whose.
    phases : frozenset of Phase
        When it is watched.
    name : str
        The fault in a few words, for tables.
    say : str
        The correction, as said to the person.
    blind : str
        Why the pose model can't show it, where that was measured; it is then never judged, and
        listed as unchecked with this reason. Empty where it can.
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
        """Return the side of the body whose value is watched while `moving` lifts."""
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
        What is compared.
    at_least : float
        Less than this gives the cue.
    unit : str
        `s` or `deg`.
    name, say, source : str
        In words; as said; where the bound comes from.
    views : frozenset of View
        From where the quantity can be measured well enough.
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

    Its median change from neutral, over the upper part of the rise, must reach `at_least`; else the
    movement was another one (a squat or a lunge lifts the thigh too, but not the foot).
    """

    measure: Measure
    at_least: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The movement to count, by one measure of each leg.

    Attributes
    ----------
    measure : Measure
        Rises from rest to top and comes back.
    start, top, back : float
        Levels: a rise begins above `start`, is complete above `top`, is over below `back`.
    aim : float
        What the exercise asks for; `top` accepts less, for the camera's error.
    partial_from : float
        A peak between this and `top` is an honest but partial attempt.
    hold_at : float
        Time above this level is hold.
    leave_top : float
        The top is left this much below `top`.
    top_dwell_s, back_dwell_s : float
        How long the levels must be passed to count.
    min_duration_s : float
        Shorter cycles are noise: up and down by 65 degrees takes 0.3 s at the fastest speed that
        the jump gate lets through.
    max_gap_s : float
        A longer loss of tracking ends the repetition.
    max_missing : float
        Share of its time that may be unseen.
    requirement : Requirement | None
        What else must be true of an attempt.
    """

    measure: Measure
    start: float
    top: float
    back: float
    aim: float
    partial_from: float
    hold_at: float
    leave_top: float = 5.0
    top_dwell_s: float = 0.10
    back_dwell_s: float = 0.15
    min_duration_s: float = 0.5
    max_gap_s: float = 0.4
    max_missing: float = 0.30
    requirement: Requirement | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of it the source article asks for."""

    sets: int
    reps_low: int
    reps_high: int
    hold_s: float
    per_side: bool = True
    days_a_week: str = "2-3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """Everything formcheck knows about one exercise.

    Attributes
    ----------
    slug, title, purpose : str
        Its name in commands; in words; what it is for.
    how_to : tuple of str
        Steps, one sentence each.
    camera : tuple of str
        Where the camera goes, and what each place lets formcheck check.
    start_prompt : str
        What the person does while the neutral posture is measured.
    cycle : Cycle
        What is counted.
    faults, cues : tuple
        What voids, what coaches.
    mandatory : mapping of View to tuple of str
        Fault codes that must have been checked before a repetition from this view may be clean.
    posture : tuple of Posture
        The start posture.
    dose : Dose
        How much.
    smoothing : Smoothing
        How hard to filter: slow or fast movements.
    one_leg_at_a_time : bool
        Whether the other leg must stay down while one is lifted.
    measures : tuple of Measure
        What is measured in every frame.
    """

    slug: str
    title: str
    purpose: str
    how_to: tuple[str, ...]
    camera: tuple[str, ...]
    start_prompt: str
    cycle: Cycle
    faults: tuple[Fault, ...]
    cues: tuple[Cue, ...]
    mandatory: Mapping[View, tuple[str, ...]]
    posture: tuple[Posture, ...]
    dose: Dose
    smoothing: Smoothing = SLOW
    one_leg_at_a_time: bool = True
    measures: tuple[Measure, ...] = field(default=MEASURES)

    def sides(self, side: Side | None) -> tuple[Side, ...]:
        """Return the legs to count: the one asked for, or both."""
        return (Side.LEFT, Side.RIGHT) if side in (None, Side.BOTH) else (side,)
