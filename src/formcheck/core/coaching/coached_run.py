"""One coached run, pose by pose: what the window and the browser have in common.

Whoever shows a run brings the poses and shows the reports. Here lies everything between: checker,
start posture, coach, listeners, and the session at the end. No method may be called while another
one works; a program with threads holds a lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import FrameReport, Session, Stage
from formcheck.core.coaching.coach import Coach
from formcheck.core.coaching.events import CoachingEvent, CoachState, Listener
from formcheck.core.coaching.pain import PAIN_STOPS, pain_stop
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.coaching.start_posture import StartWatch
from formcheck.core.measures.filtering import FrameRate
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose

LEAST_FPS = 10.0
"""Least rate at which a leg can be followed from frame to frame."""

NOBODY_SEEN = "Nobody was seen."
NEVER_STARTED = "The start posture was never held still for two seconds, so nothing was counted."


class CoachedRun:
    """Guides one person through their sets, from the poses that it is given.

    Parameters
    ----------
    checker : FormChecker
        Judges; fresh.
    settings : RunSettings
        Sets, repetitions, rest.
    listeners : sequence of Listener
        Hear every event, in this order: a log comes first, since what a person has heard of must
        not be lost.

    Attributes
    ----------
    checker : FormChecker
        The checker.
    coach : Coach
        The coach: it takes pauses, pain and the calls for the next set.
    judged : int
        Number of judged poses.
    person_seen : bool
        Whether anybody was in any of them.
    """

    def __init__(
        self, checker: FormChecker, settings: RunSettings, listeners: Sequence[Listener]
    ) -> None:
        self.checker = checker
        self.coach = Coach(checker.exercise, settings, checker.sides, self._spread)
        self.judged = 0
        self.person_seen = False
        self._listeners = tuple(listeners)
        self._posture = StartWatch(checker.exercise)
        self._rate = FrameRate()
        self._counted = self._short = False

    def update(self, pose: Pose, *, dark: str | None = None) -> tuple[FrameReport, CoachState]:
        """Judges a pose; returns its report and the state of the run after it.

        Parameters
        ----------
        pose : Pose
            Poses must come in order of time.
        dark : str | None
            What to do about too little light; None where there is enough.
        """
        report = self.checker.update(pose)
        self._watch_rate(pose.time_s)
        assert self.checker.seen is not None
        posture = self._posture.update(self.checker.seen)
        state = self.coach.update(report, posture, dark=dark)
        self.judged += 1
        self.person_seen |= report.person
        self._counted |= report.stage is Stage.COUNTING
        return report, state

    def end(self) -> None:
        """Ends the run: completes the repetition that is just over, and finishes the coach."""
        for rep in self.checker.end():
            self.coach.take_in(rep)
        self.coach.finish()

    def session(self, source: SourceInfo, problems: Sequence[str] = ()) -> Session:
        """Returns the session of the whole run; call `end` before.

        Parameters
        ----------
        source : SourceInfo
            Where the poses came from.
        problems : sequence of str
            What went wrong on the way and did not stop it.
        """
        said, pain = list(problems), self.coach.pain
        if not self.person_seen:
            said.append(NOBODY_SEEN)
        elif not self._counted and not self.checker.reps:
            said.append(NEVER_STARTED)
        if pain is not None and pain >= PAIN_STOPS:
            said.append(pain_stop(pain))
        return replace(
            self.checker.finish(source, said), reps=self.coach.reps, sets=self.coach.results
        )

    def _spread(self, event: CoachingEvent) -> None:
        for listener in self._listeners:
            listener.hear(event)

    def _watch_rate(self, time_s: float) -> None:
        """Sets a notice while fewer frames are judged than the exercise needs."""
        self._rate.note(time_s)
        needed, fps = max(LEAST_FPS, self.checker.exercise.needs_fps), self._rate.fps
        # A margin of a tenth ends the notice, so that a rate at the border does not repeat it.
        short = fps < (1.1 * needed if self._short else needed)
        if short != self._short:
            self._short = short
            say = f"{fps:.0f} frames a second are too few: this exercise needs {needed:.0f}."
            self.coach.notice(say if short else None)
