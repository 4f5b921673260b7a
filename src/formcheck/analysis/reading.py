"""Reads the poses of a video, several of its segments at a time.

Segments are shared out among threads and not processes: the decoder and the pose model work without
Python's lock, and a thread needs no interpreter and no libraries of its own, which take a second to
load. Two threads on two cores read 1.8 times as fast as one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from formcheck.analysis.machine import give_back_memory
from formcheck.analysis.read_request import OnProgress, ReadRequest
from formcheck.analysis.segments import Segment, estimate_segment, segments_of, whole
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import SourceInfo
from formcheck.files.disk_poses import DiskPoses
from formcheck.files.pose_file import PoseRecording
from formcheck.sources.frame_buffer import FrameBuffer


def read_video(
    request: ReadRequest,
    exercise: Exercise | None,
    *,
    threads: int = 1,
    frames: FrameBuffer | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[PoseRecording, tuple[str, ...]]:
    """Returns the poses of a video, segment by segment, and what went wrong on the way.

    Parameters
    ----------
    request : ReadRequest
        The recording, and how to read it.
    exercise : Exercise | None
        As for `estimate_segment`.
    threads : int
        Number of segments to work on at the same time; the poses are the same for any number.
    frames : FrameBuffer | None
        Takes the frames, if the video is read whole and in a single segment; longer ones would not
        fit, and of a part the time at which its last frame ends is not known.
    on_progress : callable, optional
        As for `estimate_segment`; is called by one thread at a time.
    """
    segments = segments_of(request)
    if frames is not None and (len(segments) > 1 or not request.is_whole):
        frames.drop()
    if len(segments) == 1:
        return _read_one(request, exercise, segments[0], frames, on_progress)
    poses = DiskPoses()
    infos: list[SourceInfo] = []
    problems: list[str] = []
    with _Readers(request, exercise, threads, on_progress) as readers:
        for segment, (part, info, said) in zip(segments, readers.read(segments), strict=True):
            with part:
                fits = segment.fits(len(part))
                for pose in part:
                    poses.append(pose)
            if not fits:
                break
            infos.append(info)
            problems += said
    if len(infos) < len(segments):
        # Damaged between its packets: it fell apart in segments.
        poses.close()
        return read_whole(request, exercise, on_progress=on_progress)
    return joined(request, infos, problems, poses)


def read_whole(
    request: ReadRequest, exercise: Exercise | None, *, on_progress: OnProgress | None = None
) -> tuple[PoseRecording, tuple[str, ...]]:
    """Returns the poses of a video as `read_video` does, as a single segment."""
    return _read_one(request, exercise, whole(request), None, on_progress)


def _read_one(
    request: ReadRequest,
    exercise: Exercise | None,
    segment: Segment,
    frames: FrameBuffer | None,
    on_progress: OnProgress | None,
) -> tuple[PoseRecording, tuple[str, ...]]:
    poses = DiskPoses()
    info, problems = estimate_segment(
        request, exercise, segment, poses, frames=frames, on_progress=on_progress
    )
    return joined(request, [info], problems, poses)


def joined(
    request: ReadRequest, infos: Sequence[SourceInfo], problems: Sequence[str], poses: DiskPoses
) -> tuple[PoseRecording, tuple[str, ...]]:
    """Returns the poses of all segments as one recording, and what went wrong."""
    info = replace(
        infos[-1],
        from_s=None if request.from_s is None else request.begin_s,
        to_s=None if request.to_s is None else request.end_s,
        frames=len(poses),
    )
    return PoseRecording(source=info, poses=poses), tuple(dict.fromkeys(problems))


Part = tuple[DiskPoses, SourceInfo, tuple[str, ...]]
"""The poses of a segment, the source, and what went wrong."""


class _Stopped(Exception):
    """Ends a thread whose work nobody waits for any more."""


class _Readers:
    """Threads that read segments; they end within a frame when the block does."""

    def __init__(
        self,
        request: ReadRequest,
        exercise: Exercise | None,
        threads: int,
        on_progress: OnProgress | None,
    ) -> None:
        self._request, self._exercise = request, exercise
        self._on_progress = on_progress
        self._threads = threads
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._done_s: dict[int, float] = {}
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="segment")

    def __enter__(self) -> _Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)

    def read(self, segments: Sequence[Segment]) -> Iterator[Part]:
        """Gives each segment's part, in order; raises the error of the first that failed."""
        # So many at a time: a part that waits for its turn may take memory.
        ahead: list[Future[Part]] = []
        for number, segment in enumerate(segments):
            ahead.append(self._pool.submit(self._read, number, segment))
            if len(ahead) > self._threads:
                yield ahead.pop(0).result()
        for future in ahead:
            yield future.result()

    def _read(self, number: int, segment: Segment) -> Part:
        poses = DiskPoses()
        begin_s = segment.from_s - self._request.begin_s if number else 0.0

        def note(time_s: float, total_s: float | None) -> None:
            if self._stopped.is_set():
                raise _Stopped
            if self._on_progress is not None:
                with self._lock:
                    self._done_s[number] = time_s - begin_s
                    self._on_progress(sum(self._done_s.values()), total_s)

        info, problems = estimate_segment(
            self._request, self._exercise, segment, poses, on_progress=note
        )
        give_back_memory()
        return poses, info, problems
