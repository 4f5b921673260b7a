"""The rest between two sets."""

from __future__ import annotations

import math

from formcheck.coaching_events import RestTick


class Rest:
    """Counts a rest down, on the source's clock.

    Parameters
    ----------
    rest_s : float
        How long it is.
    """

    def __init__(self, rest_s: float) -> None:
        self.rest_s = rest_s
        self._from_s = -math.inf
        self._told = math.inf

    def begin(self, now_s: float) -> None:
        """Begin it anew."""
        self._from_s, self._told = now_s, math.inf

    def since_s(self, time_s: float) -> float:
        """Return how long it had gone on at a time; negative before it began."""
        return time_s - self._from_s

    def left_s(self, now_s: float) -> float:
        """Return how much of it is left; 0 once it is over."""
        return max(0.0, self.rest_s - self.since_s(now_s))

    def ticks(self, now_s: float) -> list[RestTick]:
        """Return the tick of the second that has begun since the last call, if one has."""
        # A hair less, or the first tick would be a second too many.
        left = math.ceil(self.left_s(now_s) - 1e-6)
        if left >= self._told:
            return []
        self._told = left
        return [RestTick(time_s=now_s, remaining_s=left, rest_s=math.ceil(self.rest_s))]
