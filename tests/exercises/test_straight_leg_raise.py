"""Straight leg raise: a few inches, judged against the leg's own place on the floor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exercises.judged import LEFT_VIEW, RIGHT_VIEW, codes, set_of, three, verdicts, with_gap
from tests.stickman import Lift, Stance

SLUG = "straight-leg-raise"
LYING = Stance(pitch=-90.0, thigh_right=50.0, knee_right=100.0)
RAISE = Lift(base=LYING, peak=16.0, knee=0.0, rise_s=0.8, hold_s=0.5, lower_s=2.0)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_a_few_inches_are_clean(yaw_deg: float) -> None:
    session = set_of(SLUG, [RAISE] * 3, yaw_deg)
    assert verdicts(session) == ["clean"] * 3
    assert session.reps[0].peak_deg == pytest.approx(16.0, abs=1.0)


@pytest.mark.parametrize(
    ("lift", "code"),
    [
        (replace(RAISE, peak=52.0), "too-high"),
        (replace(RAISE, peak=35.0, knee=38.0), "bent-knee"),
        (replace(RAISE, at_top=Stance(hips_up=0.05)), "pelvis-lift"),
    ],
)
def test_each_fault_voids_the_raise_that_has_it(lift: Lift, code: str) -> None:
    session = set_of(SLUG, [RAISE, lift, RAISE])
    assert verdicts(session) == ["clean", "compensated", "clean"]
    assert codes(session.reps[1]) == [code]


def test_an_arched_back_voids() -> None:
    arched = with_gap(lambda p: 0.02 if p.time_s < 2.8 else 0.09)
    (rep,) = set_of(SLUG, [RAISE], edit=arched).reps
    assert codes(rep) == ["back-arch"]


def test_a_raise_of_six_degrees_is_partial() -> None:
    assert verdicts(set_of(SLUG, [replace(RAISE, peak=6.5)])) == ["partial"]


@pytest.mark.parametrize(
    "other",
    [
        replace(RAISE, side="both", base=Stance(pitch=-90.0)),
        # The bent leg drawn up: its foot rises too.
        replace(RAISE, side="right", peak=40.0, knee=-10.0),
    ],
)
def test_both_legs_or_the_bent_one_is_another_exercise(other: Lift) -> None:
    assert set_of(SLUG, [other] * 2).reps == ()


def test_breathing_and_a_leg_that_stays_down_count_nothing() -> None:
    assert set_of(SLUG, three(replace(RAISE, peak=2.0), Stance(hips_up=0.005))).reps == ()
