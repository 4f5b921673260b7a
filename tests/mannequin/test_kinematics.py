"""Angles of poses whose answer is known without computing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mannequin.body import Body
from mannequin.kinematics import Bend, Leg, Pose, forward
from mannequin.truth import angles
from mannequin.vectors import turn, turn_angles, vec

BODY = Body()


def measured(pose: Pose) -> dict[str, float]:
    return angles(pose, forward(BODY, pose))


def test_upright_is_zero_everywhere() -> None:
    found = measured(Pose())
    assert {name for name, value in found.items() if abs(value) > 1e-6} == set()


def test_segment_lengths_and_heights_are_those_of_the_body() -> None:
    points = forward(BODY, Pose(root_m=vec(0, 0, 0.530 * BODY.stature_m))).points
    assert points["left_ankle"][2] == pytest.approx(BODY.ankle_height_m)
    assert points["left_shoulder"][2] == pytest.approx(0.818 * BODY.stature_m, abs=0.002)
    shin = np.linalg.norm(points["left_knee"] - points["left_ankle"])
    assert shin == pytest.approx(BODY.shank_m)


@pytest.mark.parametrize("side", ["left", "right"])
def test_hip_flexed_90_with_upright_trunk_is_thigh_elevation_90(side: str) -> None:
    leg = Leg(hip_flexion_deg=90, knee_flexion_deg=80)
    pose = Pose(left_leg=leg) if side == "left" else Pose(right_leg=leg)
    found = measured(pose)
    assert found[f"thigh_elevation_{side}_deg"] == pytest.approx(90)
    assert found[f"hip_flexion_{side}_deg"] == pytest.approx(90)
    assert found[f"hip_flexion_pelvis_{side}_deg"] == pytest.approx(90)
    assert found[f"knee_flexion_{side}_deg"] == pytest.approx(80)
    other = "right" if side == "left" else "left"
    assert found[f"thigh_elevation_{other}_deg"] == pytest.approx(0)


def test_leaning_back_from_the_hips_lowers_flexion_against_the_trunk() -> None:
    # Thigh 80 above straight down, trunk 20 behind the vertical: flexion = elevation + lean.
    found = measured(Pose(pelvic_tilt_deg=-20, left_leg=Leg(hip_flexion_deg=100)))
    assert found["torso_lean_deg"] == pytest.approx(-20, abs=1e-6)
    assert found["pelvic_tilt_sagittal_deg"] == pytest.approx(-20)
    assert found["thigh_elevation_left_deg"] == pytest.approx(120)
    assert found["hip_flexion_left_deg"] == pytest.approx(100)
    assert found["hip_flexion_pelvis_left_deg"] == pytest.approx(100)


def test_forward_bend_of_the_spine_is_positive_and_leaves_the_pelvis() -> None:
    found = measured(Pose(lumbar=Bend(flexion_deg=20), thorax=Bend(flexion_deg=10)))
    assert found["torso_lean_deg"] > 10
    assert found["pelvic_tilt_sagittal_deg"] == pytest.approx(0)
    assert found["lumbar_flexion_deg"] == pytest.approx(30)


def test_lateral_lean_to_the_right_is_positive() -> None:
    assert measured(Pose(lumbar=Bend(right_deg=20)))["lateral_lean_deg"] > 10


def test_obliquity_is_positive_with_the_left_hip_higher() -> None:
    pose = Pose(pelvic_obliquity_deg=12)
    points = forward(BODY, pose).points
    assert points["left_hip"][2] > points["right_hip"][2]
    assert measured(pose)["pelvic_obliquity_deg"] == pytest.approx(12)


def test_rotation_is_positive_with_the_pelvis_turned_left() -> None:
    assert measured(Pose(pelvic_rotation_deg=9))["pelvic_rotation_deg"] == pytest.approx(9)


def test_angles_do_not_depend_on_the_heading() -> None:
    pose = Pose(
        pelvic_tilt_deg=7, pelvic_obliquity_deg=4, left_leg=Leg(hip_flexion_deg=60),
        lumbar=Bend(flexion_deg=-5, right_deg=6),
    )  # fmt: skip
    turned = measured(replace(pose, heading_deg=70))
    assert turned == pytest.approx(measured(pose))


def test_arms_bend_forward_and_outward() -> None:
    points = forward(BODY, Pose()).points
    assert points["left_wrist"][1] > points["left_shoulder"][1]
    assert points["right_wrist"][1] < points["right_shoulder"][1]
    assert points["left_wrist"][0] > points["left_elbow"][0]


def test_turn_angles_undoes_turn() -> None:
    assert turn_angles(turn(-95, 20, 35)) == pytest.approx((-95, 20, 35))
