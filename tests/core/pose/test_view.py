"""Where the camera stands, and which way the person faces."""

from __future__ import annotations

import math

import pytest

from formcheck.core.pose.pose import Pose
from formcheck.core.pose.view import Position, View, glimpse, scene_of, scene_of_glimpses
from tests.stickman import Stance, pose, rolled


@pytest.mark.parametrize(
    ("yaw_deg", "view", "facing"),
    [
        (0.0, View.SIDE, -1),
        (15.0, View.SIDE, -1),
        (45.0, View.OBLIQUE, -1),
        (90.0, View.FRONT, None),
        (110.0, View.FRONT, None),
        (135.0, View.OBLIQUE, 1),
        (180.0, View.SIDE, 1),
        (270.0, View.FRONT, None),
    ],
)
def test_view_and_facing(yaw_deg: float, view: View, facing: int | None) -> None:
    scene = scene_of([pose(Stance(), yaw_deg=yaw_deg)] * 3)
    assert scene.view is view
    if facing is not None:
        assert scene.facing == facing


@pytest.mark.parametrize("yaw_deg", [0.0, 20.0, 40.0])
def test_the_yaw_is_close_to_the_true_one(yaw_deg: float) -> None:
    assert scene_of([pose(Stance(), yaw_deg=yaw_deg)]).yaw_deg == pytest.approx(yaw_deg, abs=3.0)


def test_nothing_seen_is_an_unknown_view_and_no_guess() -> None:
    scene = scene_of([Pose.unseen(0.0, (640, 480))])
    assert scene.view is View.UNKNOWN
    assert scene.facing == 0
    assert math.isnan(scene.trunk_px)


@pytest.mark.parametrize("position", [Position.UPRIGHT, Position.SUPINE, Position.PRONE])
@pytest.mark.parametrize("roll_deg", [0.0, 8.0, 25.0])
def test_glimpses_show_the_same_scene_as_poses(position: Position, roll_deg: float) -> None:
    stretch = [
        rolled(pose(Stance(thigh_left=n), n / 10, yaw_deg=4.0 * n), roll_deg) for n in range(9)
    ]
    glimpses = [glimpse(one, position) for one in stretch]
    assert repr(scene_of_glimpses(glimpses, position)) == repr(scene_of(stretch, position))


def test_leaning_does_not_change_the_view() -> None:
    for lean in (-15.0, 15.0):
        assert scene_of([pose(Stance(lean=lean))]).view is View.SIDE
        assert scene_of([pose(Stance(lateral=lean), yaw_deg=90.0)]).view is View.FRONT
