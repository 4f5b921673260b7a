"""The training plan: which exercises, in which order, how much of each, on which days.

An exercise's steps are a ladder, easiest first: repetitions, a further set, holds, resistance.
Every entry stands on its exercise's ladder, on a step or between two steps; up and down mean the
nearest step. Above the last step comes a harder exercise. Two plans come with formcheck, as
commented files that users may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from formcheck.core.exercise.adjustment import Adjustment, adjusted
from formcheck.core.exercise.exercise import Dose, Exercise, timed_hold
from formcheck.core.measures.filtering import FAST
from formcheck.errors import UnknownExercise
from formcheck.exercises import get_exercise

HOLDS_S = (5.0, 8.0, 10.0)
"""From the source article: holds of 5 to 10 seconds."""
HOLD_REPS = 6
FURTHER_SETS = 1
REP_STEPS = 3
"""Number of steps in which the repetitions grow from the dose's lower to its upper end."""


class Rung(NamedTuple):
    """One step of a ladder. Rungs compare as tuples: load first, repetitions last.

    Attributes
    ----------
    load : int
        Index into the plan's list of loads, lightest first.
    hold_s : float
        Length of timed holds; 0 where repetitions are counted.
    sets : int
        Number of sets.
    reps : int
        Clean repetitions, or holds, in each set, of each leg where legs are counted apart.
    """

    load: int
    hold_s: float
    sets: int
    reps: int


def ladder(exercise: Exercise, loads: Sequence[str]) -> tuple[Rung, ...]:
    """Returns all steps of an exercise with these loads, easiest first."""
    dose = exercise.dose
    # A fast exercise has no hold at the top.
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
    """Returns the nearest harder step; None at the top."""
    return next((rung for rung in rungs if rung > here), None)


def below(rungs: Sequence[Rung], here: Rung) -> Rung | None:
    """Returns the nearest easier step; None at the bottom."""
    return next((rung for rung in reversed(rungs) if rung < here), None)


def _reps(dose: Dose) -> list[int]:
    step = -(-(dose.reps_high - dose.reps_low) // REP_STEPS)
    return [*range(dose.reps_low, dose.reps_high, max(1, step)), dose.reps_high]


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_LOAD = "no load"


def day_names(days: Sequence[str]) -> str:
    """Returns days of the week in words: `Monday and Thursday`."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    said = [names[DAYS.index(day)] for day in days]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One exercise of the plan.

    Attributes
    ----------
    name : str
        Slug.
    sets, reps : int
        Number of sets, and of clean repetitions (or holds) in a set, for each leg where legs count
        apart.
    hold_s : float
        Length of timed holds; 0 where repetitions are counted.
    rest_s : float
        Rest between sets.
    loads : tuple of str
        The available bands or weights, lightest first.
    load : tuple of str
        The load of each set.
    adjustment : Adjustment
        What is different in the exercise for this person.
    """

    name: str
    sets: int
    reps: int
    hold_s: float = 0.0
    rest_s: float = 60.0
    loads: tuple[str, ...] = (NO_LOAD,)
    load: tuple[str, ...] = ()
    adjustment: Adjustment = field(default_factory=Adjustment)

    def __post_init__(self) -> None:
        """Gives every set a load: the last named load holds for the later sets."""
        given = self.load or self.loads[:1]
        spread = (*given, *given[-1:] * self.sets)[: self.sets]
        object.__setattr__(self, "load", spread)

    @property
    def exercise(self) -> Exercise:
        """The exercise as the plan changes it, as timed holds where it has holds."""
        exercise = adjusted(get_exercise(self.name), self.adjustment)
        return timed_hold(exercise, self.hold_s) if self.hold_s else exercise

    @property
    def rung(self) -> Rung:
        """The entry's place on the ladder; of several loads the heaviest counts."""
        load = max(self.loads.index(each) for each in self.load)
        return Rung(load, self.hold_s, self.sets, self.reps)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The steps of the exercise with the available loads."""
        return ladder(get_exercise(self.name), self.loads)

    def same_step(self, other: Entry) -> bool:
        """Returns whether another entry asks for the same dose, whatever rest and spare loads."""
        mine = (self.name, self.sets, self.reps, self.hold_s, self.load)
        return mine == (other.name, other.sets, other.reps, other.hold_s, other.load)

    def at(self, rung: Rung) -> Entry:
        """Returns the entry moved to another step."""
        return replace(
            self,
            sets=rung.sets,
            reps=rung.reps,
            hold_s=rung.hold_s,
            load=(self.loads[rung.load],),
        )

    @property
    def _legs_apart(self) -> bool:
        """Whether each leg has a count of its own; False where the exercise is gone."""
        try:
            return len(get_exercise(self.name).moving) > 1
        except UnknownExercise:
            return False

    @property
    def text(self) -> str:
        """The dose in words: `3 sets of 8 a side, light band`."""
        each = " a side" if self._legs_apart else ""
        what = f"{self.reps} holds of {self.hold_s:g} s" if self.hold_s else f"{self.reps}"
        loads = tuple(dict.fromkeys(self.load))
        with_what = "" if loads == (NO_LOAD,) else f", {', then '.join(loads)}"
        plural = "" if self.sets == 1 else "s"
        return f"{self.sets} set{plural} of {what}{each}{with_what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The training plan: what is trained, and when.

    Attributes
    ----------
    level : str
        The built-in level of the plan, or a name of the user's own.
    days : tuple of str
        Days of the week, from `DAYS`.
    between_s : float
        Rest between two exercises: time to move the camera.
    entries : tuple of Entry
        In the order of training.
    """

    level: str
    days: tuple[str, ...]
    between_s: float
    entries: tuple[Entry, ...]

    def is_due(self, day: date) -> bool:
        """Returns whether the plan trains on a day."""
        return DAYS[day.weekday()] in self.days

    def entry(self, name: str) -> Entry | None:
        """Returns the entry of an exercise; None if the plan has no such entry."""
        return next((entry for entry in self.entries if entry.name == name), None)


BAND = ("light band", "medium band", "strong band")
WEIGHT = ("0.5 kg at the ankle", "1 kg at the ankle", "2 kg at the ankle")

LOADS: dict[str, tuple[str, ...]] = {
    "supine-marching": (NO_LOAD, *BAND),
    "straight-leg-raise": (NO_LOAD, *WEIGHT),
    "alternating-leg-raises": (NO_LOAD, *WEIGHT),
    "standing-hip-flexion": (NO_LOAD, *BAND),
    "front-support-hip-flexion": BAND,
    "hanging-leg-raises": (NO_LOAD, *WEIGHT),
}
"""The loads of each exercise, lightest first; house defaults that users may change."""

_HEAD = """\
# A training plan of formcheck. `formcheck routine` takes you through it; `formcheck routine show`
# prints it. Change whatever you like: what you write here wins over every proposal.
#
# Stop at sharp pain in the back or groin. With existing back or hip trouble, see a physiotherapist
# first.

# foundational, advanced, or any name of your own.
level = "{level}"

# The days you train: two or three a week, with a day of rest between them.
# Allowed: mon, tue, wed, thu, fri, sat, sun.
days = [{days}]

# Seconds between two exercises: time to move the camera and take your place (0 to 900).
between_s = 90

# The exercises, in the order of training. `formcheck exercises` lists all there are. In each:
#   sets    how many (1 to 20)
#   reps    clean repetitions in each set, of each leg where legs are counted apart (1 to 200)
#   hold_s  if present, every repetition is held at the top for so many seconds (1 to 300)
#   rest_s  seconds between sets (0 to 900)
#   loads   the bands or weights you have, lightest first
#   load    the one in use; or a list with one for each set: ["light band", "light band", "no load"]
#   range_deg, limits, off   what is different for you: another range in degrees, other limits of
#           faults, faults not looked for:
#           limits = {{ lean-back = 15 }}, off = ["support-knee-bent"]
"""

_DAYS = {"foundational": ("mon", "wed", "fri"), "advanced": ("mon", "thu", "sat")}


def level_entries(level: str) -> tuple[Entry, ...]:
    """Returns the exercises of a built-in level, at their first steps."""
    if level == "foundational":
        slugs = ("supine-marching", "straight-leg-raise", "alternating-leg-raises")
        return (*(first_entry(slug) for slug in slugs), first_entry("standing-hip-flexion"))
    held = first_entry("standing-hip-flexion")
    return (
        first_entry("hanging-leg-raises"),
        first_entry("front-support-hip-flexion"),
        Entry(
            name=held.name,
            sets=held.sets,
            reps=HOLD_REPS,
            hold_s=8.0,
            rest_s=held.rest_s,
            loads=held.loads,
            load=("light band",),
        ),
        first_entry("mountain-climbers"),
        first_entry("high-knee-runs"),
    )


LEVELS = tuple(_DAYS)


def first_entry(name: str) -> Entry:
    """Returns the first entry of an exercise: the lower end of its dose, the lightest load."""
    dose = get_exercise(name).dose
    loads = LOADS.get(name, (NO_LOAD,))
    return Entry(name=name, sets=dose.sets, reps=dose.reps_low, rest_s=60.0, loads=loads)


def level_text(level: str) -> str:
    """Returns a built-in level as a commented TOML file."""
    days = ", ".join(f'"{day}"' for day in DAYS if day in _DAYS[level])
    parts = [_HEAD.format(level=level, days=days)]
    parts += [_entry_text(entry) for entry in level_entries(level)]
    return "\n".join(parts)


def _entry_text(entry: Entry) -> str:
    exercise = get_exercise(entry.name)
    camera = exercise.camera[0]
    lines = [
        f"# {exercise.title}. Camera: {camera[0].lower()}{camera[1:]}",
        "[[exercise]]",
        f'name = "{entry.name}"',
        f"sets = {entry.sets}",
        f"reps = {entry.reps}",
    ]
    lines += [f"hold_s = {entry.hold_s:g}"] if entry.hold_s else []
    lines.append(f"rest_s = {entry.rest_s:g}")
    if entry.loads != (NO_LOAD,):
        loads = ", ".join(f'"{load}"' for load in entry.loads)
        lines += [f"loads = [{loads}]", f'load = "{entry.load[0]}"']
    return "\n".join(lines) + "\n"
