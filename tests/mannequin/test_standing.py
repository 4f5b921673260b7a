"""The standing set does what its scenario says, on feet that stay where they are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from mannequin.body import Body
from mannequin.catalogue import SCENARIOS
from mannequin.clip import frames
from mannequin.kinematics import forward
from mannequin.motion import glide, glide_share
from mannequin.scenario import Lift
from mannequin.stance import LegAim, Stance, solve
from mannequin.standing import StandingSet, schedule
from mannequin.truth import angles
from mannequin.vectors import vec

FEET = ("ankle", "heel", "toe")


def other(side: str) -> str:
    return "right" if side == "left" else "left"


def stance(body: Body, **changes: Any) -> Stance:
    spots = (vec(0, y, body.ankle_height_m) for y in (0.1, -0.1))
    left, right = (LegAim(spot_m=spot) for spot in spots)
    return replace(Stance(left=left, right=right), **changes)


@pytest.mark.parametrize("easing", [0.16, 0.4, 0.5])
def test_glide_rises_from_0_to_1_and_is_undone(easing: float) -> None:
    values = [glide(share, easing) for share in np.linspace(-0.1, 1.1, 61)]
    assert (values[0], values[-1]) == (0.0, 1.0)
    assert all(b >= a for a, b in pairwise(values))
    assert glide(glide_share(0.3, easing), easing) == pytest.approx(0.3)


@pytest.mark.parametrize(("lean", "right"), [(0, 0), (-20, 3), (25, -4), (2, 18)])
def test_the_trunk_leans_as_named(lean: float, right: float) -> None:
    body = Body(stature_m=1.6)
    asked = stance(body, trunk_lean_deg=lean, lateral_lean_deg=right, pelvic_tilt_deg=-8)
    pose = solve(body, asked)
    found = angles(pose, forward(body, pose))
    assert found["torso_lean_deg"] == pytest.approx(lean, abs=0.2)
    assert found["lateral_lean_deg"] == pytest.approx(right, abs=0.2)


def test_a_raised_thigh_has_the_asked_elevation() -> None:
    body = Body()
    start = stance(body, hip_y_m=-0.07)
    raised = replace(start.left, elevation_deg=90.0, raised_knee_deg=90.0)
    pose = solve(body, replace(start, left=raised))
    assert angles(pose, forward(body, pose))["thigh_elevation_left_deg"] == pytest.approx(90)


@pytest.mark.parametrize(
    "name",
    [
        "standing-side-left-clean", "standing-side-lean-back", "standing-front-lateral-lean",
        "standing-front-pelvic-hike", "standing-front-pelvic-drop",
        "standing-side-support-knee-bent", "standing-side-lean-back-carla", "standing-side-idle",
    ],
)  # fmt: skip
def test_planted_feet_stay_planted_and_nothing_sinks(name: str) -> None:
    scenario = replace(SCENARIOS[name], fps=6)
    movement = StandingSet(scenario)
    first = forward(scenario.body, movement.pose(0.0)).points
    for time_s, _, skeleton in frames(scenario):
        lifted = {s.lift.side for s in movement.lifts if s.thigh.level(time_s) > 0.001}
        for side in {"left", "right"} - lifted:
            for part in FEET:
                moved = skeleton.points[f"{side}_{part}"] - first[f"{side}_{part}"]
                assert np.linalg.norm(moved) < 0.005
        for side in lifted:
            lowest = min(skeleton.points[f"{side}_{part}"][2] for part in FEET)
            assert lowest > min(point[2] for point in first.values()) - 0.004


def test_the_walk_ends_in_place() -> None:
    scenario = SCENARIOS["standing-side-walk-in"]
    movement = StandingSet(scenario)
    before = forward(scenario.body, movement.pose(0.0)).points["mid_hip"]
    placed = forward(scenario.body, movement.pose(scenario.walk_in_s + 0.01)).points
    assert before[0] < -1.2
    assert placed["left_ankle"][0] == pytest.approx(placed["right_ankle"][0], abs=1e-3)
    assert abs(placed["mid_hip"][0]) < 0.03


def test_no_joint_jumps_between_frames() -> None:
    for name in ("standing-side-lean-back", "standing-side-walk-in", "standing-side-idle"):
        points = [skeleton.points for _, _, skeleton in frames(SCENARIOS[name])]
        for joint in ("left_knee", "right_toe", "left_shoulder", "right_wrist", "head"):
            track = np.array([point[joint] for point in points])
            # The fastest, a stepping toe, makes some 3 m/s.
            assert np.linalg.norm(np.diff(track, axis=0), axis=1).max() * 30 < 3.5


def test_a_hold_shorter_than_the_movement_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        schedule(Lift(side="left", peak_deg=95.0, hold_s=0.3), 2.0)


def test_the_seed_alone_decides_the_sway() -> None:
    scenario = SCENARIOS["standing-side-left-clean"]
    one, same, different = (
        StandingSet(replace(scenario, seed=seed)).stance(5.0).trunk_lean_deg for seed in (7, 7, 8)
    )
    assert one == same != different
