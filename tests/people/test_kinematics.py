"""Angles of poses whose answer is known without computing, by every body."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from people.body import SIDES, Body, bodies
from people.kinematics import Bend, Leg, Pose, forward
from people.measures import angles
from people.vectors import turn, turn_angles, vec

BODY = bodies()["bo"]
UPRIGHT = angles(Pose(), forward(BODY, Pose()))
"""A body at ease: its shoulders are not quite over its hips, so some angles are not 0."""


def changed(pose: Pose) -> dict[str, float]:
    """Return the angles of a pose against those of the upright body."""
    found = angles(pose, forward(BODY, pose))
    return {name: value - UPRIGHT[name] for name, value in found.items()}


@pytest.mark.parametrize("body", bodies().values(), ids=str)
def test_an_upright_body_is_straight_but_for_its_own_shape(body: Body) -> None:
    found = angles(Pose(), forward(body, Pose()))
    shape = {name for name, value in found.items() if abs(value) > 1e-6}
    assert not {name for name in shape if name.startswith(("thigh", "knee", "pelvic", "lateral"))}
    assert abs(found["torso_lean_deg"]) < 8.0


@pytest.mark.parametrize("body", bodies().values(), ids=str)
def test_segments_have_their_lengths(body: Body) -> None:
    pose = Pose(left_leg=Leg(hip_flexion_deg=70, knee_flexion_deg=95))
    points = forward(body, pose).points
    for side in SIDES:
        for one, other, length in (("hip", "knee", body.thigh_m), ("knee", "ankle", body.shank_m)):
            bone = points[f"{side}_{one}"] - points[f"{side}_{other}"]
            assert np.linalg.norm(bone) == pytest.approx(length)


@pytest.mark.parametrize("side", SIDES)
def test_a_hip_flexed_by_90_under_an_upright_pelvis_is_a_level_thigh(side: str) -> None:
    leg = Leg(hip_flexion_deg=90, knee_flexion_deg=80)
    found = changed(Pose(left_leg=leg) if side == "left" else Pose(right_leg=leg))
    for column in ("thigh_elevation", "hip_flexion", "hip_flexion_pelvis"):
        assert found[f"{column}_{side}_deg"] == pytest.approx(90)
    assert found[f"knee_flexion_{side}_deg"] == pytest.approx(80)


def test_leaning_back_from_the_hips_lifts_the_thigh_but_not_its_flexion() -> None:
    found = changed(Pose(pelvic_tilt_deg=-20, left_leg=Leg(hip_flexion_deg=100)))
    assert found["torso_lean_deg"] == pytest.approx(-20)
    assert found["pelvic_tilt_sagittal_deg"] == pytest.approx(-20)
    assert found["thigh_elevation_left_deg"] == pytest.approx(120)
    assert found["hip_flexion_left_deg"] == pytest.approx(100)


def test_a_bend_of_the_spine_leaves_the_pelvis() -> None:
    found = changed(Pose(lumbar=Bend(flexion_deg=20), thorax=Bend(flexion_deg=10)))
    assert found["torso_lean_deg"] > 10
    assert found["pelvic_tilt_sagittal_deg"] == pytest.approx(0)
    assert found["lumbar_flexion_deg"] == pytest.approx(30)


@pytest.mark.parametrize(
    ("pose", "column", "deg"),
    [
        (Pose(pelvic_obliquity_deg=12), "pelvic_obliquity_deg", 12),
        (Pose(pelvic_rotation_deg=9), "pelvic_rotation_deg", 9),
        (Pose(pelvic_tilt_deg=7), "pelvic_tilt_sagittal_deg", 7),
    ],
)
def test_the_pelvis_turns_by_what_is_said(pose: Pose, column: str, deg: float) -> None:
    assert changed(pose)[column] == pytest.approx(deg)


def test_a_lean_to_the_right_is_positive() -> None:
    assert changed(Pose(lumbar=Bend(right_deg=20)))["lateral_lean_deg"] > 10


def test_angles_do_not_depend_on_the_heading() -> None:
    pose = Pose(
        pelvic_tilt_deg=7, pelvic_obliquity_deg=4, left_leg=Leg(hip_flexion_deg=60),
        lumbar=Bend(flexion_deg=-5, right_deg=6),
    )  # fmt: skip
    assert changed(replace(pose, heading_deg=70)) == pytest.approx(changed(pose), abs=1e-9)


def test_moving_the_root_moves_everything_alike() -> None:
    here, there = Pose(), Pose(root_m=vec(1.0, -2.0, 0.5))
    moved = forward(BODY, there).points
    for name, point in forward(BODY, here).points.items():
        assert moved[name] - point == pytest.approx([1.0, -2.0, 0.5])


def test_turn_angles_undoes_turn() -> None:
    assert turn_angles(turn(-95, 20, 35)) == pytest.approx((-95, 20, 35))
