"""What an exercise is: a cycle to count, faults that void a repetition, cues that coach."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from formcheck.core.exercise.rules import (
    Cue,
    Fault,
    Leg,
    Limit,
    Phase,
    Posture,
    Quantity,
    Requirement,
    Taken,
)
from formcheck.core.measures import (
    HIP_FLEXION,
    HIP_FLEXION_PELVIS,
    KNEE_FLEXION,
    LATERAL_LEAN,
    LUMBAR_EXTENSION,
    PELVIC_OBLIQUITY,
    PELVIC_TILT,
    THIGH_ELEVATION,
    TORSO_LEAN,
    Measure,
)
from formcheck.core.measures.filtering import SLOW, Smoothing
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Position, Scene, View

__all__ = [
    "Cue", "Cycle", "Dose", "Exercise", "Fault", "Leg", "Limit", "Phase", "Posture", "Quantity",
    "Requirement", "Taken", "timed_hold",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The movement to count, by one measure of each leg.

    Attributes
    ----------
    measure : Measure
        Rises from rest to top and comes back.
    start, top, back : float
        Levels: a rise begins above `start`, is complete above `top`, is over below `back`.
    rest_from_neutral : bool
        Whether `start` and `back` are changes from the neutral, while `top` is absolute.
    from_neutral : bool
        Whether the measure is read as its change from neutral.
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
    requirements : tuple of Requirement
        What else must be true of an attempt.
    fall : float
        A fall by this much from the peak ends a repetition even above `back`: with raised hips the
        legs of a plank never come down to `back`.
    linger_s : float
        How long after its end a repetition still answers for what the body does at rest.
    grade_fps : float
        Frames a second below which peaks fall between frames: what was not seen to reach the top is
        then unverified, not partial.
    hold_target_s : float
        Length of a timed hold; 0 where repetitions are counted. A hold cut short is partial, and
        the clock stands while a fault lasts.
    rides_on : Measure | None
        What takes the legs at rest along when it rises over its neutral: raised hips bend those of
        both legs, and `start` and `back` rise with them.
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
    requirements: tuple[Requirement, ...] = ()
    fall: float = math.inf
    rest_from_neutral: bool = False
    from_neutral: bool = False
    linger_s: float = 0.0
    grade_fps: float = 0.0
    hold_target_s: float = 0.0
    rides_on: Measure | None = None

    def at(self, neutral: float) -> Cycle:
        """Returns the cycle with its levels set for a person's neutral value of the measure.

        A leg that rests above the usual levels, as in a plank with the hips up, takes them along:
        else it would never be seen at rest. Without a neutral (NaN) the levels of a cycle that
        counts from rest are set by what a partial attempt is.
        """
        if self.from_neutral:
            return self
        start, back = self.start, self.back
        if self.rest_from_neutral:
            rest = self.partial_from - start if math.isnan(neutral) else neutral
            start, back = rest + start, rest + back
        elif neutral > back - REST_MARGIN:
            higher = neutral + REST_MARGIN - back
            start, back = start + higher, back + higher
        lower = max(0.0, start - (self.top - REST_MARGIN))
        return replace(self, start=start - lower, back=back - lower)


REST_MARGIN = 6.0
"""Units by which a leg's rest must lie below the level that ends a repetition, and the level that
begins one below the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise its source asks for; the rest between sets is a house default."""

    sets: int
    reps_low: int
    reps_high: int
    hold_s: float
    per_side: bool = True
    days_a_week: str = "2-3"
    rest_s: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """Everything formcheck knows about one exercise.

    Attributes
    ----------
    slug, title, purpose : str
        The name in commands, the name in words, and what the exercise is for.
    how_to : tuple of str
        Steps, one sentence each.
    camera : tuple of str
        Where the camera goes, and what each place lets formcheck check.
    start_prompt : str
        What the person does while the neutral posture is measured.
    cycle : Cycle
        The movement to count.
    faults, cues : tuple
        The rules that void a repetition, and the rules that only coach.
    mandatory : mapping of View to tuple of str
        Fault codes that must have been checked before a repetition from this view may be clean; a
        view that is not named needs all of them.
    posture : tuple of Posture
        The start posture.
    dose : Dose
        Sets, repetitions and hold.
    harder : str
        Slug of the next exercise, once this one is done at its hardest; empty if there is none.
    smoothing : Smoothing
        How hard to filter: slow or fast movements.
    one_leg_at_a_time : bool
        Whether the other leg must stay down while one is lifted.
    position : Position
        How the body lies to gravity.
    views : frozenset of View
        From where it can be judged; from elsewhere the person is asked to turn.
    oblique_to_deg : float
        The yaw from the side up to which it can be judged from an oblique view as well.
    moving : tuple of Side
        What has a count of its own: each leg, or both together.
    needs_fps : float
        Frames a second that the fastest repetitions need; 0 where any camera will do.
    follows_legs : bool
        Whether legs that are apart are followed by where they were rather than by their names:
        from the side the model trades one raised leg for the other.
    counts_half_seen : bool
        Whether a leg that is half hidden (by an arm, or by the other leg) is counted by where the
        model puts it; such repetitions are unverified.
    at_rest : mapping of str to (float, float)
        By measure name, between which bounds its angle truly lies in the start posture, in its
        unit, where anatomy fixes that: what the model reads beyond them is its error.
    changes : tuple of str
        What was changed for one person, in words; empty for the exercise as it is.
    measures : tuple of Measure
        What is measured in every frame: what the rules need, and what people want to see.
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
    harder: str = ""
    smoothing: Smoothing = SLOW
    one_leg_at_a_time: bool = True
    position: Position = Position.UPRIGHT
    views: frozenset[View] = frozenset({View.SIDE})
    oblique_to_deg: float = 0.0
    moving: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)
    needs_fps: float = 0.0
    follows_legs: bool = False
    counts_half_seen: bool = False
    at_rest: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Gathers the measures that the rules need, and those that people want to see."""
        needed = (
            *_SHOWN.get(self.position, (HIP_FLEXION, KNEE_FLEXION)),
            *_BY_TAG,
            self.cycle.measure,
            *_required(self.cycle),
            *(fault.measure for fault in self.faults),
        )
        object.__setattr__(self, "measures", tuple({m.name: m for m in needed}.values()))

    def judged_in(self, scene: Scene) -> bool:
        """Whether a camera that stands so shows what has to be checked."""
        if scene.view in self.views:
            return True
        return scene.view is View.OBLIQUE and scene.yaw_deg <= self.oblique_to_deg

    def faults_in(self, scene: Scene) -> tuple[Fault, ...]:
        """Returns the faults as a camera that stands so sees them.

        A fault read off the picture has the limit that the camera sees, and is left out where the
        camera sees it edge on or tells its kinds apart by other measures.
        """
        seen = []
        for fault in self.faults:
            if fault.limit.plane is None:
                seen.append(fault)
            elif fault.measure.seen_in(scene):
                projected = fault.seen_in(scene)
                seen += [] if projected is None else [projected]
        codes = {fault.code for fault in seen}
        return tuple(f for f in seen if f.measure.seen_in(scene) or f.stand_in not in codes)

    def sides(self, side: Side | None) -> tuple[Side, ...]:
        """Returns the sides to count: the leg asked for, or all that the exercise tells apart."""
        return (side,) if side in self.moving and side is not None else self.moving

    @property
    def counted_by(self) -> tuple[Measure, ...]:
        """The measures that make an attempt: the cycle's and its requirements'."""
        needed = (self.cycle.measure, *_required(self.cycle))
        return tuple({m.name: m for m in needed}.values())

    @property
    def step_in(self) -> str:
        """What to say to a person who is out of the picture, or partly out of it."""
        verb = {
            Position.UPRIGHT: "Stand",
            Position.SUPINE: "Lie",
            Position.PRONE: "Take your place",
            Position.HANGING: "Hang",
        }[self.position]
        return f"{verb} so that your whole body is in the picture."

    def must_check(self, view: View) -> tuple[str, ...]:
        """Returns the codes of the faults that a clean repetition seen from a view is free of."""
        every = tuple(dict.fromkeys(code for codes in self.mandatory.values() for code in codes))
        return self.mandatory.get(view, every)

    def shortest_fault_s(self, view: View) -> float:
        """Returns how long the shortest fault lasts that shows from a view; infinite without any.

        A camera that gives fewer than two frames in that time can vouch for no repetition.
        """
        shown = [f for f in self.faults if view in f.measure.views and not f.by_tag]
        return min((fault.lasting_s for fault in shown), default=math.inf)


_SHOWN: Mapping[Position, tuple[Measure, ...]] = {
    Position.UPRIGHT: (
        HIP_FLEXION, THIGH_ELEVATION, KNEE_FLEXION, TORSO_LEAN, LATERAL_LEAN, PELVIC_OBLIQUITY,
    ),
}  # fmt: skip


_BY_TAG = (PELVIC_TILT, LUMBAR_EXTENSION, HIP_FLEXION_PELVIS)


def _required(cycle: Cycle) -> tuple[Measure, ...]:
    every = [r for one in cycle.requirements for r in (one, one.instead) if r is not None]
    return tuple(requirement.measure for requirement in every)


def timed_hold(exercise: Exercise, hold_s: float) -> Exercise:
    """Returns the exercise with its top position as a hold of `hold_s` seconds.

    The clock runs at the top while nothing is done wrong; a hold that falls short is partial. The
    cues on hold and lowering give way to that.
    """
    return replace(
        exercise,
        cycle=replace(exercise.cycle, hold_target_s=hold_s),
        cues=tuple(cue for cue in exercise.cues if cue.quantity is Quantity.PEAK_DEG),
        dose=replace(exercise.dose, hold_s=hold_s),
    )
