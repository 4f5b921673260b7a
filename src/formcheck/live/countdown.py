"""The countdown to a set: runs while the person holds still, and starts over when they move."""

from __future__ import annotations

import math

from formcheck.coaching_events import CountdownTick


class Countdown:
    """Counts whole seconds down.

    Attributes
    ----------
    remaining_s : float
        Seconds left; 0 when it does not run.
    runs : bool
        Whether it does.
    was_calibrating : bool
        Whether it ran down for a neutral with the frame before.
    """

    def __init__(self) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop it; the next one begins anew."""
        self.remaining_s = 0.0
        self.runs = False
        self.was_calibrating = False
        self._told = math.inf

    @property
    def over(self) -> bool:
        """Whether it ran to its end."""
        return self.runs and self.remaining_s <= 0.0

    def set(self, remaining_s: float | None) -> None:
        """Set how many seconds are left; None stops it."""
        if remaining_s is None:
            self.stop()
            return
        self.runs = True
        self.remaining_s = max(0.0, remaining_s)

    def ticks(self, time_s: float) -> list[CountdownTick]:
        """Return the tick of the second that has begun since the last call, if one has."""
        second = math.ceil(self.remaining_s)
        if not self.runs or second >= self._told or second == 0:
            return []
        self._told = second
        return [CountdownTick(time_s=time_s, remaining_s=second)]
