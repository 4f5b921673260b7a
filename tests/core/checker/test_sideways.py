"""A picture on its side, or of the wrong view, is told with the turn that mends it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.core.checker.neutral import assess
from formcheck.core.checker.sideways import picture_advice, turn_advice, view_complaint
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.view import Scene, View, scene_of
from formcheck.exercises import get_exercise
from tests.stickman import Stance, pose, rolled

STANDING, LYING, PLANK, HANGING = (
    Stance(),
    Stance(pitch=-90.0),
    Stance(pitch=90.0),
    Stance(arm=180.0),
)
CASES = [
    ("standing-hip-flexion", STANDING),
    ("high-knee-runs", STANDING),
    ("hanging-leg-raises", HANGING),
    ("straight-leg-raise", LYING),
    ("front-support-hip-flexion", PLANK),
]


def turned(shown: Pose, clockwise_deg: int) -> Pose:
    """The pose in a picture that was turned clockwise by a quarter."""
    width, height = shown.frame_size_px
    x, y = shown.image_px.T
    points = np.stack([height - y, x] if clockwise_deg == 90 else [y, width - x], axis=1)
    return Pose(
        time_s=shown.time_s,
        image_px=points,
        visibility=shown.visibility,
        frame_size_px=(height, width),
    )


def advice(slug: str, shown: Pose) -> str | None:
    exercise = get_exercise(slug)
    stretch = [shown] * 5
    return picture_advice(stretch, scene_of(stretch, exercise.position), exercise)


@pytest.mark.parametrize(("slug", "stance"), CASES)
@pytest.mark.parametrize("yaw_deg", [0.0, 180.0])
@pytest.mark.parametrize(("wrong_deg", "back_deg"), [(90, 270), (270, 90)])
def test_the_turn_that_mends_it_is_named(
    slug: str, stance: Stance, yaw_deg: float, wrong_deg: int, back_deg: int
) -> None:
    said = advice(slug, turned(pose(stance, yaw_deg=yaw_deg), wrong_deg))
    assert said is not None and said.endswith(f"--rotate {back_deg}.")


@pytest.mark.parametrize(("slug", "stance"), CASES)
@pytest.mark.parametrize("yaw_deg", [0.0, 180.0])
def test_an_upright_picture_needs_no_turn(slug: str, stance: Stance, yaw_deg: float) -> None:
    assert advice(slug, pose(stance, yaw_deg=yaw_deg)) is None


@pytest.mark.parametrize("roll_deg", [-25.0, 20.0])
def test_a_camera_that_hangs_too_far_is_to_be_levelled(roll_deg: float) -> None:
    said = advice("standing-hip-flexion", rolled(pose(STANDING), roll_deg))
    assert said is not None and said.startswith("Level the camera")
    assert f"{abs(roll_deg):.0f}°" in said


def test_the_calibration_says_so() -> None:
    exercise = get_exercise("standing-hip-flexion")
    said = assess([turned(pose(STANDING), 90)] * 30, exercise)
    assert isinstance(said, str) and "--rotate 270" in said


@pytest.mark.parametrize(
    "edit",
    [lambda shown: rolled(shown, 14.0), lambda shown: rolled(shown, -14.0)],
    ids=["right", "left"],
)
def test_what_is_levelled_is_not_complained_about(edit: Callable[[Pose], Pose]) -> None:
    assert advice("standing-hip-flexion", edit(pose(STANDING))) is None


@pytest.mark.parametrize(
    ("slug", "view", "yaw_deg", "said"),
    [
        ("standing-hip-flexion", View.SIDE, 5.0, None),
        ("standing-hip-flexion", View.FRONT, 85.0, None),
        ("standing-hip-flexion", View.OBLIQUE, 45.0, None),
        ("mountain-climbers", View.OBLIQUE, 35.0, None),
        ("mountain-climbers", View.OBLIQUE, 45.0, "Put the camera low and straight at your side"),
        ("mountain-climbers", View.FRONT, 85.0, "Put the camera low and straight at your side"),
        ("supine-marching", View.OBLIQUE, 25.0, None),
        ("supine-marching", View.OBLIQUE, 35.0, "Put the camera low and straight at your side"),
        ("hanging-leg-raises", View.FRONT, 85.0, "Turn your side straight"),
        ("hanging-leg-raises", View.UNKNOWN, math.nan, None),
    ],
)
def test_how_to_turn_for_an_exercise(
    slug: str, view: View, yaw_deg: float, said: str | None
) -> None:
    advice = turn_advice(Scene(view=view, yaw_deg=yaw_deg), get_exercise(slug))
    assert advice is None if said is None else advice is not None and advice.startswith(said)


@pytest.mark.parametrize(
    ("slug", "view", "refused"),
    [
        ("standing-hip-flexion", View.OBLIQUE, False),
        ("mountain-climbers", View.OBLIQUE, False),
        ("mountain-climbers", View.FRONT, True),
    ],
)
def test_a_view_is_refused_only_where_nothing_can_be_counted(
    slug: str, view: View, refused: bool
) -> None:
    assert (view_complaint(Scene(view=view), get_exercise(slug)) is not None) == refused
