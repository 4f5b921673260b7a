"""Voice, screen, body line and report name the same fault for the same repetition."""

from __future__ import annotations

import pytest

from formcheck.core.checker.faults import Finding
from formcheck.core.checker.session import Verdict
from formcheck.core.coaching.events import (
    CoachingEvent,
    CoachStage,
    FaultShown,
    RepClean,
    RepRejected,
)
from formcheck.core.coaching.rep_events import RepEvents
from formcheck.overlay import Overlay
from formcheck.overlay.body_lines import strain_of
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.message import MessageBoard
from formcheck.overlay.style import Font
from formcheck.reports.advice import advice, moments
from tests.history.made import session
from tests.overlay.scenes import AT_REST, EXERCISE, blank, figure, rep, report, state


def fault(code: str, worst: float, at_s: float = 6.5) -> Finding:
    return Finding(
        code=code, worst=worst, limit=10.0 if worst > 0 else -10.0, unit="deg", at_s=at_s
    )


LITTLE_BACK = fault("lean-back", -10.5)
MUCH_SIDEWAYS = fault("lateral-lean", 28.0, at_s=4.0)
MUCH_KNEE = fault("support-knee-bent", 40.0, at_s=4.0)


@pytest.mark.parametrize(
    ("faults", "first"),
    [
        ((LITTLE_BACK, MUCH_SIDEWAYS), LITTLE_BACK),
        ((MUCH_SIDEWAYS, LITTLE_BACK), LITTLE_BACK),
        ((MUCH_KNEE, LITTLE_BACK), LITTLE_BACK),
        ((MUCH_KNEE, MUCH_SIDEWAYS), MUCH_SIDEWAYS),
        ((MUCH_KNEE,), MUCH_KNEE),
    ],
    ids=lambda value: value.code if isinstance(value, Finding) else None,
)
def test_the_same_fault_is_said_and_shown(faults: tuple[Finding, ...], first: Finding) -> None:
    rule = next(f for f in EXERCISE.faults if f.code == first.code)
    heard: list[CoachingEvent] = []
    events = RepEvents(EXERCISE, 10, heard.append)
    board = MessageBoard(EXERCISE)

    for time_s in (7.0, 9.0):
        present = report(time_s=time_s, active_faults=faults, closest=faults[0], strain=1.1)
        events.watch(present)
        message = board.current(present)
        assert message is not None and message.title == rule.say
        assert strain_of(EXERCISE, present).finding == first

    ended = rep(Verdict.COMPENSATED, faults=faults)
    events.tell_rep(ended, 9.0, 0)
    board.note(report(ended=(ended,), phases=AT_REST))
    message = board.current(report(phases=AT_REST))
    assert message is not None and message.title.lower().startswith(rule.name)

    shown, rejected = heard[-2:]
    assert isinstance(shown, FaultShown) and shown.finding == first and shown.say == rule.say
    assert isinstance(rejected, RepRejected)
    assert rejected.finding == first and rejected.say == rule.say

    kept = session([ended])
    (moment,) = moments(kept, EXERCISE)
    assert moment.at_s == first.at_s and moment.say == rule.say
    assert advice(kept, EXERCISE)[0].say == rule.say


def test_the_same_cue_is_said_and_shown() -> None:
    hold = Finding(code="short-hold", worst=0.6, limit=1.8, unit="s", at_s=5.0)
    fast = Finding(code="fast-lowering", worst=0.4, limit=1.0, unit="s", at_s=6.0)
    ended = rep(Verdict.CLEAN, cues=(hold, fast))
    heard: list[CoachingEvent] = []
    RepEvents(EXERCISE, 10, heard.append).tell_rep(ended, 7.0, 1)
    board = MessageBoard(EXERCISE)
    board.note(report(ended=(ended,), phases=AT_REST))
    message = board.current(report(phases=AT_REST))
    (counted,) = heard
    rule = next(cue for cue in EXERCISE.cues if cue.code == "fast-lowering")
    assert isinstance(counted, RepClean) and message is not None
    assert counted.say == message.detail == rule.say


def test_of_two_as_frequent_faults_the_summary_names_the_more_important() -> None:
    rejected = [
        rep(Verdict.COMPENSATED, faults=(MUCH_SIDEWAYS,)),
        rep(Verdict.COMPENSATED, faults=(LITTLE_BACK,)),
    ]
    overlay = Overlay(EXERCISE)
    canvas = Canvas(blank((1280, 720)), Font())
    done = report(ended=tuple(rejected), phases=AT_REST)
    overlay.paint(canvas, figure((1280, 720)), done, state(CoachStage.SUMMARY))
    texts = [label.text for label in canvas.labels]
    assert "Most often: leaning back" in texts
    assert advice(session(rejected), EXERCISE)[0].what == "leaning back"
