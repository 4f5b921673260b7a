"""A stretch of a recorded video, its frames at the times they have in the whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from formcheck.closing import ClosesItself
from formcheck.errors import SourceError
from formcheck.frame import Frame, SourceInfo
from formcheck.sources.video import VideoFile


class Excerpt(ClosesItself):
    """The frames of a video from one moment until before another.

    Parameters
    ----------
    video : VideoFile
        Is closed with this one.
    from_s, to_s : float
        In seconds of the video.
    searches : bool
        Whether to go straight to the key frame before; else all before is decoded and passed over,
        which is right for any file, and slow.

    Raises
    ------
    SourceError
        While reading: there is no frame in that stretch.
    """

    live = False

    def __init__(
        self,
        video: VideoFile,
        *,
        from_s: float = 0.0,
        to_s: float = math.inf,
        searches: bool = False,
    ) -> None:
        self._video = video
        self._from_s, self._to_s = from_s, to_s
        self._searches = searches

    @property
    def info(self) -> SourceInfo:
        """The whole video's, and which stretch of it this is."""
        return replace(
            self._video.info,
            from_s=self._from_s or None,
            to_s=self._to_s if math.isfinite(self._to_s) else None,
        )

    @property
    def problems(self) -> list[str]:
        """The video's, if it was read to its end."""
        return self._video.problems

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames of the stretch."""
        frames = self._video.frames(self._from_s if self._searches else 0.0)
        found, last_s = False, 0.0
        try:
            for frame in frames:
                last_s = frame.time_s
                if frame.time_s >= self._to_s:
                    break
                if frame.time_s >= self._from_s:
                    found = True
                    yield frame
        finally:
            frames.close()
        if not found:
            raise SourceError(
                f"'{self._video.info.path}' has no frame from {self._from_s:.1f} s on"
                f"{self._until()}: its last one is at {last_s:.1f} s."
            )

    def _until(self) -> str:
        return f" until {self._to_s:.1f} s" if math.isfinite(self._to_s) else ""

    def close(self) -> None:
        """Close the video."""
        self._video.close()
