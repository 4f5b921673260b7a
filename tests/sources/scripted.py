"""A source that does what a test tells it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.files.closing import ClosesItself


def frame(index: int, time_s: float) -> Frame:
    """Return a frame without a picture."""
    return Frame(index=index, time_s=time_s, image=None, size_px=(4, 2))


class Scripted(ClosesItself):
    """Gives frames at these times, each once `go` was released, and then fails or ends."""

    live = True

    def __init__(
        self, times_s: Sequence[float], *, error: Exception | None = None, free: bool = True
    ) -> None:
        self.info = SourceInfo(path="scripted", width=4, height=2)
        self.problems: list[str] = []
        self.closed = 0
        self.given = threading.Semaphore(0)
        self.go = threading.Semaphore(len(times_s) + 1 if free else 0)
        self._times_s = times_s
        self._error = error

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames."""
        for index, time_s in enumerate(self._times_s):
            self.go.acquire()
            yield frame(index, time_s)
            self.given.release()
        self.go.acquire()
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Count how often it was called."""
        self.closed += 1
