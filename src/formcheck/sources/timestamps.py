"""Time stamps that always increase."""

from __future__ import annotations

# A stamp further back than this is a clock set anew (recordings joined together), not jitter.
RESET_S = 0.5
# A frame with the stamp of the frame before it, or a slightly earlier one, follows by this much.
STEP_S = 0.001


class SourceClock:
    """Turns the stamps of a container into seconds since its first frame, strictly increasing.

    Good stamps pass unchanged but for the start. Of the others:

    - a missing stamp becomes the time before it plus one nominal interval;
    - a stamp equal to the time before it, or back by no more than `RESET_S`, becomes that time plus
      `STEP_S`;
    - a stamp further back means the clock was set anew: this frame and all later ones are shifted
      so that it follows by one nominal interval.

    Parameters
    ----------
    interval_s : float
        The nominal interval between two frames.
    start_s : float, optional
        The first frame's stamp, where reading does not begin with it.

    Attributes
    ----------
    repaired : int
        Number of stamps that were changed; of a shifted run only the first counts.
    """

    def __init__(self, interval_s: float, start_s: float | None = None) -> None:
        self.repaired = 0
        self._interval_s = interval_s
        self._start_s = start_s
        self._last_s: float | None = None

    def time_s(self, stamp_s: float | None) -> float:
        """Returns the time of the next frame, in seconds, from its stamp."""
        if self._start_s is None and stamp_s is not None:
            # Frames without a stamp may have come before; then the time goes on from there.
            before_s = 0.0 if self._last_s is None else self._last_s + self._interval_s
            self._start_s = stamp_s - before_s
        time_s = self._next(stamp_s)
        self._last_s = time_s
        return time_s

    def _next(self, stamp_s: float | None) -> float:
        if stamp_s is None or self._start_s is None:
            self.repaired += 1
            return 0.0 if self._last_s is None else self._last_s + self._interval_s
        time_s = stamp_s - self._start_s
        if self._last_s is None or time_s > self._last_s:
            return time_s
        self.repaired += 1
        if time_s >= self._last_s - RESET_S:
            return self._last_s + STEP_S
        self._start_s = stamp_s - self._last_s - self._interval_s
        return self._last_s + self._interval_s
