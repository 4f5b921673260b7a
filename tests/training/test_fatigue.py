"""The end of a set against its beginning."""

from __future__ import annotations

import math

import pytest

from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.pose.pose import Side
from formcheck.training.fatigue import Fatigue, fatigue_of
from tests.history.made import rep


def made(
    peaks: list[float], *, side: Side = Side.LEFT, takes_s: list[float] | None = None, bad: int = 0
) -> list[Rep]:
    takes_s = takes_s or [3.0] * len(peaks)
    count = len(peaks)
    return [
        rep(
            i + 1,
            Verdict.COMPENSATED if i >= count - bad else Verdict.CLEAN,
            side=side,
            peak_deg=peak,
            start_s=10.0 * i,
            end_s=10.0 * i + takes,
        )
        for i, (peak, takes) in enumerate(zip(peaks, takes_s, strict=True))
    ]


def test_a_steady_set_shows_none() -> None:
    found = fatigue_of(made([90.0] * 8))
    assert found == Fatigue(range_drop_deg=0.0, tempo_change=0.0, late_faults=0, last=2)
    assert found.signs == ()


def test_lower_at_the_end() -> None:
    found = fatigue_of(made([92, 91, 93, 88, 86, 84, 80, 78, 76]))
    assert found.range_drop_deg == pytest.approx(14.0)
    assert found.signs == ("the last repetitions reached 14° less",)


@pytest.mark.parametrize(
    ("last_s", "words"),
    [(4.5, "took 50 % longer"), (1.5, "took 50 % less time"), (3.6, "")],
)
def test_slower_or_quicker_at_the_end(last_s: float, words: str) -> None:
    found = fatigue_of(made([90.0] * 6, takes_s=[3.0] * 4 + [last_s] * 2))
    assert words in " ".join(found.signs)
    assert bool(found.signs) is bool(words)


@pytest.mark.parametrize(("bad", "shows"), [(1, False), (2, True), (3, True)])
def test_faults_at_the_end(bad: int, shows: bool) -> None:
    found = fatigue_of(made([90.0] * 9, bad=bad))
    assert found.late_faults == bad
    assert (f"{bad} of the last 3 repetitions were compensated" in found.signs) is shows


def test_one_leg_after_the_other_is_no_fatigue() -> None:
    """The right leg lifts less from its first repetition on."""
    done = made([95.0] * 6) + made([80.0] * 6, side=Side.RIGHT)
    assert fatigue_of(done).signs == ()


def test_the_leg_that_tires_counts() -> None:
    done = made([95.0] * 6) + made([90.0] * 4 + [70.0] * 2, side=Side.RIGHT)
    assert fatigue_of(done).range_drop_deg == pytest.approx(20.0)


def test_too_few_tell_nothing() -> None:
    found = fatigue_of(made([90, 80, 70, 60, 50]))
    assert math.isnan(found.range_drop_deg) and math.isnan(found.tempo_change)
    assert found.signs == ()


def test_peaks_that_were_not_seen_are_left_out() -> None:
    found = fatigue_of(made([90, math.nan, 90, 90, math.nan, math.nan]))
    assert math.isnan(found.range_drop_deg)
    assert found.signs == ()
