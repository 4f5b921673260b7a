"""Hanging leg raises: both legs as one, no swing, no arch at the bottom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.pose.pose import Side
from tests.exercises.judged import LEFT_VIEW, OBLIQUE, RIGHT_VIEW, codes, judged, set_of, verdicts
from tests.stickman import Lift, Stance, clip

SLUG = "hanging-leg-raises"
HANGING = Stance(arm=180.0)
RAISE = Lift(side="both", base=HANGING, peak=108.0, hold_s=0.4, rest_s=1.2)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("knee", [0.0, 100.0])
def test_bent_or_straight_a_good_raise_is_clean(knee: float, yaw_deg: float) -> None:
    session = set_of(SLUG, [replace(RAISE, knee=knee)] * 2, yaw_deg)
    assert verdicts(session) == ["clean"] * 2
    assert {rep.side for rep in session.reps} == {Side.BOTH}
    assert session.reps[0].peak_deg == pytest.approx(108.0, abs=1.5)


def test_swinging_under_the_bar_voids() -> None:
    # The whole body tips about its hips: hands go one way, hips the other.
    session = set_of(SLUG, [RAISE, replace(RAISE, at_top=Stance(pitch=-20.0)), RAISE])
    assert verdicts(session) == ["clean", "compensated", "clean"]
    assert codes(session.reps[1]) == ["swing"]


def test_legs_that_swing_behind_the_body_at_the_bottom_void_the_repetition_before() -> None:
    behind = Lift(side="both", base=HANGING, peak=-24.0, rise_s=0.3, hold_s=0.1, lower_s=0.3)
    session = set_of(SLUG, [replace(RAISE, rest_s=0.0), behind, RAISE])
    assert verdicts(session) == ["compensated", "clean"]
    assert codes(session.reps[0]) == ["back-arch"]


def test_the_last_repetition_answers_for_its_arch_as_well() -> None:
    behind = Lift(side="both", base=HANGING, peak=-24.0, rise_s=0.3, hold_s=0.1, lower_s=0.3)
    assert verdicts(set_of(SLUG, [replace(RAISE, rest_s=0.0), behind])) == ["compensated"]


def test_a_low_raise_is_partial_and_one_leg_is_half_of_it() -> None:
    assert verdicts(set_of(SLUG, [replace(RAISE, peak=60.0)])) == ["partial"]
    assert verdicts(set_of(SLUG, [replace(RAISE, side="left", peak=100.0)])) == ["partial"]


def test_reps_of_both_legs_have_one_count() -> None:
    session = set_of(SLUG, [RAISE] * 2, side=Side.LEFT)
    assert list(session.by_side) == [Side.BOTH]
    assert session.by_side[Side.BOTH].clean == 2


@pytest.mark.parametrize(
    ("yaw_deg", "verdict"), [(30.0, "clean"), (OBLIQUE, "clean"), (60.0, "unverified")]
)
def test_raises_are_counted_from_further_round_but_none_is_clean(
    yaw_deg: float, verdict: str
) -> None:
    assert verdicts(set_of(SLUG, [RAISE] * 2, yaw_deg)) == [verdict] * 2


def test_standing_is_not_hanging() -> None:
    session = judged(SLUG, clip([replace(RAISE, base=Stance())]))
    assert session.calibration is None
    assert all(rep.verdict.value == "unverified" for rep in session.reps)
