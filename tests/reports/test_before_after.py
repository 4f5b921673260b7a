"""Before and after: what is better, what is within the error, what can't be compared."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.exercise.adjustment import Adjustment, adjusted
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise
from formcheck.reports.before_after import (
    BETTER,
    ENOUGH,
    OPEN,
    SAME,
    WORSE,
    Subject,
    changes,
    courses_of,
)
from formcheck.reports.compare_page import comparison_page, notes, paired
from tests.exercises.judged import SOURCE, judged
from tests.stickman import Lift, Stance, clip

STANDING = get_exercise("standing-hip-flexion")
LEANING = Stance(lean=-20.0)


def subject(*lifts: Lift, **changed: object) -> Subject:
    rules = changed.pop("rules", STANDING)
    session = judged(rules, clip(list(lifts), fps=15.0))  # type: ignore[arg-type]
    return Subject(name="one", session=replace(session, **changed), rules=rules)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bad() -> Subject:
    """Three low lifts that are lowered fast, two of them leaning."""
    low = Lift(peak=84.0, lower_s=0.6, hold_s=1.0)
    return subject(low, replace(low, at_top=LEANING), replace(low, at_top=LEANING))


@pytest.fixture(scope="module")
def good() -> Subject:
    return subject(*[Lift(peak=95.0, hold_s=4.0)] * 3)


def verdicts(before: Subject, after: Subject) -> dict[str, str]:
    return {change.name: change.verdict for change in changes(before, after)}


def test_what_became_better_and_back_again(bad: Subject, good: Subject) -> None:
    there, back = verdicts(bad, good), verdicts(good, bad)
    for name in ("clean repetitions", "leaning back", "hold (left)", "lowering (left)"):
        assert (there[name], back[name]) == (BETTER, WORSE), name
    assert set(verdicts(bad, bad).values()) == {SAME}


def test_more_than_was_asked_for_is_no_better(good: Subject) -> None:
    longer = subject(*[Lift(peak=95.0, hold_s=6.0)] * 3)
    assert verdicts(good, longer)["hold (left)"] == ENOUGH


def test_one_repetition_makes_no_difference(good: Subject) -> None:
    one_bad = subject(*[Lift(peak=95.0, hold_s=4.0)] * 2, Lift(hold_s=4.0, at_top=LEANING))
    assert verdicts(good, one_bad)["clean repetitions"] == SAME


def test_angles_from_elsewhere_are_not_compared(good: Subject) -> None:
    elsewhere = replace(good, session=replace(good.session, view=View.FRONT))
    found = verdicts(good, elsewhere)
    assert found["peak thigh elevation (left)"] == OPEN and found["hold (left)"] != OPEN
    assert any("The camera stood elsewhere" in note for note in notes(good, elsewhere))


def test_what_other_limits_judged_is_not_compared(bad: Subject) -> None:
    own = adjusted(STANDING, Adjustment(limits={"lean-back": 30.0}))
    other = replace(bad, rules=own)
    found = verdicts(bad, other)
    assert found["clean repetitions"] == found["leaning back"] == OPEN
    assert any("lean-back 30° (usually 10)" in note for note in notes(bad, other))


def test_repetitions_stand_beside_those_of_the_same_leg(good: Subject) -> None:
    both = subject(Lift(side="right"), Lift(), Lift(side="right"))
    pairs = paired(good.session.reps, both.session.reps)
    assert [(a.number, b.number) for a, b in pairs] == [(1, 2)]


def test_courses_begin_with_the_repetition() -> None:
    checker = FormChecker(STANDING)
    reports = [checker.update(pose) for pose in clip([Lift()], fps=15.0)]
    session = checker.finish(SOURCE)
    (course,) = courses_of(reports, session)
    assert course.times_s[0] < 0.1
    assert np.nanmax(course.values_deg) == pytest.approx(session.reps[0].peak_deg, abs=3.0)


def test_a_session_without_repetitions_has_a_page(good: Subject) -> None:
    empty = replace(good, session=replace(good.session, reps=()))
    page = comparison_page(empty, good)
    assert "nothing that both have" in page and "<video" not in page


def test_the_page_escapes_names(good: Subject, bad: Subject) -> None:
    hostile = "<script>alert(1)</script>"
    page = comparison_page(replace(bad, name=hostile), good)
    assert hostile not in page and "Better:" in page
    assert len(re.findall(r"<h1>", page)) == 1
