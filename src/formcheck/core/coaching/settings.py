"""The settings of a run: sets, repetitions, rest."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What a run asks of the person.

    Attributes
    ----------
    sets, reps : int
        Sets, and clean repetitions in each set (of each leg where legs are counted apart).
    rest_s : float
        Rest between sets.
    hold_s : float
        Length of a timed hold; 0 where repetitions are counted.
    side : Side | None
        The counted leg; None where the exercise decides.
    strict : bool
        Whether a cue voids a repetition like a fault.
    """

    sets: int
    reps: int
    rest_s: float
    hold_s: float = 0.0
    side: Side | None = None
    strict: bool = False


def settings_for(
    exercise: Exercise,
    *,
    sets: int | None = None,
    reps: int | None = None,
    rest_s: float | None = None,
    side: Side | None = None,
    strict: bool = False,
) -> RunSettings:
    """Returns the settings of a run; None takes the value of the exercise's dose.

    The dose gives a range of repetitions. Its upper end is the target: a person who can do no more
    leaves the posture, which ends the set.
    """
    dose = exercise.dose
    return RunSettings(
        sets=dose.sets if sets is None else sets,
        reps=dose.reps_high if reps is None else reps,
        rest_s=dose.rest_s if rest_s is None else rest_s,
        hold_s=exercise.cycle.hold_target_s,
        side=side,
        strict=strict,
    )
