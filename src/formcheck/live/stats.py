"""How well a run kept up with its source."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from formcheck.core.pose.frame import Frame

REMEMBERED = 9000
"""Frames whose times are remembered: five minutes at 30 a second. Memory stays flat for any run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Milliseconds that half of the frames, and 95 % of them, did not exceed; NaN without any."""

    p50_ms: float = math.nan
    p95_ms: float = math.nan

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Spread:
        """Returns the spread of some durations in seconds."""
        values = np.fromiter(seconds, dtype=np.float64)
        if values.size == 0:
            return cls()
        middle_s, slow_s = np.percentile(values, [50, 95]).tolist()
        return cls(p50_ms=1000 * middle_s, p95_ms=1000 * slow_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStats:
    """How well a run kept up; the spreads are over the last five minutes.

    Attributes
    ----------
    seen : int
        Frames the source gave.
    processed : int
        Frames that were judged; the others were dropped.
    shown : int
        Frames that were drawn and shown; 0 without a window.
    fps : float
        Frames judged per second; NaN for fewer than two.
    verdict, display : Spread
        From the moment a frame was there to the moment its verdict was known; to the moment the
        window had it.
    estimate, draw : Spread
        Time spent on finding and judging the person; on drawing and showing.
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
        """Frames that were skipped for newer ones."""
        return self.seen - self.processed

    def rows(self) -> list[tuple[str, Spread]]:
        """Returns what was measured, in the order of a frame's way, each with its name."""
        return [
            ("find and judge", self.estimate),
            ("camera to verdict", self.verdict),
            ("draw and show", self.draw),
            ("camera to display", self.display),
        ]


class Stopwatch:
    """Takes the time of each frame; judging and showing may happen in two threads.

    A live frame's own time stamp says when it was there, but for the source's start, which nobody
    told: that is taken from the frame that waited least before it was worked on.
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
        """Notes when judging a frame began and ended, both by the monotonic clock."""
        self._seen = frame.index + 1
        self._processed += 1
        if self._processed == 1:
            self._first_s = done_s
        self._last_s = done_s
        self._begun_s = min(self._begun_s, taken_s - frame.time_s)
        self._judged.append((frame.time_s, taken_s, done_s))

    def note_shown(self, frame: Frame, taken_s: float, done_s: float) -> None:
        """Notes when drawing a frame began, and when it was on the screen."""
        self._shown += 1
        self._displayed.append((frame.time_s, taken_s, done_s))

    def stats(self) -> LiveStats:
        """Returns how well the run has kept up."""
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
