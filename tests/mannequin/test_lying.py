"""A person on the back lies on the floor: what is down touches it, what is lifted is as asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mannequin.body import SIDES, Body
from mannequin.catalogue.people import ANNA, BEN, CARLA
from mannequin.kinematics import Bend, Pose, Skeleton, forward
from mannequin.lying import Lying, solve
from mannequin.lying_arms import ArmPlace
from mannequin.lying_legs import LegJob
from mannequin.lying_trunk import hip_rise_cm, loin_lift_cm, trunks
from mannequin.shape import PARTS, surface
from mannequin.truth import angles
from mannequin.underside import Underside, hollow_m, limb_lowest_m, lowest_m, underside

STRAIGHT = LegJob(rest="straight")
bodies = pytest.mark.parametrize("body", [ANNA, BEN, CARLA], ids=["anna", "ben", "carla"])


def posed(body: Body, **changes: Any) -> tuple[Pose, Skeleton]:
    pose = solve(body, Lying(**changes))
    return pose, forward(body, pose)


def angle(body: Body, column: str, **changes: Any) -> float:
    return angles(*posed(body, **changes))[column]


def elevation(skeleton: Skeleton, side: str) -> float:
    line = skeleton.points[f"{side}_ankle"] - skeleton.points[f"{side}_hip"]
    return float(np.degrees(np.arctan2(line[2], line[0])))


def own_lowest_m(body: Body, skeleton: Skeleton, *segments: str) -> float:
    """Lowest point of the bare cones: above the melted surface by 2 cm at most."""
    rows = [n for n, (_, segment, _) in enumerate(PARTS) if segment in segments]
    lowest = np.inf
    for row in surface(body, skeleton).cones[rows]:
        wide, squeeze = row[9:12], row[12]
        down = np.array([0.0, 0.0, -1.0])
        down_in = np.eye(3) - squeeze * np.outer(wide, wide)
        reach = np.linalg.norm(np.linalg.solve(down_in, down))
        for share, radius in ((0.0, row[7]), (1.0, row[8])):
            centre = row[0:3] + share * row[6] * row[3:6]
            lowest = min(lowest, float(centre[2] - radius * reach))
    return lowest


@bodies
@pytest.mark.parametrize("lift_cm", [0.0, 0.7, 2.0, 3.5, 5.0])
def test_the_loin_rises_as_asked_and_the_rest_of_the_back_stays_down(
    body: Body, lift_cm: float
) -> None:
    job = LegJob(level=1.0, aim_deg=92.0)
    _, skeleton = posed(body, loin_lift_cm=lift_cm, left=job, right=STRAIGHT)
    assert loin_lift_cm(body, skeleton) == pytest.approx(lift_cm, abs=0.3)
    for part in ("buttocks", "upper_back"):
        assert lowest_m(body, skeleton, part) == pytest.approx(0.0, abs=0.005)
    assert abs(hip_rise_cm(body, skeleton)) < 1.0


@bodies
def test_light_shows_under_a_lifted_loin_and_none_under_a_pressed_one(body: Body) -> None:
    for lift_cm in (0.0, 4.0):
        outline = underside(body, posed(body, loin_lift_cm=lift_cm)[1])
        middle = float(np.max(outline.height_m[outline.loin]))
        assert middle * 100 == pytest.approx(lift_cm + trunks(body).pressed_hollow_cm, abs=0.3)
        assert outline.height_m.min() > -0.005
    assert trunks(body).pressed_hollow_cm < 0.6


@bodies
def test_the_bare_cones_agree_that_the_back_is_down(body: Body) -> None:
    _, skeleton = posed(body, loin_lift_cm=2.0)
    # Melting fills the grooves between cones: the surface lies below them by up to 2 cm.
    assert -0.001 < own_lowest_m(body, skeleton, "thorax") < 0.02
    assert -0.001 < own_lowest_m(body, skeleton, "pelvis") < 0.005


@bodies
@pytest.mark.parametrize("lift_cm", [1.0, 3.0, 6.5])
def test_the_pelvis_rolls_up_while_the_upper_back_stays(body: Body, lift_cm: float) -> None:
    flat, (pose, up) = posed(body)[1], posed(body, pelvis_lift_cm=lift_cm)
    assert hip_rise_cm(body, up) - hip_rise_cm(body, flat) == pytest.approx(lift_cm, abs=0.05)
    for point in ("thorax", "neck", "left_shoulder", "head"):
        np.testing.assert_allclose(up.points[point], flat.points[point], atol=1e-6)
    assert pose.pelvic_tilt_deg < posed(body)[0].pelvic_tilt_deg - 3 * lift_cm
    assert loin_lift_cm(body, up) < 0.1
    assert underside(body, up).height_m.min() > -0.005


@pytest.mark.parametrize(("lift", "cm"), [("loin", -0.1), ("loin", 9.0), ("pelvis", 30.0)])
def test_what_no_back_can_do_is_refused(lift: str, cm: float) -> None:
    with pytest.raises(ValueError, match="rise"):
        posed(ANNA, **{f"{lift}_lift_cm": cm})


@bodies
def test_resting_legs_lie_on_the_floor(body: Body) -> None:
    pose, skeleton = posed(body, left=STRAIGHT)
    assert limb_lowest_m(body, skeleton, "left", "foot", "shank", "thigh") == pytest.approx(
        0.0, abs=0.003
    )
    assert pose.left_leg.knee_flexion_deg < 6
    foot = skeleton.frames["right_foot"]
    np.testing.assert_allclose(foot[:, 2], [0, 0, 1], atol=1e-6)
    assert skeleton.points["right_ankle"][2] == pytest.approx(body.ankle_height_m, abs=1e-6)
    assert limb_lowest_m(body, skeleton, "right", "foot") == pytest.approx(0.0, abs=0.003)
    assert pose.right_leg.knee_flexion_deg == pytest.approx(92, abs=1)


def test_a_flat_foot_stays_whatever_the_hips_do() -> None:
    first = posed(CARLA)[1].points
    for changes in ({"loin_lift_cm": 4.0}, {"pelvis_lift_cm": 6.0}, {"roll_deg": 2.0}):
        now = posed(CARLA, **changes)[1].points
        for part in ("ankle", "heel", "toe"):
            for side in SIDES:
                np.testing.assert_allclose(
                    now[f"{side}_{part}"], first[f"{side}_{part}"], atol=0.001
                )


@bodies
@pytest.mark.parametrize("changes", [{}, {"loin_lift_cm": 4.0}, {"pelvis_lift_cm": 6.0}])
def test_a_lifted_leg_has_the_angle_it_aims_at(body: Body, changes: dict[str, float]) -> None:
    march = LegJob(level=1.0, aim_deg=95.0, knee_deg=85.0)
    assert angle(body, "hip_flexion_left_deg", left=march, **changes) == pytest.approx(95, abs=0.5)
    assert angle(body, "knee_flexion_left_deg", left=march, **changes) == pytest.approx(85)
    rest = elevation(posed(body, right=STRAIGHT)[1], "right")
    for knee_deg in (4.0, 40.0):
        raised = LegJob(
            rest="straight", level=1.0, aim="leg_elevation", aim_deg=60.0, knee_deg=knee_deg
        )
        _, skeleton = posed(body, right=raised, **changes)
        assert elevation(skeleton, "right") - rest == pytest.approx(60, abs=0.7)


def test_a_foot_leaves_the_floor_upwards() -> None:
    heights = []
    for level in np.linspace(0.0, 1.0, 26):
        _, skeleton = posed(ANNA, left=LegJob(level=float(level), aim_deg=92.0))
        heights.append(limb_lowest_m(ANNA, skeleton, "left", "foot"))
    assert min(heights) > -0.003
    assert min(heights[3:]) > 0.01


@bodies
@pytest.mark.parametrize("arms", ["flank", "overhead", "chest"])
def test_the_arms_rest_where_they_are_asked_to(body: Body, arms: ArmPlace) -> None:
    _, skeleton = posed(body, arms=arms)
    for side in SIDES:
        at = {name: skeleton.points[f"{side}_{name}"] for name in ("elbow", "wrist", "hip")}
        bare = limb_lowest_m(body, skeleton, side, "upper_arm", "forearm", "hand")
        assert bare > -0.002
        if arms == "chest":
            assert at["wrist"][2] > skeleton.points["thorax"][2] + 0.1
            assert skeleton.points["neck"][0] < at["wrist"][0] < skeleton.points["lumbar"][0]
            continue
        assert bare < 0.02
        assert max(at["elbow"][2], at["wrist"][2]) < 0.08
        beside = at["wrist"][0] > skeleton.points["lumbar"][0]
        assert beside == (arms == "flank")
        if arms == "overhead":
            assert at["wrist"][0] < skeleton.points["head"][0] - 0.1


@bodies
@pytest.mark.parametrize("lift_cm", [0.0, 4.0])
def test_the_head_rests_and_looks_up(body: Body, lift_cm: float) -> None:
    gaze = Bend(left_turn_deg=20.0)
    for changes in ({}, {"gaze": gaze}):
        _, skeleton = posed(body, loin_lift_cm=lift_cm, **changes)
        assert 0.0 < lowest_m(body, skeleton, "head") < 0.04
        assert skeleton.frames["head"][2, 0] > 0.85
        assert skeleton.points["head"][0] < skeleton.points["neck"][0]


def test_the_hollow_is_measured_from_a_taut_thread() -> None:
    along = np.linspace(0.5, -0.5, 101)
    slope = 0.1 * along
    dip = np.where(np.abs(along) < 0.2, 0.03 * np.cos(along / 0.2 * np.pi / 2), 0.0)
    assert hollow_m(Underside(along, slope + dip, slice(30, 71))) == pytest.approx(0.03, abs=1e-4)
    bulging = Underside(along, slope + along**2, slice(30, 71))
    assert hollow_m(bulging) == pytest.approx(0.0, abs=1e-9)
