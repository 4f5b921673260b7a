"""Chooses the one message for the screen, and words it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from formcheck.core.checker.faults import Finding
from formcheck.core.checker.importance import most_important
from formcheck.core.checker.session import FrameReport, Rep, Verdict
from formcheck.core.checker.wording import capital, doubt_text, finding_text, short_of
from formcheck.core.coaching.events import CoachStage, CoachState
from formcheck.core.coaching.placement import hides_other_leg
from formcheck.core.exercise.exercise import Cue, Exercise, Fault
from formcheck.core.pose.pose import Side

COUNTED_S = 3.0
"""How long the message of a counted repetition stays; that of a rejected one until the next."""


class Kind(Enum):
    """Kind of a message; gives its sign and colour."""

    PROMPT = "prompt"
    FAULT = "fault"
    REJECTED = "rejected"
    DOUBT = "doubt"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A title to read from three metres away, and a line of detail."""

    kind: Kind
    title: str
    detail: str = ""


_OUTCOME = {
    Verdict.CLEAN: (Kind.COUNTED, "counted"),
    Verdict.COMPENSATED: (Kind.REJECTED, "not counted"),
    Verdict.PARTIAL: (Kind.REJECTED, "not counted"),
    Verdict.UNVERIFIED: (Kind.DOUBT, "not verified"),
}


class MessageBoard:
    """Chooses the message, and stores the last repetition for it.

    What to do now comes first, then a present fault, then the last repetition.

    Parameters
    ----------
    exercise : Exercise
        Gives the words.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        rules: tuple[Fault | Cue, ...] = (*exercise.faults, *exercise.cues)
        self._rules = {rule.code: rule for rule in rules}
        self._last: Rep | None = None
        self._rejected: list[Rep] = []

    @property
    def last_rep(self) -> Rep | None:
        """The last repetition; None before the first."""
        return self._last

    @property
    def rejected(self) -> tuple[Rep, ...]:
        """All repetitions so far that a fault rejected."""
        return tuple(self._rejected)

    def note(self, report: FrameReport) -> None:
        """Stores the repetitions that end with a report."""
        if report.ended:
            self._last = report.ended[-1]
            self._rejected += [rep for rep in report.ended if rep.faults]

    def forget(self) -> None:
        """Forgets the last repetition, for a new set."""
        self._last = None

    def current(self, report: FrameReport, state: CoachState | None = None) -> Message | None:
        """Returns the message for a report; None without one."""
        prompt = _asked(report, state)
        if prompt is not None:
            return prompt
        present = most_important(report.active_faults)
        if present is not None:
            return Message(
                kind=Kind.FAULT, title=self._rules[present.code].say, detail=self._words(present)
            )
        if state is not None and state.called is not None and not self._has_switched(state.called):
            hidden = hides_other_leg(self._exercise, report.view)
            return Message(
                kind=Kind.PROMPT,
                title=f"Now the {state.called.value} leg",
                detail="Turn round: it belongs nearest to the camera." if hidden else "",
            )
        if self._last is not None:
            return self._about(self._last, report.time_s)
        notice = None if state is None else state.notice
        return Message(kind=Kind.PROMPT, title=notice) if notice else None

    def _has_switched(self, called: Side) -> bool:
        return self._last is not None and self._last.side is called

    def _about(self, rep: Rep, now_s: float) -> Message | None:
        """Returns the outcome of a repetition: its reason as title, its number as detail."""
        if rep.verdict is Verdict.CLEAN and now_s - rep.end_s > COUNTED_S:
            return None
        kind, outcome = _OUTCOME[rep.verdict]
        leg = "" if rep.side is Side.BOTH else f" {rep.side.value}"
        name = f"Rep {rep.number}{leg} {outcome}"
        if rep.verdict is Verdict.CLEAN:
            cue = most_important(rep.cues)
            better = "" if cue is None else self._rules[cue.code].say
            return Message(kind=kind, title=name, detail=better)
        return Message(kind=kind, title=self._reason(rep), detail=name)

    def _reason(self, rep: Rep) -> str:
        """Returns in words why a repetition was not counted."""
        if rep.verdict is Verdict.PARTIAL:
            return capital(short_of(self._exercise, rep))
        if rep.verdict is Verdict.UNVERIFIED:
            return capital(doubt_text(self._exercise, rep))
        first = most_important(rep.faults)
        more = f", and {len(rep.faults) - 1} more" if len(rep.faults) > 1 else ""
        return "" if first is None else self._words(first) + more

    def _words(self, finding: Finding) -> str:
        return capital(finding_text(self._exercise, finding, when=False))


def _asked(report: FrameReport, state: CoachState | None) -> Message | None:
    """Returns what the person has to do now; None if nothing."""
    if state is None:
        asked = report.prompt or report.notice
        return Message(kind=Kind.PROMPT, title=asked) if asked else None
    if state.leaving_s is not None:
        return Message(
            kind=Kind.PROMPT,
            title=f"The set ends in {max(1, math.ceil(state.leaving_s))} s",
            detail=state.prompt or "Take the start posture to go on.",
        )
    if state.stage is CoachStage.COUNTDOWN:
        return Message(kind=Kind.PROMPT, title="Hold still", detail=state.prompt or "")
    return Message(kind=Kind.PROMPT, title=state.prompt) if state.prompt else None
