"""A run in lines of text, for a run without a window."""

from __future__ import annotations

import math
from collections.abc import Callable

from formcheck.core.checker.neutral import STILL_S
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.checker.wording import counts_text, rep_text
from formcheck.core.coaching.events import (
    CoachingEvent,
    CountdownTick,
    Notice,
    Paused,
    PlacementPrompt,
    RepClean,
    RepRejected,
    RestTick,
    Resumed,
    SetBegan,
    SetDone,
    Switch,
)
from formcheck.core.exercise.exercise import Exercise

FIRST_TICK_S = math.ceil(STILL_S)


class Narrator:
    """Turns events into lines of text.

    Parameters
    ----------
    exercise : Exercise
        Gives the words.
    tell : callable
        Receives each line.
    """

    def __init__(self, exercise: Exercise, tell: Callable[[str], None]) -> None:
        self._exercise = exercise
        self._tell = tell
        self._placed: str | None = None

    def hear(self, event: CoachingEvent) -> None:
        """Sends the line of an event, if it has one."""
        line = self._line(event)
        if line is not None:
            self._tell(line)

    def _line(self, event: CoachingEvent) -> str | None:
        if isinstance(event, PlacementPrompt):
            # The voice repeats a sentence; in lines of text a repeat is only in the way.
            said, self._placed = self._placed, event.say
            return None if said == event.say else event.say
        self._placed = None
        if isinstance(event, RepClean | RepRejected):
            return rep_line(self._exercise, event.rep)
        return _course_line(event)


def _course_line(event: CoachingEvent) -> str | None:
    """Returns the line of an event other than a repetition or a prompt; None without a line."""
    line = None
    if isinstance(event, CountdownTick) and event.remaining_s == FIRST_TICK_S:
        line = "Hold still."
    elif isinstance(event, SetBegan):
        line = f"Go: set {event.set_number} of {event.sets}."
    elif isinstance(event, SetDone):
        line = f"Set {event.set_number} of {event.sets} done: {counts_text(event.counts)}."
    elif isinstance(event, RestTick) and event.remaining_s in (event.rest_s, 10):
        line = f"Rest: {event.remaining_s} s."
    elif isinstance(event, Resumed):
        line = "Going on."
    elif isinstance(event, Switch | Paused | Notice):
        line = event.say
    return line


def rep_line(exercise: Exercise, rep: Rep) -> str:
    """Returns a finished repetition as one line: `rep 3 left: rejected - leaning back 18° ...`."""
    outcome = {
        Verdict.CLEAN: "counted",
        Verdict.COMPENSATED: "rejected",
        Verdict.PARTIAL: "partial",
        Verdict.UNVERIFIED: "unverified",
    }[rep.verdict]
    why = rep_text(exercise, rep)
    return f"rep {rep.number} {rep.side.value}: {outcome}" + (f" - {why}" if why else "")
