"""The annotated video: the frames of a judged recording, with the verdicts drawn on them.

Verdicts need the whole recording, which is searched for its neutrals first, so drawing begins after
the last frame was read. Frames and poses are matched by their time stamps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from formcheck.analysis.analyze import Analysis
from formcheck.analysis.read_request import OnProgress, ReadRequest
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Frame, Image
from formcheck.core.pose.pose import Pose
from formcheck.errors import FormcheckError, SourceError
from formcheck.files.pose_file import PoseRecording, is_pose_file
from formcheck.files.video_writer import VideoWriter
from formcheck.overlay import Overlay
from formcheck.sources.playback import ReplaySource
from formcheck.sources.source import Source

OnPicture = Callable[[int, Image], None]
"""Gets a frame's number among the poses and its picture as the camera saw it."""

TOGETHER_S = 5e-4
"""Stamps nearer than this belong to one frame: containers round them, some to milliseconds."""
GROUND = 60
"""Brightness of the plain ground under poses that have no picture."""


def reopened(request: ReadRequest, recording: PoseRecording) -> Source:
    """Returns the frames of a recording, opened again.

    Saved poses are shown on the video they came from, where that video is still there and of the
    same size; else on plain ground.

    Parameters
    ----------
    request : ReadRequest
        The recording, a video or a file of poses, and how it was read.
    recording : PoseRecording
        Its poses.
    """
    from formcheck.sources.video import VideoFile

    if not is_pose_file(request.path):
        return request.opened()
    path = request.path
    info = recording.source
    for candidate in (Path(info.path), path.parent / Path(info.path).name):
        try:
            video = VideoFile(candidate, speed=info.speed)
        except FormcheckError:
            continue
        if (video.info.width, video.info.height) == (info.width, info.height):
            return video
        video.close()
    return ReplaySource(recording)


def annotate(
    source: Source,
    analysis: Analysis,
    exercise: Exercise,
    *,
    video: Path | None,
    on_picture: OnPicture | None = None,
    on_progress: OnProgress | None = None,
) -> None:
    """Draws the verdicts on a recording's frames.

    Parameters
    ----------
    source : Source
        The judged frames, perhaps with others before and after them; is read to its end.
    analysis : Analysis
        The verdicts and measures.
    exercise : Exercise
        Supplies the words of the overlay.
    video : Path | None
        Where to write the video: as long as the recording, each frame at its own time; None writes
        none.
    on_picture : callable, optional
        Gets every picture before the overlay is drawn on it.
    on_progress : callable, optional
        Gets the seconds done and the seconds in all.

    Raises
    ------
    OutputError
        The video can't be written.
    SourceError
        None of the frames were judged.
    """
    overlay = Overlay(exercise)
    poses, reports = analysis.recording.poses, analysis.reports
    frames = _Matched(source, poses)
    with ExitStack() as half_done:
        writer: VideoWriter | None = None
        for number, frame in frames:
            image = _picture(frame)
            if on_picture is not None:
                on_picture(number, image)
            if video is not None:
                if writer is None:
                    size_px = (image.shape[1], image.shape[0])
                    writer = VideoWriter(video, size_px, start_s=poses[0].time_s)
                    half_done.callback(writer.discard)
                drawn = overlay.draw(image, poses[number], reports[number], mirrored=False)
                writer.write(drawn, frame.time_s)
            if on_progress is not None:
                on_progress(frame.time_s, poses[-1].time_s)
        if not frames.count:
            raise SourceError(f"'{source.info.path}' does not hold the frames that were analysed.")
        if writer is not None:
            writer.close(end_s=frames.end_s)


class _Matched:
    """The judged frames, each with its number among the poses.

    Attributes
    ----------
    count : int
        Number of frames matched so far.
    end_s : float | None
        End of the last frame; None where the source does not say.
    """

    def __init__(self, source: Source, poses: Sequence[Pose]) -> None:
        self._source = source
        self._poses = poses
        self.count = 0
        self.end_s: float | None = None

    def __iter__(self) -> Iterator[tuple[int, Frame]]:
        poses, number = self._poses, 0
        for frame in self._source:
            while number < len(poses) and poses[number].time_s < frame.time_s - TOGETHER_S:
                number += 1
            if number == len(poses):
                self.end_s = frame.time_s
                return
            if poses[number].time_s <= frame.time_s + TOGETHER_S:
                self.count += 1
                yield number, frame
                number += 1
        self.end_s = self._source.info.duration_s


def _picture(frame: Frame) -> Image:
    if frame.image is not None:
        return frame.image
    width, height = frame.size_px
    return np.full((height, width, 3), GROUND, dtype=np.uint8)
