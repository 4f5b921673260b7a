"""The limits and the range of one person: an exercise changed within what the camera can tell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from formcheck.core.exercise.exercise import REST_MARGIN, Cycle, Exercise
from formcheck.core.exercise.rules import Cue, Fault, Quantity, Requirement
from formcheck.core.measures import FOOT_LIFT
from formcheck.core.pose.view import View
from formcheck.errors import UsageError

LEAST_DEG = 8.0
"""The smallest limit of an angle. Read off a picture it varies by 2.5 degrees from frame to frame:
8 give one false alarm in 200 repetitions, smaller limits soon many."""
MOST_TIMES = 4.0
"""The largest limit, in times of the exercise's own: whoever wants more wants none."""
DIGITS = 4
"""Digits after the point of a changed level or limit: those that files of sessions hold."""
PERCENT = 100.0
"""Lengths are given and shown in per cent of the trunk's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What is different for one person.

    Attributes
    ----------
    range_deg : float | None
        The aim of the movement, in degrees; None for the exercise's own.
    limits : mapping of str to float
        By fault code, the size of its limit in degrees or per cent of the trunk's length, without a
        sign. Of faults with several limits it is the first one; the others change in proportion.
    off : tuple of str
        Codes of faults that are not looked for.
    """

    range_deg: float | None = None
    limits: Mapping[str, float] = field(default_factory=dict)
    off: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return self.range_deg is not None or bool(self.limits) or bool(self.off)

    def over(self, other: Adjustment) -> Adjustment:
        """Returns both adjustments; where they disagree, this one."""
        kept = {code: limit for code, limit in other.limits.items() if code not in self.off}
        return Adjustment(
            range_deg=other.range_deg if self.range_deg is None else self.range_deg,
            limits={**kept, **self.limits},
            off=tuple(dict.fromkeys((*(c for c in other.off if c not in self.limits), *self.off))),
        )


EVERY = ""
"""The key of what is different in every exercise, among adjustments by exercise."""


def for_person(exercise: Exercise, different: Mapping[str, Adjustment]) -> Exercise:
    """Returns an exercise as it is for one person.

    Parameters
    ----------
    exercise : Exercise
        As it is for everybody.
    different : mapping of str to Adjustment
        By exercise, and under `EVERY` for each; the latter wins.

    Raises
    ------
    UsageError
        What is different is beyond what the camera can tell.
    """
    usual = different.get(exercise.slug, Adjustment())
    return adjusted(exercise, different.get(EVERY, Adjustment()).over(usual))


def adjusted(exercise: Exercise, adjustment: Adjustment) -> Exercise:
    """Returns the exercise as it is for one person; its `changes` say in words what differs.

    Raises
    ------
    UsageError
        A code is not of this exercise, a value is beyond what the camera can tell, or nothing would
        be left to check.
    """
    if adjustment.range_deg is not None:
        exercise = _with_range(exercise, adjustment.range_deg)
    for code, size in adjustment.limits.items():
        exercise = _with_limit(exercise, code, size)
    for code in adjustment.off:
        exercise = _without(exercise, code)
    return exercise


def range_bounds(cycle: Cycle) -> tuple[float, float]:
    """Returns the smallest and the largest aim that a camera can tell from rest and from nonsense.

    The full level lies under the aim by the camera's error, and above the level that begins a
    repetition by more than a reading varies.
    """
    error = cycle.aim - cycle.top
    plausible = cycle.measure.plausible[1]
    low = min(cycle.aim, _begins_at(cycle) + REST_MARGIN + error)
    return low, max(cycle.aim, min(plausible - 10.0, 2 * cycle.aim))


def _begins_at(cycle: Cycle) -> float:
    """Returns the level from which on a repetition is none of rest, as an absolute one.

    A cycle that counts from rest has a rest of its own: its partial level lies above that.
    """
    return cycle.partial_from if cycle.rest_from_neutral else cycle.start


def _with_range(exercise: Exercise, range_deg: float) -> Exercise:
    cycle = exercise.cycle
    low, high = range_bounds(cycle)
    if not low <= range_deg <= high:
        raise UsageError(
            f"A range of {range_deg:g} can't be told in '{exercise.slug}': it may be"
            f" {math.ceil(low)} to {math.floor(high)} degrees (usually {cycle.aim:g})."
        )
    shift = range_deg - cycle.aim
    top = cycle.top + shift
    start = _begins_at(cycle)
    share = (cycle.partial_from - start) / (cycle.top - start)
    changed = replace(
        cycle,
        aim=range_deg,
        top=top,
        hold_at=max(start, cycle.hold_at + shift),
        partial_from=round(start + share * (top - start), DIGITS),
        requirements=tuple(_less_foot_lift(r, cycle.top, top) for r in cycle.requirements),
    )
    return replace(
        exercise,
        cycle=changed,
        cues=tuple(_lower(cue, shift) for cue in exercise.cues),
        changes=(*exercise.changes, f"range {range_deg:g}° (usually {cycle.aim:g}°)"),
    )


def _less_foot_lift(requirement: Requirement, usual_deg: float, top_deg: float) -> Requirement:
    """Returns a requirement on the height of the lifted foot as a lower lift meets it.

    The foot hangs from the knee, so both rise by the thigh's length times one less the cosine of
    its angle.
    """
    if requirement.measure is not FOOT_LIFT or top_deg >= usual_deg:
        return requirement
    rise, usual = (1.0 - math.cos(math.radians(deg)) for deg in (top_deg, usual_deg))
    return replace(requirement, at_least=round(requirement.at_least * rise / usual, DIGITS))


def _lower(cue: Cue, shift: float) -> Cue:
    """Returns a cue on the peak moved along with the aim; any other cue as it is."""
    of_peak = cue.quantity is Quantity.PEAK_DEG
    return replace(cue, at_least=cue.at_least + shift) if of_peak else cue


def shown_size(fault: Fault) -> float:
    """Returns the size of a fault's limit in degrees or in per cent of the trunk's length."""
    return abs(fault.limit.value) * (PERCENT if fault.measure.unit == "trunk" else 1.0)


def size_text(fault: Fault, size: float) -> str:
    """Returns a size with its unit."""
    return f"{size:g} % of trunk length" if fault.measure.unit == "trunk" else f"{size:g}°"


def limit_bounds(fault: Fault) -> tuple[float, float]:
    """Returns the smallest and the largest size of a fault's limit; units as for `shown_size`."""
    own = shown_size(fault)
    least = own if fault.measure.unit == "trunk" else min(own, LEAST_DEG)
    return least, MOST_TIMES * own


def _with_limit(exercise: Exercise, code: str, size: float) -> Exercise:
    first = _of_code(exercise, code)[0]
    low, high = limit_bounds(first)
    size = abs(size)
    if not low <= size <= high:
        raise UsageError(
            f"A limit of {size_text(first, size)} for '{code}' is beyond what the camera can tell:"
            f" it may be {low:g} to {high:g} (usually {shown_size(first):g}); --off {code} does not"
            " look for it."
        )
    times = size / shown_size(first)
    twins = _stand_ins(exercise, code)
    faults = tuple(
        _scaled(fault, times) if fault.code == code or fault in twins else fault
        for fault in exercise.faults
    )
    said = f"{code} {size_text(first, size)} (usually {shown_size(first):g})"
    return replace(exercise, faults=faults, changes=(*exercise.changes, said))


def _of_code(exercise: Exercise, code: str) -> list[Fault]:
    found = [fault for fault in exercise.faults if fault.code == code]
    if not found:
        known = ", ".join(dict.fromkeys(f.code for f in exercise.faults))
        raise UsageError(f"'{exercise.slug}' has no fault '{code}': it has {known}.")
    return found


def _stand_ins(exercise: Exercise, code: str) -> list[Fault]:
    """Returns the faults of other views that stand for this one, with the same limit."""
    own = [fault for fault in exercise.faults if fault.code == code and fault.stand_in]
    return [
        other
        for other in exercise.faults
        for fault in own
        if other.code == fault.stand_in
        and other.limit.value == fault.limit.value
        and other.limit.either == fault.limit.either
    ]


def _scaled(fault: Fault, times: float) -> Fault:
    value = round(fault.limit.value * times, DIGITS)
    return replace(fault, limit=replace(fault.limit, value=value))


def _without(exercise: Exercise, code: str) -> Exercise:
    gone = [*_of_code(exercise, code), *_stand_ins(exercise, code)]
    faults = tuple(fault for fault in exercise.faults if fault not in gone)
    left = {fault.code for fault in faults}
    mandatory = {}
    for view, codes in exercise.mandatory.items():
        shown = [f.code for f in faults if view in f.measure.views and not f.by_tag]
        kept = tuple(c for c in codes if c in left) or tuple(dict.fromkeys(shown))
        if kept:
            mandatory[view] = kept
    views = frozenset(view for view in exercise.views if view in mandatory)
    if not views:
        raise UsageError(
            f"'{code}' can't be off in '{exercise.slug}': nothing would be left to check, and then"
            " nothing may be called clean."
        )
    oblique = View.OBLIQUE in mandatory or View.OBLIQUE not in exercise.mandatory
    return replace(
        exercise,
        faults=faults,
        mandatory=mandatory,
        views=views,
        oblique_to_deg=exercise.oblique_to_deg if oblique else 0.0,
        changes=(*exercise.changes, f"{code} off"),
    )
