"""The camera of the drawn people: where points come to lie in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from people.camera import Camera

SIZE = (640, 480)


@pytest.mark.parametrize("yaw_deg", [0.0, 37.0, -90.0, 180.0])
@pytest.mark.parametrize("roll_deg", [0.0, 8.0])
def test_the_aim_lies_in_the_middle(yaw_deg: float, roll_deg: float) -> None:
    camera = Camera(yaw_deg=yaw_deg, roll_deg=roll_deg, height_m=1.4, aim_m=(0.2, -0.1, 0.7))
    assert camera.project(np.array([camera.aim_m]), SIZE)[0] == pytest.approx([320, 240])


@pytest.mark.parametrize("roll_deg", [0.0, 5.0, 10.0])
def test_roll_turns_the_picture_the_other_way(roll_deg: float) -> None:
    camera = Camera(roll_deg=roll_deg, height_m=0.88)
    low, high = camera.project(np.array([[0.0, 0.0, 0.5], [0.0, 0.0, 1.2]]), SIZE)
    turned = np.degrees(np.arctan2(high[0] - low[0], low[1] - high[1]))
    assert turned == pytest.approx(-roll_deg)


@pytest.mark.parametrize(
    ("yaw_deg", "view", "near_side", "facing"),
    [
        (0.0, "front", None, 0),
        (82.0, "side", "left", -1),
        (-90.0, "side", "right", 1),
        (45.0, "oblique", "left", -1),
        (135.0, "oblique", "left", -1),
        (180.0, "front", None, 0),
        (-165.0, "front", None, 0),
    ],
)
def test_view_and_near_side(yaw_deg: float, view: str, near_side: str | None, facing: int) -> None:
    camera = Camera(yaw_deg=yaw_deg)
    assert (camera.view, camera.near_side, camera.facing_sign) == (view, near_side, facing)


def test_a_person_faces_the_way_the_camera_says() -> None:
    for yaw_deg in (82.0, -82.0):
        camera = Camera(yaw_deg=yaw_deg)
        back, front = camera.project(np.array([[0.0, 0.0, 1.0], [0.3, 0.0, 1.0]]), SIZE)
        assert np.sign(front[0] - back[0]) == camera.facing_sign


def test_a_longer_lens_draws_larger() -> None:
    points = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 1.7]])
    spans = [
        np.ptp(Camera(focal_of_height=focal).project(points, SIZE)[:, 1]) for focal in (1.0, 1.5)
    ]
    assert spans[1] == pytest.approx(1.5 * spans[0])
