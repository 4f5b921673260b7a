"""How often each fault was made, and whether it became rarer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from formcheck.exercises import get_exercise
from formcheck.history.training_day import TrainingDay


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultShare:
    """How often a fault was made.

    Attributes
    ----------
    exercise, code : str
        Of which exercise, and which.
    reps : int
        Repetitions that had it.
    share : float
        Of all repetitions of the exercise.
    before, after : float
        The same share in the first and in the second half of the exercise's days; NaN with fewer
        than two days.
    """

    exercise: str
    code: str
    reps: int
    share: float
    before: float
    after: float


def fault_shares(by_exercise: Mapping[str, Sequence[TrainingDay]]) -> tuple[FaultShare, ...]:
    """Return every fault that was made in some days of training, the most frequent first."""
    found = []
    for slug, days in by_exercise.items():
        halves = (days[: len(days) // 2], days[len(days) // 2 :])
        attempts = sum(day.counts.attempts for day in days)
        for code, reps in _fault_counts(days).items():
            before, after = (_share(half, code) for half in halves)
            found.append(
                FaultShare(
                    exercise=slug,
                    code=code,
                    reps=reps,
                    share=reps / attempts,
                    before=before,
                    after=after if len(days) > 1 else math.nan,
                )
            )
    return tuple(sorted(found, key=lambda fault: (-fault.reps, fault.exercise, fault.code)))


def _fault_counts(days: Iterable[TrainingDay]) -> Counter[str]:
    """Return in how many repetitions each fault was made."""
    reps = (rep for day in days for rep in day.reps)
    return Counter(code for rep in reps for code in {fault.code for fault in rep.faults})


def _share(days: Sequence[TrainingDay], code: str) -> float:
    attempts = sum(day.counts.attempts for day in days)
    return _fault_counts(days)[code] / attempts if attempts else math.nan


def fault_name(exercise: str, code: str) -> str:
    """Return a fault in words; its code where the exercise does not know it any longer."""
    for fault in get_exercise(exercise).faults:
        if fault.code == code:
            return fault.name
    return code.replace("-", " ")
