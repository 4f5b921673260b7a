"""What weeks of training came to: counted by hand, and compared."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from formcheck.core.checker.session import Verdict
from formcheck.core.pose.pose import Side
from formcheck.training.progress import Progress, fault_name, progress
from formcheck.training.stored_session import StoredSession, StoredSet
from formcheck.training.training_day import training_days
from tests.history.made import LEANING, MORNING, rep, stored
from tests.history.trained import day, one_set

MONDAY = MORNING.date()
"""2 March 2026."""


def of(days: list[int], today: int, *, since: int | None = None) -> Progress:
    sessions = [day(n) for n in days]
    first = None if since is None else MONDAY + timedelta(days=since)
    return progress(sessions, since=first, today=MONDAY + timedelta(days=today))


def test_weeks_begin_on_monday_and_empty_ones_are_there() -> None:
    found = of([1, 3, 15], today=22)
    assert [week.monday for week in found.weeks] == [
        date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23),
    ]  # fmt: skip
    assert [len(week.days) for week in found.weeks] == [2, 0, 1, 0]
    assert [week.met for week in found.weeks] == [True, False, False, False]
    assert [week.counts.clean for week in found.weeks] == [96, 0, 48, 0]
    assert found.counts.attempts == 144
    assert found.days == tuple(MONDAY + timedelta(days=n) for n in (1, 3, 15))


@pytest.mark.parametrize(
    ("days", "today", "streak", "longest"),
    [
        ([0, 2], 2, 1, 1),
        ([0, 2, 7, 9, 14], 15, 2, 2),
        ([0, 2, 7, 9, 14], 21, 0, 2),
        ([0, 2, 7, 9, 21, 23], 24, 1, 2),
        ([0], 1, 0, 0),
        ([0, 0], 1, 0, 0),
    ],
)
def test_streaks_against_the_goal(days: list[int], today: int, streak: int, longest: int) -> None:
    found = of(days, today)
    assert (found.streak, found.longest_streak) == (streak, longest)


def test_a_span_may_begin_before_the_first_session() -> None:
    found = of([8], today=9, since=-7)
    assert found.since == date(2026, 2, 23)
    assert len(found.weeks) == 3
    assert of([], today=3).counts.attempts == 0


def test_range_symmetry_and_holds_of_what_could_be_judged() -> None:
    done = (
        rep(1, side=Side.LEFT, peak_deg=95.0, hold_s=2.0),
        rep(2, side=Side.LEFT, peak_deg=85.0, hold_s=3.0),
        rep(3, Verdict.UNVERIFIED, side=Side.LEFT, peak_deg=20.0, hold_s=9.0),
        rep(4, Verdict.COMPENSATED, side=Side.RIGHT, peak_deg=80.0, hold_s=1.0),
    )
    session = stored(sets=[StoredSet(number=1, reps=done, load="light band", pain=2)])
    found = progress([session], since=None, today=MONDAY)
    ((only,),) = found.exercises.values()
    assert only.peak_deg == {Side.LEFT: 90.0, Side.RIGHT: 80.0}
    assert only.hold_s == {Side.LEFT: 2.5, Side.RIGHT: 1.0}
    assert only.asymmetry_deg == 10.0
    assert only.clean_share == 0.5
    assert (only.loads, only.pain) == (("light band",), 2)


def test_one_leg_alone_has_no_symmetry() -> None:
    session = stored(sets=[StoredSet(number=1, reps=(rep(1, side=Side.LEFT, peak_deg=90.0),))])
    ((only,),) = progress([session], since=None, today=MONDAY).exercises.values()
    assert math.isnan(only.asymmetry_deg)


def test_faults_by_frequency_and_how_they_changed() -> None:
    early = day(0, [one_set(1, 2, 2)])
    late = day(7, [one_set(1, 7, 1)])
    other = day(9, [one_set(1, 1, 1)])
    twice = replace(
        other,
        exercise="supine-marching",
        sets=tuple(
            replace(s, reps=tuple(replace(r, faults=(*r.faults, *r.faults)) for r in s.reps))
            for s in other.sets
        ),
    )
    found = progress([early, late, twice], since=None, today=MONDAY)
    first, second = found.faults
    assert (first.exercise, first.code, first.reps) == ("standing-hip-flexion", LEANING.code, 6)
    assert first.share == 6 / 24
    assert (first.before, first.after) == (0.5, 0.125)
    assert (second.exercise, second.reps, second.share) == ("supine-marching", 2, 0.5)
    assert math.isnan(second.before) and math.isnan(second.after)


def test_faults_have_names() -> None:
    days = training_days([stored()])
    assert fault_name(days, "lean-back") == "leaning back"
    assert fault_name(days, "of-old-days") == "of old days"


def test_a_session_without_a_repetition_is_no_day_of_training() -> None:
    empty: StoredSession = stored(sets=[])
    found = progress([empty], since=None, today=MONDAY)
    assert (found.sessions, found.days, found.exercises) == (1, (), {})
