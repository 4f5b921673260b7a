"""Alternating leg raises: straight legs in turn, judged as they descend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.pose.pose import Pose
from tests.exercises.judged import LEFT_VIEW, RIGHT_VIEW, codes, set_of, verdicts, with_gap
from tests.stickman import Lift, Stance

SLUG = "alternating-leg-raises"
LYING = Stance(pitch=-90.0)
RAISE = Lift(base=LYING, peak=76.0, knee=0.0, rise_s=1.2, hold_s=0.3, lower_s=2.0)
SET = [replace(RAISE, side=side) for side in ("left", "right", "left")]


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_legs_in_turn_are_clean_and_counted_each(yaw_deg: float) -> None:
    session = set_of(SLUG, SET, yaw_deg)
    assert verdicts(session) == ["clean"] * 3
    assert {s.value: c.clean for s, c in session.by_side.items()} == {"left": 2, "right": 1}
    assert session.reps[0].peak_deg == pytest.approx(76.0, abs=1.5)


def gap_during(start_s: float, end_s: float):  # type: ignore[no-untyped-def]
    def value(pose: Pose) -> float:
        return 0.09 if start_s <= pose.time_s < end_s else 0.02

    return with_gap(value)


def test_an_arch_counts_as_the_leg_descends_and_only_then() -> None:
    # Calm until 2.6, up by 3.8, down from 4.1 to 6.1 s.
    (rep,) = set_of(SLUG, [RAISE], edit=gap_during(4.5, 5.5)).reps
    assert codes(rep) == ["back-arch"]
    (rep,) = set_of(SLUG, [RAISE], edit=gap_during(3.0, 3.6)).reps
    assert rep.verdict.value == "clean"


def test_a_bent_knee_voids() -> None:
    session = set_of(SLUG, [RAISE, replace(RAISE, knee=45.0, peak=100.0)])
    assert verdicts(session) == ["clean", "compensated"]
    assert codes(session.reps[1]) == ["bent-knee"]


def test_half_way_up_is_partial() -> None:
    assert verdicts(set_of(SLUG, [replace(RAISE, peak=52.0)])) == ["partial"]


def test_both_legs_together_are_another_exercise() -> None:
    assert set_of(SLUG, [replace(RAISE, side="both")] * 2).reps == ()


def test_legs_that_rest_up_are_counted_when_they_come_back() -> None:
    # Both up; each in turn goes down and comes back.
    up = Stance(pitch=-90.0, thigh_left=86.0, thigh_right=86.0)
    down = [
        Lift(base=up, side=side, peak=-84.0, knee=0.0, rise_s=1.2, hold_s=0.1, lower_s=1.2)
        for side in ("left", "right") * 3
    ]
    session = set_of(SLUG, down)
    # The way back up begins a repetition, the next way down completes it: the last of each leg
    # still is up at the end.
    assert len(session.reps) == 4
