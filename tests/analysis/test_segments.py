"""Long recordings in segments: every frame once, and the same whoever works through them."""

from __future__ import annotations

import math
import threading
from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis import people_in_view, reading, segments
from formcheck.analysis.job import Done, Job
from formcheck.analysis.read_request import ReadRequest
from formcheck.analysis.running import run_all
from formcheck.analysis.segments import segments_of
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.errors import FormcheckError, SourceError, UsageError
from formcheck.estimators import estimator_for
from formcheck.files.bundled import DEMO_EXERCISE, demo_video
from formcheck.files.closing import ClosesItself
from formcheck.sources.packets import read_packets
from formcheck.sources.read_ahead import read_ahead
from formcheck.sources.video import Excerpt, VideoFile
from tests.sources.clips import number_in, write_clip
from tests.stickman import Stance, pose

STAMPS = tuple(range(0, 20_000, 100))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds of ten numbered frames each, with B-frames."""
    return write_clip(tmp_path_factory.mktemp("long") / "long.mp4", STAMPS, b_frames=2)


@pytest.fixture
def short_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "LONG_S", 8.0)
    monkeypatch.setattr(segments, "SEGMENT_S", 5.0)
    monkeypatch.setattr(segments, "WARM_FRAMES", 5)


def numbers(video: Path, from_s: float, to_s: float, *, searches: bool) -> list[tuple[int, float]]:
    with Excerpt(VideoFile(video), from_s=from_s, to_s=to_s, searches=searches) as source:
        return [(number_in(f.image), f.time_s) for f in source if f.image is not None]


def test_less_than_twenty_seconds_stay_whole(long: Path) -> None:
    [one] = segments_of(ReadRequest(path=long))
    assert (one.from_s, one.to_s, one.frames) == (0.0, math.inf, None)


@pytest.mark.usefixtures("short_segments")
@pytest.mark.parametrize("stretch", [(None, None), (3.0, None), (None, 15.0), (2.05, 17.95)])
def test_every_frame_is_in_one_segment(
    long: Path, stretch: tuple[float | None, float | None]
) -> None:
    request = ReadRequest(path=long, from_s=stretch[0], to_s=stretch[1])
    cut = segments_of(request)
    assert len(cut) in (2, 4)
    found = []
    for segment in cut:
        part = numbers(long, segment.from_s, segment.to_s, searches=segment.searches)
        assert segment.fits(len(part))
        found += part
        warm = (
            numbers(long, segment.warm_s, segment.from_s, searches=True)
            if found[0] not in part
            else []
        )
        assert len(warm) in (0, 10)
    start_s, end_s = stretch[0] or 0.0, stretch[1] or math.inf
    assert found == numbers(long, start_s, end_s, searches=False)
    assert [time_s for _, time_s in found] == [
        pytest.approx(ms / 1000) for ms in STAMPS if start_s <= ms / 1000 < end_s
    ]


@pytest.mark.usefixtures("short_segments")
def test_the_cuts_are_the_recording_s_own(long: Path) -> None:
    assert segments_of(ReadRequest(path=long)) == segments_of(ReadRequest(path=long))
    lengths = [segment.frames for segment in segments_of(ReadRequest(path=long))]
    assert lengths == [50, 50, 50, 50]


def test_a_file_cut_short_is_not_cut(long: Path, tmp_path: Path) -> None:
    whole = long.read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    assert read_packets(cut) is None
    assert read_packets(tmp_path / "no.mp4") is None


def test_a_stretch_without_frames(long: Path) -> None:
    with pytest.raises(SourceError, match=r"no frame from 30.0 s on: its last one is at 19.9 s"):
        numbers(long, 30.0, math.inf, searches=True)
    with pytest.raises(UsageError, match="the end must come after"):
        ReadRequest(path=long, from_s=5.0, to_s=5.0)


def test_reading_ahead_gives_the_same_and_raises_in_place(long: Path) -> None:
    with VideoFile(long) as video:
        plain = [(f.index, f.time_s) for f in video]
    with VideoFile(long) as video:
        assert [(f.index, f.time_s) for f in read_ahead(video)] == plain
    with Excerpt(VideoFile(long), from_s=99.0) as source, pytest.raises(SourceError):
        next(read_ahead(source))
    with VideoFile(long) as video:
        frames = read_ahead(video)
        next(frames)
        frames.close()


class Clocked(ClosesItself):
    """Takes the time of a frame, and where the tracker began, for a pose."""

    begun_s: float | None = None

    def estimate(self, frame: Frame) -> Pose:
        self.begun_s = frame.time_s if self.begun_s is None else self.begun_s
        return pose(Stance(thigh_left=self.begun_s), frame.time_s)

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def clocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimator_for, "estimator_for", lambda *_, **__: Clocked())
    monkeypatch.setattr(people_in_view, "crowd_of", lambda _: None)


@pytest.mark.usefixtures("short_segments", "clocked")
@pytest.mark.parametrize("stretch", [(None, None), (3.0, None), (2.05, 17.95)])
def test_any_number_of_threads_gives_the_same_to_the_last_bit(
    long: Path, stretch: tuple[float | None, float | None]
) -> None:
    request = ReadRequest(path=long, from_s=stretch[0], to_s=stretch[1])
    told: list[tuple[float, float | None]] = []
    read = [
        reading.read_video(
            request, None, threads=threads, on_progress=lambda *done: told.append(done)
        )
        for threads in (1, 2, 3, 8)
    ]
    (first, problems), *others = read
    assert problems == ()
    assert len({one.image_px[25].tobytes() for one in first.poses}) > 1, "several trackers"
    for other, _ in others:
        assert other.source == first.source
        for one, same in zip(first.poses, other.poses, strict=True):
            assert one.time_s == same.time_s and one.interpolated is same.interpolated
            assert np.array_equal(one.image_px, same.image_px, equal_nan=True)
    length_s = (stretch[1] or 20.0) - (stretch[0] or 0.0)
    assert max(done_s for done_s, _ in told) == pytest.approx(length_s, abs=0.5)


@pytest.mark.usefixtures("short_segments", "clocked")
@pytest.mark.parametrize("threads", [1, 2, 8])
def test_an_error_in_one_segment_ends_them_all(
    long: Path, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(frame: Frame) -> Pose:
        if frame.time_s > 11:
            raise FormcheckError("This frame breaks the tracker.")
        return pose(Stance(), frame.time_s)

    monkeypatch.setattr(Clocked, "estimate", lambda _, frame: broken(frame))
    with pytest.raises(FormcheckError, match="breaks the tracker"):
        reading.read_video(ReadRequest(path=long), None, threads=threads)
    assert not [t for t in threading.enumerate() if t.name.startswith(("segment", "read-ahead"))]


@pytest.mark.usefixtures("short_segments", "clocked")
def test_what_breaks_off_stops_every_thread(long: Path) -> None:
    def interrupt(time_s: float, total_s: float | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reading.read_video(ReadRequest(path=long), None, threads=2, on_progress=interrupt)
    assert not [t for t in threading.enumerate() if t.name.startswith(("segment", "read-ahead"))]


@pytest.mark.slow
@pytest.mark.usefixtures("short_segments")
def test_two_processes_give_what_one_gives_to_the_last_bit(tmp_path: Path) -> None:
    jobs = [
        Job(path=demo_video(), exercise=DEMO_EXERCISE, poses_path=tmp_path / f"{n}.npz")
        for n in (1, 2)
    ]
    [one] = run_all(jobs[:1], processes=1)
    [two] = run_all(jobs[1:], processes=2)
    assert isinstance(one, Done)
    assert isinstance(two, Done)
    assert len(one.plain["reps"]) == 4
    assert one.plain == two.plain
    with np.load(tmp_path / "1.npz") as first, np.load(tmp_path / "2.npz") as second:
        for name in first.files:
            assert np.array_equal(
                first[name], second[name], equal_nan=first[name].dtype.kind == "f"
            )
