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
    """Counts a rest down, on the source's clock.

    Parameters
    ----------
    rest_s : float
        How long it is.
    """

    def __init__(self, rest_s: float) -> None:
        self.rest_s = rest_s
        self._from_s = -math.inf
        self._told = math.inf

    def begin(self, now_s: float) -> None:
        """Begin it anew."""
        self._from_s, self._told = now_s, math.inf

    def since_s(self, time_s: float) -> float:
        """Return how long it had gone on at a time; negative before it began."""
        return time_s - self._from_s

    def left_s(self, now_s: float) -> float:
        """Return how much of it is left; 0 once it is over."""
        return max(0.0, self.rest_s - self.since_s(now_s))

    def ticks(self, now_s: float) -> list[RestTick]:
        """Return the tick of the second that has begun since the last call, if one has."""
        # A hair less, or the first tick would be a second too many.
        left = math.ceil(self.left_s(now_s) - 1e-6)
        if left >= self._told:
            return []
        self._told = left
        return [RestTick(time_s=now_s, remaining_s=left, rest_s=math.ceil(self.rest_s))]


class RunStages:
    """The stages of a run and the steps between them, each of which is told.

    Parameters
    ----------
    exercise : Exercise
        Says what it is to be at it.
    settings : RunSettings
        Sets, repetitions, rest.
    sides : tuple of Side
        The counted legs.
    tell : callable
        Gets each event, in order.

    Attributes
    ----------
    now_s : float
        The time of the last frame.
    stage : CoachStage
        Where the run stands.
    sets : RunSets
        Its sets.
    rest : Rest
        The rest that goes on, or was the last one.
    gate : StartGate
        The countdown to the next set.
    engagement : Engagement
        Whether the person is still at it, in the set that goes on.
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
        """The set that goes on, or comes next, or was the last one."""
        return self.sets.current

    @property
    def in_set(self) -> bool:
        """Whether a set goes on."""
        return self.stage is CoachStage.SET

    @property
    def results(self) -> tuple[SetResult, ...]:
        """The sets that are over, and the one that goes on if it has a repetition."""
        return self.sets.with_current(self.now_s) if self.in_set else self.sets.over

    @property
    def rest_left_s(self) -> float:
        """How much of the rest is left; 0 where none goes on."""
        return self.rest.left_s(self.now_s) if self.stage is CoachStage.REST else 0.0

    def begin_set(self, start_s: float, number: int) -> None:
        """Begin a set, perhaps a moment ago."""
        self.sets.begin(number, start_s)
        self.stage = CoachStage.SET
        self.gate.close(self.now_s)
        self.engagement = Engagement(self._exercise)
        self._tell(SetBegan(time_s=self.now_s, set_number=number, sets=self._settings.sets))

    def end_set(self, end: SetEnd, *, last: bool = False) -> None:
        """End the set that goes on, and rest, or finish after the last one."""
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
        """Count the rest down, and call back when it is over."""
        for tick in self.rest.ticks(self.now_s):
            self._tell(tick)
        if self.rest.left_s(self.now_s) <= 0:
            self.get_ready(self.current.number + 1)

    def get_ready(self, number: int) -> None:
        """Wait for the start posture of a set."""
        self.stage = CoachStage.PLACEMENT
        self.sets.begin(number, self.now_s)
        self.gate.close(self.now_s)

    def finish(self) -> None:
        """End the run."""
        self.stage = CoachStage.SUMMARY
        done = Counts.of(self.sets.reps)
        self._tell(Finished(time_s=self.now_s, sets_done=len(self.sets.over), counts=done))
