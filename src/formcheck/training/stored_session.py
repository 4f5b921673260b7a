"""A session as the history keeps it: when, which exercise, set by set, and how it felt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from formcheck.core.checker.session import Counts, Rep, Session
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View

ORIGINS = ("run", "analyze")
LOAD = "load"
"""Noted before a set: the band or weight of it and of those that follow."""
PAIN = "pain"
"""Noted after a set: how much it hurt, 0 (none) to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSet:
    """One set.

    Attributes
    ----------
    number : int
        From 1.
    reps : tuple of Rep
        Every attempt in order.
    load : str
        Band or weight, in the user's words; empty where none was noted.
    pain : int | None
        What the user noted after it, 0 (none) to 10; None where nothing was noted.
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
        The same wherever the session is copied to: what was imported before is known by it.
    started_at : datetime
        With its time zone.
    ended_at : datetime | None
        None while it runs, and for ever when it was cut off.
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
        What was asked for; a target of 0 sets or repetitions is none.
    calibration : dict | None
        The neutral it was judged against, as plain values.
    sets : tuple of StoredSet
        In order.
    problems : tuple of str
        What went wrong on the way and did not stop it.
    notes : dict of str to str or float
        What else was noted of the run, by name.
    model, formcheck : str
        The pose model and the version that judged.
    number : int
        What the commands call it; 0 for a session that is not in a database.
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
    number: int = 0

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every attempt of every set."""
        return tuple(rep for kept in self.sets for rep in kept.reps)

    @property
    def counts(self) -> Counts:
        """How many repetitions of which verdict."""
        return Counts.of(self.reps)

    @property
    def pain(self) -> int | None:
        """The most that was noted after any set; None where nothing was noted."""
        return max((kept.pain for kept in self.sets if kept.pain is not None), default=None)

    @property
    def loads(self) -> tuple[str, ...]:
        """The different loads, in order of use; without the sets that have none."""
        return tuple(dict.fromkeys(kept.load for kept in self.sets if kept.load))

    def as_session(self) -> Session:
        """Return it as the session it was, for whatever reports on one."""
        return Session(
            exercise=self.exercise,
            source=self.source,
            view=self.view,
            calibration=None,
            reps=self._reps_in_sets(),
            sides=self.sides,
            problems=self.problems,
            hold_target_s=self.settings.hold_s,
            formcheck=self.formcheck,
        )

    def _reps_in_sets(self) -> tuple[Rep, ...]:
        """Return the repetitions as a run gives them, with the number of their set."""
        if self.origin != "run":
            return self.reps
        return tuple(
            replace(rep, set_number=kept.number) for kept in self.sets for rep in kept.reps
        )
