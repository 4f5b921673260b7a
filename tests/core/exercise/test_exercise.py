"""What an exercise works out for itself: levels, measures, sides, checks, timed holds."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.exercise.exercise import Cycle, Exercise, Quantity, timed_hold
from formcheck.core.measures import HIP_FLEXION
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise, slugs

STANDING = get_exercise("standing-hip-flexion")
HANGING = get_exercise("hanging-leg-raises")
LEFT, RIGHT, BOTH = Side


@pytest.mark.parametrize(
    ("from_neutral", "neutral", "levels"),
    [
        (False, 0.0, (12.0, 80.0, 8.0)),
        (False, math.nan, (12.0, 80.0, 8.0)),
        # A leg that rests above the level takes it along.
        (False, 40.0, (50.0, 80.0, 46.0)),
        (True, 40.0, (52.0, 80.0, 48.0)),
        # Rest may not begin at the top, nor be unknown.
        (True, 75.0, (74.0, 80.0, 70.0)),
        (True, math.nan, (55.0, 80.0, 51.0)),
    ],
)
def test_levels_at_a_neutral(from_neutral: bool, neutral: float, levels: tuple[float, ...]) -> None:
    cycle = Cycle(
        measure=HIP_FLEXION, start=12.0, top=80.0, back=8.0, aim=90.0, partial_from=55.0,
        hold_at=75.0, rest_from_neutral=from_neutral,
    ).at(neutral)  # fmt: skip
    assert (cycle.start, cycle.top, cycle.back) == levels


@pytest.mark.parametrize(
    ("exercise", "asked", "counted"),
    [
        (STANDING, None, (LEFT, RIGHT)),
        (STANDING, RIGHT, (RIGHT,)),
        (STANDING, BOTH, (LEFT, RIGHT)),
        (HANGING, None, (BOTH,)),
        (HANGING, LEFT, (BOTH,)),
    ],
)
def test_what_is_counted(exercise: Exercise, asked: Side | None, counted: tuple[Side, ...]) -> None:
    assert exercise.sides(asked) == counted


@pytest.mark.parametrize(
    ("view", "codes"),
    [
        (View.SIDE, ("lean-back",)),
        (View.FRONT, ("lateral-lean",)),
        (View.OBLIQUE, ("lean-back", "lateral-lean")),
        (View.UNKNOWN, ("lean-back", "lateral-lean")),
    ],
)
def test_what_must_be_checked_from_a_view(view: View, codes: tuple[str, ...]) -> None:
    shown = replace(STANDING, mandatory={View.SIDE: ("lean-back",), View.FRONT: ("lateral-lean",)})
    assert shown.must_check(view) == codes


@pytest.mark.parametrize("slug", slugs())
def test_every_measure_that_a_rule_needs_is_measured_once(slug: str) -> None:
    exercise = get_exercise(slug)
    names = [measure.name for measure in exercise.measures]
    needed = {
        exercise.cycle.measure.name,
        *(requirement.measure.name for requirement in exercise.cycle.requirements),
        *(fault.measure.name for fault in exercise.faults),
    }
    assert needed <= set(names) and len(names) == len(set(names))
    assert exercise.counted_by[0] is exercise.cycle.measure
    assert {m.name for m in exercise.counted_by} <= set(names)


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("standing-hip-flexion", "Stand so that"),
        ("supine-marching", "Lie so that"),
        ("mountain-climbers", "Take your place so that"),
        ("hanging-leg-raises", "Hang so that"),
    ],
)
def test_how_to_step_into_the_picture(slug: str, says: str) -> None:
    assert get_exercise(slug).step_in.startswith(says)


def test_a_timed_hold_asks_for_time_instead_of_cues_on_it() -> None:
    held = timed_hold(STANDING, 20.0)
    assert (held.cycle.hold_target_s, held.dose.hold_s) == (20.0, 20.0)
    assert {cue.quantity for cue in held.cues} == {Quantity.PEAK_DEG}
    assert replace(held.cycle, hold_target_s=0.0) == STANDING.cycle
    assert STANDING.cycle.hold_target_s == 0.0
