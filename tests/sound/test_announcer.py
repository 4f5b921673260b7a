"""Each event has its tone and its sentence; of several sentences the right one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.checker.faults import Finding
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
from formcheck.core.pose.pose import Side
from formcheck.sound.announcer import Announcer
from formcheck.sound.tones import Tone
from formcheck.sound.voice import Priority

BACK = Finding(code="lean-back", worst=-15.0, limit=-10.0, unit="deg", at_s=3.0)
DONT = "Don't lean back."
COUNTS = Counts(attempts=10, clean=9, compensated=1)
REP = Rep(
    number=1, side=Side.LEFT, start_s=2.0, top_s=3.0, end_s=5.0, verdict=Verdict.CLEAN,
    peak_deg=88.0, hold_s=2.0, lowering_s=1.5,
)  # fmt: skip


def clean(count: int = 4, *, say: str = "", at_s: float = 5.0, target: int = 10) -> RepClean:
    return RepClean(time_s=at_s, rep=REP, set_number=1, count=count, target=target, say=say)


def rejected(
    say: str = DONT, verdict: Verdict = Verdict.COMPENSATED, at_s: float = 5.0
) -> RepRejected:
    rep = replace(REP, verdict=verdict)
    return RepRejected(time_s=at_s, rep=rep, set_number=1, finding=BACK, say=say)


def heard(*events: CoachingEvent) -> tuple[list[Tone], list[tuple[str, Priority]]]:
    tones: list[Tone] = []
    lines: list[tuple[str, Priority]] = []
    announcer = Announcer(tones.append, lambda text, priority: lines.append((text, priority)))
    for event in events:
        announcer.hear(event)
    return tones, lines


HELP, COUNT, CORRECTION, CALL = Priority
CASES: list[tuple[CoachingEvent, list[Tone], list[tuple[str, Priority]]]] = [
    (clean(), [Tone.CLEAN], [("4.", COUNT)]),
    (clean(9), [Tone.CLEAN], [("9. One more.", COUNT)]),
    (clean(say="Hold it."), [Tone.CLEAN], [("4. Hold it.", COUNT)]),
    (rejected(), [Tone.REJECTED], [(DONT, CORRECTION)]),
    (
        rejected("Reached 62° of 80°.", Verdict.PARTIAL),
        [Tone.REJECTED],
        [("Reached 62 degrees of 80 degrees.", CORRECTION)],
    ),
    (rejected("Not seen.", Verdict.UNVERIFIED), [Tone.UNSURE], [("Not seen.", CORRECTION)]),
    (FaultShown(time_s=3.0, finding=BACK, say=DONT), [], [(DONT, CORRECTION)]),
    (HoldTick(time_s=3.0, second=1, target_s=2.0), [Tone.TICK], []),
    (HoldTick(time_s=4.0, second=2, target_s=2.0), [Tone.HOLD_DONE], []),
    (HoldTick(time_s=5.0, second=3, target_s=2.0), [Tone.TICK], []),
    (CountdownTick(time_s=1.0, remaining_s=2), [Tone.PIP], []),
    (SetBegan(time_s=1.0, set_number=1, sets=3), [Tone.GO], [("Go.", CALL)]),
    (
        SetDone(time_s=60.0, set_number=1, sets=3, counts=COUNTS, end=SetEnd.REACHED),
        [Tone.SET_DONE],
        [("Set 1 of 3 is done: 9 clean of 10, 1 compensated. Rest.", CALL)],
    ),
    (
        SetDone(time_s=60.0, set_number=3, sets=3, counts=COUNTS, end=SetEnd.REACHED),
        [Tone.SET_DONE],
        [],
    ),
    (Finished(time_s=60.0, sets_done=3, counts=COUNTS), [],
     [("Well done: 9 clean of 10, 1 compensated.", CALL)]),
    (RestTick(time_s=70.0, remaining_s=40, rest_s=60), [], []),
    (RestTick(time_s=70.0, remaining_s=10, rest_s=60), [], [("10 seconds.", COUNT)]),
    (RestTick(time_s=70.0, remaining_s=10, rest_s=10), [], []),
    (RestTick(time_s=77.0, remaining_s=3, rest_s=60), [Tone.PIP], []),
    (RestTick(time_s=80.0, remaining_s=0, rest_s=60), [Tone.REST_OVER],
     [("The rest is over.", CALL)]),
    (Switch(time_s=9.0, to=Side.RIGHT, say="Now the right leg."), [Tone.SWITCH],
     [("Now the right leg.", CALL)]),
    (PlacementPrompt(time_s=1.0, placement=Placement.VIEW, say="Turn."), [], [("Turn.", HELP)]),
    (Notice(time_s=1.0, say="Too slow."), [], [("Too slow.", HELP)]),
    (Paused(time_s=1.0, say="The camera is gone."), [Tone.PAUSED],
     [("The camera is gone.", CALL)]),
    (Resumed(time_s=1.0), [Tone.RESUMED], [("Go on.", CALL)]),
]  # fmt: skip


@pytest.mark.parametrize(("event", "tones", "lines"), CASES)
def test_an_event_is_heard(
    event: CoachingEvent, tones: list[Tone], lines: list[tuple[str, Priority]]
) -> None:
    assert heard(event) == (tones, lines)


def test_every_event_there_is_has_been_thought_of() -> None:
    # By name: a class with slots is made twice, and the first one lingers.
    known = {kind.__name__ for kind in CoachingEvent.__subclasses__()}
    assert {type(event).__name__ for event, _, _ in CASES} == known


def test_a_repetition_is_corrected_once_however_often_its_faults_show() -> None:
    shown = [FaultShown(time_s=3.0 + i, finding=BACK, say=f"Fault {i}.") for i in range(3)]
    _, lines = heard(*shown, rejected("Another one.", at_s=7.0))
    assert lines == [("Fault 0.", CORRECTION)]
    _, lines = heard(*shown, rejected(at_s=7.0), replace(shown[1], time_s=9.0))
    assert [text for text, _ in lines] == ["Fault 0.", "Fault 1."]


def test_fast_steps_are_not_corrected_one_by_one() -> None:
    steps = [rejected(at_s=10.0 + i / 3) for i in range(30)]
    tones, lines = heard(*steps)
    assert len(tones) == 30
    assert len(lines) == 3


def test_a_cue_is_not_repeated_with_every_count() -> None:
    _, lines = heard(*(clean(n, say="Lower slowly.", at_s=5.0 * n) for n in range(1, 6)))
    assert [text for text, _ in lines] == [
        "1. Lower slowly.", "2.", "3.", "4. Lower slowly.", "5.",
    ]  # fmt: skip


def test_placement_help_that_stands_is_repeated_now_and_then_only() -> None:
    _, lines = heard(
        *(
            PlacementPrompt(time_s=float(s), placement=Placement.VIEW, say="Turn.")
            for s in range(20)
        )
    )
    assert len(lines) == 3


def test_without_a_voice_the_tones_are_the_same() -> None:
    tones: list[Tone] = []
    announcer = Announcer(tones.append)
    for event, _, _ in CASES:
        announcer.hear(event)
    assert tones == [tone for _, expected, _ in CASES for tone in expected]
