"""A run in lines of text: finished repetitions and new prompts, for whoever has no window."""

from __future__ import annotations

import math
from collections.abc import Callable

from formcheck.exercise import Exercise
from formcheck.session import FrameReport, Rep, Session, Stage, Verdict
from formcheck.wording import rep_text

PROMPT_EVERY_S = 1.0
"""Prompts that change faster than this are not told one by one."""


class Narrator:
    """Tells what the overlay shows, line by line.

    Parameters
    ----------
    exercise : Exercise
        Gives the words.
    tell : callable
        Gets each line.
    """

    def __init__(self, exercise: Exercise, tell: Callable[[str], None]) -> None:
        self._exercise = exercise
        self._tell = tell
        self._stage = Stage.CALIBRATING
        self._prompt: str | None = None
        self._prompted_s = -math.inf
        self._told = 0

    def hear(self, report: FrameReport) -> None:
        """Tell what a report brings."""
        for rep in report.ended:
            self._tell_rep(rep)
        if report.stage is not self._stage:
            self._stage = report.stage
            if report.stage is Stage.COUNTING:
                self._tell(f"Go: counting ({report.view.value} view).")
                self._prompt, self._prompted_s = report.prompt, report.time_s
        if report.prompt == self._prompt or report.time_s - self._prompted_s < PROMPT_EVERY_S:
            return
        # A prompt that was over may be told again: who leaves twice is missed twice.
        self._prompt = report.prompt
        if report.prompt is not None:
            self._prompted_s = report.time_s
            self._tell(report.prompt)

    def catch_up(self, session: Session) -> None:
        """Tell of repetitions that ended with the session itself."""
        for rep in session.reps[self._told :]:
            self._tell_rep(rep)

    def _tell_rep(self, rep: Rep) -> None:
        self._told += 1
        self._tell(rep_line(self._exercise, rep))


def rep_line(exercise: Exercise, rep: Rep) -> str:
    """Return a finished repetition as one line: `rep 3 left: rejected - leaning back 18° ...`."""
    outcome = {
        Verdict.CLEAN: "counted",
        Verdict.COMPENSATED: "rejected",
        Verdict.PARTIAL: "partial",
        Verdict.UNVERIFIED: "unverified",
    }[rep.verdict]
    why = rep_text(exercise, rep)
    return f"rep {rep.number} {rep.side.value}: {outcome}" + (f" - {why}" if why else "")
