"""The steps of an exercise, easiest first: repetitions, a further set, holds, resistance.

Every plan stands somewhere on its exercise's ladder, on a step or between two; up and down are
always the nearest step. Above the last step is a harder exercise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from formcheck.exercise import Dose, Exercise
from formcheck.filtering import FAST

HOLDS_S = (5.0, 8.0, 10.0)
"""From the source article: holds of 5 to 10 seconds."""
HOLD_REPS = 6
FURTHER_SETS = 1
REP_STEPS = 3
"""In how many steps the repetitions grow from the dose's lower to its upper end."""


class Rung(NamedTuple):
    """One step. Rungs are in order as tuples are: resistance first, repetitions last.

    Attributes
    ----------
    load : int
        Place in the plan's list of loads, lightest first.
    hold_s : float
        Length of timed holds; 0 where repetitions are counted.
    sets : int
        How many.
    reps : int
        Clean repetitions, or holds, in each set, of each leg where legs are counted apart.
    """

    load: int
    hold_s: float
    sets: int
    reps: int


def ladder(exercise: Exercise, loads: Sequence[str]) -> tuple[Rung, ...]:
    """Return all steps of an exercise with these loads, easiest first."""
    dose = exercise.dose
    # A fast exercise has no top to stay at.
    holds_s = () if exercise.smoothing is FAST else HOLDS_S
    rungs = []
    for load in range(max(1, len(loads))):
        rungs += [Rung(load, 0.0, dose.sets, reps) for reps in _reps(dose)]
        rungs.append(Rung(load, 0.0, dose.sets + FURTHER_SETS, dose.reps_high))
        rungs += [
            Rung(load, hold_s, dose.sets, min(HOLD_REPS, dose.reps_low)) for hold_s in holds_s
        ]
    return tuple(rungs)


def above(rungs: Sequence[Rung], here: Rung) -> Rung | None:
    """Return the nearest harder step; None at the top."""
    return next((rung for rung in rungs if rung > here), None)


def below(rungs: Sequence[Rung], here: Rung) -> Rung | None:
    """Return the nearest easier step; None at the bottom."""
    return next((rung for rung in reversed(rungs) if rung < here), None)


def _reps(dose: Dose) -> list[int]:
    step = -(-(dose.reps_high - dose.reps_low) // REP_STEPS)
    return [*range(dose.reps_low, dose.reps_high, max(1, step)), dose.reps_high]
