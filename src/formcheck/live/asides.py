"""What interrupts a run or is said beside it: pauses, notices, pain."""

from __future__ import annotations

from collections.abc import Callable

from formcheck.coaching_events import CoachingEvent, Notice, Paused, Resumed
from formcheck.wording import PAIN_STOPS, pain_stop


class Asides:
    """Remembers what stands beside the course of a run, and tells it once.

    Parameters
    ----------
    tell : callable
        Gets each event.

    Attributes
    ----------
    paused : str | None
        Why the run is paused; None if it is not.
    shown : str | None
        What is worth knowing now.
    pain : int | None
        How much it hurts, as noted last; None where nothing was noted.
    """

    def __init__(self, tell: Callable[[CoachingEvent], None]) -> None:
        self._tell = tell
        self.paused: str | None = None
        self.shown: str | None = None
        self.pain: int | None = None

    def pause(self, say: str, now_s: float) -> None:
        """Pause, or change what is said of a pause that goes on."""
        if self.paused is None:
            self._tell(Paused(time_s=now_s, say=say))
        self.paused = say

    def resume(self, now_s: float) -> None:
        """Go on after a pause."""
        if self.paused is not None:
            self.paused = None
            self._tell(Resumed(time_s=now_s))

    def notice(self, say: str | None, now_s: float) -> None:
        """Show something worth knowing, and say it once."""
        if say is not None and say != self.shown:
            self._tell(Notice(time_s=now_s, say=say))
        self.shown = say

    def note_pain(self, pain: int, now_s: float) -> bool:
        """Take note of how much it hurts, 0 to 10; return whether the run must end."""
        self.pain = pain
        stops = pain >= PAIN_STOPS
        say = pain_stop(pain) if stops else f"Pain {pain} of 10 noted."
        self._tell(Notice(time_s=now_s, say=say))
        return stops
