"""A live source that comes back: a camera plugged in again, a stream that was cut."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from formcheck.core.pose.frame import Frame, Image, SourceInfo
from formcheck.errors import SourceError
from formcheck.files.closing import ClosesItself
from formcheck.sources.source import Source

GIVE_UP_S = 120.0
"""Long enough to get up from the floor and find the cable."""
PAUSES_S = (0.5, 0.5, 1.0, 2.0)
"""Pauses before each try to open it again; the last one repeats."""
STEP_S = 0.001
SAME_SHAPE = 0.02
GONE = "The camera is gone: check its cable or the network. The set goes on by itself."


class Reconnecting(ClosesItself):
    """Opens a live source again whenever it breaks off, and goes on with its frames.

    The frames' time goes on by the clock, so a break is a gap in it as long as it was. Pictures
    that come back in another size of the same shape are brought to the size they had, so that what
    was measured in pixels still holds.

    Parameters
    ----------
    open_source : callable
        Opens the source; called at once, unless it is open already, and after each break.
    first : Source, optional
        The source, if it is open already.
    give_up_s : float
        How long to try to open it after a break.
    clock : callable
        Seconds that never run backward.

    Raises
    ------
    SourceError
        It can't be opened the first time; also from iterating, when it did not come back.
    """

    live = True

    def __init__(
        self,
        open_source: Callable[[], Source],
        *,
        first: Source | None = None,
        give_up_s: float = GIVE_UP_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = open_source
        self._give_up_s = give_up_s
        self._clock = clock
        self._closing = threading.Event()
        self._source: Source = open_source() if first is None else first
        self._gone_at_s: float | None = None
        self._breaks: list[str] = []
        self._started_s = math.inf
        self._count = 0
        self._last_s = -STEP_S
        self.info: SourceInfo = self._source.info

    @property
    def problems(self) -> list[str]:
        """What went wrong, each break with its time."""
        return [*self._breaks, *(self._source.problems if self._gone_at_s is None else [])]

    @property
    def interruption(self) -> str | None:
        """The message for the person while the source is gone; None while it gives frames."""
        return None if self._gone_at_s is None else GONE

    def __iter__(self) -> Iterator[Frame]:
        """Gives the frames until `close`.

        Raises
        ------
        SourceError
            The source broke off and did not come back in time.
        """
        while not self._closing.is_set():
            yield from self._connection()
            if not self._closing.is_set():
                self._reopen()

    def stop(self) -> None:
        """Ends the tries to open the source again; may be called from any thread."""
        self._closing.set()

    def close(self) -> None:
        """Closes the source."""
        self._closing.set()
        self._source.close()

    def _connection(self) -> Iterator[Frame]:
        """Gives the frames of a connection; its end and its errors are a break."""
        why = ""
        shift_s: float | None = None if self._breaks else 0.0
        try:
            for frame in self._source:
                begun_s = self._clock() - frame.time_s
                if not self._breaks:
                    # The frame that waited least tells best when the source's clock began.
                    self._started_s = min(self._started_s, begun_s)
                if shift_s is None:
                    shift_s = begun_s - self._started_s
                    self._note_return(shift_s)
                self._last_s = max(frame.time_s + shift_s, self._last_s + STEP_S)
                yield self._continued(frame)
                self._count += 1
        except SourceError as error:
            why = str(error)
        if self._gone_at_s is None and not self._closing.is_set():
            self._breaks.append(why or next(iter(self._source.problems), f"{self._name} ended."))
            self._gone_at_s = self._clock()

    @property
    def _name(self) -> str:
        path = self.info.path
        return f"'{path}'" if "://" in path else path[:1].upper() + path[1:]

    def _note_return(self, back_s: float) -> None:
        self._gone_at_s = None
        self._breaks[-1] += f" It was gone from {self._last_s:.1f} s to {back_s:.1f} s."

    def _continued(self, frame: Frame) -> Frame:
        """Returns the frame with the number, time and size that continue the earlier ones."""
        continued = replace(frame, index=self._count, time_s=self._last_s)
        size_px = (self.info.width, self.info.height)
        if frame.image is None or frame.size_px == size_px:
            return continued
        if not _same_shape(frame.size_px, size_px):
            return continued
        return replace(continued, image=_resized(frame.image, size_px), size_px=size_px)

    def _reopen(self) -> None:
        # Closed before: a camera that is still held comes back under another number.
        self._source.close()
        assert self._gone_at_s is not None
        pauses_s = iter(PAUSES_S)
        pause_s = next(pauses_s)
        while self._clock() - self._gone_at_s < self._give_up_s:
            if self._closing.wait(pause_s):
                return
            pause_s = next(pauses_s, pause_s)
            try:
                self._source = self._open()
            except SourceError:
                continue
            if self._closing.is_set():
                self._source.close()
            return
        raise SourceError(
            f"{self._breaks.pop()} It did not come back within {self._give_up_s:g} s."
        )


def _same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1.0) < SAME_SHAPE


def _resized(image: Image, size_px: tuple[int, int]) -> Image:
    import cv2

    return cv2.resize(image, size_px, interpolation=cv2.INTER_AREA)  # type: ignore[no-any-return]
