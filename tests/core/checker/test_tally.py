"""The tally: numbers, counted legs, counts by verdict."""

from __future__ import annotations

import math

import pytest

from formcheck.core.checker.session import Dropped, DropReason, Verdict
from formcheck.core.checker.tally import Tally
from formcheck.core.pose.pose import Side
from tests.core.checker.made import rep

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
    class Other:
        rising_since_s = up_since_s
        reached = False

        def is_up_since(self, time_s: float) -> bool:
            return up_since_s is not None and up_since_s <= time_s

    tally = Tally(BOTH)
    partial = rep(side=Side.LEFT, start_s=2.0, end_s=3.0, verdict=Verdict.PARTIAL)
    tally.take_in(partial, Other(), one_at_a_time=one_at_a_time)  # type: ignore[arg-type]
    assert (len(tally), len(tally.dropped)) == (added, 1 - added)


def test_both_legs_together_have_no_other_leg() -> None:
    tally = Tally((Side.BOTH,))
    tally.take_in(rep(side=Side.BOTH), None, one_at_a_time=False)
    assert len(tally) == 1
