"""Guides a run through placement, countdown, sets, rests and summary.

Pauses, notices and pain interrupt it.
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
from formcheck.core.coaching.placement import PlacementWatch
from formcheck.core.coaching.rep_events import RepEvents
from formcheck.core.coaching.sets import full_range
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.coaching.stages import RunStages
from formcheck.core.coaching.start_posture import LEFT_AFTER_S, StartPosture
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Position, View


class Interruptions:
    """Remembers what stands beside the course of a run, and tells it once.

    Parameters
    ----------
    tell : callable
        Gets each event.

    Attributes
    ----------
    paused : str | None
        Why the run is paused; None if it is not.
    shown : str | None
        What is worth knowing now.
    pain : int | None
        How much it hurts, as noted last; None where nothing was noted.
    """

    def __init__(self, tell: Callable[[CoachingEvent], None]) -> None:
        self._tell = tell
        self.paused: str | None = None
        self.shown: str | None = None
        self.pain: int | None = None

    def pause(self, say: str, now_s: float) -> None:
        """Pause, or change what is said of a pause that goes on."""
        if self.paused is None:
            self._tell(Paused(time_s=now_s, say=say))
        self.paused = say

    def resume(self, now_s: float) -> None:
        """Go on after a pause."""
        if self.paused is not None:
            self.paused = None
            self._tell(Resumed(time_s=now_s))

    def notice(self, say: str | None, now_s: float) -> None:
        """Show something worth knowing, and say it once."""
        if say is not None and say != self.shown:
            self._tell(Notice(time_s=now_s, say=say))
        self.shown = say

    def note_pain(self, pain: int, now_s: float) -> bool:
        """Take note of how much it hurts, 0 to 10; return whether the run must end."""
        self.pain = pain
        stops = pain >= PAIN_STOPS
        say = pain_stop(pain) if stops else f"Pain {pain} of 10 noted."
        self._tell(Notice(time_s=now_s, say=say))
        return stops


GRACE_S = 5.0
"""What begins so soon after a set still belongs to it: nobody stops in mid-movement."""


class Coach:
    """Takes one person through the sets of one run.

    Parameters
    ----------
    exercise : Exercise
        Gives the words and the start posture's sentence.
    settings : RunSettings
        Sets, repetitions, rest.
    sides : tuple of Side
        The counted legs.
    tell : callable
        Gets each event, in order.
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
        """The repetitions of all sets, each with its number and its set's."""
        return self._stages.sets.reps

    @property
    def results(self) -> tuple[SetResult, ...]:
        """The sets that are over, and the one that goes on if it has a repetition."""
        return self._stages.results

    @property
    def pain(self) -> int | None:
        """How much it hurts, as noted last; None where nothing was noted."""
        return self._interruptions.pain

    @property
    def finished(self) -> bool:
        """Whether all sets are done."""
        return self._stages.stage is CoachStage.SUMMARY

    def update(
        self, report: FrameReport, posture: StartPosture, *, dark: str | None = None
    ) -> CoachState:
        """Take in one frame's report and return where the run stands after it.

        Parameters
        ----------
        report : FrameReport
            What the checker made of the frame.
        posture : StartPosture
            Whether the person is in the start posture.
        dark : str | None
            What to do about the light, where there is too little of it.
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
        """Return where the run stands."""
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
        """Give a repetition that ended to its set, or drop it if it belongs to none."""
        stage = self._stages.stage
        if stage in (CoachStage.REST, CoachStage.SUMMARY):
            if self._stages.rest.since_s(rep.start_s) < GRACE_S:
                self._tell_rep(self._stages.sets.keep_late(rep))
                return
            if stage is CoachStage.SUMMARY:
                return
        if not self._stages.in_set:
            # Who lifts a leg all the way instead of resting has begun.
            if not full_range(rep):
                return
            self._stages.begin_set(
                rep.start_s, self._stages.current.number + (stage is CoachStage.REST)
            )
        self._tell_rep(self._stages.sets.keep(rep))
        if self._stages.current.reached:
            self._stages.end_set(SetEnd.REACHED)
            return
        leg = self._stages.current.leg_to_call(rep.side)
        if leg is not None:
            self._call(leg)

    def pause(self, say: str) -> None:
        """Stop the course of things until `resume`."""
        self._interruptions.pause(say, self._stages.now_s)

    def resume(self) -> None:
        """Go on after a pause."""
        self._interruptions.resume(self._stages.now_s)

    def notice(self, say: str | None) -> None:
        """Show something worth knowing, and say it once."""
        self._interruptions.notice(say, self._stages.now_s)

    def note_pain(self, pain: int) -> None:
        """Take note of how much it hurts, 0 to 10; too much ends the run."""
        if self._interruptions.note_pain(pain, self._stages.now_s):
            self.finish()

    def next_set(self) -> None:
        """End the set or the rest that goes on; the next set begins with the start posture."""
        if self._stages.in_set and self._stages.current.reps:
            self._stages.end_set(SetEnd.STOPPED)
        if self._stages.stage is CoachStage.REST:
            self._stages.get_ready(self._stages.current.number + 1)
        elif self._stages.in_set:
            self._stages.get_ready(self._stages.current.number)

    def switch_side(self) -> None:
        """Go to the other leg; the one that goes on is done for this set."""
        if not self._stages.in_set:
            return
        leg = self._stages.current.switch()
        if leg is not None:
            self._call(leg)
        elif self._stages.current.reached and self._stages.current.reps:
            self._stages.end_set(SetEnd.STOPPED)

    def finish(self) -> None:
        """End the run, wherever it stands."""
        if self._stages.in_set and self._stages.current.reps:
            self._stages.end_set(SetEnd.STOPPED, last=True)
        elif not self.finished:
            self._stages.finish()

    def _watch_placement(self, report: FrameReport, dark: str | None) -> None:
        """Find what the person has to do before they can be judged, and say it once it stands."""
        if self._stages.stage in (CoachStage.REST, CoachStage.SUMMARY):
            self._placement.forget()
            return
        quiet = self._stages.gate.counting_down or report.countdown_s is not None
        self._tell_all(
            self._placement.update(report, awaited=not self._stages.in_set, quiet=quiet, dark=dark)
        )

    def _wait_for_start(self, report: FrameReport, posture: StartPosture) -> None:
        """Begin the set once the start posture was held still long enough."""
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
        # Who moved in mid-set holds still for a new neutral, and goes on.
        self._stages.gate.follow(report)
        self._tell_all(self._stages.gate.ticks(self._stages.now_s))
        if self._stages.engagement.update(report, posture) < LEFT_AFTER_S:
            return
        if self._stages.current.reps:
            self._stages.end_set(SetEnd.LEFT)
        else:
            self._stages.get_ready(self._stages.current.number)

    def _tell_rep(self, kept: Rep) -> None:
        self._rep_events.tell_rep(
            kept, self._stages.now_s, self._stages.current.counts[kept.side].clean
        )

    def _call(self, leg: Side) -> None:
        # From the side the far leg hides behind the near one.
        hidden = self._view is View.SIDE and self._exercise.position is Position.UPRIGHT
        say = f"Now the {leg.value} leg" + (": turn round." if hidden else ".")
        self._tell(Switch(time_s=self._stages.now_s, to=leg, say=say))
