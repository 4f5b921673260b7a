"""Faults that last: time, noise, gaps."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.checker.faults import FaultWatch, bound_in_force
from formcheck.core.checker.neutral import Calibration, assess
from formcheck.core.exercise.exercise import Fault, Phase
from formcheck.core.pose.pose import Side
from formcheck.exercises import get_exercise
from tests.stickman import Stance, pose

FAULTS = {f.code: f for f in get_exercise("standing-hip-flexion").faults}
LEAN_BACK = FAULTS["lean-back"]


def neutral(sd: float = 0.0, lean: float = 0.0) -> Calibration:
    found = assess(
        [pose(Stance(lean=lean), i / 30) for i in range(60)], get_exercise("standing-hip-flexion")
    )
    assert isinstance(found, Calibration)
    return replace(found, sd=dict.fromkeys(found.sd, sd))


def watch(values: list[float], fault: Fault = LEAN_BACK, sd: float = 0.0) -> FaultWatch:
    watched = FaultWatch(fault, Side.LEFT, neutral(sd))
    for index, value in enumerate(values):
        watched.update(index / 30, Phase.TOP, value)
    return watched


@pytest.mark.parametrize(("frames", "found"), [(1, False), (8, False), (10, True), (30, True)])
def test_a_fault_must_last_three_tenths_of_a_second(frames: int, found: bool) -> None:
    finding = watch([0.0] * 10 + [-15.0] * frames + [0.0] * 10).finding
    assert (finding is not None) == found


def test_the_proof_names_the_worst_moment() -> None:
    finding = watch([0.0] * 5 + [-12.0] * 12 + [-17.5] + [-13.0] * 5).finding
    assert finding is not None
    assert finding.worst == pytest.approx(-17.5, abs=0.1)
    assert finding.limit == -10.0
    assert finding.at_s == pytest.approx(17 / 30)


def test_flicker_of_short_bursts_is_no_fault() -> None:
    assert watch(([-15.0] * 5 + [0.0]) * 10).finding is None


def test_a_frame_or_two_unseen_do_not_break_a_fault() -> None:
    nan = math.nan
    assert watch([-15.0] * 5 + [nan, nan] + [-15.0] * 5).finding is not None
    assert watch([-15.0] * 5 + [nan] * 9 + [-15.0] * 5).finding is None


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ([0.0] * 30, None),
        ([math.nan] * 30, "not seen"),
        ([0.0] * 10 + [math.nan] * 14 + [0.0] * 10, "not seen for 0.5 s"),
        ([0.0, math.nan] * 15, None),
        ([0.0] + ([math.nan] * 9 + [0.0]) * 3, "100 % of the repetition"),
        (([0.0] + [math.nan] * 5) * 5 + [0.0], "seen only 5 times a second"),
    ],
)
def test_what_was_not_seen_cannot_be_vouched_for(values: list[float], part: str | None) -> None:
    reason = watch(values).unchecked
    assert (reason is None) if part is None else (reason is not None and part in reason)


@pytest.mark.parametrize(
    ("short", "values", "found", "doubted"),
    [
        (3.0, [-6.0] * 30, False, False),
        (3.0, [-8.0] * 30, False, True),
        # Near the limit for a shorter time than the fault must last.
        (3.0, [0.0] * 10 + [-8.0] * 6 + [0.0] * 10, False, False),
        # Beyond the limit too shortly, near to it for long enough.
        (3.0, [-8.0] * 6 + [-11.0] * 6, False, True),
        (3.0, [-11.0] * 30, True, True),
        (0.0, [-9.9] * 30, False, False),
    ],
)
def test_a_change_that_lasts_near_a_limit_it_may_read_short_of_is_in_doubt(
    short: float, values: list[float], found: bool, doubted: bool
) -> None:
    watched = watch(values, replace(LEAN_BACK, reads_short=short))
    assert (watched.finding is not None) == found
    reason = "more than 7°, too near to the limit of 10° to tell" if doubted else None
    assert watched.unchecked == reason


@pytest.mark.parametrize(
    ("values", "found", "doubted"),
    [
        # Over before a fault could have lasted: neither clean nor faulty.
        ([-15.0] * 6, False, True),
        ([0.0] * 3 + [-15.0] * 3, False, True),
        ([-9.0] * 6, False, False),
        ([-15.0] * 12, True, False),
        # Long enough to show that it did not last.
        ([-15.0] * 6 + [0.0] * 12, False, False),
    ],
)
def test_a_change_in_too_short_an_attempt_is_in_doubt(
    values: list[float], found: bool, doubted: bool
) -> None:
    watched = watch(values)
    assert (watched.finding is not None) == found
    assert (watched.unchecked is not None) == doubted


@pytest.mark.parametrize(
    ("below", "values", "found", "reason"),
    [
        (1.0, [0.0] * 30, False, "veiled"),
        (-1.0, [0.0] * 30, False, None),
        (1.0, [-15.0] * 30, True, "veiled"),
    ],
)
def test_a_veiled_neutral_vouches_for_nothing_and_still_tells_what_shows(
    below: float, values: list[float], found: bool, reason: str | None
) -> None:
    watched = watch(values, replace(LEAN_BACK, veiled_below=below, veil="veiled"))
    assert (watched.finding is not None) == found
    assert watched.unchecked == reason


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        pytest.param([0.0] * 30, None, id="as at rest"),
        pytest.param([0.0] * 16 + [-3.0] * 14, None, id="half of the time"),
        pytest.param([0.0] * 14 + [-3.0] * 16, "veiled", id="most of the time"),
    ],
)
def test_what_a_lift_mostly_hides_is_not_vouched_for(
    values: list[float], reason: str | None
) -> None:
    watched = watch(values, replace(LEAN_BACK, veiled_below=-2.0, veil="veiled"))
    assert watched.finding is None and watched.unchecked == reason


@pytest.mark.parametrize(("sd", "bound"), [(0.0, 10.0), (2.0, 10.0), (4.0, 12.5), (5.0, 14.58)])
def test_noise_widens_the_limit(sd: float, bound: float) -> None:
    assert bound_in_force(LEAN_BACK, sd) == pytest.approx(bound, abs=0.01)


def test_too_much_noise_makes_the_check_impossible_and_says_so() -> None:
    reason = watch([-40.0] * 30, sd=7.0).unchecked
    assert reason is not None and "unsteady" in reason


def test_a_limit_to_either_side_reports_the_side_that_was_crossed() -> None:
    from tests.stickman import pose as drawn

    front = assess(
        [drawn(Stance(), i / 30, yaw_deg=90.0) for i in range(60)],
        get_exercise("standing-hip-flexion"),
    )
    assert isinstance(front, Calibration)
    for lean in (-16.0, 16.0):
        watched = FaultWatch(FAULTS["lateral-lean"], Side.LEFT, front)
        for index in range(20):
            watched.update(index / 30, Phase.TOP, lean)
        assert watched.finding is not None
        assert watched.finding.limit == math.copysign(10.0, lean)


def test_without_a_neutral_nothing_is_checked() -> None:
    watched = FaultWatch(LEAN_BACK, Side.LEFT, None)
    watched.update(0.0, Phase.TOP, -40.0)
    assert watched.finding is None
    assert watched.unchecked == "no neutral posture was seen to compare with"


@pytest.mark.parametrize(
    ("code", "leg", "bent_deg", "told", "suspected"),
    [
        ("support-knee-bent", "right", 40.0, False, True),
        # A bend that is none is checked all the same.
        ("support-knee-bent", "right", 10.0, False, False),
        # The left leg moves: its own knee carries nothing here.
        ("support-knee-bent", "left", 40.0, True, False),
        ("lean-back", "right", -40.0, True, False),
    ],
)
def test_a_supporting_leg_that_was_hidden_at_rest_convicts_nobody(
    code: str, leg: str, bent_deg: float, told: bool, suspected: bool
) -> None:
    lent = frozenset({f"support_knee_flexion_{leg}_deg", "torso_lean_deg"})
    watched = FaultWatch(FAULTS[code], Side.LEFT, replace(neutral(), lent=lent))
    for index in range(30):
        watched.update(index / 30, Phase.TOP, bent_deg)
    assert (watched.finding is not None) is told
    assert (watched.active is not None) is told
    assert watched.suspected is suspected
    assert ("hidden in the start posture" in (watched.unchecked or "")) is suspected
