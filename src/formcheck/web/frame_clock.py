"""The time of a browser's frames: its own capture times, as long as they can be true."""

from __future__ import annotations

import math

AHEAD_S = 2.0
"""The browser's clock may gain this much on ours between two frames; more is another clock."""


class FrameClock:
    """Turns capture times into seconds since the first frame, strictly increasing.

    A page that was loaded again, or another device, has another clock: then time goes on by this
    machine's clock.
    """

    def __init__(self) -> None:
        self._offset_s = math.nan
        self._last_s = -math.inf
        self._came_s = math.nan

    def time_s(self, captured_ms: float, now_s: float) -> float | None:
        """Returns a frame's time; None for a frame that is not newer than the last one.

        Parameters
        ----------
        captured_ms : float
            When the browser captured it, in milliseconds on any clock.
        now_s : float
            When it came, on a steady clock.
        """
        if not math.isfinite(captured_ms):
            return None
        captured_s = captured_ms / 1000.0
        if math.isnan(self._offset_s):
            self._offset_s, passed_s = captured_s, 0.0
        else:
            passed_s = max(0.0, now_s - self._came_s)
        time_s = captured_s - self._offset_s
        known = math.isfinite(self._last_s)
        if known and not -AHEAD_S <= time_s - self._last_s <= passed_s + AHEAD_S:
            time_s = self._last_s + max(passed_s, 0.001)
            self._offset_s = captured_s - time_s
        if known and time_s <= self._last_s:
            return None
        self._last_s, self._came_s = time_s, now_s
        return time_s
