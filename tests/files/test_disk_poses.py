"""Poses on the disk come back as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.pose.pose import Pose
from formcheck.errors import OutputError
from formcheck.files import disk_poses
from formcheck.files.disk_poses import CHUNK, DiskPoses
from tests.stickman import Lift, clip


@pytest.fixture(scope="module")
def poses() -> list[Pose]:
    shown = list(clip([Lift()] * 4, fps=30.0))
    shown[3] = Pose.unseen(shown[3].time_s, (640, 480))
    shown[4] = replace(shown[4], lumbar_gap=0.03, world_m=np.ones((33, 3)))
    shown[5] = replace(shown[5], lumbar_doubt="an arm lies in front of the lower back")
    shown[6] = replace(shown[6], interpolated=True)
    assert len(shown) > 2 * CHUNK
    return shown


def same(one: Pose, other: Pose) -> bool:
    plain = [
        (p.time_s, p.frame_size_px, p.lumbar_doubt, p.interpolated, p.world_m is None)
        for p in (one, other)
    ]
    arrays = [
        np.concatenate(
            [
                p.image_px.ravel(),
                p.visibility,
                [p.lumbar_gap],
                [] if p.world_m is None else p.world_m.ravel(),
            ]
        )
        for p in (one, other)
    ]
    return plain[0] == plain[1] and np.array_equal(arrays[0], arrays[1], equal_nan=True)


def test_they_come_back_in_any_order(poses: list[Pose]) -> None:
    stored = DiskPoses()
    for pose in poses:
        stored.append(pose)
    assert len(stored) == len(poses)
    assert all(same(one, other) for one, other in zip(stored, poses, strict=True))
    assert same(stored[-1], poses[-1])
    assert [p.time_s for p in stored[5:600:50]] == [p.time_s for p in poses[5:600:50]]
    with pytest.raises(IndexError):
        stored[len(poses)]
    stored.append(poses[0])
    assert same(stored[len(poses)], poses[0])


def test_files_are_put_together(poses: list[Pose], tmp_path: Path) -> None:
    for name, part in (("a", poses[:300]), ("b", poses[300:])):
        stored = DiskPoses(tmp_path / name)
        for pose in part:
            stored.append(pose)
        stored.close()
    joined = DiskPoses(tmp_path / "a")
    joined.extend(tmp_path / "b")
    assert [p.time_s for p in joined] == [p.time_s for p in poses]


def test_nowhere_to_put_them(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't be kept"):
        DiskPoses(tmp_path / "no" / "a")


def test_a_short_recording_stays_in_memory_and_a_long_one_does_not(
    poses: list[Pose], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_poses, "IN_MEMORY", 300)
    stored = DiskPoses()
    for pose in poses[:300]:
        stored.append(pose)
    assert all(one is other for one, other in zip(stored, poses, strict=False))
    for pose in poses[300:]:
        stored.append(pose)
    assert stored[0] is not poses[0]
    assert all(same(one, other) for one, other in zip(stored, poses, strict=True))
