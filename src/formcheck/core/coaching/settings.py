"""What a run sets out to do: sets, repetitions, rest."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What was asked for.

    Attributes
    ----------
    sets, reps : int
        How many sets, and clean repetitions in each (of each leg where legs are counted apart).
    rest_s : float
        Between sets.
    hold_s : float
        Length of timed holds; 0 where repetitions are counted.
    side : Side | None
        The leg asked for; None where the exercise decides.
    strict : bool
        Whether cues void.
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
    """Return the settings of a run; what is not given comes from the exercise's dose.

    The dose names a range of repetitions. Its upper end is the target: who can do no more stops,
    and the set ends by itself.
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
