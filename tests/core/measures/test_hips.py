"""The hip of a moving leg: moved by the model, put back where the thigh hangs from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.measures.hips import (
    BEHIND,
    HELD,
    LONGEST_SHIFT,
    hips_at_rest_length,
    thigh,
    trunk_from_joints,
)
from formcheck.core.pose.geometry import from_down_deg
from formcheck.core.pose.pose import Landmark, Points, Side
from formcheck.core.pose.trunk import middle_trunk
from formcheck.core.pose.view import Position, Scene, View, scene_of
from tests.stickman import Stance, pose

START = Stance()
SCENE = scene_of([pose(START)])
LEFT_HIP, RIGHT_HIP = Landmark.LEFT_HIP, Landmark.RIGHT_HIP


def points(stance: Stance, moved: dict[Landmark, tuple[float, float]] | None = None) -> Points:
    """Returns where the figure's joints are seen; some moved, in trunk lengths, forward and up."""
    shown = pose(stance)
    image_px = shown.image_px.copy()
    for landmark, (forward, up) in (moved or {}).items():
        image_px[landmark] += np.array([SCENE.facing * forward, -up]) * SCENE.trunk_px
    return replace(shown, image_px=image_px).points()


def elevation_deg(seen: Points, side: Side = Side.LEFT, scene: Scene = SCENE) -> float:
    line = thigh(seen, side, scene)
    return from_down_deg((scene.facing * line[0], line[1]))


@pytest.mark.parametrize("angle_deg", [0.0, 30.0, 60.0, 90.0, 110.0])
def test_hips_that_stay_change_nothing(angle_deg: float) -> None:
    assert elevation_deg(points(Stance(thigh_left=angle_deg))) == pytest.approx(angle_deg, abs=1.5)


@pytest.mark.parametrize(
    ("stance", "moved", "error_deg"),
    [
        # The lifted leg's own hip goes up and the other one down: mid-hip stays.
        (Stance(thigh_left=90.0), {LEFT_HIP: (0.0, 0.1), RIGHT_HIP: (0.0, -0.1)}, 0.0),
        # Both go up by a tenth of the trunk, which is told by its length; half is put back.
        (Stance(thigh_left=90.0), {LEFT_HIP: (0.0, 0.1), RIGHT_HIP: (0.0, 0.1)}, -3.5),
        # The other leg's hip goes forward with its thigh: the hanging one's own hip stays.
        (Stance(thigh_right=90.0), {RIGHT_HIP: (0.15, 0.0)}, 0.0),
    ],
    ids=["the hips part", "both rise", "the other one moves"],
)
def test_the_lifted_thigh_takes_hip_points_along_and_is_still_read(
    stance: Stance, moved: dict[Landmark, tuple[float, float]], error_deg: float
) -> None:
    off_deg = elevation_deg(points(stance, moved)) - elevation_deg(points(stance))
    assert off_deg == pytest.approx(error_deg, abs=1.0)


def test_an_oblique_view_shows_the_legs_own_hip() -> None:
    oblique = replace(SCENE, view=View.OBLIQUE, yaw_deg=40.0)
    seen = points(Stance(thigh_left=90.0), {RIGHT_HIP: (0.0, 0.3)})
    assert elevation_deg(seen, scene=oblique) == pytest.approx(90.0, abs=1.5)


@pytest.mark.parametrize(
    ("scene", "up", "back"),
    [
        (SCENE, 0.1, 0.1 * HELD),
        (SCENE, LONGEST_SHIFT, 0.0),
        (replace(SCENE, at_rest=False), 0.1, 0.0),
        (replace(SCENE, trunk_px=float("nan")), 0.1, 0.0),
    ],
    ids=["lifted", "bent, or elsewhere", "no length at rest", "no length"],
)
def test_the_hips_are_put_back_along_the_trunk_as_far_as_its_length_is_known(
    scene: Scene, up: float, back: float
) -> None:
    seen = points(START, {LEFT_HIP: (0.0, up), RIGHT_HIP: (0.0, up)})
    found, untouched = hips_at_rest_length(seen, scene), hips_at_rest_length(seen, SCENE, 0.0)
    assert found[1] - untouched[1] == pytest.approx(back * SCENE.trunk_px, abs=1.0)
    assert found[0] == pytest.approx(untouched[0], abs=1.0)


@pytest.mark.parametrize("position", [Position.SUPINE, Position.PRONE])
@pytest.mark.parametrize("facing", [1, -1])
def test_a_level_body_s_joints_lie_behind_the_model_s_hip_points(
    position: Position, facing: int
) -> None:
    seen = points(START)
    scene = replace(SCENE, position=position, facing=facing)
    shown, joints = middle_trunk(seen), trunk_from_joints(seen, scene)
    # The figure stands: from joints further back the trunk leans forward.
    assert joints[0] - shown[0] == pytest.approx(facing * BEHIND * shown[1])
    assert joints[1] - shown[1] == pytest.approx(-facing * BEHIND * shown[0])
    # The thigh that hangs is turned forward as well, so that flexion reads more.
    assert elevation_deg(seen, scene=scene) > elevation_deg(
        seen, scene=replace(SCENE, facing=facing)
    )


@pytest.mark.parametrize("position", [Position.UPRIGHT, Position.HANGING])
def test_an_upright_body_s_error_is_left_to_its_start_posture(position: Position) -> None:
    seen = points(START)
    assert trunk_from_joints(seen, replace(SCENE, position=position)) == middle_trunk(seen)
