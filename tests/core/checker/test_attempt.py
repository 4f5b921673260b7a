"""What an attempt gathers while it goes on, and what is left of it at its end."""

from __future__ import annotations

import math

import pytest

from formcheck.core.checker.attempt import Attempt, Rise
from formcheck.exercises import get_exercise

CYCLE = get_exercise("standing-hip-flexion").cycle


def followed(*values: float, step_s: float = 0.1) -> Rise:
    """A rise that began at 1 s, with one value each step."""
    rise = Rise(start_s=1.0)
    before = (1.0, values[0])
    for number, value in enumerate(values):
        now = (1.0 + step_s * number, value)
        rise.follow(CYCLE, before, now)
        before = now
    return rise


def test_the_peak_and_the_last_moment_near_it_are_kept() -> None:
    rise = followed(30.0, 60.0, 90.0, 88.0, 40.0)
    assert rise.peak == 90.0 and rise.peak_s == pytest.approx(1.2)
    # From 88 to 40 in a tenth of a second: 85 after a sixteenth of it.
    assert rise.near_peak_s == pytest.approx(1.3 + 0.1 * 3 / 48)


@pytest.mark.parametrize(
    ("lost", "lowering_s"), [(False, 0.3), (True, math.nan)], ids=["seen", "lost"]
)
def test_the_lowering_is_what_follows_the_peak_if_it_was_seen(
    lost: bool, lowering_s: float
) -> None:
    ended = followed(30.0, 90.0, 90.0).ended(1.5, lost=lost)
    assert ended.lost is lost
    assert ended.lowering_s == pytest.approx(lowering_s, nan_ok=True)


def test_shares_are_of_the_whole_time_and_never_more_than_all_of_it() -> None:
    rise = followed(30.0, 90.0)
    rise.unseen_s, rise.half_seen_s, rise.cut_off = 0.5, 9.0, True
    ended: Attempt = rise.ended(3.0, lost=False)
    assert ended.missing == pytest.approx(0.25)
    assert ended.half_seen == 1.0
    assert ended.cut_off and not ended.reached
