"""Small pictures: a figure where it should be, the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from mannequin.body import Body
from mannequin.camera import FRONT, SIDE_LEFT, Camera
from mannequin.catalogue import SCENARIOS
from mannequin.kinematics import Skeleton, forward
from mannequin.render import Picture, Studio
from mannequin.room import look
from mannequin.standing import StandingSet

SIZE = (64, 48)


@pytest.fixture(scope="module")
def skeleton() -> Skeleton:
    scenario = SCENARIOS["standing-side-left-clean"]
    return forward(scenario.body, StandingSet(scenario).pose(4.5))


def empty_room(camera: Camera) -> Picture:
    linear = look(camera, SIZE).picture
    return np.asarray(255.0 * np.clip(linear, 0, 1) ** (1 / 2.2) + 0.5, dtype=np.uint8)


@pytest.mark.parametrize("camera", [SIDE_LEFT, FRONT])
def test_a_figure_stands_at_its_joints(camera: Camera, skeleton: Skeleton) -> None:
    picture = Studio(camera, Body(), SIZE).shoot(skeleton)
    assert picture.shape == (48, 64, 3)
    changed = np.abs(picture.astype(int) - empty_room(camera)).max(axis=2) > 25
    assert 0.04 < changed.mean() < 0.35
    names = ["left_knee", "right_knee", "left_shoulder", "mid_hip", "head"]
    pixels = camera.project(np.stack([skeleton.points[name] for name in names]), SIZE)
    for x, y in pixels.astype(int):
        assert changed[y, x]


def test_the_same_pose_gives_the_same_picture(skeleton: Skeleton) -> None:
    first, second = (Studio(FRONT, Body(), SIZE).shoot(skeleton) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_the_figures_own_colours_are_seen(skeleton: Skeleton) -> None:
    picture = Studio(FRONT, Body(), (128, 96)).shoot(skeleton).astype(int)
    red, green, blue = picture[..., 0], picture[..., 1], picture[..., 2]
    assert ((blue > red + 60) & (blue > green + 25)).sum() > 60
    assert ((red > blue + 60) & (red > green + 50)).sum() > 10
