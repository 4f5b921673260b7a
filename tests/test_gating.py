"""What the gate believes, and what the swap repair puts right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.gating import MAX_SWAPPED_FRAMES, SwapRepair, gate
from formcheck.pose import Landmark, Pose
from formcheck.view import observe
from tests.stickman import SIZE, Lift, Stance, clip, hidden, pose

LEGS = ("KNEE", "ANKLE", "HEEL", "FOOT_INDEX")


def swapped(shown: Pose) -> Pose:
    points = shown.image_px.copy()
    for name in LEGS:
        left, right = Landmark[f"LEFT_{name}"], Landmark[f"RIGHT_{name}"]
        points[[left, right]] = points[[right, left]]
    return replace(shown, image_px=points)


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
    out = gate(moved(shown, Landmark.LEFT_KNEE, x, y), observe([shown]))
    assert np.isfinite(out.image_px[Landmark.LEFT_KNEE]).all() == believed


def test_the_gate_leaves_a_good_pose_untouched() -> None:
    shown = pose(Stance())
    np.testing.assert_array_equal(gate(shown).image_px, shown.image_px)


@pytest.mark.parametrize("frames", [1, 3, MAX_SWAPPED_FRAMES])
def test_legs_that_trade_places_for_some_frames_are_put_back(frames: int) -> None:
    poses = list(clip([Lift()]))
    first = 130  # in the hold
    repair = SwapRepair()
    for index, shown in enumerate(poses):
        given = swapped(shown) if first <= index < first + frames else shown
        np.testing.assert_allclose(repair.repair(given).image_px, shown.image_px)


def test_a_swap_that_stays_is_believed_in_the_end() -> None:
    poses = list(clip([Lift(hold_s=4.0)]))
    repair = SwapRepair()
    out = [repair.repair(p if i < 130 else swapped(p)) for i, p in enumerate(poses)]
    np.testing.assert_allclose(out[140].image_px, swapped(poses[140]).image_px)


def test_fast_alternating_legs_are_not_taken_for_swaps() -> None:
    lifts = [
        Lift(side=side, rise_s=0.25, hold_s=0.0, lower_s=0.25, rest_s=0.0)
        for side in ("left", "right") * 6
    ]
    repair = SwapRepair()
    for shown in clip(lifts):
        np.testing.assert_array_equal(repair.repair(shown).image_px, shown.image_px)
