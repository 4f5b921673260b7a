"""Every measure against a stick figure whose angles are known exactly."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import formcheck.core.measures
from formcheck.core.measures import (
    FOOT_LIFT,
    HIP_FLEXION,
    KNEE_FLEXION,
    LATERAL_LEAN,
    PELVIC_OBLIQUITY,
    THIGH_ELEVATION,
    TORSO_LEAN,
    Measure,
    columns,
    measure_all,
)
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.view import Scene, View, scene_of
from formcheck.core.pose.visibility import SeenPose
from formcheck.exercises import get_exercise
from tests.stickman import Stance, pose

ALL = [m for m in vars(formcheck.core.measures).values() if isinstance(m, Measure)]
STANDING = get_exercise("standing-hip-flexion").measures
LEFT_VIEW, FRONT, RIGHT_VIEW, BACK = 0.0, 90.0, 180.0, 270.0


def row(shown: Pose, start: Pose) -> list[float]:
    return measure_all(SeenPose.trusted(shown), scene_of([start]), STANDING)


def read(measure: Measure, stance: Stance, yaw_deg: float, side: Side = Side.LEFT) -> float:
    scene = scene_of([pose(Stance(), yaw_deg=yaw_deg)])
    return measure.compute(pose(stance, yaw_deg=yaw_deg), side, scene)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("angle", [-20.0, 0.0, 30.0, 80.0, 90.0, 115.0])
def test_thigh_elevation_from_either_side(angle: float, yaw_deg: float) -> None:
    stance = Stance(thigh_left=angle, knee_left=max(angle, 0.0))
    assert read(THIGH_ELEVATION, stance, yaw_deg) == pytest.approx(angle, abs=0.2)


@pytest.mark.parametrize("yaw_deg", [FRONT, BACK, 45.0, 135.0])
@pytest.mark.parametrize("angle", [0.0, 40.0, 90.0, 110.0])
def test_thigh_elevation_by_foreshortening(angle: float, yaw_deg: float) -> None:
    # acos is flat at 0: a pixel there is worth degrees.
    stance = Stance(thigh_left=angle, knee_left=angle)
    assert read(THIGH_ELEVATION, stance, yaw_deg) == pytest.approx(angle, abs=1.5)


@pytest.mark.parametrize("lean", [-25.0, -10.0, 0.0, 15.0])
@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_torso_lean_forward_is_positive(lean: float, yaw_deg: float) -> None:
    assert read(TORSO_LEAN, Stance(lean=lean), yaw_deg) == pytest.approx(lean, abs=0.2)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_hip_flexion_is_thigh_elevation_plus_lean(yaw_deg: float) -> None:
    stance = Stance(thigh_left=80.0, lean=-15.0)
    assert read(HIP_FLEXION, stance, yaw_deg) == pytest.approx(65.0, abs=0.3)


@pytest.mark.parametrize("lateral", [-20.0, 0.0, 12.0])
@pytest.mark.parametrize("yaw_deg", [FRONT, BACK])
def test_lateral_lean_to_the_persons_right_is_positive(lateral: float, yaw_deg: float) -> None:
    assert read(LATERAL_LEAN, Stance(lateral=lateral), yaw_deg) == pytest.approx(lateral, abs=0.2)


@pytest.mark.parametrize("yaw_deg", [FRONT, BACK])
def test_pelvic_obliquity_is_positive_towards_the_higher_side(yaw_deg: float) -> None:
    stance = Stance(hike_left=14.0)
    assert read(PELVIC_OBLIQUITY, stance, yaw_deg, Side.LEFT) == pytest.approx(14.0, abs=0.2)
    assert read(PELVIC_OBLIQUITY, stance, yaw_deg, Side.RIGHT) == pytest.approx(-14.0, abs=0.2)


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


@pytest.mark.parametrize("measure", ALL, ids=lambda m: m.name)
def test_a_view_that_does_not_show_a_measure_gives_nan(measure: Measure) -> None:
    for view in set(View) - measure.views:
        scene = Scene(view=view, facing=1, trunk_px=200.0, thigh_px=(170.0, 170.0))
        assert math.isnan(measure.compute(pose(Stance()), Side.LEFT, scene))


@pytest.mark.parametrize("measure", ALL, ids=lambda m: m.name)
@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, FRONT])
def test_nothing_seen_gives_nan_and_never_zero(measure: Measure, yaw_deg: float) -> None:
    scene = scene_of([pose(Stance(), yaw_deg=yaw_deg)])
    assert math.isnan(measure.compute(Pose.unseen(0.0, (640, 480)), Side.LEFT, scene))


def test_row_and_columns_fit_together() -> None:
    values = row(pose(Stance(thigh_left=50.0)), pose(Stance()))
    found = dict(zip(columns(STANDING), values, strict=True))
    assert found["thigh_elevation_left_deg"] == pytest.approx(50.0, abs=0.2)
    assert found["thigh_elevation_right_deg"] == pytest.approx(0.0, abs=0.2)
    assert math.isnan(found["lateral_lean_deg"])


@given(
    shift=st.tuples(st.floats(-100, 100), st.floats(-100, 100)),
    scale=st.floats(0.3, 3.0),
    thigh=st.floats(0, 110),
    lean=st.floats(-25, 25),
)
def test_measures_do_not_change_with_place_and_size_in_the_picture(
    shift: tuple[float, float], scale: float, thigh: float, lean: float
) -> None:
    stance = Stance(thigh_left=thigh, knee_left=thigh, lean=lean)

    def moved(p: Pose) -> Pose:
        return Pose(
            time_s=p.time_s,
            image_px=p.image_px * scale + np.array(shift),
            visibility=p.visibility,
            frame_size_px=p.frame_size_px,
        )

    plain = row(pose(stance), pose(Stance()))
    other = row(moved(pose(stance)), moved(pose(Stance())))
    np.testing.assert_allclose(plain, other, atol=1e-6)


@given(thigh=st.floats(0, 110), lean=st.floats(-25, 25))
def test_a_mirrored_picture_exchanges_left_and_right_and_nothing_else(
    thigh: float, lean: float
) -> None:
    left = row(pose(Stance(thigh_left=thigh, lean=lean)), pose(Stance()))
    right = row(
        pose(Stance(thigh_right=thigh, lean=lean), yaw_deg=RIGHT_VIEW),
        pose(Stance(), yaw_deg=RIGHT_VIEW),
    )
    names = columns(STANDING)
    mirrored = {
        n.replace("left", "L").replace("right", "left").replace("L", "right"): v
        for n, v in zip(names, right, strict=True)
    }
    np.testing.assert_allclose(left, [mirrored[n] for n in names], atol=0.2)
