"""Frames held in memory as they are read, to be given once more without decoding them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.files.closing import ClosesItself

MOST_BYTES = 256 << 20
"""Room for pictures: 291 of 640x480, 43 of 1920x1080. What needs more is decoded a second time."""


class FrameBuffer:
    """Takes the frames of a recording for as long as there is room for all of them.

    Parameters
    ----------
    most_bytes : int
        Room for pictures. The first frame beyond it empties the buffer for good.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._room = most_bytes
        self._frames: list[Frame] = []

    def append(self, frame: Frame) -> None:
        """Takes the next frame; it must have a picture, which nobody changes afterwards."""
        if self._room < 0:
            return
        assert frame.image is not None
        self._room -= frame.image.nbytes
        self._frames.append(frame)
        if self._room < 0:
            self._frames.clear()

    def drop(self) -> None:
        """Empties the buffer for good: what was read so far is not the recording."""
        self._room = -1
        self._frames.clear()

    def source(self, info: SourceInfo) -> BufferedFrames | None:
        """Returns the frames as a source; None where there was no room for all of them.

        Parameters
        ----------
        info : SourceInfo
            What was found of the recording, once it was read to its end.
        """
        return BufferedFrames(info=info, frames=self._frames) if self._frames else None


@dataclass(kw_only=True)
class BufferedFrames(ClosesItself):
    """A source of frames that were read before.

    Attributes
    ----------
    info : SourceInfo
        The source they came from.
    frames : list of Frame
        All of them, in order of time; `close` releases them.
    problems : list of str
        None: they were told when the frames were read.
    """

    info: SourceInfo
    frames: list[Frame]
    problems: list[str] = field(default_factory=list)
    live: bool = False

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames from the beginning."""
        return iter(self.frames)

    def close(self) -> None:
        """Releases the frames."""
        self.frames.clear()
