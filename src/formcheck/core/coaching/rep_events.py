"""The events of repetitions: seconds held, a fault that shows, how a repetition ended."""

from __future__ import annotations

from collections.abc import Callable

from formcheck.core.checker.faults import SHOWN_S, Finding
from formcheck.core.checker.importance import most_important
from formcheck.core.checker.session import FrameReport, Rep, Verdict
from formcheck.core.checker.wording import capital, doubt_text, short_of
from formcheck.core.coaching.events import (
    CoachingEvent,
    FaultShown,
    HoldTick,
    RepClean,
    RepRejected,
)
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.exercise.rules import Phase


class RepEvents:
    """Makes the events of repetitions.

    Parameters
    ----------
    exercise : Exercise
        Gives the sentences, and the time to hold.
    target : int
        Clean repetitions asked for.
    tell : callable
        Receives each event.
    """

    def __init__(
        self, exercise: Exercise, target: int, tell: Callable[[CoachingEvent], None]
    ) -> None:
        self._exercise = exercise
        self._target = target
        self._tell = tell
        self._say = {fault.code: fault.say for fault in exercise.faults}
        self._say |= {cue.code: cue.say for cue in exercise.cues}
        self._hold_s = exercise.cycle.hold_target_s or exercise.dose.hold_s
        self._ticked = 0
        self._warned = False
        self._seen_code: str | None = None
        self._seen_from_s = 0.0

    def watch(self, report: FrameReport) -> None:
        """Sends the seconds held and the first lasting fault of a repetition in progress."""
        if all(phase is Phase.REST for phase in report.phases.values()):
            self._ticked, self._warned = 0, False
            return
        second = int(report.hold_s)
        if second < self._ticked:
            self._ticked = 0
        if self._hold_s > 0 and second > self._ticked:
            self._ticked = second
            self._tell(HoldTick(time_s=report.time_s, second=second, target_s=self._hold_s))
        worst = most_important(report.active_faults)
        if worst is None or worst.code != self._seen_code:
            self._seen_code = None if worst is None else worst.code
            self._seen_from_s = report.time_s
        elif not self._warned and report.time_s - self._seen_from_s >= self._lasting(worst):
            self._warned = True
            self._tell(FaultShown(time_s=report.time_s, finding=worst, say=self._say[worst.code]))

    def _lasting(self, finding: Finding) -> float:
        """Returns how many seconds a shown fault must last until it voids the repetition."""
        rules = [fault for fault in self._exercise.faults if fault.code == finding.code]
        return max(0.0, rules[0].lasting_s - SHOWN_S) if rules else 0.0

    def tell_rep(self, rep: Rep, now_s: float, count: int) -> None:
        """Sends how a repetition ended; `count` is the leg's clean repetitions in the set."""
        self._warned = False
        number = rep.set_number or 1
        if rep.verdict is Verdict.CLEAN:
            cue = most_important(rep.cues)
            say = "" if cue is None else self._say[cue.code]
            self._tell(
                RepClean(
                    time_s=now_s, rep=rep, set_number=number, count=count, target=self._target,
                    say=say,
                )
            )  # fmt: skip
            return
        finding = most_important(rep.faults)
        self._tell(
            RepRejected(
                time_s=now_s, rep=rep, set_number=number, finding=finding,
                say=self._correction(rep, finding),
            )
        )  # fmt: skip

    def _correction(self, rep: Rep, finding: Finding | None) -> str:
        if finding is not None:
            return self._say[finding.code]
        if rep.verdict is Verdict.PARTIAL:
            return capital(short_of(self._exercise, rep)) + "."
        return capital(doubt_text(self._exercise, rep)) + "."
