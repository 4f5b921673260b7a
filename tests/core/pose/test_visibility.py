"""What the gate believes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import scene_of
from formcheck.core.pose.visibility import SeenPose, gate
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


def test_what_is_seen_holds_the_pose_its_believed_landmarks_and_their_numbers() -> None:
    raw = hidden(pose(Stance()), Landmark.LEFT_KNEE)
    seen = SeenPose.of(raw)
    assert seen.raw is raw and seen.time_s == raw.time_s
    np.testing.assert_array_equal(seen.pose.image_px, gate(raw).image_px)
    np.testing.assert_array_equal(seen.points, seen.pose.image_px)


@pytest.mark.parametrize(
    ("visibility", "seen", "half_seen"),
    [(0.9, True, True), (0.5, True, True), (0.3, False, True), (0.1, False, False)],
)
def test_a_half_seen_landmark_is_good_enough_to_follow(
    visibility: float, seen: bool, half_seen: bool
) -> None:
    shown = pose(Stance())
    sure = shown.visibility.copy()
    sure[Landmark.LEFT_KNEE] = visibility
    found = SeenPose.of(replace(shown, visibility=sure))
    scene = scene_of([shown])
    for one, expected in ((found.in_scene(scene), seen), (found.half_seen(scene), half_seen)):
        assert np.isfinite(one.points[Landmark.LEFT_KNEE]).all() == expected


@pytest.mark.parametrize("share", [0.6, 1.0, 1.4])
def test_in_a_scene_a_pose_is_seen_as_it_is_gated(share: float) -> None:
    shown = pose(Stance())
    hip, knee = shown.image_px[Landmark.LEFT_HIP], shown.image_px[Landmark.LEFT_KNEE]
    x, y = hip + (knee - hip) * share
    odd, scene = moved(shown, Landmark.LEFT_KNEE, x, y), scene_of([shown])
    seen = SeenPose.of(odd)
    np.testing.assert_array_equal(seen.in_scene(scene).points, gate(odd, scene).image_px)
    assert (seen.in_scene(scene) is seen) == (share == 1.0)


def test_moved_points_leave_the_pose_as_it_is() -> None:
    seen = SeenPose.trusted(pose(Stance()))
    other = seen.moved([(0.0, 0.0)] * 33)
    assert other.points[0] == (0.0, 0.0) and other.pose is seen.pose is seen.raw
