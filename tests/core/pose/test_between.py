"""Poses of frames that were not looked at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.pose.between import pose_between
from formcheck.core.pose.pose import Landmark, Pose
from tests.stickman import Stance, pose

BEFORE = replace(pose(Stance(thigh_left=10.0), 1.0), lumbar_gap=0.02)
AFTER = replace(pose(Stance(thigh_left=20.0), 1.1), lumbar_gap=0.04)


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_every_point_lies_on_the_straight_line(share: float) -> None:
    found = pose_between(BEFORE, AFTER, 1.0 + 0.1 * share)
    wanted = (1 - share) * BEFORE.image_px + share * AFTER.image_px
    np.testing.assert_allclose(found.image_px, wanted)
    assert found.lumbar_gap == pytest.approx(0.02 + 0.02 * share)
    assert found.time_s == 1.0 + 0.1 * share
    assert found.interpolated and not BEFORE.interpolated
    assert found.frame_size_px == AFTER.frame_size_px


def test_a_thigh_that_speeds_up_is_off_by_less_than_a_third_of_a_degree() -> None:
    def thigh_deg(time_s: float) -> float:
        return 20.0 + 250.0 * time_s**2

    step_s = 1 / 15
    looks = [pose(Stance(thigh_left=thigh_deg(t)), t) for t in (0.3, 0.3 + step_s)]
    middle = pose_between(looks[0], looks[1], 0.3 + step_s / 2)
    true = pose(Stance(thigh_left=thigh_deg(0.3 + step_s / 2)), 0.3)

    def angle(one: Pose) -> float:
        thigh = one.image_px[Landmark.LEFT_KNEE] - one.image_px[Landmark.LEFT_HIP]
        return float(np.degrees(np.arctan2(abs(thigh[0]), thigh[1])))

    assert 0.0 < abs(angle(middle) - angle(true)) < 0.33


@pytest.mark.parametrize(
    "looks",
    [
        (Pose.unseen(1.0, AFTER.frame_size_px), AFTER),
        (BEFORE, Pose.unseen(1.1, BEFORE.frame_size_px)),
        (replace(BEFORE, frame_size_px=(10, 10)), AFTER),
        (BEFORE, replace(AFTER, image_px=1.5 * AFTER.image_px)),
    ],
    ids=["unseen before", "unseen after", "another size", "a cut"],
)
def test_what_one_look_does_not_show_is_not_shown(looks: tuple[Pose, Pose]) -> None:
    found = pose_between(*looks, 1.05)
    assert not found.is_seen and found.interpolated


def test_a_point_or_outline_missing_in_one_look_stays_missing() -> None:
    points = AFTER.image_px.copy()
    points[Landmark.LEFT_KNEE] = np.nan
    after = replace(AFTER, image_px=points, lumbar_gap=np.nan, lumbar_doubt="the arm hides it")
    found = pose_between(BEFORE, after, 1.05)
    assert np.isnan(found.image_px[Landmark.LEFT_KNEE]).all()
    assert np.isfinite(found.image_px[Landmark.RIGHT_KNEE]).all()
    assert np.isnan(found.lumbar_gap)
    assert found.lumbar_doubt == "the arm hides it"
