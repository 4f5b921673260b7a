"""Where the camera sees the person's sides."""

from __future__ import annotations

import numpy as np
import pytest

from mannequin.camera import FRONT, OBLIQUE, SIDE_LEFT, SIDE_RIGHT, Camera
from mannequin.vectors import vec

SIZE = (640, 480)


def column(camera: Camera, *point: float) -> float:
    return float(camera.project(np.array([point]), SIZE)[0, 0])


def test_the_aim_point_is_the_pictures_centre() -> None:
    camera = Camera(yaw_deg=33, height_m=1.4, aim_m=(0.1, 0.2, 0.8))
    assert camera.project(np.array([[0.1, 0.2, 0.8]]), SIZE)[0] == pytest.approx((320, 240))


def test_up_is_up_in_the_picture() -> None:
    low, high = FRONT.project(np.array([[0, 0, 0.1], [0, 0, 1.7]]), SIZE)[:, 1]
    assert high < low


@pytest.mark.parametrize(
    ("camera", "view", "near", "facing"),
    [
        (SIDE_LEFT, "side", "left", -1),
        (SIDE_RIGHT, "side", "right", 1),
        (FRONT, "front", None, 0),
        (OBLIQUE, "oblique", "left", -1),
    ],
)
def test_views(camera: Camera, view: str, near: str | None, facing: int) -> None:
    assert (camera.view, camera.near_side, camera.facing_sign) == (view, near, facing)
    if facing:
        assert np.sign(column(camera, 0.5, 0, 0.9) - column(camera, 0, 0, 0.9)) == facing
        left = np.linalg.norm(vec(0, 0.2, 0.9) - camera.position_m)
        right = np.linalg.norm(vec(0, -0.2, 0.9) - camera.position_m)
        assert (left < right) == (near == "left")


def test_from_the_front_the_persons_left_is_on_the_pictures_right() -> None:
    assert column(FRONT, 0, 0.2, 0.9) > 320


def test_focal_length_gives_the_size() -> None:
    # One metre at 3 m, focal length 1.35 * 480 px, seen square on: 216 px.
    camera = Camera(distance_m=3.0, height_m=0.9, aim_m=(0, 0, 0.9))
    ends = camera.project(np.array([[0, 0.5, 0.9], [0, -0.5, 0.9]]), SIZE)
    assert ends[0, 0] - ends[1, 0] == pytest.approx(216)
