"""A session as the history stores it: when, which exercise, set by set, and how it felt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from formcheck.core.checker.session import Counts, Rep, Session
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View

ORIGINS = ("run", "analyze")
LOAD = "load"
"""Name of a note before a set: the band or weight of this set and of later sets."""
PAIN = "pain"
"""Name of a note after a set: how much the set hurt, 0 (none) to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSet:
    """A set as the history stores it.

    Attributes
    ----------
    number : int
        Number within the session, from 1.
    reps : tuple of Rep
        Every attempt in order.
    load : str
        Band or weight in the user's words; empty where the user noted no load.
    pain : int | None
        Pain after the set, 0 (none) to 10; None where the user noted none.
    """

    number: int
    reps: tuple[Rep, ...] = ()
    load: str = ""
    pain: int | None = None

    @property
    def counts(self) -> Counts:
        """How many repetitions of which verdict."""
        return Counts.of(self.reps)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSession:
    """One run of an exercise, or one recording of it.

    Attributes
    ----------
    uid : str
        Identity, the same on every machine: an import knows by it the sessions it has imported.
    started_at : datetime
        With its time zone.
    ended_at : datetime | None
        None during a run, and for a run that was cut off.
    exercise : str
        Slug.
    origin : str
        `run` or `analyze`.
    source : SourceInfo
        Where the frames came from.
    view : View
        Where the camera stood.
    sides : tuple of Side
        The legs that were counted.
    settings : RunSettings
        What was asked for; 0 sets or repetitions means no target.
    calibration : dict | None
        The neutral of the session, as plain values.
    sets : tuple of StoredSet
        In order.
    problems : tuple of str
        What went wrong and did not end the session.
    notes : dict of str to str or float
        Other notes of the run, by name.
    model, formcheck : str
        The pose model and the version that judged.
    rules : Exercise | None
        The exercise as it was judged; None for a session of a version that did not store it.
    number : int
        Number in the commands; 0 for a session that is not in a database.
    """

    uid: str
    started_at: datetime
    ended_at: datetime | None
    exercise: str
    origin: str
    source: SourceInfo
    settings: RunSettings
    view: View = View.UNKNOWN
    sides: tuple[Side, ...] = ()
    calibration: dict[str, Any] | None = None
    sets: tuple[StoredSet, ...] = ()
    problems: tuple[str, ...] = ()
    notes: dict[str, str | float] = field(default_factory=dict)
    model: str = ""
    formcheck: str = ""
    rules: Exercise | None = None
    number: int = 0

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every attempt of every set."""
        return tuple(rep for stored_set in self.sets for rep in stored_set.reps)

    @property
    def counts(self) -> Counts:
        """How many repetitions of which verdict."""
        return Counts.of(self.reps)

    @property
    def pain(self) -> int | None:
        """The highest pain after any set; None where the user noted none."""
        return max(
            (stored_set.pain for stored_set in self.sets if stored_set.pain is not None),
            default=None,
        )

    @property
    def loads(self) -> tuple[str, ...]:
        """The different loads in order of use, without repetition."""
        return tuple(dict.fromkeys(stored_set.load for stored_set in self.sets if stored_set.load))

    def as_session(self) -> Session:
        """Returns the stored session as a `Session`, for the reports."""
        return Session(
            exercise=self.exercise,
            source=self.source,
            view=self.view,
            calibration=None,
            reps=self._reps_in_sets(),
            sides=self.sides,
            problems=self.problems,
            hold_target_s=self.settings.hold_s,
            rules=self.rules,
            formcheck=self.formcheck,
        )

    def _reps_in_sets(self) -> tuple[Rep, ...]:
        """Returns the repetitions of a run with the numbers of their sets."""
        if self.origin != "run":
            return self.reps
        return tuple(
            replace(rep, set_number=stored_set.number)
            for stored_set in self.sets
            for rep in stored_set.reps
        )
