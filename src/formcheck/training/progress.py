"""Progress over weeks of training: by week, exercise and fault, against the goal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from formcheck.core.checker.session import Counts, Rep, Verdict
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.exercises import rules_of
from formcheck.training.stored_session import StoredSession
from formcheck.training.training_day import TrainingDay, training_days


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultShare:
    """How often a fault was made.

    Attributes
    ----------
    exercise, code, name : str
        Slug of the exercise, code of the fault, and the fault in words.
    reps : int
        Repetitions with the fault.
    share : float
        Their share of all repetitions of the exercise.
    before, after : float
        The same share in the first and in the second half of the exercise's days; NaN with fewer
        than two days.
    """

    exercise: str
    code: str
    name: str
    reps: int
    share: float
    before: float
    after: float


def fault_shares(by_exercise: Mapping[str, Sequence[TrainingDay]]) -> tuple[FaultShare, ...]:
    """Returns the faults of some days of training, the most frequent first."""
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
                    name=fault_name(days, code),
                    reps=reps,
                    share=reps / attempts,
                    before=before,
                    after=after if len(days) > 1 else math.nan,
                )
            )
    return tuple(sorted(found, key=lambda fault: (-fault.reps, fault.exercise, fault.code)))


def _fault_counts(days: Iterable[TrainingDay]) -> Counter[str]:
    """Returns the number of repetitions with each fault."""
    reps = (rep for day in days for rep in day.reps)
    return Counter(code for rep in reps for code in {fault.code for fault in rep.faults})


def _share(days: Sequence[TrainingDay], code: str) -> float:
    attempts = sum(day.counts.attempts for day in days)
    return _fault_counts(days)[code] / attempts if attempts else math.nan


def fault_name(days: Sequence[TrainingDay], code: str) -> str:
    """Returns the name of a fault, or its code in words if no rules of these days have it."""
    for session in (session for day in reversed(days) for session in reversed(day.sessions)):
        for fault in rules_of(session).faults:
            if fault.code == code:
                return fault.name
    return code.replace("-", " ")


GOAL_DAYS = 2
"""Days of training that a week needs; the source article asks for two or three days."""
JUDGED = (Verdict.CLEAN, Verdict.COMPENSATED, Verdict.PARTIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week from Monday to Sunday.

    Attributes
    ----------
    monday : date
        First day of the week.
    counts : Counts
        The repetitions of the week.
    days : tuple of date
        The days with training.
    over : bool
        Whether the week has ended.
    """

    monday: date
    counts: Counts
    days: tuple[date, ...]
    over: bool

    @property
    def met(self) -> bool:
        """Whether the week met the goal."""
        return len(self.days) >= GOAL_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfExercise:
    """One exercise on one day.

    Attributes
    ----------
    date : date
        The day.
    counts : Counts
        Its repetitions.
    peak_deg, hold_s : dict of Side to float
        Means over the repetitions that could be judged, of each leg that was seen; NaN where
        nothing was observed.
    loads : tuple of str
        The different loads of the day.
    pain : int | None
        The highest pain of the day; None where the user noted none.
    rules : Exercise | None
        The rules of its last session; None where nobody knows them.
    """

    date: date
    counts: Counts
    peak_deg: dict[Side, float]
    hold_s: dict[Side, float]
    loads: tuple[str, ...]
    pain: int | None
    rules: Exercise | None = None

    @property
    def clean_share(self) -> float:
        """Share of clean repetitions; NaN without an attempt."""
        return self.counts.clean / self.counts.attempts if self.counts.attempts else math.nan

    @property
    def changes(self) -> tuple[str, ...]:
        """What was different for this person on that day, in words."""
        return () if self.rules is None else self.rules.changes

    @property
    def asymmetry_deg(self) -> float:
        """How much higher the left leg rose than the right, mean; NaN unless both legs moved."""
        return self.peak_deg.get(Side.LEFT, math.nan) - self.peak_deg.get(Side.RIGHT, math.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The progress of a span of training.

    Attributes
    ----------
    since, until : date
        First and last day of the span.
    sessions : int
        Number of sessions.
    weeks : tuple of Week
        Every week of the span, with or without training.
    exercises : dict of str to tuple of DayOfExercise
        By slug, in order of first training.
    faults : tuple of FaultShare
        The most frequent first.
    rules : dict of str to Exercise
        By slug, the rules of the last session.
    """

    since: date
    until: date
    sessions: int
    weeks: tuple[Week, ...]
    exercises: dict[str, tuple[DayOfExercise, ...]]
    faults: tuple[FaultShare, ...]
    rules: dict[str, Exercise]

    @property
    def counts(self) -> Counts:
        """The repetitions of all weeks."""
        total = [week.counts for week in self.weeks]
        names = ("attempts", "clean", "compensated", "partial", "unverified")
        return Counts(**{name: sum(getattr(each, name) for each in total) for name in names})

    @property
    def days(self) -> tuple[date, ...]:
        """All days of training."""
        return tuple(day for week in self.weeks for day in week.days)

    @property
    def streak(self) -> int:
        """Weeks in a row, up to now, that met the goal; the current week breaks no streak."""
        run = 0
        for week in reversed(self.weeks):
            if week.met:
                run += 1
            elif week.over:
                break
        return run

    @property
    def longest_streak(self) -> int:
        """The most weeks in a row that met the goal."""
        longest = run = 0
        for week in self.weeks:
            run = run + 1 if week.met else 0
            longest = max(longest, run)
        return longest


def progress(sessions: Sequence[StoredSession], *, since: date | None, today: date) -> Progress:
    """Returns the progress over some sessions.

    Parameters
    ----------
    sessions : sequence of StoredSession
        In order of time.
    since : date | None
        First day of the span; None begins with the first session.
    today : date
        The current day: last day of the span, unless a session is later.
    """
    days = training_days(sessions)
    first = since or (days[0].date if days else today)
    last = max([today, *(day.date for day in days)])
    slugs = list(dict.fromkeys(session.exercise for session in sessions if session.reps))
    by_exercise = {
        slug: training_days([session for session in sessions if session.exercise == slug])
        for slug in slugs
    }
    return Progress(
        since=first,
        until=last,
        sessions=len(sessions),
        weeks=tuple(_weeks(days, first, last, today)),
        exercises={
            s: tuple(_of_exercise(day) for day in found) for s, found in by_exercise.items()
        },
        faults=fault_shares(by_exercise),
        rules={slug: rules_of(found[-1].sessions[-1]) for slug, found in by_exercise.items()},
    )


def _weeks(days: Sequence[TrainingDay], first: date, last: date, today: date) -> Iterable[Week]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        sunday = monday + timedelta(days=6)
        within = [day for day in days if monday <= day.date <= sunday]
        yield Week(
            monday=monday,
            counts=Counts.of(tuple(rep for day in within for rep in day.reps)),
            days=tuple(day.date for day in within if day.sets),
            over=sunday < today,
        )
        monday += timedelta(days=7)


def _of_exercise(day: TrainingDay) -> DayOfExercise:
    noted = [session.pain for session in day.sessions if session.pain is not None]
    return DayOfExercise(
        date=day.date,
        counts=day.counts,
        peak_deg=_by_side(day.reps, lambda rep: rep.peak_deg),
        hold_s=_by_side(day.reps, lambda rep: rep.hold_s),
        loads=tuple(dict.fromkeys(stored_set.load for stored_set in day.sets if stored_set.load)),
        pain=max(noted, default=None),
        rules=rules_of(day.sessions[-1]),
    )


def _by_side(reps: Sequence[Rep], value: Callable[[Rep], float]) -> dict[Side, float]:
    found: dict[Side, float] = {}
    for side in Side:
        judged = [value(rep) for rep in reps if rep.side is side and rep.verdict in JUDGED]
        seen = [each for each in judged if math.isfinite(each)]
        if seen:
            found[side] = sum(seen) / len(seen)
    return found
