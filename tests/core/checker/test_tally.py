"""The tally: numbers, counted legs, counts by verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pytest

from formcheck.core.checker.session import Dropped, DropReason, Rep, Verdict
from formcheck.core.checker.tally import Tally
from formcheck.core.pose.pose import Side
from tests.core.checker.made import finding, rep

BOTH = (Side.LEFT, Side.RIGHT)


def test_repetitions_are_numbered_in_the_order_they_come() -> None:
    tally = Tally(BOTH)
    for side in (Side.RIGHT, Side.LEFT, Side.RIGHT):
        tally.add(rep(side=side))
    assert [(r.number, r.side) for r in tally.reps] == [
        (1, Side.RIGHT),
        (2, Side.LEFT),
        (3, Side.RIGHT),
    ]
    assert len(tally) == 3
    assert tally.untold() == tally.reps and tally.untold() == ()


@pytest.mark.parametrize(
    ("counted", "side", "kept"),
    [
        (BOTH, Side.LEFT, True),
        ((Side.LEFT,), Side.RIGHT, False),
        ((Side.BOTH,), Side.BOTH, True),
        ((Side.BOTH,), Side.LEFT, False),
    ],
)
def test_only_a_counted_leg_s_repetition_is_added(
    counted: tuple[Side, ...], side: Side, kept: bool
) -> None:
    tally = Tally(counted)
    tally.add(rep(side=side))
    assert len(tally) == kept


def test_no_repetition_changes_nothing() -> None:
    tally = Tally(BOTH)
    tally.add(None)
    assert tally.reps == () and tally.counted_until_s == -math.inf


def test_counts_follow_every_new_repetition() -> None:
    tally = Tally(BOTH)
    assert tally.counts()[Side.LEFT].attempts == 0
    for verdict in (Verdict.CLEAN, Verdict.CLEAN, Verdict.PARTIAL):
        tally.add(rep(verdict, end_s=8.0))
    counts = tally.counts()
    assert (counts[Side.LEFT].clean, counts[Side.LEFT].partial) == (2, 1)
    assert counts[Side.RIGHT].attempts == 0
    assert tally.counts() is counts, "counted once for each new repetition"
    assert tally.counted_until_s == 8.0


def dropped(start_s: float, end_s: float, side: Side = Side.RIGHT) -> Dropped:
    reason = DropReason.OTHER_MOVEMENT
    return Dropped(side=side, start_s=start_s, end_s=end_s, peak_deg=60.0, reason=reason)


@pytest.mark.parametrize(
    ("start_s", "end_s", "reason"),
    [
        (2.0, 4.0, DropReason.ECHO),
        (5.0, 6.9, DropReason.ECHO),
        (5.0, 7.1, DropReason.OTHER_MOVEMENT),
        (8.0, 9.0, DropReason.OTHER_MOVEMENT),
    ],
)
def test_what_lies_within_a_repetition_is_its_echo(
    start_s: float, end_s: float, reason: DropReason
) -> None:
    tally = Tally(BOTH)
    tally.drop(dropped(start_s, end_s))
    tally.add(rep(start_s=1.0, end_s=6.0))
    assert [one.reason for one in tally.dropped] == [reason]


def test_what_a_leg_that_is_not_counted_did_is_not_listed() -> None:
    tally = Tally((Side.LEFT,))
    tally.drop(dropped(1.0, 2.0))
    assert tally.dropped == ()


@dataclass
class Leg:
    """What a judge tells of its leg's attempt."""

    rising_since_s: float | None = None
    half_seen: float = 0.0
    reached: bool = False
    took_over: Rep | None = None

    def take_over(self, one: Rep) -> None:
        self.took_over = one

    def is_up_since(self, time_s: float) -> bool:
        return self.rising_since_s is not None and self.rising_since_s <= time_s


def take_in(tally: Tally, one: Rep, leg: Leg, other: Leg | None) -> None:
    judges: Any = (leg, other)
    tally.take_in(one, *judges)


@pytest.mark.parametrize(
    ("up_since_s", "one_at_a_time", "added"),
    [
        (None, False, 1),
        (None, True, 1),
        # The other leg went up first and is still up: this one only followed it.
        (1.0, False, 0),
        (1.5, True, 0),
    ],
)
def test_what_echoes_the_other_leg_is_dropped(
    up_since_s: float | None, one_at_a_time: bool, added: int
) -> None:
    tally = Tally(BOTH, one_at_a_time=one_at_a_time)
    partial = rep(side=Side.LEFT, start_s=2.0, end_s=3.0, verdict=Verdict.PARTIAL)
    take_in(tally, partial, Leg(), Leg(up_since_s))
    assert (len(tally), len(tally.dropped)) == (added, 1 - added)


@pytest.mark.parametrize(
    ("over_first", "half_seen", "one_at_a_time", "sides"),
    [
        pytest.param(Side.LEFT, 0.9, False, [Side.LEFT], id="the leg in front is over first"),
        pytest.param(Side.RIGHT, 0.9, False, [Side.LEFT], id="the hidden one is over first"),
        pytest.param(Side.LEFT, 0.2, False, [Side.RIGHT], id="both are seen: the earlier one"),
        pytest.param(Side.LEFT, 0.9, True, [Side.LEFT], id="one at a time, the front over first"),
    ],
)
def test_of_two_that_step_together_the_one_that_is_seen_counts(
    over_first: Side, half_seen: float, one_at_a_time: bool, sides: list[Side]
) -> None:
    tally = Tally(BOTH, one_at_a_time=one_at_a_time)
    # The left leg is in front; the right one is said to have begun a moment before or after it.
    starts_s = {Side.LEFT: 2.0, Side.RIGHT: 1.9 if over_first is Side.LEFT else 2.1}
    legs = {Side.LEFT: Leg(reached=True), Side.RIGHT: Leg(half_seen=half_seen, reached=True)}
    for side in (over_first, over_first.other):
        still_up = side is over_first
        legs[side.other].rising_since_s = starts_s[side.other] if still_up else None
        fault = finding("hips-raised")
        end_s = 3.0 if still_up else 3.1
        one = rep(side=side, start_s=starts_s[side], end_s=end_s, faults=(fault,))
        take_in(tally, one, legs[side], legs[side.other])
    assert [one.side for one in tally.reps] == sides


def test_one_lift_is_judged_under_the_name_it_ends_with_where_both_legs_are_seen() -> None:
    tally, other = Tally(BOTH), Leg(2.5, reached=True)
    one = rep(side=Side.LEFT, start_s=2.0, end_s=3.0)
    take_in(tally, one, Leg(), other)
    assert len(tally) == 0 and other.took_over is one


@pytest.mark.parametrize("one_at_a_time", [True, False])
def test_a_tally_begins_anew_with_the_same_legs(one_at_a_time: bool) -> None:
    tally = Tally((Side.LEFT,), one_at_a_time=one_at_a_time)
    tally.add(rep(side=Side.LEFT))
    anew = tally.anew()
    assert len(tally) == 1 and len(anew) == 0
    for side in BOTH:
        # Of the leg that is not counted nothing is taken in; beside a partial rise that the other
        # leg began later, one at a time leaves none.
        partial = rep(side=side, start_s=2.0, end_s=3.0, verdict=Verdict.PARTIAL)
        take_in(anew, partial, Leg(), Leg(2.5))
    assert len(anew) == (0 if one_at_a_time else 1)


@pytest.mark.parametrize(
    ("became", "added"),
    [("nothing", 1), ("a repetition", 0), ("another movement", 0), ("still up", 0)],
)
def test_what_echoed_an_attempt_that_came_to_nothing_was_no_echo(became: str, added: int) -> None:
    tally, other = Tally(BOTH), Leg(1.5)
    partial = rep(side=Side.LEFT, start_s=2.0, end_s=3.0, verdict=Verdict.PARTIAL)
    take_in(tally, partial, Leg(), other)
    assert tally.untold() == () and len(tally.dropped) == 1
    if became != "still up":
        other.rising_since_s = None
    if became == "a repetition":
        tally.add(rep(side=Side.RIGHT, start_s=1.5, end_s=3.2))
    if became == "another movement":
        tally.drop(dropped(1.5, 3.2))
    told = tally.untold()
    assert sum(one.side is Side.LEFT for one in told) == added
    echoes = [one for one in tally.dropped if one.reason is DropReason.ECHO]
    assert any(one.side is Side.LEFT for one in echoes) is (not added)


def test_the_echo_of_a_leg_that_is_not_counted_is_not_listed_while_it_waits() -> None:
    tally = Tally((Side.RIGHT,))
    partial = rep(side=Side.LEFT, start_s=2.0, end_s=3.0, verdict=Verdict.PARTIAL)
    take_in(tally, partial, Leg(), Leg(1.5))
    assert tally.dropped == ()


@pytest.mark.parametrize(("start_s", "added"), [(3.6, 2), (3.2, 1)])
def test_a_hidden_leg_s_own_step_counts(start_s: float, added: int) -> None:
    tally = Tally(BOTH, one_at_a_time=False)
    take_in(tally, rep(side=Side.LEFT, start_s=3.0, end_s=4.0), Leg(), Leg(start_s))
    take_in(tally, rep(side=Side.RIGHT, start_s=start_s, end_s=4.6), Leg(half_seen=0.9), Leg())
    assert len(tally) == added


def test_both_legs_together_have_no_other_leg() -> None:
    tally = Tally((Side.BOTH,))
    take_in(tally, rep(side=Side.BOTH), Leg(), None)
    assert len(tally) == 1
