"""Guides a run through placement, countdown, sets, rests and summary.

Pauses, notices and pain interrupt the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from formcheck.core.checker.neutral import STILL_S
from formcheck.core.checker.session import FrameReport, Rep, SetResult
from formcheck.core.coaching.events import (
    CoachingEvent,
    CoachStage,
    CoachState,
    Notice,
    Paused,
    Resumed,
    SetEnd,
    Switch,
)
from formcheck.core.coaching.pain import PAIN_STOPS, pain_stop
from formcheck.core.coaching.placement import PlacementWatch, hides_other_leg
from formcheck.core.coaching.rep_events import RepEvents
from formcheck.core.coaching.sets import full_range
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.coaching.stages import RunStages
from formcheck.core.coaching.start_posture import LEFT_AFTER_S, StartPosture
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View


class Interruptions:
    """Holds what interrupts a run (a pause, a notice, pain) and sends each as one event.

    Parameters
    ----------
    tell : callable
        Receives each event.

    Attributes
    ----------
    paused : str | None
        Why the run is paused; None while it is not.
    shown : str | None
        The notice in force; None without one.
    pain : int | None
        The last noted pain, 0 to 10; None where none was noted.
    """

    def __init__(self, tell: Callable[[CoachingEvent], None]) -> None:
        self._tell = tell
        self.paused: str | None = None
        self.shown: str | None = None
        self.pain: int | None = None

    def pause(self, say: str, now_s: float) -> None:
        """Pauses the run, or changes the sentence of a pause that already lasts."""
        if self.paused is None:
            self._tell(Paused(time_s=now_s, say=say))
        self.paused = say

    def resume(self, now_s: float) -> None:
        """Ends a pause; does nothing without one."""
        if self.paused is not None:
            self.paused = None
            self._tell(Resumed(time_s=now_s))

    def notice(self, say: str | None, now_s: float) -> None:
        """Sets the notice in force and sends it once; None withdraws it."""
        if say is not None and say != self.shown:
            self._tell(Notice(time_s=now_s, say=say))
        self.shown = say

    def note_pain(self, pain: int, now_s: float) -> bool:
        """Notes pain, 0 to 10, and returns whether it must end the run."""
        self.pain = pain
        stops = pain >= PAIN_STOPS
        say = pain_stop(pain) if stops else f"Pain {pain} of 10 noted."
        self._tell(Notice(time_s=now_s, say=say))
        return stops


GRACE_S = 5.0
"""A repetition that begins within this time of a set's end still belongs to that set."""


class Coach:
    """Guides one person through the sets of one run.

    Parameters
    ----------
    exercise : Exercise
        Gives the sentences, the start posture's among them.
    settings : RunSettings
        Sets, repetitions, rest.
    sides : tuple of Side
        The counted legs.
    tell : callable
        Receives each event, in order.
    """

    def __init__(
        self,
        exercise: Exercise,
        settings: RunSettings,
        sides: tuple[Side, ...],
        tell: Callable[[CoachingEvent], None],
    ) -> None:
        self._exercise = exercise
        self._settings = settings
        self._tell = tell
        self._stages = RunStages(exercise, settings, sides, tell)
        self._placement = PlacementWatch(exercise)
        self._rep_events = RepEvents(exercise, settings.reps, tell)
        self._interruptions = Interruptions(tell)
        self._view = View.UNKNOWN

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions of all sets, each with its own number and its set number."""
        return self._stages.sets.reps

    @property
    def results(self) -> tuple[SetResult, ...]:
        """The finished sets, and the current set if it has a repetition."""
        return self._stages.results

    @property
    def pain(self) -> int | None:
        """The last noted pain, 0 to 10; None where none was noted."""
        return self._interruptions.pain

    @property
    def finished(self) -> bool:
        """Whether all sets are done."""
        return self._stages.stage is CoachStage.SUMMARY

    def update(
        self, report: FrameReport, posture: StartPosture, *, dark: str | None = None
    ) -> CoachState:
        """Processes one frame's report and returns the state of the run after it.

        Parameters
        ----------
        report : FrameReport
            The checker's report on the frame.
        posture : StartPosture
            Whether the person is in the start posture.
        dark : str | None
            What to do about too little light; None where there is enough.
        """
        self._stages.now_s, self._view = report.time_s, report.view
        self._watch_placement(report, dark)
        for rep in report.ended:
            self.take_in(rep)
        if self._stages.stage in (CoachStage.PLACEMENT, CoachStage.COUNTDOWN):
            self._wait_for_start(report, posture)
        elif self._stages.stage is CoachStage.SET:
            self._watch_set(report, posture)
        elif self._stages.stage is CoachStage.REST:
            self._stages.pass_rest()
        return self.state()

    def state(self) -> CoachState:
        """Returns the present state of the run."""
        return CoachState(
            stage=self._stages.stage,
            set_number=self._stages.current.number,
            sets=self._settings.sets,
            target=self._settings.reps,
            counts=self._stages.current.counts,
            called=self._stages.current.called,
            placement=self._placement.placement,
            prompt=self._placement.prompt,
            countdown_s=self._stages.gate.remaining_s,
            countdown_from_s=STILL_S,
            rest_left_s=self._stages.rest_left_s,
            rest_s=self._settings.rest_s,
            leaving_s=self._stages.engagement.leaving_s if self._stages.in_set else None,
            paused=self._interruptions.paused,
            notice=self._interruptions.shown,
            results=self.results,
            pain=self._interruptions.pain,
        )

    def take_in(self, rep: Rep) -> None:
        """Adds a finished repetition to its set, or drops it if it belongs to none."""
        stage = self._stages.stage
        if stage in (CoachStage.REST, CoachStage.SUMMARY):
            if self._stages.rest.since_s(rep.start_s) < GRACE_S:
                self._tell_rep(self._stages.sets.add_late(rep))
                return
            if stage is CoachStage.SUMMARY:
                return
        if not self._stages.in_set:
            # A full lift instead of a rest begins the next set.
            if not full_range(rep):
                return
            self._stages.begin_set(
                rep.start_s, self._stages.current.number + (stage is CoachStage.REST)
            )
        self._tell_rep(self._stages.sets.add(rep))
        if self._stages.current.reached:
            self._stages.end_set(SetEnd.REACHED)
            return
        leg = self._stages.current.leg_to_call(rep.side)
        if leg is not None:
            self._call(leg)

    def pause(self, say: str) -> None:
        """Pauses the run until `resume`."""
        self._interruptions.pause(say, self._stages.now_s)

    def resume(self) -> None:
        """Ends a pause."""
        self._interruptions.resume(self._stages.now_s)

    def notice(self, say: str | None) -> None:
        """Sets the notice in force and says it once; None withdraws it."""
        self._interruptions.notice(say, self._stages.now_s)

    def note_pain(self, pain: int) -> None:
        """Notes pain, 0 to 10; from `PAIN_STOPS` on it ends the run."""
        if self._interruptions.note_pain(pain, self._stages.now_s):
            self.finish()

    def next_set(self) -> None:
        """Ends the current set or rest; the next set begins with the start posture."""
        if self._stages.in_set and self._stages.current.reps:
            self._stages.end_set(SetEnd.STOPPED)
        if self._stages.stage is CoachStage.REST:
            self._stages.get_ready(self._stages.current.number + 1)
        elif self._stages.in_set:
            self._stages.get_ready(self._stages.current.number)

    def switch_side(self) -> None:
        """Switches to the other leg; the current leg is done for this set."""
        if not self._stages.in_set:
            return
        leg = self._stages.current.switch()
        if leg is not None:
            self._call(leg)
        elif self._stages.current.reached and self._stages.current.reps:
            self._stages.end_set(SetEnd.STOPPED)

    def finish(self) -> None:
        """Ends the run from any stage."""
        if self._stages.in_set and self._stages.current.reps:
            self._stages.end_set(SetEnd.STOPPED, last=True)
        elif not self.finished:
            self._stages.finish()

    def _watch_placement(self, report: FrameReport, dark: str | None) -> None:
        """Finds what the person has to do before judging, and says it once it persists."""
        if self._stages.stage in (CoachStage.REST, CoachStage.SUMMARY):
            self._placement.forget()
            return
        quiet = self._stages.gate.counting_down or report.countdown_s is not None
        self._tell_all(
            self._placement.update(report, awaited=not self._stages.in_set, quiet=quiet, dark=dark)
        )

    def _wait_for_start(self, report: FrameReport, posture: StartPosture) -> None:
        """Begins the set once the person has held the start posture still long enough."""
        begins = self._stages.gate.update(report, posture)
        waiting = CoachStage.COUNTDOWN if self._stages.gate.counting_down else CoachStage.PLACEMENT
        self._stages.stage = waiting
        self._tell_all(self._stages.gate.ticks(self._stages.now_s))
        if begins:
            self._stages.begin_set(report.time_s, self._stages.current.number)

    def _tell_all(self, events: Iterable[CoachingEvent]) -> None:
        for event in events:
            self._tell(event)

    def _watch_set(self, report: FrameReport, posture: StartPosture) -> None:
        self._rep_events.watch(report)
        # A person who moved in mid-set holds still for a new neutral; the set goes on.
        self._stages.gate.follow(report)
        self._tell_all(self._stages.gate.ticks(self._stages.now_s))
        if self._stages.engagement.update(report, posture) < LEFT_AFTER_S:
            return
        if self._stages.current.reps:
            self._stages.end_set(SetEnd.LEFT)
        else:
            self._stages.get_ready(self._stages.current.number)

    def _tell_rep(self, rep: Rep) -> None:
        self._rep_events.tell_rep(
            rep, self._stages.now_s, self._stages.current.counts[rep.side].clean
        )

    def _call(self, leg: Side) -> None:
        turn = ": turn round." if hides_other_leg(self._exercise, self._view) else "."
        say = f"Now the {leg.value} leg{turn}"
        self._tell(Switch(time_s=self._stages.now_s, to=leg, say=say))
