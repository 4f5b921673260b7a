"""The newest frame of a live source, never a frame from a queue."""

from __future__ import annotations

import math
import sys
import threading
import time
from collections.abc import Iterator

from formcheck.core.pose.frame import Frame
from formcheck.errors import FormcheckError
from formcheck.sources.reconnecting import Reconnecting
from formcheck.sources.source import Source, SourceAround

SILENT_S = 2.0
SILENT = "The camera sends nothing: check it. The set goes on by itself."
# Quitting waits no longer than this for a camera that gives nothing.
HANGING_JOIN_S = 0.5
# Waiting wakes up this often, so that Ctrl-C works on Windows too.
WAKE_S = 0.1


class LatestFrame(SourceAround):
    """Reads a live source in a thread of its own and keeps only its newest frame.

    Iterating gives the newest frame that was not given yet, or waits for it. Older frames are
    dropped, so the picture never lags behind the body by more than one frame's work. An error of
    the source is raised from iterating, after the last good frame.

    Parameters
    ----------
    source : Source
        Read, and closed, by this object alone from now on.
    join_s : float
        How long `close` waits for the source to give its last frame. A source that hangs longer is
        left to its thread, which ends with the program.

    Attributes
    ----------
    dropped : int
        Number of frames left out so far.
    """

    def __init__(self, source: Source, *, join_s: float = 12.0) -> None:
        super().__init__(source)
        self._join_s = join_s
        self._newest: Frame | None = None
        self._error: BaseException | None = None
        self._ended = False
        self._stopping = False
        self._changed = threading.Condition()
        self._came_s = math.inf
        self._thread: threading.Thread | None = None
        self.dropped = 0

    @property
    def interruption(self) -> str | None:
        """The message for the person while no frames come; None while they do."""
        if isinstance(self._source, Reconnecting) and self._source.interruption:
            return self._source.interruption
        # A driver that hangs raises no error: only the silence tells.
        return SILENT if time.monotonic() - self._came_s > SILENT_S else None

    def __iter__(self) -> Iterator[Frame]:
        """Gives the newest frames until the source ends or `close` is called."""
        self._start()
        while (frame := self._take()) is not None:
            yield frame

    def close(self) -> None:
        """Stops reading and close the source."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if isinstance(self._source, Reconnecting):
            self._source.stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            hanging = self.interruption is not None
            self._thread.join(min(self._join_s, HANGING_JOIN_S) if hanging else self._join_s)
            if self._thread.is_alive():
                # Closing a camera under a thread that is reading it crashes some drivers.
                return
        super().close()

    def _start(self) -> None:
        if self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._read, name="capture", daemon=True)
            self._thread.start()

    def _read(self) -> None:
        try:
            for frame in self._source:
                with self._changed:
                    if self._stopping:
                        return
                    self.dropped += self._newest is not None
                    self._newest = frame
                    self._came_s = time.monotonic()
                    self._changed.notify_all()
        except FormcheckError as error:
            self._error = error
        finally:
            with self._changed:
                # Any other error is a bug: its traceback is printed here, and iterating ends too.
                self._error = self._error or sys.exc_info()[1]
                self._ended = True
                self._changed.notify_all()

    def _take(self) -> Frame | None:
        """Waits for the newest frame not given yet; None at the end."""
        with self._changed:
            while self._newest is None and not self._ended and not self._stopping:
                self._changed.wait(WAKE_S)
            if self._stopping:
                return None
            frame, self._newest = self._newest, None
            if frame is None and self._error is not None:
                error, self._error = self._error, None
                raise error
            return frame
