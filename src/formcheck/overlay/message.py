"""The one thing worth saying at the moment, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from formcheck.exercise import Cue, Exercise, Fault
from formcheck.faults import Finding
from formcheck.pose import Side
from formcheck.session import FrameReport, Rep, Verdict
from formcheck.wording import doubt_text, finding_text, short_of

COUNTED_S = 3.0
"""How long a counted repetition is announced; a rejected one until the next."""


class Kind(Enum):
    """What a message is about; decides its sign and colour."""

    PROMPT = "prompt"
    FAULT = "fault"
    REJECTED = "rejected"
    DOUBT = "doubt"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A line to read from three metres away, and one that explains it."""

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
    """Chooses what to say, and remembers the last repetition.

    What to do now comes first, then a fault that is present, then the last repetition.

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

    @property
    def last_rep(self) -> Rep | None:
        """The repetition that ended last."""
        return self._last

    def note(self, report: FrameReport) -> None:
        """Remember the repetition that a report ends."""
        if report.ended:
            self._last = report.ended[-1]

    def current(self, report: FrameReport) -> Message | None:
        """Return what to say with this report; None if there is nothing."""
        if report.prompt:
            return Message(kind=Kind.PROMPT, title=report.prompt)
        if report.active_faults:
            worst = max(report.active_faults, key=lambda f: abs(f.worst) / abs(f.limit))
            return Message(
                kind=Kind.FAULT, title=self._words(worst), detail=self._rules[worst.code].say
            )
        return None if self._last is None else self._about(self._last, report.time_s)

    def _about(self, rep: Rep, now_s: float) -> Message | None:
        if rep.verdict is Verdict.CLEAN and now_s - rep.end_s > COUNTED_S:
            return None
        kind, outcome = _OUTCOME[rep.verdict]
        leg = "" if rep.side is Side.BOTH else f" {rep.side.value}"
        title = f"Rep {rep.number}{leg} {outcome}"
        return Message(kind=kind, title=title, detail=self._reason(rep))

    def _reason(self, rep: Rep) -> str:
        """Return why a repetition was not counted, or how a counted one could be better."""
        if rep.verdict is Verdict.CLEAN:
            return self._rules[rep.cues[0].code].say if rep.cues else ""
        if rep.verdict is Verdict.PARTIAL:
            return _capital(short_of(self._exercise, rep))
        if rep.verdict is Verdict.UNVERIFIED:
            return _capital(doubt_text(self._exercise, rep))
        more = f", and {len(rep.faults) - 1} more" if len(rep.faults) > 1 else ""
        return self._words(rep.faults[0]) + more

    def _words(self, finding: Finding) -> str:
        return _capital(finding_text(self._exercise, finding, when=False))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
