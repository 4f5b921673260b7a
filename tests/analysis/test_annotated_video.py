"""The second look: the same frames, at the same times, whatever the source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.analysis.analyze import Analysis, judge
from formcheck.analysis.annotated_video import GROUND, annotate, reopened
from formcheck.analysis.read_request import ReadRequest
from formcheck.core.pose.frame import Image, SourceInfo
from formcheck.errors import SourceError
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from formcheck.sources.playback import ReplaySource
from formcheck.sources.video import VideoFile
from tests.sources.clips import SIZE, number_in, rotate_header, write_clip
from tests.stickman import Stance, pose

EXERCISE = get_exercise("standing-hip-flexion")
UNEVEN_MS = (0, 33, 67, 500, 517, 1200, 1233, 1400, 1500, 1600, 1700)


def analysis_of(path: Path, numbers: slice = slice(None)) -> Analysis:
    """Return an analysis of a video as if somebody stood in each of these frames."""
    with VideoFile(path) as video:
        times_s = [frame.time_s for frame in video][numbers]
        info = video.info
    size = (info.width, info.height)
    shrink = np.array(size) / (1280, 960)
    poses = tuple(
        replace(shown, time_s=time_s, image_px=shown.image_px * shrink, frame_size_px=size)
        for time_s in times_s
        for shown in [pose(Stance())]
    )
    return judge(PoseRecording(source=info, poses=poses), EXERCISE)


def stamps(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(frame.time) for frame in container.decode(video=0)]


def seconds(path: Path) -> float:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.duration is not None and stream.time_base is not None
        return float(stream.duration * stream.time_base)


def test_an_uneven_video_keeps_its_times_and_its_length(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", UNEVEN_MS)
    analysis = analysis_of(path)
    with VideoFile(path) as source:
        annotate(source, analysis, EXERCISE, video=tmp_path / "b.mp4")
    assert stamps(tmp_path / "b.mp4") == pytest.approx([t / 1000 for t in UNEVEN_MS], abs=1e-4)
    assert seconds(tmp_path / "b.mp4") == pytest.approx(seconds(path), abs=0.002)


def test_a_turned_video_is_written_upright(tmp_path: Path) -> None:
    path = rotate_header(write_clip(tmp_path / "a.mp4", UNEVEN_MS), 90)
    analysis = analysis_of(path)
    with reopened(ReadRequest(path=path), analysis.recording) as source:
        annotate(source, analysis, EXERCISE, video=tmp_path / "b.mp4")
    with VideoFile(tmp_path / "b.mp4") as video:
        assert (video.info.width, video.info.height) == (SIZE[1], SIZE[0])


def test_of_a_part_only_that_part_is_drawn_from_zero_on(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", UNEVEN_MS)
    analysis = analysis_of(path, slice(3, 8))
    seen: dict[int, Image] = {}
    with VideoFile(path) as source:
        annotate(source, analysis, EXERCISE, video=tmp_path / "b.mp4", on_picture=seen.__setitem__)
    assert [number_in(seen[n]) for n in range(5)] == [3, 4, 5, 6, 7]
    assert stamps(tmp_path / "b.mp4") == pytest.approx([0.0, 0.017, 0.7, 0.733, 0.9], abs=1e-4)
    assert seconds(tmp_path / "b.mp4") == pytest.approx(1.0, abs=1e-3)


def test_saved_poses_find_their_video_or_are_drawn_on_plain_ground(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", UNEVEN_MS)
    analysis = analysis_of(path)
    saved = tmp_path / "elsewhere" / "set.npz"
    moved = replace(analysis.recording.source, path="gone/a.mp4")
    gone = PoseRecording(source=moved, poses=analysis.recording.poses)
    with reopened(ReadRequest(path=saved), analysis.recording) as source:
        assert isinstance(source, VideoFile)
    with reopened(ReadRequest(path=saved), gone) as source:
        assert isinstance(source, ReplaySource)
        seen: dict[int, Image] = {}
        annotate(source, analysis, EXERCISE, video=tmp_path / "b.mp4", on_picture=seen.__setitem__)
    assert (seen[0] == GROUND).all()
    assert len(stamps(tmp_path / "b.mp4")) == len(UNEVEN_MS)
    beside = tmp_path / "set.npz"
    with reopened(ReadRequest(path=beside), gone) as source:
        assert isinstance(source, VideoFile), "a video moved together with its poses is found"


def test_a_video_of_another_size_is_not_taken_for_the_poses(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", UNEVEN_MS)
    info = SourceInfo(path=str(path), width=320, height=240)
    recording = PoseRecording(source=info, poses=analysis_of(path).recording.poses)
    with reopened(ReadRequest(path=tmp_path / "set.npz"), recording) as source:
        assert isinstance(source, ReplaySource)


def test_other_frames_than_those_analysed_are_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", UNEVEN_MS)
    analysis = analysis_of(path)
    later = tuple(replace(p, time_s=p.time_s + 60.0) for p in analysis.recording.poses)
    other = replace(analysis, recording=replace(analysis.recording, poses=later))
    with VideoFile(path) as source, pytest.raises(SourceError, match="does not hold the frames"):
        annotate(source, other, EXERCISE, video=tmp_path / "b.mp4")
    assert not (tmp_path / "b.mp4").exists()
