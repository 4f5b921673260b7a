"""How well a run kept up with its source."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from formcheck.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStats:
    """How well a run kept up.

    Attributes
    ----------
    seen : int
        Frames the source gave.
    processed : int
        Frames that were judged, and shown if there was a window; the others were dropped.
    fps : float
        Frames judged per second; NaN for fewer than two.
    p50_ms, p95_ms : float
        From the moment a frame was there to the moment its verdict was shown (or known, without a
        window): half and 95 % of the frames took no longer. NaN if there were none.
    """

    seen: int
    processed: int
    fps: float
    p50_ms: float
    p95_ms: float

    @property
    def dropped(self) -> int:
        """Frames that were skipped for newer ones."""
        return self.seen - self.processed


class Stopwatch:
    """Takes the time of each frame.

    A live frame's own time stamp says when it was there, but for the source's start, which nobody
    told: that is taken from the frame that waited least before it was worked on.
    """

    def __init__(self) -> None:
        self._seen = 0
        self._rows: list[tuple[float, float, float]] = []

    def note(self, frame: Frame, taken_s: float, done_s: float) -> None:
        """Note when work on a frame began and ended, both by the monotonic clock."""
        self._seen = frame.index + 1
        self._rows.append((frame.time_s, taken_s, done_s))

    def stats(self) -> LiveStats:
        """Return how well the run has kept up."""
        count = len(self._rows)
        if count == 0:
            return LiveStats(seen=0, processed=0, fps=math.nan, p50_ms=math.nan, p95_ms=math.nan)
        stamp_s, taken_s, done_s = np.array(self._rows).T
        latency_s = done_s - (stamp_s + np.min(taken_s - stamp_s))
        middle_s, slow_s = np.percentile(latency_s, [50, 95]).tolist()
        span_s = float(done_s[-1] - done_s[0])
        return LiveStats(
            seen=self._seen,
            processed=count,
            fps=(count - 1) / span_s if span_s > 0 else math.nan,
            p50_ms=1000 * middle_s,
            p95_ms=1000 * slow_s,
        )
