"""Measures of the legs, against exact angles."""

from __future__ import annotations

import math

import pytest

from formcheck.core.measures import (
    FOOT_LIFT,
    HIP_FLEXION,
    HIP_FLEXION_BOTH,
    HIP_LEAD,
    KNEE_FLEXION,
    LEG_ELEVATION,
    LEG_LEAD,
    SUPPORT_KNEE_FLEXION,
    THIGH_LENGTH,
)
from formcheck.core.pose.pose import Landmark, Side
from formcheck.core.pose.view import Position, scene_of
from tests.core.measures.reading import FRONT, LEFT_VIEW, RIGHT_VIEW, read
from tests.stickman import Stance, pose

LYING = Stance(pitch=-90.0)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_hip_flexion_is_thigh_elevation_plus_lean(yaw_deg: float) -> None:
    stance = Stance(thigh_left=80.0, lean=-15.0)
    assert read(HIP_FLEXION, stance, yaw_deg) == pytest.approx(65.0, abs=0.3)


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_knee_flexion_of_each_leg(side: Side) -> None:
    stance = Stance(**{f"knee_{side.value}": 35.0})
    assert read(KNEE_FLEXION, stance, LEFT_VIEW, side) == pytest.approx(35.0, abs=0.2)
    assert read(KNEE_FLEXION, stance, LEFT_VIEW, side.other) == pytest.approx(0.0, abs=0.2)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, FRONT, 45.0])
def test_a_lifted_foot_is_high_and_a_planted_one_is_not(yaw_deg: float) -> None:
    lifted = Stance(thigh_left=90.0, knee_left=90.0)
    squat = Stance(thigh_left=90.0, knee_left=90.0, thigh_right=90.0, knee_right=90.0)
    assert read(FOOT_LIFT, lifted, yaw_deg) == pytest.approx(0.84, abs=0.03)
    assert read(FOOT_LIFT, squat, yaw_deg) == pytest.approx(0.0, abs=0.03)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("angle", [-20.0, 0.0, 60.0, 110.0])
def test_hip_flexion_of_both_legs(angle: float, yaw_deg: float) -> None:
    stance = Stance(thigh_left=angle, thigh_right=angle)
    assert read(HIP_FLEXION_BOTH, stance, yaw_deg) == pytest.approx(angle, abs=0.3)


@pytest.mark.parametrize(
    ("left", "right", "lead"), [(60.0, 0.0, 60.0), (0.0, 60.0, -60.0), (60.0, 60.0, 0.0)]
)
def test_hip_lead_is_how_much_more_this_hip_is_flexed(
    left: float, right: float, lead: float
) -> None:
    stance = Stance(thigh_left=left, thigh_right=right)
    assert read(HIP_LEAD, stance, LEFT_VIEW) == pytest.approx(lead, abs=0.3)
    assert read(HIP_LEAD, stance, LEFT_VIEW, Side.RIGHT) == pytest.approx(-lead, abs=0.3)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("angle", [0.0, 15.0, 60.0, 90.0])
def test_leg_elevation_of_a_lying_body(angle: float, yaw_deg: float) -> None:
    for measure in (LEG_ELEVATION, LEG_LEAD):
        value = read(
            measure, LYING.plus(Stance(thigh_left=angle)), yaw_deg, start=LYING,
            position=Position.SUPINE,
        )  # fmt: skip
        assert value == pytest.approx(angle, abs=0.3)


@pytest.mark.parametrize(("angle", "share"), [(0.0, 0.84), (60.0, 0.42), (90.0, 0.0)])
def test_a_thigh_that_points_at_the_camera_looks_short(angle: float, share: float) -> None:
    stance = Stance(thigh_left=angle)
    assert read(THIGH_LENGTH, stance, FRONT) == pytest.approx(share, abs=0.02)
    assert read(THIGH_LENGTH, stance, LEFT_VIEW) == pytest.approx(0.84, abs=0.02)


@pytest.mark.parametrize("bend_deg", [0.0, 15.0, 32.0, 60.0])
@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_a_supporting_knee_that_bends_shortens_its_leg(bend_deg: float, yaw_deg: float) -> None:
    stance = Stance(knee_right=bend_deg, thigh_right=bend_deg / 2)
    found = read(SUPPORT_KNEE_FLEXION, stance, yaw_deg, Side.RIGHT)
    assert found == pytest.approx(bend_deg, abs=3.0)


@pytest.mark.parametrize("off_m", [0.08, 0.15])
def test_a_misplaced_knee_on_a_leg_of_full_length_bends_nothing(off_m: float) -> None:
    scene = scene_of([pose(Stance())])
    shown = pose(Stance())
    shown.image_px[Landmark.RIGHT_KNEE, 0] += off_m / 0.5 * scene.trunk_px
    assert KNEE_FLEXION.compute(shown, Side.RIGHT, scene) > 15.0
    assert SUPPORT_KNEE_FLEXION.compute(shown, Side.RIGHT, scene) < 3.0


@pytest.mark.parametrize("angle", [-40.0, 0.0, 90.0, 130.0, 175.0, 200.0, 240.0])
def test_leg_elevation_runs_on_beyond_straight_up_and_wraps_where_no_leg_is(angle: float) -> None:
    stance = Stance(pitch=-90.0, thigh_left=angle)
    found = read(LEG_ELEVATION, stance, LEFT_VIEW, position=Position.SUPINE)
    assert found == pytest.approx(angle if angle <= 180.0 else angle - 360.0, abs=0.3)


def test_a_lead_over_a_leg_that_no_body_has_is_none() -> None:
    stance = Stance(pitch=-90.0, thigh_left=60.0, thigh_right=175.0)
    assert read(LEG_LEAD, stance, LEFT_VIEW, position=Position.SUPINE) == math.inf
    assert read(HIP_LEAD, stance, LEFT_VIEW) == math.inf
