"""Cues: what could be better about a repetition that counts, where it was measured well enough."""

from __future__ import annotations

from formcheck.attempt import Attempt
from formcheck.exercise import Cue, Cycle, Exercise, Quantity
from formcheck.faults import Finding, Unchecked, article
from formcheck.view import View

EXACT = 1e-6
"""Sums of frame times: a hold of just so many frames must not hang on how they are rounded."""


class CueJudge:
    """Compares a finished attempt with an exercise's cues.

    Parameters
    ----------
    exercise : Exercise
        Gives the cues.
    view : View
        Where the camera stands.
    legs_confused : bool
        Whether the model took one leg for the other on the way: then no time can be trusted.
    """

    def __init__(self, exercise: Exercise, view: View, *, legs_confused: bool) -> None:
        self._exercise = exercise
        self._view = view
        self._legs_confused = legs_confused

    def cues(self, attempt: Attempt) -> tuple[Finding, ...]:
        """Return what fell short."""
        values = {
            Quantity.HOLD_S: (attempt.hold_s, attempt.top_s),
            Quantity.LOWERING_S: (attempt.lowering_s, attempt.end_s),
            Quantity.PEAK_DEG: (attempt.peak, attempt.top_s),
        }
        return tuple(
            _as_finding(cue, *values[cue.quantity])
            for cue in self._exercise.cues
            if not self._blocked(cue, attempt) and values[cue.quantity][0] < cue.at_least - EXACT
        )

    def unchecked(self, attempt: Attempt) -> list[Unchecked]:
        """Return which cues could not be judged, and why."""
        reasons = {cue.code: self._blocked(cue, attempt) for cue in self._exercise.cues}
        return [Unchecked(check=code, reason=why) for code, why in reasons.items() if why]

    def _blocked(self, cue: Cue, attempt: Attempt) -> str:
        if self._view not in cue.views:
            return f"not measurable in {article(self._view)} view"
        if self._legs_confused:
            return "the legs could not be told apart all the time"
        return too_few(attempt, self._exercise.cycle)


def too_few(attempt: Attempt, cycle: Cycle) -> str:
    """Return why peaks may have fallen between the frames; empty if they can't have."""
    fps = (attempt.frames - 1) / max(attempt.end_s - attempt.start_s, 1e-9)
    if fps >= cycle.grade_fps:
        return ""
    return f"{fps:.0f} frames a second are too few to grade the height"


def _as_finding(cue: Cue, value: float, at_s: float) -> Finding:
    return Finding(code=cue.code, worst=value, limit=cue.at_least, unit=cue.unit, at_s=at_s)
