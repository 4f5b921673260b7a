"""Poses, landmarks and sides."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from formcheck.core.pose.pose import LANDMARK_COUNT, LEG, MIRROR_PAIRS, Landmark, Pose, Side
from tests.stickman import Stance, pose


@pytest.mark.parametrize(
    ("side", "other"),
    [(Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT), (Side.BOTH, Side.BOTH)],
)
def test_the_other_side(side: Side, other: Side) -> None:
    assert side.other is other and side.other.other is side


def test_landmarks_are_33_in_the_model_s_order() -> None:
    assert [int(landmark) for landmark in Landmark] == list(range(LANDMARK_COUNT))


def test_every_left_landmark_has_its_right_twin() -> None:
    assert len(MIRROR_PAIRS) == 16
    for left, right in MIRROR_PAIRS:
        assert right.name == left.name.replace("LEFT", "RIGHT") != left.name


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_the_joints_of_a_leg_are_its_own(side: Side) -> None:
    names = [f"{side.name}_{joint}" for joint in ("HIP", "KNEE", "ANKLE")]
    assert [landmark.name for landmark in LEG[side]] == names


def test_nobody_is_all_nan() -> None:
    nobody = Pose.unseen(1.5, (640, 480))
    assert not nobody.is_seen and nobody.time_s == 1.5
    assert np.isnan(nobody.image_px).all() and not nobody.visibility.any()
    assert math.isnan(nobody.lumbar_gap)


def test_one_landmark_is_enough_to_be_seen() -> None:
    nobody = Pose.unseen(0.0, (640, 480))
    nobody.image_px[Landmark.NOSE] = 1.0, 2.0
    assert nobody.is_seen


def test_points_are_the_positions_as_plain_numbers() -> None:
    shown = pose(Stance())
    points = shown.points()
    np.testing.assert_array_equal(points, shown.image_px)
    assert {type(number) for point in points for number in point} == {float}
    assert shown.points() is points
    moved = replace(shown, image_px=shown.image_px + 1.0)
    np.testing.assert_array_equal(moved.points(), shown.image_px + 1.0)


def test_a_pose_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        pose(Stance()).time_s = 2.0  # type: ignore[misc]
