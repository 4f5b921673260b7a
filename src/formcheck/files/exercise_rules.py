"""Checks that the rules of an exercise from a file hold together, as those of the package do."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from formcheck.core.exercise.exercise import Cycle, Exercise
from formcheck.core.exercise.rules import Cue, Fault
from formcheck.core.measures import Measure, Scope
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.files.checked_fields import FieldError

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What a slug and the code of a fault look like: `lean-back`."""
UNITS_OF_CUES = {"hold_s": "s", "lowering_s": "s", "peak_deg": "deg"}


def check_rules(exercise: Exercise, known: Collection[str]) -> None:
    """Raises a `FieldError` for the first rule of an exercise that can't be meant so.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    known : collection of str
        The slugs that `harder` may name.
    """
    _check_texts(exercise)
    _check_cycle(exercise.cycle)
    _check_views(exercise)
    _check_sides(exercise)
    for index, fault in enumerate(exercise.faults):
        _check_fault(fault, f"faults[{index}]")
    for index, cue in enumerate(exercise.cues):
        _check_cue(cue, f"cues[{index}]")
    _check_mandatory(exercise)
    for index, posture in enumerate(exercise.posture):
        if not posture.low < posture.high:
            _refuse(f"posture[{index}].low", f"must be less than 'high' ({posture.high:g})")
    dose = exercise.dose
    if not 1 <= dose.reps_low <= dose.reps_high or dose.sets < 1:
        _refuse(
            "dose.reps_low", "must be at least 1 and at most 'reps_high', with 'sets' at least 1"
        )
    if exercise.changes:
        _refuse("changes", "is not for files: sessions name there what was changed for one person")
    if exercise.harder and exercise.harder not in known:
        _refuse("harder", f"names no exercise: {exercise.harder!r}; leave it out if there is none")


def _refuse(key: str, why: str) -> None:
    raise FieldError(f"'{key}' {why}.", key)


def _check_texts(exercise: Exercise) -> None:
    for name in ("title", "purpose", "start_prompt"):
        if not getattr(exercise, name).strip():
            _refuse(name, "is empty: it is shown and said to people")
    for name in ("how_to", "camera"):
        if not getattr(exercise, name):
            _refuse(name, "is empty: write at least one sentence")


def _check_cycle(cycle: Cycle) -> None:
    order = ("back", "start", "top", "aim")
    for low, high in pairwise(order):
        below, above = getattr(cycle, low), getattr(cycle, high)
        if not (below < above or (high == "aim" and below == above)):
            more = "at least" if high == "aim" else "more than"
            _refuse(f"cycle.{high}", f"is {above:g}; it must be {more} '{low}' ({below:g})")
    for name in ("partial_from", "hold_at"):
        value = getattr(cycle, name)
        if value > cycle.top or (name == "partial_from" and value == cycle.top):
            _refuse(f"cycle.{name}", f"is {value:g}; it must be less than 'top' ({cycle.top:g})")
    least, most = cycle.measure.plausible
    if not (cycle.from_neutral or least <= cycle.aim <= most):
        _refuse("cycle.aim", f"is {cycle.aim:g}; no body reaches it: {least:g} to {most:g} can be")


def _check_views(exercise: Exercise) -> None:
    for view in exercise.views:
        if view in (View.UNKNOWN, View.OBLIQUE):
            _refuse("views", "may hold side and front; 'oblique_to_deg' allows oblique views")
        if view not in exercise.cycle.measure.views:
            shown = ", ".join(sorted(each.value for each in exercise.cycle.measure.views))
            _refuse(
                "views",
                f"has {view.value}, from where '{exercise.cycle.measure.name}' does not show"
                f" (it shows from {shown})",
            )
    if not 0.0 <= exercise.oblique_to_deg <= 60.0:
        _refuse("oblique_to_deg", "must be 0 to 60")


def _check_sides(exercise: Exercise) -> None:
    legs, measure = set(exercise.moving), exercise.cycle.measure
    if legs not in ({Side.LEFT, Side.RIGHT}, {Side.BOTH}):
        _refuse("moving", 'must be ["left", "right"] (each leg by itself) or ["both"] (together)')
    if legs == {Side.BOTH} and measure.scope is Scope.LEG:
        _refuse("moving", f"is both, but '{measure.name}' is measured of each leg")


def _check_fault(fault: Fault, where: str) -> None:
    _check_code(fault.code, where)
    if fault.limit.value == 0.0:
        _refuse(f"{where}.limit.value", "is 0; write how large a change from the neutral may get")
    if not fault.limit.source.strip():
        _refuse(f"{where}.limit.source", "is empty: say where the limit comes from, or 'my own'")
    if not 0.05 <= fault.lasting_s <= 5.0:
        _refuse(f"{where}.lasting_s", f"is {fault.lasting_s:g}; allowed is 0.05 to 5 seconds")
    if not (fault.name.strip() and fault.say.strip()):
        _refuse(f"{where}.say", "and 'name' are told to people: neither may be empty")


def _check_code(code: str, where: str) -> None:
    if not CODE.fullmatch(code):
        _refuse(f"{where}.code", f"is {code!r}; allowed are small letters, digits and hyphens")


def _check_cue(cue: Cue, where: str) -> None:
    _check_code(cue.code, where)
    unit = UNITS_OF_CUES[cue.quantity.value]
    if cue.unit != unit:
        _refuse(f"{where}.unit", f"is {cue.unit!r}; '{cue.quantity.value}' is in {unit!r}")


def _check_mandatory(exercise: Exercise) -> None:
    codes = {fault.code for fault in exercise.faults}
    for view, named in exercise.mandatory.items():
        unknown = [code for code in named if code not in codes]
        if unknown:
            _refuse(f"mandatory.{view.value}", f"names '{unknown[0]}', which is no fault of it")
    for view in exercise.views:
        shown = {fault.code for fault in exercise.faults if _shows(fault.measure, view, fault)}
        needed = exercise.must_check(view)
        if not needed:
            _refuse(
                "mandatory",
                f"leaves nothing to check in a {view.value} view: then nothing could be called"
                " clean",
            )
        blind = [code for code in needed if code not in shown]
        if blind:
            _refuse(
                f"mandatory.{view.value}" if view in exercise.mandatory else "mandatory",
                f"asks for '{blind[0]}' in a {view.value} view, which does not show it: every"
                " repetition would be unverified",
            )


def _shows(measure: Measure, view: View, fault: Fault) -> bool:
    return view in measure.views and not fault.by_tag
