"""Limits and range of one person: what changes, what is refused, and what figures then get."""

from __future__ import annotations

import pytest

from formcheck.core.exercise.adjustment import (
    EVERY,
    LEAST_DEG,
    MOST_TIMES,
    Adjustment,
    adjusted,
    for_person,
    limit_bounds,
    range_bounds,
    shown_size,
)
from formcheck.core.exercise.exercise import timed_hold
from formcheck.core.pose.view import View
from formcheck.errors import UsageError
from formcheck.exercises import built_in, get_exercise
from tests.exercises.judged import judged, verdicts
from tests.stickman import Lift, Stance, clip

STANDING = get_exercise("standing-hip-flexion")
each = pytest.mark.parametrize("slug", built_in())


def limits_of(exercise: object, code: str) -> list[float]:
    return [f.limit.value for f in exercise.faults if f.code == code]  # type: ignore[attr-defined]


def test_nothing_different_changes_nothing() -> None:
    assert not Adjustment()
    assert adjusted(STANDING, Adjustment()) == STANDING


@pytest.mark.parametrize(
    ("different", "lifts", "expected"),
    [
        (Adjustment(), [Lift(peak=62.0)], ["partial"]),
        (Adjustment(range_deg=60.0), [Lift(peak=62.0)], ["clean"]),
        (Adjustment(range_deg=60.0), [Lift(peak=42.0)], ["partial"]),
        (Adjustment(range_deg=100.0), [Lift(peak=85.0)], ["partial"]),
        (Adjustment(), [Lift(at_top=Stance(lean=-13.0))], ["compensated"]),
        (Adjustment(limits={"lean-back": 20.0}), [Lift(at_top=Stance(lean=-13.0))], ["clean"]),
        (Adjustment(off=("lean-back",)), [Lift(at_top=Stance(lean=-13.0))], ["clean"]),
        (Adjustment(limits={"lean-back": 8.0}), [Lift(at_top=Stance(lean=-9.5))], ["compensated"]),
    ],
)
def test_verdicts_follow(different: Adjustment, lifts: list[Lift], expected: list[str]) -> None:
    session = judged(adjusted(STANDING, different), clip(lifts))
    assert verdicts(session) == expected
    assert session.rules is not None and bool(session.rules.changes) == bool(different)


def test_the_stand_in_of_an_oblique_view_changes_along() -> None:
    wider = adjusted(STANDING, Adjustment(limits={"lean-back": 15.0}))
    assert limits_of(wider, "lean-back") == [-15.0]
    assert sorted(limits_of(wider, "leaning")) == [-15.0, 10.0, 15.0]
    off = adjusted(STANDING, Adjustment(off=("lean-back",)))
    assert sorted(limits_of(off, "leaning")) == [10.0, 15.0]


@pytest.mark.parametrize(
    ("slug", "different", "words"),
    [
        (STANDING.slug, Adjustment(range_deg=30.0), "A range of 30 can't be told"),
        (STANDING.slug, Adjustment(range_deg=170.0), "41 to 145"),
        (STANDING.slug, Adjustment(limits={"lean-back": 3.0}), "it may be 8 to 40 (usually 10)"),
        (STANDING.slug, Adjustment(limits={"lean-back": 90.0}), "--off lean-back"),
        (STANDING.slug, Adjustment(limits={"nonsense": 9.0}), "has no fault 'nonsense': it has"),
        (STANDING.slug, Adjustment(off=("nonsense",)), "has no fault 'nonsense'"),
        ("supine-marching", Adjustment(limits={"back-arch": 1.0}), "1 % of trunk length"),
        (
            "hanging-leg-raises",
            Adjustment(off=("swing", "back-arch")),
            "nothing would be left to check",
        ),
    ],
)
def test_what_the_camera_can_t_tell_is_refused(
    slug: str, different: Adjustment, words: str
) -> None:
    with pytest.raises(UsageError) as refused:
        adjusted(get_exercise(slug), different)
    assert words in str(refused.value)


@each
def test_bounds_hold_the_exercise_s_own_values(slug: str) -> None:
    exercise = get_exercise(slug)
    low, high = range_bounds(exercise.cycle)
    assert low <= exercise.cycle.aim <= high
    for fault in exercise.faults:
        least, most = limit_bounds(fault)
        assert least <= shown_size(fault) <= most == MOST_TIMES * shown_size(fault)
        assert fault.measure.unit != "deg" or least <= LEAST_DEG


@each
def test_the_smallest_range_keeps_the_levels_in_order(slug: str) -> None:
    exercise = get_exercise(slug)
    low, high = range_bounds(exercise.cycle)
    for aim in (low, high):
        cycle = adjusted(exercise, Adjustment(range_deg=aim)).cycle
        assert cycle.back < cycle.start < cycle.top <= cycle.aim == aim
        assert cycle.start <= cycle.partial_from < cycle.top and cycle.hold_at <= cycle.top


@pytest.mark.parametrize("aim", (41, 55, 70))
def test_an_honest_lift_to_any_range_counts_in_standing(aim: int) -> None:
    own = adjusted(STANDING, Adjustment(range_deg=float(aim)))
    assert verdicts(judged(own, clip([Lift(peak=float(aim))] * 2))) == ["clean", "clean"]
    squat = Lift(peak=float(aim), plants_foot=True)
    assert judged(own, clip([squat] * 2)).reps == ()


@each
def test_a_view_without_any_check_is_no_view_any_more(slug: str) -> None:
    exercise = get_exercise(slug)
    for code in {f.code for f in exercise.faults if not f.by_tag}:
        own = adjusted(exercise, Adjustment(off=(code,)))
        assert code not in {f.code for f in own.faults}
        assert own.views and all(own.must_check(view) for view in own.views)
        assert all(code not in named for named in own.mandatory.values())
    front = adjusted(STANDING, Adjustment(off=("lateral-lean",)))
    assert front.views == {View.SIDE}


def test_the_command_line_goes_before_the_plan_before_the_client() -> None:
    client = Adjustment(range_deg=70.0, limits={"lean-back": 12.0}, off=("support-knee-bent",))
    plan = Adjustment(limits={"lean-back": 14.0, "support-knee-bent": 30.0})
    both = plan.over(client)
    assert both == Adjustment(range_deg=70.0, limits=plan.limits)
    different = {STANDING.slug: both, EVERY: Adjustment(off=("lean-back",))}
    own = for_person(STANDING, different)
    assert own.changes == (
        "range 70° (usually 90°)", "support-knee-bent 30° (usually 20)", "lean-back off",
    )  # fmt: skip


def test_holds_and_limits_go_together() -> None:
    held = timed_hold(adjusted(STANDING, Adjustment(range_deg=60.0)), 5.0)
    assert held.changes and held.cycle.hold_target_s == 5.0
