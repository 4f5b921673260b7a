"""Whether the body is suddenly somewhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.checker.jumps import JumpWatch
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.visibility import SeenPose
from tests.stickman import Stance, pose

TRUNK_PX = 200.0


@pytest.mark.parametrize(
    ("moves_px", "gap_s", "jumps"),
    [
        (0.0, 1 / 30, False),
        (60.0, 1 / 30, False),
        (150.0, 1 / 30, True),
        # In half a second a person may be elsewhere.
        (150.0, 0.5, False),
        (900.0, 0.5, True),
    ],
)
def test_hips_go_no_faster_than_a_body(moves_px: float, gap_s: float, jumps: bool) -> None:
    watch = JumpWatch()
    there = pose(Stance(), gap_s)
    there = replace(there, image_px=there.image_px + [moves_px, 0.0])
    assert not watch.update(SeenPose.trusted(pose(Stance(), 0.0)), TRUNK_PX)
    assert watch.update(SeenPose.trusted(there), TRUNK_PX) == jumps
    assert not watch.update(SeenPose.trusted(replace(there, time_s=gap_s + 1 / 30)), TRUNK_PX)


def test_who_is_not_seen_is_compared_with_when_they_were() -> None:
    watch = JumpWatch()
    watch.update(SeenPose.trusted(pose(Stance(), 0.0)), TRUNK_PX)
    assert not watch.update(SeenPose.trusted(Pose.unseen(0.1, (1280, 960))), TRUNK_PX)
    there = pose(Stance(), 0.2)
    there = replace(there, image_px=there.image_px + [500.0, 0.0])
    assert watch.update(SeenPose.trusted(there), TRUNK_PX)
