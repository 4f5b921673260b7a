"""Whether the person is still at it, or has left the start posture for good."""

from __future__ import annotations

from formcheck.exercise import Exercise
from formcheck.live.posture import StartPosture
from formcheck.rules import Phase
from formcheck.session import FrameReport

LEFT_AFTER_S = 5.0
"""Out of the start posture for this long, and in no attempt: the set is over."""

SHOWN_FROM_S = 1.5
"""The first moment out of it needs no warning."""

LONGEST_STEP_S = 0.5
"""A gap between frames (the camera was gone) counts no more than this."""

ATTEMPT_S = 15.0
"""A leg that is up for longer, besides what a timed hold asks for, is no attempt: who sits down
has both thighs up."""


class Engagement:
    """Adds up the time that is neither start posture nor attempt.

    Parameters
    ----------
    exercise : Exercise
        Says how long an attempt may last.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._attempt_s = ATTEMPT_S + 2 * exercise.cycle.hold_target_s
        self._last_s: float | None = None
        self._up_s = 0.0
        self._away_s = 0.0

    @property
    def leaving_s(self) -> float | None:
        """Seconds until the set ends; None while the person is at it."""
        return None if self._away_s < SHOWN_FROM_S else max(0.0, LEFT_AFTER_S - self._away_s)

    def update(self, report: FrameReport, posture: StartPosture) -> float:
        """Take in a frame; return how long the person has been away."""
        last_s, self._last_s = self._last_s, report.time_s
        step_s = 0.0 if last_s is None else min(LONGEST_STEP_S, report.time_s - last_s)
        up = any(phase is not Phase.REST for phase in report.phases.values())
        self._up_s = self._up_s + step_s if up and report.person else 0.0
        attempt = 0.0 < self._up_s < self._attempt_s
        at_it = report.person and (posture.taken or attempt or bool(report.ended))
        self._away_s = 0.0 if at_it else self._away_s + step_s
        return self._away_s
