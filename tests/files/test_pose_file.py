"""Recordings of poses: what is saved comes back, what is damaged is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.errors import OutputError, PoseFileError
from formcheck.files.pose_file import SCHEMA, PoseRecording

SOURCE = SourceInfo(path="Übung.mp4", width=640, height=480, fps=29.97, frames=3, duration_s=0.1001)


def _pose(time_s: float, seed: int, *, world: bool = True) -> Pose:
    random = np.random.default_rng(seed)
    image_px = random.uniform(-10, 700, (33, 2))
    image_px[5] = np.nan
    return Pose(
        time_s=time_s,
        image_px=image_px,
        world_m=random.uniform(-1, 1, (33, 3)) if world else None,
        visibility=random.uniform(0, 1, 33),
        frame_size_px=(640, 480) if seed < 2 else (480, 640),
        silhouette=np.ones((2, 2), dtype=np.float32),
    )


@pytest.fixture
def recording() -> PoseRecording:
    between = replace(Pose.unseen(1 / 30, (640, 480)), interpolated=True)
    poses = (_pose(0.0, 0), between, _pose(0.1001, 2, world=False))
    return PoseRecording(source=SOURCE, poses=poses)


@pytest.fixture
def arrays(recording: PoseRecording, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "good.npz"
    recording.save(path)
    with np.load(path) as data:
        return {name: data[name] for name in data.files}


def test_what_is_saved_comes_back(recording: PoseRecording, tmp_path: Path) -> None:
    path = tmp_path / "poses.npz"
    recording.save(path)
    loaded = PoseRecording.load(path)
    assert loaded.source == SOURCE
    assert len(loaded.poses) == 3
    for saved, back in zip(recording.poses, loaded.poses, strict=True):
        assert back.time_s == saved.time_s
        assert back.interpolated is saved.interpolated
        assert back.frame_size_px == saved.frame_size_px
        np.testing.assert_array_equal(back.image_px, saved.image_px)
        np.testing.assert_allclose(back.visibility, saved.visibility, atol=1e-7)
        assert back.visibility.dtype == back.image_px.dtype == np.float64
        assert back.silhouette is None
        assert (back.world_m is None) == (saved.world_m is None)
        if saved.world_m is not None and back.world_m is not None:
            np.testing.assert_allclose(back.world_m, saved.world_m, atol=1e-6)
    assert [pose.is_seen for pose in loaded.poses] == [True, False, True]


def test_saving_again_after_loading_changes_nothing(
    recording: PoseRecording, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.npz", tmp_path / "2.npz"
    recording.save(first)
    PoseRecording.load(first).save(second)
    with np.load(first) as a, np.load(second) as b:
        assert a.files == b.files
        for name in a.files:
            np.testing.assert_array_equal(a[name], b[name])


def test_the_name_is_taken_as_given(recording: PoseRecording, tmp_path: Path) -> None:
    path = tmp_path / "poses.dat"
    recording.save(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["poses.dat"]


def test_a_place_that_can_t_be_written_to(recording: PoseRecording, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="can't be written"):
        recording.save(tmp_path / "file" / "poses.npz")
    recording.save(tmp_path / "new" / "poses.npz")
    assert len(PoseRecording.load(tmp_path / "new" / "poses.npz").poses) == len(recording.poses)


def _changed(arrays: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**arrays, **changes}


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], str]] = {
    "another schema": (
        lambda a: _changed(a, schema=np.array("other@7")),
        "has the schema 'other@7",
    ),
    "no schema": (lambda a: {k: v for k, v in a.items() if k != "schema"}, "not a pose file"),
    "time runs backward": (lambda a: _changed(a, time_s=a["time_s"][::-1]), "do not increase"),
    "equal times": (lambda a: _changed(a, time_s=np.zeros(3)), "do not increase"),
    "a time that is none": (
        lambda a: _changed(a, time_s=np.array([0.0, np.nan, 1.0])),
        "do not increase",
    ),
    "a frame too few": (lambda a: _changed(a, image_px=a["image_px"][:2]), "do not fit together"),
    "17 landmarks": (lambda a: _changed(a, visibility=np.ones((3, 17))), "do not fit together"),
    "no JSON": (lambda a: _changed(a, source=np.array("{")), "not a pose file"),
    "an unknown field": (
        lambda a: _changed(a, source=np.array(json.dumps({**asdict(SOURCE), "iso": 100}))),
        "not a pose file",
    ),
    "words for numbers": (lambda a: _changed(a, time_s=np.array(["a", "b", "c"])), "not a pose"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_a_damaged_recording_is_refused(arrays: dict[str, Any], tmp_path: Path, case: str) -> None:
    damage, message = DAMAGE[case]
    path = tmp_path / "bad.npz"
    np.savez(path, **damage(arrays))
    with pytest.raises(PoseFileError, match=message) as caught:
        PoseRecording.load(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 cut short"])
def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    with pytest.raises(PoseFileError, match="not a readable pose file"):
        PoseRecording.load(path)


def test_a_single_array_is_no_recording(tmp_path: Path) -> None:
    path = tmp_path / "single.npz"
    with path.open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(PoseFileError):
        PoseRecording.load(path)


def test_a_pickle_is_never_opened(arrays: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "pickled.npz"
    np.savez(path, **_changed(arrays, source=np.array({"a": 1}, dtype=object)))
    with pytest.raises(PoseFileError, match="not a readable pose file"):
        PoseRecording.load(path)


def test_a_missing_file_and_a_truncated_one(recording: PoseRecording, tmp_path: Path) -> None:
    with pytest.raises(PoseFileError, match="There is no pose file"):
        PoseRecording.load(tmp_path / "none.npz")
    path = tmp_path / "poses.npz"
    recording.save(path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(PoseFileError, match="not a readable pose file"):
        PoseRecording.load(path)


def test_the_schema_names_its_version() -> None:
    assert SCHEMA == "formcheck/poses@1"
