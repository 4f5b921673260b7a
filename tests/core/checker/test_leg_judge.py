"""The judge of one leg: attempts become repetitions, and late faults reach them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.checker.leg_judge import LegJudge
from formcheck.core.checker.session import Rep
from formcheck.core.exercise.exercise import Exercise, Phase
from formcheck.core.pose.pose import Side
from tests.core.checker.made import EXERCISE, course, finding, neutral, observed, rep

THIGH, FOOT, LEAN = "thigh_elevation_left_deg", "foot_lift_left_trunk", "torso_lean_deg"
UP = (0.0, 0.0, 92.0, 92.0, 92.0, 0.0, 0.0)


def judge(exercise: Exercise = EXERCISE, *, strict: bool = False) -> LegJudge:
    return LegJudge(exercise, Side.LEFT, neutral(), strict=strict)


def run(leg: LegJudge, *heights: float, lean: float = 0.0, foot: float = 0.8) -> list[Rep]:
    """Returns the repetitions of a course of heights a second apart."""
    ended = []
    for time_s, height in course(*heights):
        shown = observed(time_s, {THIGH: height, FOOT: foot, LEAN: lean})
        ended.append(leg.update(shown))
    return [one for one in ended if one is not None]


@pytest.mark.parametrize(
    ("heights", "lean", "foot", "verdicts"),
    [
        (UP, 0.0, 0.8, ["clean"]),
        (UP, -18.0, 0.8, ["compensated"]),
        ((0.0, 0.0, 60.0, 60.0, 0.0, 0.0), 0.0, 0.8, ["partial"]),
        ((0.0, 0.0, 40.0, 0.0, 0.0), 0.0, 0.8, []),
        (UP, 0.0, 0.05, []),
        ((0.0, 0.0, 92.0, 92.0), 0.0, 0.8, []),
        (UP + UP, 0.0, 0.8, ["clean", "clean"]),
    ],
)
def test_courses_and_the_repetitions_they_give(
    heights: tuple[float, ...], lean: float, foot: float, verdicts: list[str]
) -> None:
    found = run(judge(), *heights, lean=lean, foot=foot)
    assert [one.verdict.value for one in found] == verdicts
    assert all(one.side is Side.LEFT and one.number == 0 for one in found)


def test_what_is_shown_of_an_attempt_in_progress() -> None:
    leg = judge()
    assert (leg.resting, leg.phase.value, leg.rising_since_s) == (True, "rest", None)
    run(leg, 0.0, 0.0, 92.0, 92.0, lean=-18.0)
    assert (leg.resting, leg.phase.value, leg.reached) == (False, "top", True)
    assert leg.rising_since_s == pytest.approx(1.27, abs=0.05)
    assert leg.hold_s == pytest.approx(1.2, abs=0.1)
    assert leg.value == 92.0
    assert [f.code for f in leg.active] == ["lean-back"]
    assert leg.closest is not None and leg.closest[1].code == "lean-back"


def test_at_rest_no_fault_is_close() -> None:
    leg = judge()
    run(leg, *UP, lean=-18.0)
    assert leg.closest is None


def test_an_unseen_leg_has_no_value() -> None:
    leg = judge()
    leg.update(observed(0.0, {THIGH: math.nan}))
    assert math.isnan(leg.value)


def test_a_leg_that_has_just_come_down_completes_its_repetition() -> None:
    leg = judge()
    assert run(leg, 0.0, 0.0, 92.0, 92.0, 92.0) == []
    assert leg.update(observed(4.05, {THIGH: 0.0, FOOT: 0.0})) is None
    last = leg.finish()
    assert last is not None and last.verdict.value == "clean"
    assert judge().finish() is None


@pytest.mark.parametrize(
    ("elsewhere_s", "verdict"), [(0.0, "clean"), (0.5, "clean"), (3.0, "unverified")]
)
def test_another_view_for_long_leaves_the_attempt_unverified(
    elsewhere_s: float, verdict: str
) -> None:
    """A knee drive turns the shoulders for a moment; that is no other view."""
    leg, found = judge(), []
    for index in range(180):
        time_s = index / 30
        lifted = 1.0 <= time_s < 4.0
        seen = observed(time_s, {THIGH: 92.0 if lifted else 0.0, FOOT: 0.8})
        found.append(leg.update(seen, elsewhere=1.0 <= time_s < 1.0 + elsewhere_s))
    (last,) = [one for one in found if one is not None]
    assert last.verdict.value == verdict


def test_what_is_not_seen_through_elsewhere_is_no_repetition() -> None:
    leg = judge()
    found = [
        leg.update(
            observed(i / 30, {THIGH: 60.0 if 30 <= i < 90 else 0.0, FOOT: 0.8}), elsewhere=True
        )
        for i in range(150)
    ]
    assert [one for one in found if one is not None] == []


def test_what_is_taken_over_joins_the_attempt_or_counts_alone() -> None:
    other = rep(side=Side.RIGHT, start_s=0.2, faults=(finding("lean-back"),))
    joining = judge()
    run(joining, 0.0, 0.0, 92.0, 92.0)
    joining.take_over(other)
    (joined,) = [
        one
        for i in range(30)
        if (one := joining.update(observed(3.1 + i / 30, {THIGH: 0.0, FOOT: 0.8}))) is not None
    ]
    assert joined.start_s == 0.2 and [f.code for f in joined.faults] == ["lean-back"]
    # What this leg seemed to do comes to nothing: the other leg's repetition remains.
    alone = judge()
    run(alone, 0.0, 0.0, 40.0)
    alone.take_over(other)
    found = [alone.update(observed(2.1 + i / 30, {THIGH: 0.0})) for i in range(30)]
    assert [one for one in found if one is not None] == [other]


def test_a_fault_after_the_end_voids_a_repetition_that_lingers() -> None:
    at_rest = tuple(
        replace(fault, phases=frozenset({Phase.REST})) if fault.code == "lean-back" else fault
        for fault in EXERCISE.faults
    )
    lingering = replace(
        EXERCISE, faults=at_rest, cycle=replace(EXERCISE.cycle, linger_s=2.0), mandatory={}
    )
    for lean, verdict in ((0.0, "clean"), (-18.0, "compensated")):
        leg = judge(lingering)
        assert run(leg, *UP) == [], "not before it has lingered"
        found = [leg.update(observed(6.1 + i / 30, {THIGH: 0.0, LEAN: lean})) for i in range(45)]
        (last,) = [one for one in found if one is not None]
        assert last.verdict.value == verdict


def test_strictly_judged_a_cue_voids() -> None:
    short = (0.0, 0.0, 92.0, 0.0, 0.0)
    assert [one.verdict.value for one in run(judge(), *short)] == ["clean"]
    assert [one.verdict.value for one in run(judge(strict=True), *short)] == ["compensated"]
