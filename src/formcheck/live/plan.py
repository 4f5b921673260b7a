"""What a run sets out to do: sets, repetitions, rest."""

from __future__ import annotations

from formcheck.exercise import Exercise
from formcheck.keeping import RunSettings
from formcheck.pose import Side


def plan_for(
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
