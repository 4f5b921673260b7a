"""The second look at a recording: its frames once more, now with what was found in them.

Verdicts need the whole recording (its calmest stretch is the neutral), so nothing can be drawn
while it is read for the first time. Frames and poses belong together by their time stamps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from formcheck.analysis.analyze import Analysis
from formcheck.analysis.read_request import OnProgress
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
"""Called with a frame's number among the poses and its picture as the camera saw it."""

TOGETHER_S = 5e-4
"""Stamps nearer than this are of one frame: containers round them, some to milliseconds."""
GROUND = 60
"""How bright the ground is on which poses are drawn that have no picture."""


def reopened(path: Path, recording: PoseRecording, rotate_deg: int | None = None) -> Source:
    """Return the frames of a recording once more.

    Saved poses are shown on the video they came from, where it is still in its place and of the
    same size; else on plain ground.

    Parameters
    ----------
    path : Path
        What was analysed: a video or a file of poses.
    recording : PoseRecording
        What it gave.
    rotate_deg : int | None
        As when it was read.
    """
    from formcheck.sources.video import VideoFile

    if not is_pose_file(path):
        return VideoFile(path, rotate_deg=rotate_deg)
    info = recording.source
    for place in (Path(info.path), path.parent / Path(info.path).name):
        try:
            video = VideoFile(place)
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
    """Go through a recording's frames once more, and draw on them what was found.

    Parameters
    ----------
    source : Source
        The same frames as were analysed, perhaps more before and after; is read to its end.
    analysis : Analysis
        What was found.
    exercise : Exercise
        Gives the overlay its words.
    video : Path | None
        Where to write the frames with the overlay: as long as the recording, each at its own time.
    on_picture : callable, optional
        Gets every picture before it is drawn on.
    on_progress : callable, optional
        Gets the seconds done and in all.

    Raises
    ------
    OutputError
        The video can't be written.
    SourceError
        None of the frames are those that were analysed.
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
    """The frames that were analysed, each with its number among the poses.

    Attributes
    ----------
    count : int
        How many there were.
    end_s : float | None
        When the last of them ended; None where the source does not say.
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
