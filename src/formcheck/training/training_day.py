"""The training of one exercise on one day, over all its sessions."""

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
    """The training of one exercise on one day, over all its sessions."""

    date: date
    sessions: tuple[StoredSession, ...]

    @property
    def sets(self) -> list[StoredSet]:
        """Every set with at least one attempt."""
        return [
            stored_set
            for session in self.sessions
            for stored_set in session.sets
            if stored_set.reps
        ]

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every attempt of the day."""
        return tuple(rep for stored_set in self.sets for rep in stored_set.reps)

    @property
    def counts(self) -> Counts:
        """How many repetitions of which verdict."""
        return Counts.of(self.reps)

    @property
    def pain(self) -> int:
        """The highest pain of the day; 0 where the user noted none."""
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
        """Signs of fatigue in any set, with the number of the set."""
        return tuple(
            f"in set {number} {sign}"
            for number, stored_set in enumerate(self.sets, 1)
            for sign in fatigue_of(stored_set.reps).signs
        )

    def full_sets(self, entry: Entry) -> int:
        """Returns the number of sets in which every leg did the clean repetitions of the plan."""
        exercise = get_exercise(entry.name)
        asked = [self._full_sets_of(side, entry) for side in exercise.moving]
        return min(asked)

    def _full_sets_of(self, side: Side, entry: Entry) -> int:
        return sum(
            Counts.of(stored_set.reps, side).clean >= entry.reps
            for session in self.sessions
            if session.settings.hold_s >= entry.hold_s
            for stored_set in session.sets
            if _as_heavy(stored_set, entry)
        )


def training_days(sessions: Sequence[StoredSession]) -> list[TrainingDay]:
    """Groups sessions by their day; leaves out sessions without an attempt and without pain."""
    by_day: dict[date, list[StoredSession]] = {}
    for session in sessions:
        if session.reps or session.pain is not None:
            by_day.setdefault(session.started_at.date(), []).append(session)
    return [TrainingDay(date=day, sessions=tuple(by_day[day])) for day in sorted(by_day)]


def _as_heavy(stored_set: StoredSet, entry: Entry) -> bool:
    """Returns whether the load of a set is the plan's load, or a heavier load of the list.

    A set without a noted load counts only where the plan asks for the lightest load.
    """
    needed = min(entry.loads.index(load) for load in entry.load)
    if stored_set.load in entry.loads:
        return entry.loads.index(stored_set.load) >= needed
    return needed == 0
