"""The stages of a run: placement, countdown, set, rest with its clock, next set, summary."""

from __future__ import annotations

import math
from collections.abc import Callable

from formcheck.core.checker.session import Counts, SetResult
from formcheck.core.coaching.events import (
    CoachingEvent,
    CoachStage,
    Finished,
    RestTick,
    SetBegan,
    SetDone,
    SetEnd,
)
from formcheck.core.coaching.sets import OneSet, RunSets
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.coaching.start_posture import Engagement, StartGate
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side


class Rest:
    """Counts a rest down on the source's clock.

    Parameters
    ----------
    rest_s : float
        Length of the rest.
    """

    def __init__(self, rest_s: float) -> None:
        self.rest_s = rest_s
        self._from_s = -math.inf
        self._told = math.inf

    def begin(self, now_s: float) -> None:
        """Starts the rest from its full length."""
        self._from_s, self._told = now_s, math.inf

    def since_s(self, time_s: float) -> float:
        """Returns the seconds from the start of the rest to a time; negative before the start."""
        return time_s - self._from_s

    def left_s(self, now_s: float) -> float:
        """Returns the seconds left; 0 once the rest is over."""
        return max(0.0, self.rest_s - self.since_s(now_s))

    def ticks(self, now_s: float) -> list[RestTick]:
        """Returns the tick of a second that has begun since the last call; else nothing."""
        # Slightly less, or rounding would make the first tick a second too many.
        left = math.ceil(self.left_s(now_s) - 1e-6)
        if left >= self._told:
            return []
        self._told = left
        return [RestTick(time_s=now_s, remaining_s=left, rest_s=math.ceil(self.rest_s))]


class RunStages:
    """Moves a run from stage to stage and sends an event for each step.

    Parameters
    ----------
    exercise : Exercise
        Gives the length of a hold, for leaving.
    settings : RunSettings
        Sets, repetitions, rest.
    sides : tuple of Side
        The counted legs.
    tell : callable
        Receives each event, in order.

    Attributes
    ----------
    now_s : float
        Time of the last frame.
    stage : CoachStage
        The present stage.
    sets : RunSets
        The sets of the run.
    rest : Rest
        The current or last rest.
    gate : StartGate
        The countdown to the next set.
    engagement : Engagement
        Whether the person is still exercising in the current set.
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
        self.now_s = 0.0
        self.stage = CoachStage.PLACEMENT
        self.sets = RunSets(sides, settings.reps)
        self.rest = Rest(settings.rest_s)
        self.gate = StartGate()
        self.engagement = Engagement(exercise)

    @property
    def current(self) -> OneSet:
        """The set in progress; else the next set, or the last one at the end."""
        return self.sets.current

    @property
    def in_set(self) -> bool:
        """Whether a set is in progress."""
        return self.stage is CoachStage.SET

    @property
    def results(self) -> tuple[SetResult, ...]:
        """The finished sets, and the current set if it has a repetition."""
        return self.sets.with_current(self.now_s) if self.in_set else self.sets.over

    @property
    def rest_left_s(self) -> float:
        """Seconds left of the rest; 0 outside a rest."""
        return self.rest.left_s(self.now_s) if self.stage is CoachStage.REST else 0.0

    def begin_set(self, start_s: float, number: int) -> None:
        """Begins a set; `start_s` may lie a moment in the past."""
        self.sets.begin(number, start_s)
        self.stage = CoachStage.SET
        self.gate.close(self.now_s)
        self.engagement = Engagement(self._exercise)
        self._tell(SetBegan(time_s=self.now_s, set_number=number, sets=self._settings.sets))

    def end_set(self, end: SetEnd, *, last: bool = False) -> None:
        """Ends the current set; then begins the rest, or finishes after the last set."""
        self.sets.end()
        self.rest.begin(self.now_s)
        self._tell(
            SetDone(
                time_s=self.now_s,
                set_number=self.current.number,
                sets=self._settings.sets,
                counts=Counts.of(tuple(self.current.reps)),
                end=end,
            )
        )
        if last or self.current.number >= self._settings.sets:
            self.finish()
            return
        self.stage = CoachStage.REST
        self.pass_rest()

    def pass_rest(self) -> None:
        """Counts the rest down, and waits for the start posture once the rest is over."""
        for tick in self.rest.ticks(self.now_s):
            self._tell(tick)
        if self.rest.left_s(self.now_s) <= 0:
            self.get_ready(self.current.number + 1)

    def get_ready(self, number: int) -> None:
        """Waits for the start posture of set `number`."""
        self.stage = CoachStage.PLACEMENT
        self.sets.begin(number, self.now_s)
        self.gate.close(self.now_s)

    def finish(self) -> None:
        """Ends the run."""
        self.stage = CoachStage.SUMMARY
        done = Counts.of(self.sets.reps)
        self._tell(Finished(time_s=self.now_s, sets_done=len(self.sets.over), counts=done))
