"""Readings of the pelvis in files: they come back, older files have none, damaged ones are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pelvis import PelvisReading
from formcheck.core.pose.pose import Pose
from formcheck.errors import PoseFileError
from formcheck.files.disk_poses import DiskPoses
from formcheck.files.pelvis_arrays import FARTHEST
from formcheck.files.pose_file import PoseRecording
from tests.stickman import Stance, pose

READINGS = (
    PelvisReading(turn_deg=-12.5, facing=0.93, middle_px=(301.5, 240.25), size_px=18.75),
    None,
    PelvisReading(doubt="the pelvis tag is bent: use a stiff card"),
)
POSES = tuple(replace(pose(Stance(), n / 30), pelvis=reading) for n, reading in enumerate(READINGS))
SOURCE = SourceInfo(path="made.mp4", width=1280, height=960)


def numbers(poses: tuple[Pose, ...] | list[Pose]) -> list[object]:
    """The readings, comparable: NaN equals nothing."""
    return [
        one.pelvis if one.pelvis is None or one.pelvis.is_read else one.pelvis.doubt
        for one in poses
    ]


def test_readings_come_back_from_a_pose_file_and_from_the_disk(tmp_path: Path) -> None:
    PoseRecording(source=SOURCE, poses=POSES).save(tmp_path / "a.npz")
    wanted = numbers(POSES)
    assert numbers(list(PoseRecording.load(tmp_path / "a.npz").poses)) == wanted
    with DiskPoses(tmp_path / "rows") as kept:
        for one in POSES:
            kept.append(one)
        kept.flush()
        assert numbers(list(kept)) == wanted


def changed(path: Path, change: Callable[[dict[str, np.ndarray]], object]) -> Path:
    with np.load(path) as data:
        arrays = {name: data[name] for name in data.files}
    change(arrays)
    np.savez(path, **arrays)
    return path


def test_a_file_from_before_there_were_sensors_has_no_readings(tmp_path: Path) -> None:
    PoseRecording(source=SOURCE, poses=POSES).save(tmp_path / "a.npz")
    old = changed(tmp_path / "a.npz", lambda a: (a.pop("pelvis"), a.pop("pelvis_doubt")))
    assert numbers(list(PoseRecording.load(old).poses)) == [None] * 3


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a.update(pelvis=a["pelvis"][:2]),
        lambda a: a.update(pelvis=a["pelvis"] + 2 * FARTHEST),
        lambda a: a.update(pelvis_doubt=np.array(["x"])),
        lambda a: a.pop("pelvis_doubt"),
        lambda a: a.update(pelvis=np.array(["x"] * 3)),
    ],
    ids=["too few", "too large", "too few words", "no words", "no numbers"],
)
def test_readings_that_can_not_be_are_told_in_a_sentence(
    tmp_path: Path, change: Callable[[dict[str, np.ndarray]], object]
) -> None:
    PoseRecording(source=SOURCE, poses=POSES).save(tmp_path / "a.npz")
    with pytest.raises(PoseFileError, match="not a pose file"):
        PoseRecording.load(changed(tmp_path / "a.npz", change))
