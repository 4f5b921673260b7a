from __future__ import annotations

import pytest

from formcheck.core.checker.calibration import RecentPoses
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.visibility import SeenPose


def at(time_s: float) -> SeenPose:
    return SeenPose.of(Pose.unseen(time_s, (640, 480)))


def test_poses_are_kept_for_the_span_and_no_longer() -> None:
    recent = RecentPoses(0.5)
    for eighth in range(9):
        recent.add(at(eighth / 8))
    assert [pose.time_s for pose in recent] == [0.5, 0.625, 0.75, 0.875, 1.0]
    assert [pose.time_s for pose in recent.last(0.25)] == [0.75, 0.875, 1.0]


@pytest.mark.parametrize("fps", [8, 30, 120])
def test_they_are_looked_at_no_more_than_ten_times_a_second(fps: int) -> None:
    recent = RecentPoses(2.0)
    looks = sum(recent.add(at(number / fps)) for number in range(2 * fps))
    assert min(fps, 7) * 2 <= looks <= 20


def test_the_first_pose_is_looked_at() -> None:
    assert RecentPoses(1.0).add(at(1234.5))
