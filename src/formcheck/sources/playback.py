"""Sources that play a recording: saved poses without pictures, and video in real time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.files.closing import ClosesItself
from formcheck.files.pose_file import PoseRecording
from formcheck.sources.source import Source, SourceAround


class ReplaySource(ClosesItself):
    """Gives one frame for each saved pose, with its time and size but no picture.

    Parameters
    ----------
    recording : PoseRecording
        Its poses; a `RecordedEstimator` of the same recording gives them for the frames.
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
        """Gives the frames from the beginning."""
        for index, pose in enumerate(self._recording.poses):
            yield Frame(index=index, time_s=pose.time_s, image=None, size_px=pose.frame_size_px)

    def close(self) -> None:
        """Does nothing: nothing is held."""


class Paced(SourceAround):
    """Gives each frame at its time, and drops frames that are too late.

    A frame is too late when the next one is due as well. `time_s` stays the recording's own:
    how fast it is played changes no measure. The first and the last frame are never dropped.

    Parameters
    ----------
    source : Source
        Read, and closed, by this object alone from now on.
    clock : callable
        Seconds that never run backward.
    sleep : callable
        Waits for so many seconds.

    Attributes
    ----------
    dropped : int
        Number of frames left out so far.
    """

    def __init__(
        self,
        source: Source,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(source)
        self._clock = clock
        self._sleep = sleep
        self.dropped = 0

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames in real time, from the moment the first one is asked for."""
        frames = iter(self._source)
        frame = next(frames, None)
        if frame is None:
            return
        start_s = self._clock() - frame.time_s
        yield frame
        frame = next(frames, None)
        while frame is not None:
            following = next(frames, None)
            now_s = self._clock() - start_s
            if following is not None and following.time_s <= now_s:
                self.dropped += 1
            else:
                if frame.time_s > now_s:
                    self._sleep(frame.time_s - now_s)
                yield frame
            frame = following
