"""Frames without pictures, from a recording of poses."""

from __future__ import annotations

from collections.abc import Iterator

from formcheck.closing import ClosesItself
from formcheck.frame import Frame, SourceInfo
from formcheck.recording import PoseRecording


class Replay(ClosesItself):
    """Gives one frame for each saved pose, with its time and size but no picture.

    Parameters
    ----------
    recording : PoseRecording
        Goes to a `RecordedEstimator` as well, which knows the poses.
    """

    live = False

    def __init__(self, recording: PoseRecording) -> None:
        self._recording = recording
        self.problems: list[str] = []

    @property
    def info(self) -> SourceInfo:
        """The source the poses were estimated from."""
        return self._recording.source

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames from the beginning."""
        for index, pose in enumerate(self._recording.poses):
            yield Frame(index=index, time_s=pose.time_s, image=None, size_px=pose.frame_size_px)

    def close(self) -> None:
        """Do nothing: nothing is held."""
