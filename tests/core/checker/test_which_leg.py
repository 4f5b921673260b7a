"""Which leg made an attempt, and whose a repetition beside the other leg's is."""

from __future__ import annotations

import math

import pytest

from formcheck.core.checker.session import Verdict
from formcheck.core.checker.which_leg import AttemptLeg, Whose, whose
from formcheck.core.pose.leg_swaps import LegClues
from formcheck.core.pose.pose import Side
from tests.core.checker.made import attempt, finding, rep

PLAIN, SWAPPED = LegClues(), LegClues(exchanged=True)
LEFT_STAYS, RIGHT_STAYS = LegClues(stays=Side.LEFT), LegClues(stays=Side.RIGHT)
HALF_SWAPPED_LEFT_STAYS = LegClues(exchanged=True, stays=Side.LEFT)


@pytest.mark.parametrize(
    ("frames", "side", "confused"),
    [
        ([PLAIN] * 10, Side.LEFT, False),
        ([SWAPPED] * 5 + [PLAIN] * 5, Side.LEFT, True),
        ([SWAPPED] * 6 + [PLAIN] * 4, Side.RIGHT, True),
        ([RIGHT_STAYS] * 10, Side.LEFT, False),
        ([LEFT_STAYS] * 10, Side.RIGHT, False),
        ([LEFT_STAYS] * 5 + [RIGHT_STAYS] * 5, Side.LEFT, False),
        # The foot that stays outvotes the names, right or wrong.
        ([SWAPPED] * 9 + [RIGHT_STAYS], Side.LEFT, True),
        ([HALF_SWAPPED_LEFT_STAYS] + [PLAIN] * 9, Side.RIGHT, True),
    ],
)
def test_the_leg_of_an_attempt(frames: list[LegClues], side: Side, confused: bool) -> None:
    leg = AttemptLeg(Side.LEFT)
    for clues in frames:
        leg.note(clues)
    assert (leg.side, leg.confused) == (side, confused)


def test_an_attempt_alone_stays_as_it_is() -> None:
    leg, own = AttemptLeg(Side.LEFT), attempt()
    assert leg.whole(own) is own
    assert leg.with_faults_of_both((finding(),)) == (finding(),)
    assert leg.release() is None


def test_what_is_taken_over_becomes_part_of_the_attempt() -> None:
    leg = AttemptLeg(Side.LEFT)
    leg.taken_over = rep(
        start_s=0.5, top_s=0.9, peak_deg=97.0, hold_s=0.4, faults=(finding("lean-back", 0.9),)
    )
    whole = leg.whole(attempt(reached=False))
    assert (whole.start_s, whole.top_s, whole.peak) == (0.5, 0.9, 97.0)
    assert whole.hold_s == pytest.approx(2.6)
    assert whole.reached and whole.end_s == attempt().end_s
    own = finding("lean-back", 2.0)
    assert leg.with_faults_of_both((own,)) == (own,), "each code once, its own first"
    assert [f.code for f in leg.with_faults_of_both((finding("swing"),))] == ["swing", "lean-back"]
    assert leg.confused
    assert leg.release() is not None and leg.release() is None


def test_a_partial_attempt_that_is_taken_over_does_not_reach_the_top() -> None:
    leg = AttemptLeg(Side.LEFT)
    leg.taken_over = rep(Verdict.PARTIAL, peak_deg=60.0)
    whole = leg.whole(attempt(reached=False, peak=70.0))
    assert (whole.reached, whole.peak, whole.top_s) == (False, 70.0, 2.0)


# The repetition lasts from 1 to 6 s: a quarter of it is 1.25 s.
@pytest.mark.parametrize(
    ("verdict", "faulty", "rising_since_s", "reached", "counted_until_s", "found"),
    [
        (Verdict.CLEAN, False, None, False, -math.inf, Whose.OWN),
        (Verdict.CLEAN, False, None, False, 1.0, Whose.OWN),
        # The other leg still rises.
        (Verdict.CLEAN, False, 4.0, True, -math.inf, Whose.BOTH),
        (Verdict.CLEAN, False, 5.95, True, -math.inf, Whose.OWN),
        (Verdict.CLEAN, False, 4.0, False, -math.inf, Whose.OWN),
        (Verdict.PARTIAL, False, 4.0, True, -math.inf, Whose.ECHO),
        (Verdict.PARTIAL, False, 5.0, True, -math.inf, Whose.OWN),
        # A repetition was counted already.
        (Verdict.CLEAN, False, None, False, 2.5, Whose.ECHO),
        (Verdict.CLEAN, False, None, False, 2.0, Whose.OWN),
        (Verdict.COMPENSATED, True, None, False, 2.5, Whose.OWN),
        (Verdict.PARTIAL, False, None, False, 1.2, Whose.ECHO),
        (Verdict.PARTIAL, False, None, False, 1.05, Whose.OWN),
    ],
)
def test_whose_a_repetition_is(
    verdict: Verdict,
    faulty: bool,
    rising_since_s: float | None,
    reached: bool,
    counted_until_s: float,
    found: Whose,
) -> None:
    shown = rep(verdict, faults=(finding(),) if faulty else ())
    assert found is whose(
        shown, rising_since_s=rising_since_s, reached=reached, counted_until_s=counted_until_s
    )
