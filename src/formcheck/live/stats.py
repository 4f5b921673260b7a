"""How well a run kept up with its source."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from formcheck.core.pose.frame import Frame

REMEMBERED = 9000
"""Frames whose times are stored: five minutes at 30 a second, so that memory stays flat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Median and 95th percentile in milliseconds; NaN without frames."""

    p50_ms: float = math.nan
    p95_ms: float = math.nan

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Spread:
        """Returns the spread of durations in seconds."""
        values = np.fromiter(seconds, dtype=np.float64)
        if values.size == 0:
            return cls()
        middle_s, slow_s = np.percentile(values, [50, 95]).tolist()
        return cls(p50_ms=1000 * middle_s, p95_ms=1000 * slow_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStats:
    """How well a run kept up with its source; the spreads cover the last five minutes.

    Attributes
    ----------
    seen : int
        Frames the source gave.
    processed : int
        Judged frames; the others were dropped.
    shown : int
        Frames drawn and shown; 0 without a window.
    fps : float
        Frames judged per second; NaN for fewer than two.
    verdict, display : Spread
        From the arrival of a frame to its verdict; to the moment the window had it.
    estimate, draw : Spread
        Time to find and judge the person; to draw and show.
    """

    seen: int
    processed: int
    shown: int
    fps: float
    verdict: Spread
    display: Spread
    estimate: Spread
    draw: Spread

    @property
    def dropped(self) -> int:
        """Frames skipped for newer ones."""
        return self.seen - self.processed

    def rows(self) -> list[tuple[str, Spread]]:
        """Returns each spread with its name, in the order a frame passes through."""
        return [
            ("find and judge", self.estimate),
            ("camera to verdict", self.verdict),
            ("draw and show", self.draw),
            ("camera to display", self.display),
        ]


class Stopwatch:
    """Measures the times of each frame; judging and showing may run in two threads.

    The time stamp of a live frame counts from the source's start, whose time is unknown. The frame
    that waited least before judging gives it.
    """

    def __init__(self) -> None:
        self._seen = 0
        self._processed = 0
        self._shown = 0
        self._first_s = self._last_s = math.nan
        self._begun_s = math.inf
        self._judged: deque[tuple[float, float, float]] = deque(maxlen=REMEMBERED)
        self._displayed: deque[tuple[float, float, float]] = deque(maxlen=REMEMBERED)

    def note_judged(self, frame: Frame, taken_s: float, done_s: float) -> None:
        """Notes when judging a frame began and ended, by the monotonic clock."""
        self._seen = frame.index + 1
        self._processed += 1
        if self._processed == 1:
            self._first_s = done_s
        self._last_s = done_s
        self._begun_s = min(self._begun_s, taken_s - frame.time_s)
        self._judged.append((frame.time_s, taken_s, done_s))

    def note_shown(self, frame: Frame, taken_s: float, done_s: float) -> None:
        """Notes when drawing a frame began and when the screen had it, by the monotonic clock."""
        self._shown += 1
        self._displayed.append((frame.time_s, taken_s, done_s))

    def stats(self) -> LiveStats:
        """Returns the figures so far."""
        span_s = self._last_s - self._first_s
        judged, displayed = list(self._judged), list(self._displayed)
        return LiveStats(
            seen=self._seen,
            processed=self._processed,
            shown=self._shown,
            fps=(self._processed - 1) / span_s if span_s > 0 else math.nan,
            verdict=Spread.of(done - stamp - self._begun_s for stamp, _, done in judged),
            display=Spread.of(done - stamp - self._begun_s for stamp, _, done in displayed),
            estimate=Spread.of(done - taken for _, taken, done in judged),
            draw=Spread.of(done - taken for _, taken, done in displayed),
        )
