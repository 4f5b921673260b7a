from __future__ import annotations

from collections.abc import Callable

import pytest

from formcheck.core.checker.session import Verdict
from formcheck.core.coaching.events import (
    CoachingEvent,
    CoachStage,
    Finished,
    RestTick,
    SetBegan,
    SetDone,
    SetEnd,
)
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.coaching.stages import Rest, RunStages
from formcheck.core.pose.pose import Side
from tests.overlay.scenes import EXERCISE, rep


@pytest.mark.parametrize(
    ("rest_s", "moments_s", "ticks"),
    [
        (3.0, [0.0, 0.5, 1.0, 2.0, 3.0, 4.0], [3, 2, 1, 0]),
        (2.5, [0.0, 0.4, 0.6, 1.5, 2.5], [3, 2, 1, 0]),
        # A rest that begins at a fraction has rounded times.
        (2.0, [0.0, 1.0, 2.0], [2, 1, 0]),
        # Seconds that pass between two frames are left out.
        (60.0, [0.0, 30.0, 30.5, 70.0], [60, 30, 0]),
        (0.0, [0.0, 1.0], [0]),
    ],
)
@pytest.mark.parametrize("start_s", [0.3, 100.0])
def test_a_rest_counts_whole_seconds_down(
    start_s: float, rest_s: float, moments_s: list[float], ticks: list[int]
) -> None:
    rest = Rest(rest_s)
    rest.begin(start_s)
    told = [tick for at_s in moments_s for tick in rest.ticks(start_s + at_s)]
    assert [tick.remaining_s for tick in told] == ticks
    assert {tick.rest_s for tick in told} == {-(-rest_s // 1)}


@pytest.mark.parametrize(
    ("at_s", "since_s", "left_s"),
    [(98.0, -2.0, 62.0), (100.0, 0.0, 60.0), (130.0, 30.0, 30.0), (200.0, 100.0, 0.0)],
)
def test_a_rest_knows_what_is_past_and_left(at_s: float, since_s: float, left_s: float) -> None:
    rest = Rest(60.0)
    rest.begin(100.0)
    assert (rest.since_s(at_s), rest.left_s(at_s)) == (since_s, left_s)


class Stages(RunStages):
    """The stages of two sets of two repetitions, with their events."""

    def __init__(self, *, rest_s: float = 10.0) -> None:
        self.heard: list[CoachingEvent] = []
        settings = RunSettings(sets=2, reps=2, rest_s=rest_s)
        super().__init__(EXERCISE, settings, (Side.LEFT,), self.heard.append)

    def do_set(self, number: int, start_s: float) -> None:
        self.now_s = start_s
        self.begin_set(start_s, number)
        self.now_s = start_s + 9.0
        self.sets.add(rep(Verdict.CLEAN, end_s=self.now_s))
        self.end_set(SetEnd.REACHED)


def in_rest(stages: Stages) -> None:
    stages.do_set(1, 5.0)


def rested(stages: Stages) -> None:
    stages.do_set(1, 5.0)
    stages.now_s = 24.0
    stages.pass_rest()


def done(stages: Stages) -> None:
    stages.do_set(1, 5.0)
    stages.do_set(2, 30.0)


def stopped(stages: Stages) -> None:
    stages.now_s = 5.0
    stages.begin_set(5.0, 1)
    stages.sets.add(rep(Verdict.CLEAN, end_s=6.0))
    stages.end_set(SetEnd.STOPPED, last=True)


@pytest.mark.parametrize(
    ("steps", "stage", "number", "over", "kinds"),
    [
        (lambda stages: None, CoachStage.PLACEMENT, 1, 0, []),
        (lambda stages: stages.begin_set(0.0, 1), CoachStage.SET, 1, 0, [SetBegan]),
        (in_rest, CoachStage.REST, 1, 1, [SetBegan, SetDone, RestTick]),
        (rested, CoachStage.PLACEMENT, 2, 1, [SetBegan, SetDone, RestTick, RestTick]),
        (
            done, CoachStage.SUMMARY, 2, 2,
            [SetBegan, SetDone, RestTick, SetBegan, SetDone, Finished],
        ),
        (stopped, CoachStage.SUMMARY, 1, 1, [SetBegan, SetDone, Finished]),
        (lambda stages: stages.finish(), CoachStage.SUMMARY, 1, 0, [Finished]),
    ],
    ids=["new", "set", "rest", "rested", "done", "stopped", "finished"],
)  # fmt: skip
def test_each_step_changes_the_stage_and_is_sent(
    steps: Callable[[Stages], None],
    stage: CoachStage,
    number: int,
    over: int,
    kinds: list[type[CoachingEvent]],
) -> None:
    stages = Stages()
    steps(stages)
    assert (stages.stage, stages.current.number, len(stages.results)) == (stage, number, over)
    assert [type(event) for event in stages.heard] == kinds
    assert stages.in_set is (stage is CoachStage.SET)


def test_without_a_rest_the_next_set_is_awaited_at_once() -> None:
    stages = Stages(rest_s=0.0)
    stages.do_set(1, 5.0)
    assert (stages.stage, stages.current.number) == (CoachStage.PLACEMENT, 2)
    assert stages.rest_left_s == 0.0


def test_the_rest_is_left_only_during_a_rest() -> None:
    stages = Stages()
    assert stages.rest_left_s == 0.0
    stages.do_set(1, 5.0)
    assert stages.rest_left_s == 10.0
    stages.now_s += 4.0
    assert stages.rest_left_s == 6.0


def test_the_current_set_is_a_result_once_it_has_a_repetition() -> None:
    stages = Stages()
    stages.begin_set(5.0, 1)
    assert list(stages.results) == []
    stages.sets.add(rep(Verdict.CLEAN, end_s=8.0))
    stages.now_s = 8.5
    assert [(each.counts.clean, each.start_s, each.end_s) for each in stages.results] == [
        (1, 5.0, 8.5)
    ]


def test_events_carry_the_counts() -> None:
    stages = Stages()
    done(stages)
    ends = [event for event in stages.heard if isinstance(event, SetDone)]
    assert [(e.set_number, e.sets, e.counts.clean, e.end) for e in ends] == [
        (1, 2, 1, SetEnd.REACHED), (2, 2, 1, SetEnd.REACHED),
    ]  # fmt: skip
    finished = stages.heard[-1]
    assert isinstance(finished, Finished)
    assert (finished.sets_done, finished.counts.clean) == (2, 2)
