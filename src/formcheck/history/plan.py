"""The training plan: which exercises, in which order, how much of each, on which days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from formcheck.exercise import Exercise, timed_hold
from formcheck.exercises import get_exercise
from formcheck.history.ladder import Rung, ladder

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_LOAD = "no load"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exercise of the plan.

    Attributes
    ----------
    name : str
        Slug.
    sets, reps : int
        How many sets, and clean repetitions (or holds) in each, of each leg where legs are counted
        apart.
    hold_s : float
        Length of timed holds; 0 where repetitions are counted.
    rest_s : float
        Between sets.
    loads : tuple of str
        The bands or weights there are, lightest first.
    load : tuple of str
        What each set is done with, one for each.
    """

    name: str
    sets: int
    reps: int
    hold_s: float = 0.0
    rest_s: float = 60.0
    loads: tuple[str, ...] = (NO_LOAD,)
    load: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Give every set a load: the last one named goes on."""
        given = self.load or self.loads[:1]
        spread = (*given, *given[-1:] * self.sets)[: self.sets]
        object.__setattr__(self, "load", spread)

    @property
    def exercise(self) -> Exercise:
        """The exercise, as timed holds where the plan has holds."""
        exercise = get_exercise(self.name)
        return timed_hold(exercise, self.hold_s) if self.hold_s else exercise

    @property
    def rung(self) -> Rung:
        """Where it stands on the exercise's ladder; of several loads the heaviest counts."""
        load = max(self.loads.index(each) for each in self.load)
        return Rung(load, self.hold_s, self.sets, self.reps)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The steps of the exercise with the loads there are."""
        return ladder(get_exercise(self.name), self.loads)

    def same_step(self, other: Entry) -> bool:
        """Return whether another entry asks for the same; rest and the other loads don't matter."""
        mine = (self.name, self.sets, self.reps, self.hold_s, self.load)
        return mine == (other.name, other.sets, other.reps, other.hold_s, other.load)

    def at(self, rung: Rung) -> Entry:
        """Return the entry moved to another step."""
        return replace(
            self,
            sets=rung.sets,
            reps=rung.reps,
            hold_s=rung.hold_s,
            load=(self.loads[rung.load],),
        )

    @property
    def text(self) -> str:
        """How much of it, in words: `3 sets of 8 a side with a light band`."""
        each = " a side" if len(get_exercise(self.name).moving) > 1 else ""
        what = f"{self.reps} holds of {self.hold_s:g} s" if self.hold_s else f"{self.reps}"
        loads = tuple(dict.fromkeys(self.load))
        with_what = "" if loads == (NO_LOAD,) else f", {', then '.join(loads)}"
        plural = "" if self.sets == 1 else "s"
        return f"{self.sets} set{plural} of {what}{each}{with_what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is trained, and when.

    Attributes
    ----------
    level : str
        Which of the built-in levels it began as, or a name of the user's own.
    days : tuple of str
        Days of the week, from `DAYS`.
    between_s : float
        Rest between two exercises: time to change place.
    entries : tuple of Entry
        In the order of training.
    """

    level: str
    days: tuple[str, ...]
    between_s: float
    entries: tuple[Entry, ...]

    def is_due(self, day: date) -> bool:
        """Return whether the plan trains on a day."""
        return DAYS[day.weekday()] in self.days

    def entry(self, name: str) -> Entry | None:
        """Return the entry of an exercise; None if the plan has none."""
        return next((entry for entry in self.entries if entry.name == name), None)
