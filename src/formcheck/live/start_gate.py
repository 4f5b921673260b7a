"""The hands-free start: the start posture, held still to the end of the countdown, begins a set."""

from __future__ import annotations

from formcheck.calibration import STILL_S
from formcheck.coaching_events import CountdownTick
from formcheck.live.countdown import Countdown
from formcheck.live.posture import StartPosture
from formcheck.session import FrameReport, Stage


class StartGate:
    """Counts down while the person holds still, for a neutral or for a set that has one.

    The checker's own countdown, in which it takes the neutral, is the countdown of the first set;
    where the neutral still holds, as after a rest in place, the same time of stillness starts.
    """

    def __init__(self) -> None:
        self._countdown = Countdown()
        self._ready_from_s = 0.0

    @property
    def counting_down(self) -> bool:
        """Whether the countdown runs."""
        return self._countdown.runs

    @property
    def remaining_s(self) -> float:
        """Seconds left of it; 0 when it does not run."""
        return self._countdown.remaining_s

    def close(self, now_s: float) -> None:
        """Wait for the start posture from now on; stillness from before does not count."""
        self._countdown.stop()
        self._ready_from_s = now_s

    def update(self, report: FrameReport, posture: StartPosture) -> bool:
        """Take in a frame; return whether the set begins with it."""
        calibrating = report.stage is Stage.CALIBRATING
        if not calibrating and self._countdown.was_calibrating:
            # The checker has its neutral: the countdown was held to its end.
            return True
        if calibrating:
            self._countdown.set(report.countdown_s)
        else:
            still_s = min(posture.still_s, report.time_s - self._ready_from_s)
            seen = posture.still_s > 0 and report.prompt is None
            self._countdown.set(STILL_S - still_s if seen else None)
        self._countdown.was_calibrating = calibrating and self._countdown.runs
        return not calibrating and self._countdown.over

    def follow(self, report: FrameReport) -> None:
        """Show the countdown to a new neutral in mid-set, for who has moved."""
        self._countdown.set(report.countdown_s if report.stage is Stage.CALIBRATING else None)

    def ticks(self, now_s: float) -> list[CountdownTick]:
        """Return the tick of the second that has begun, if one has."""
        return self._countdown.ticks(now_s)
