"""All that was done of one exercise on one day, whatever sessions it was spread over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from formcheck.core.checker.session import Counts, Rep
from formcheck.core.pose.pose import Side
from formcheck.exercises import get_exercise
from formcheck.training.fatigue import fatigue_of
from formcheck.training.plan import Entry
from formcheck.training.stored_session import StoredSession, StoredSet


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDay:
    """All that was done of one exercise on one day, however many sessions it took."""

    date: date
    sessions: tuple[StoredSession, ...]

    @property
    def sets(self) -> list[StoredSet]:
        """Every set with at least one attempt."""
        return [kept for session in self.sessions for kept in session.sets if kept.reps]

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every attempt of the day."""
        return tuple(rep for kept in self.sets for rep in kept.reps)

    @property
    def counts(self) -> Counts:
        """How many repetitions of which verdict."""
        return Counts.of(self.reps)

    @property
    def pain(self) -> int:
        """The most that was noted; 0 where nothing was."""
        return max((session.pain or 0 for session in self.sessions), default=0)

    @property
    def compensated(self) -> float:
        """Share of compensated repetitions among those that could be judged."""
        counts = self.counts
        judged = counts.attempts - counts.unverified
        return counts.compensated / judged if judged else 0.0

    @property
    def unseen(self) -> float:
        """Share of repetitions that could not be verified."""
        counts = self.counts
        return counts.unverified / counts.attempts if counts.attempts else 0.0

    @property
    def fatigue(self) -> tuple[str, ...]:
        """Signs of fatigue in any set, each with the set it was in."""
        return tuple(
            f"in set {number} {sign}"
            for number, kept in enumerate(self.sets, 1)
            for sign in fatigue_of(kept.reps).signs
        )

    def full_sets(self, entry: Entry) -> int:
        """Return in how many sets every leg did the clean repetitions that the plan asks for."""
        exercise = get_exercise(entry.name)
        asked = [self._full_sets_of(side, entry) for side in exercise.moving]
        return min(asked)

    def _full_sets_of(self, side: Side, entry: Entry) -> int:
        return sum(
            Counts.of(kept.reps, side).clean >= entry.reps
            for session in self.sessions
            if session.settings.hold_s >= entry.hold_s
            for kept in session.sets
            if _as_heavy(kept, entry)
        )


def training_days(sessions: Sequence[StoredSession]) -> list[TrainingDay]:
    """Return sessions by the day they were on, those without any attempt or pain left out."""
    by_day: dict[date, list[StoredSession]] = {}
    for session in sessions:
        if session.reps or session.pain is not None:
            by_day.setdefault(session.started_at.date(), []).append(session)
    return [TrainingDay(date=day, sessions=tuple(by_day[day])) for day in sorted(by_day)]


def _as_heavy(kept: StoredSet, entry: Entry) -> bool:
    """Return whether a set was done with the plan's load, or a heavier one of its list.

    A set of which no load was noted counts only where the plan asks for the lightest.
    """
    needed = min(entry.loads.index(load) for load in entry.load)
    if kept.load in entry.loads:
        return entry.loads.index(kept.load) >= needed
    return needed == 0
