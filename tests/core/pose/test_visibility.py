"""What the gate believes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import scene_of
from formcheck.core.pose.visibility import gate
from tests.stickman import SIZE, Stance, hidden, pose


def moved(shown: Pose, landmark: Landmark, x: float, y: float) -> Pose:
    points = shown.image_px.copy()
    points[landmark] = x, y
    return replace(shown, image_px=points)


def test_a_landmark_of_low_visibility_is_not_believed() -> None:
    out = gate(hidden(pose(Stance()), Landmark.LEFT_KNEE))
    assert np.isnan(out.image_px[Landmark.LEFT_KNEE]).all()
    assert np.isfinite(out.image_px[Landmark.RIGHT_KNEE]).all()


@pytest.mark.parametrize("place", [(-1, 100), (SIZE[0], 100), (100, -5), (100, SIZE[1] + 40)])
def test_a_landmark_outside_the_picture_is_not_believed(place: tuple[int, int]) -> None:
    out = gate(moved(pose(Stance()), Landmark.LEFT_ANKLE, *place))
    assert np.isnan(out.image_px[Landmark.LEFT_ANKLE]).all()


@pytest.mark.parametrize(("yaw_deg", "share", "believed"), [
    (0.0, 1.0, True), (0.0, 1.25, True), (0.0, 1.4, False), (0.0, 0.6, False),
    (90.0, 0.6, True), (90.0, 1.4, False),
])  # fmt: skip
def test_a_thigh_of_impossible_length_is_not_believed(
    yaw_deg: float, share: float, believed: bool
) -> None:
    shown = pose(Stance(), yaw_deg=yaw_deg)
    hip, knee = shown.image_px[Landmark.LEFT_HIP], shown.image_px[Landmark.LEFT_KNEE]
    x, y = hip + (knee - hip) * share
    out = gate(moved(shown, Landmark.LEFT_KNEE, x, y), scene_of([shown]))
    assert np.isfinite(out.image_px[Landmark.LEFT_KNEE]).all() == believed


def test_the_gate_leaves_a_good_pose_untouched() -> None:
    shown = pose(Stance())
    np.testing.assert_array_equal(gate(shown).image_px, shown.image_px)
