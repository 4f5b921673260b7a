from __future__ import annotations

import math

import pytest

from formcheck.core.checker.neutral import Calibration, assess
from formcheck.core.checker.tag_slip import END_DEG, REST_DEG, TagSlip
from formcheck.core.exercise.exercise import Phase
from tests.core.checker.made import EXERCISE, FPS, observed
from tests.stickman import Stance, pose

NAN = math.nan
TILT, OBLIQUITY = "pelvic_tilt_deg", "pelvic_obliquity_deg"


def calibrated(yaw_deg: float = 0.0, tag: str = "left") -> Calibration:
    found = assess([pose(Stance(), n / FPS, yaw_deg=yaw_deg, tag=tag) for n in range(60)], EXERCISE)
    assert isinstance(found, Calibration)
    return found


def slip(rest: float, top: float, end: float, column: str = TILT, yaw_deg: float = 0.0) -> TagSlip:
    watch = TagSlip(calibrated(yaw_deg, "left" if column == TILT else "belly"))
    course = [(rest, Phase.REST)] * 30 + [(top, Phase.TOP)] * 30 + [(end, Phase.LOWER)] * 10
    for index, (value, phase) in enumerate(course):
        watch.update(observed(index / FPS, {column: value}), phase)
    return watch


@pytest.mark.parametrize(
    ("rest", "top", "end", "slipped"),
    [
        (0.0, -9.0, -2.0, False),
        (0.5, 12.0, 2.0, False),
        (REST_DEG + 0.5, 0.0, 0.0, True),
        (-REST_DEG - 0.5, -9.0, 0.0, True),
        (0.0, 9.0, END_DEG + 1.0, True),
        (NAN, 9.0, 0.0, False),
        (0.0, 9.0, NAN, False),
    ],
)
def test_a_tag_has_slipped_if_it_is_elsewhere_at_rest(
    rest: float, top: float, end: float, slipped: bool
) -> None:
    assert slip(rest, top, end).slipped is slipped


@pytest.mark.parametrize(
    ("per_s", "slipped"),
    [
        # The hip comes down behind the thigh, and will be there in 0.3 s.
        (-30.0, False),
        (-20.0, False),
        # It creeps, stays, or goes on.
        (-5.0, True),
        (0.0, True),
        (20.0, True),
    ],
)
@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("fps", [10.0, 30.0])
def test_a_tag_on_its_way_back_has_not_slipped(
    per_s: float, slipped: bool, sign: float, fps: float
) -> None:
    watch = TagSlip(calibrated())
    course = [(0.0, Phase.REST)] * 30 + [(15.0, Phase.TOP)] * 30
    course += [(9.0 + per_s * n / fps, Phase.LOWER) for n in range(-9, 1)]
    for index, (value, phase) in enumerate(course):
        watch.update(observed(index / fps, {TILT: sign * value}), phase)
    assert watch.slipped is slipped


def test_a_leg_that_is_lost_at_its_top_leaves_no_slip() -> None:
    watch = TagSlip(calibrated())
    for index in range(60):
        phase, value = (Phase.REST, 0.0) if index < 30 else (Phase.TOP, 12.0)
        watch.update(observed(index / FPS, {TILT: value}), phase)
    assert watch.slipped is False


def test_the_other_legs_lift_is_no_slip() -> None:
    watch = TagSlip(calibrated())
    for index in range(30):
        watch.update(observed(index / FPS, {TILT: -9.0 if index < 20 else -1.0}), Phase.REST)
    watch.update(observed(1.0, {TILT: -1.0}), Phase.RISE)
    assert watch.slipped is False


def test_from_the_front_it_is_the_obliquity_that_comes_back() -> None:
    assert slip(0.0, 15.0, 0.0, OBLIQUITY, 90.0).slipped is False
    assert slip(8.0, 15.0, 0.0, OBLIQUITY, 90.0).slipped is True


def test_each_attempt_is_asked_anew() -> None:
    watch = slip(8.0, 8.0, 8.0)
    for index in range(70, 110):
        watch.update(observed(index / FPS, {TILT: 0.0}), Phase.REST)
    watch.update(observed(4.0, {TILT: 0.0}), Phase.RISE)
    assert watch.slipped is False


@pytest.mark.parametrize("calibration", [None, calibrated(tag="")])
def test_without_a_tag_nothing_slips(calibration: Calibration | None) -> None:
    watch = TagSlip(calibration)
    for index, phase in enumerate([Phase.REST] * 9 + [Phase.TOP]):
        watch.update(observed(index / FPS, {TILT: 40.0}), phase)
    assert watch.slipped is False
