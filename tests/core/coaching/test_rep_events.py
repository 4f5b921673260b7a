from __future__ import annotations

import pytest

from formcheck.core.checker.faults import SHOWN_S, Finding
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.coaching.events import (
    CoachingEvent,
    FaultShown,
    HoldTick,
    RepClean,
    RepRejected,
)
from formcheck.core.coaching.rep_events import RepEvents
from tests.overlay.scenes import (
    AT_REST,
    COUNTED,
    EXERCISE,
    LEAN_BACK,
    PARTIAL,
    REJECTED,
    SIDEWAYS,
    UNVERIFIED,
    rep,
    report,
)

LASTING_S = next(f.lasting_s for f in EXERCISE.faults if f.code == "lean-back") - SHOWN_S


def watched(*frames: tuple[float, tuple[Finding, ...]]) -> list[CoachingEvent]:
    heard: list[CoachingEvent] = []
    events = RepEvents(EXERCISE, 2, heard.append)
    for time_s, faults in frames:
        events.watch(report(time_s=time_s, hold_s=0.0, active_faults=faults))
    return heard


@pytest.mark.parametrize(
    ("holds", "ticks"),
    [
        ([0.0, 0.5, 0.9], []),
        ([0.5, 1.0, 1.4, 2.0, 3.1], [1, 2, 3]),
        ([0.5, 2.2], [2]),
        # A hold that begins again is counted again.
        ([1.0, 0.0, 1.0], [1, 1]),
    ],
)
def test_each_second_held_is_sent_once(holds: list[float], ticks: list[int]) -> None:
    heard: list[CoachingEvent] = []
    events = RepEvents(EXERCISE, 2, heard.append)
    for index, hold_s in enumerate(holds):
        events.watch(report(time_s=float(index), hold_s=hold_s))
    assert [event.second for event in heard if isinstance(event, HoldTick)] == ticks
    assert len(heard) == len(ticks)


@pytest.mark.parametrize(
    ("frames", "codes"),
    [
        ([(0.0, (LEAN_BACK,)), (LASTING_S - 0.05, (LEAN_BACK,))], []),
        ([(0.0, (LEAN_BACK,)), (LASTING_S + 0.01, (LEAN_BACK,))], ["lean-back"]),
        ([(0.0, (LEAN_BACK,)), (0.1, ()), (0.2, (LEAN_BACK,)), (0.3, (LEAN_BACK,))], []),
        # Once in a repetition, and of several the most important.
        ([(t, (LEAN_BACK,)) for t in (0.0, 0.5, 1.0, 1.5)], ["lean-back"]),
        ([(t, (SIDEWAYS, LEAN_BACK)) for t in (0.0, 0.5)], ["lean-back"]),
    ],
)
def test_a_fault_is_sent_once_it_would_void(
    frames: list[tuple[float, tuple[Finding, ...]]], codes: list[str]
) -> None:
    assert [e.finding.code for e in watched(*frames) if isinstance(e, FaultShown)] == codes


def test_the_next_repetition_has_its_own_fault() -> None:
    heard: list[CoachingEvent] = []
    events = RepEvents(EXERCISE, 2, heard.append)
    for start_s in (0.0, 10.0):
        for time_s in (start_s, start_s + 1.0):
            events.watch(report(time_s=time_s, hold_s=0.0, active_faults=(LEAN_BACK,)))
        events.watch(report(time_s=start_s + 2.0, hold_s=0.0, phases=AT_REST))
    assert [type(event) for event in heard] == [FaultShown, FaultShown]


@pytest.mark.parametrize(
    ("ended", "code", "say"),
    [
        (REJECTED, "lean-back", "Don't lean back."),
        (PARTIAL, None, "Reached 62° of 80°."),
        (UNVERIFIED, None, "The leg was lost from sight before it came down."),
    ],
)
def test_a_rejected_repetition_comes_with_its_correction(
    ended: Rep, code: str | None, say: str
) -> None:
    heard: list[CoachingEvent] = []
    RepEvents(EXERCISE, 2, heard.append).tell_rep(ended, 7.0, 0)
    (event,) = heard
    assert isinstance(event, RepRejected)
    assert (event.finding and event.finding.code, event.say) == (code, say)
    assert (event.rep, event.time_s, event.set_number) == (ended, 7.0, 1)


@pytest.mark.parametrize(
    ("ended", "say"), [(rep(Verdict.CLEAN), ""), (COUNTED, "Hold it for two seconds.")]
)
def test_a_clean_repetition_comes_with_its_count_and_cue(ended: Rep, say: str) -> None:
    heard: list[CoachingEvent] = []
    RepEvents(EXERCISE, 2, heard.append).tell_rep(ended, 7.0, 1)
    (event,) = heard
    assert isinstance(event, RepClean)
    assert (event.count, event.target, event.say) == (1, 2, say)
