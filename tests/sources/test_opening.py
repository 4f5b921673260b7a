"""What the user typed decides which source is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.errors import PoseFileError, SourceError, UsageError
from formcheck.files.pose_file import PoseRecording
from formcheck.sources.opening import camera_index, file_path, open_source, pose_file
from formcheck.sources.playback import Paced, ReplaySource
from formcheck.sources.video import VideoFile
from tests.sources.clips import write_clip


@pytest.fixture
def poses(tmp_path: Path) -> Path:
    recording = PoseRecording(
        source=SourceInfo(path="orig.mp4", width=64, height=48, fps=30.0, frames=3),
        poses=tuple(Pose.unseen(t, (64, 48)) for t in (0.0, 0.04, 0.1)),
    )
    path = tmp_path / "poses.npz"
    recording.save(path)
    return path


def test_a_path_is_a_video_file(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4")
    with open_source(str(path), rotate_deg=90) as source:
        assert isinstance(source, VideoFile)
        assert (source.info.width, source.info.height) == (64, 96)
    with open_source(path.as_uri()) as source:
        assert isinstance(source, VideoFile)


def test_a_name_of_digits_needs_a_folder_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_clip(tmp_path / "a.mp4").rename(tmp_path / "0")
    monkeypatch.chdir(tmp_path)
    with open_source("./0") as source:
        assert isinstance(source, VideoFile)


def test_live_plays_a_recording_like_a_camera(tmp_path: Path, poses: Path) -> None:
    with open_source(str(write_clip(tmp_path / "a.mp4")), live=True) as source:
        assert isinstance(source, Paced)
        assert source.live
    with open_source(str(poses), live=True) as source:
        assert [frame.time_s for frame in source] == [0.0, 0.04, 0.1]


def test_saved_poses_are_replayed_without_pictures(poses: Path) -> None:
    with open_source(str(poses)) as source:
        assert isinstance(source, ReplaySource)
        assert not source.live
        assert source.info.path == "orig.mp4"
        frames = list(source)
        assert frames == list(source)
    assert [(f.index, f.time_s, f.image, f.size_px) for f in frames] == [
        (0, 0.0, None, (64, 48)),
        (1, 0.04, None, (64, 48)),
        (2, 0.1, None, (64, 48)),
    ]
    assert source.problems == []


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", UsageError, "No source was given"),
        ("missing.mp4", SourceError, "There is no file"),
        ("missing.npz", SourceError, "There is no file"),
        ("C:\\clips\\missing.mp4", SourceError, "There is no file"),
    ],
)
def test_what_can_t_be_opened(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        open_source(text)


def test_poses_can_t_be_turned(poses: Path) -> None:
    with pytest.raises(UsageError, match="name the video that it came from"):
        open_source(str(poses), rotate_deg=90)


def test_a_file_that_only_ends_like_poses(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    path.write_bytes(b"no poses")
    with pytest.raises(PoseFileError, match="not a readable pose file"):
        open_source(str(path))


def test_the_home_folder_may_be_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write_clip(tmp_path / "a.mp4")
    with open_source("~/a.mp4") as source:
        assert source.info.width == 96


@pytest.mark.parametrize(
    ("text", "index", "file"),
    [
        ("0", 0, None),
        (" 12 ", 12, None),
        ("/dev/video2", 2, None),
        ("./0", None, Path("0")),
        ("set.mp4", None, Path("set.mp4")),
        ("file:///tmp/set.npz", None, Path("/tmp/set.npz")),
        ("rtsp://camera/1", None, None),
        ("0x1", None, Path("0x1")),
    ],
)
def test_a_text_is_a_camera_a_file_or_an_address(
    text: str, index: int | None, file: Path | None
) -> None:
    assert camera_index(text) == index
    assert file_path(text) == file
    assert pose_file(text) == (file if file is not None and file.suffix == ".npz" else None)
