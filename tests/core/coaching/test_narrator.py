from __future__ import annotations

import pytest

from formcheck.core.checker.session import Counts, Rep, Verdict
from formcheck.core.coaching.events import (
    CoachingEvent,
    CountdownTick,
    FaultShown,
    Finished,
    HoldTick,
    Notice,
    Paused,
    Placement,
    PlacementPrompt,
    RepClean,
    RepRejected,
    RestTick,
    Resumed,
    SetBegan,
    SetDone,
    SetEnd,
    Switch,
)
from formcheck.core.coaching.narrator import Narrator, rep_line
from formcheck.core.pose.pose import Side
from tests.overlay.scenes import (
    COUNTED,
    EXERCISE,
    LEAN_BACK,
    PARTIAL,
    REJECTED,
    UNVERIFIED,
    rep,
)

COUNTS = Counts(attempts=3, clean=2, partial=1)
DONE = SetDone(time_s=1.0, set_number=1, sets=3, counts=COUNTS, end=SetEnd.REACHED)
TURN = PlacementPrompt(time_s=1.0, placement=Placement.VIEW, say="Turn.")


def lines(*events: CoachingEvent) -> list[str]:
    said: list[str] = []
    narrator = Narrator(EXERCISE, said.append)
    for event in events:
        narrator.hear(event)
    return said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (CountdownTick(time_s=1.0, remaining_s=2), ["Hold still."]),
        (CountdownTick(time_s=1.0, remaining_s=1), []),
        (SetBegan(time_s=1.0, set_number=2, sets=3), ["Go: set 2 of 3."]),
        (DONE, ["Set 1 of 3 done: 2 clean of 3, 1 partial."]),
        (RestTick(time_s=1.0, remaining_s=60, rest_s=60), ["Rest: 60 s."]),
        (RestTick(time_s=1.0, remaining_s=10, rest_s=60), ["Rest: 10 s."]),
        (RestTick(time_s=1.0, remaining_s=9, rest_s=60), []),
        (Switch(time_s=1.0, to=Side.RIGHT, say="Now the right leg."), ["Now the right leg."]),
        (Paused(time_s=1.0, say="The camera is gone."), ["The camera is gone."]),
        (Resumed(time_s=1.0), ["Going on."]),
        (Notice(time_s=1.0, say="Too few frames."), ["Too few frames."]),
        (TURN, ["Turn."]),
        (HoldTick(time_s=1.0, second=1, target_s=2.0), []),
        (FaultShown(time_s=1.0, finding=LEAN_BACK, say="Don't lean back."), []),
        (Finished(time_s=1.0, sets_done=1, counts=COUNTS), []),
        (
            RepClean(time_s=1.0, rep=rep(Verdict.CLEAN), set_number=1, count=1, target=2),
            ["rep 3 left: counted"],
        ),
        (
            RepRejected(time_s=1.0, rep=REJECTED, set_number=1, finding=LEAN_BACK, say=""),
            [rep_line(EXERCISE, REJECTED)],
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_event_has_its_line_or_none(event: CoachingEvent, said: list[str]) -> None:
    assert lines(event) == said


@pytest.mark.parametrize(
    ("ended", "line"),
    [
        (rep(Verdict.CLEAN), "rep 3 left: counted"),
        (COUNTED, "rep 3 left: counted - short hold 0.6 s (at least 1.8 s)"),
        (PARTIAL, "rep 3 left: partial - reached 62° of 80°"),
        (
            UNVERIFIED,
            "rep 3 left: unverified - the leg was lost from sight before it came down",
        ),
        (
            rep(Verdict.COMPENSATED, faults=(LEAN_BACK,)),
            "rep 3 left: rejected - leaning back 14° (limit 10°) at 6.5 s",
        ),
    ],
)
def test_a_repetition_is_one_line(ended: Rep, line: str) -> None:
    assert rep_line(EXERCISE, ended) == line


def test_a_repeated_prompt_is_one_line_until_something_else_happens() -> None:
    assert lines(TURN, TURN, TURN) == ["Turn."]
    assert lines(TURN, Resumed(time_s=2.0), TURN) == ["Turn.", "Going on.", "Turn."]
