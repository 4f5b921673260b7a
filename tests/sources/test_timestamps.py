"""Time stamps always increase, and every repair is counted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sources.timestamps import STEP_S, SourceClock

CASES: dict[str, tuple[list[float | None], list[float], int]] = {
    "good stamps only lose their start": ([2.5, 2.533, 2.6], [0.0, 0.033, 0.1], 0),
    "an equal stamp": ([0.0, 0.1, 0.1, 0.2], [0.0, 0.1, 0.1 + STEP_S, 0.2], 1),
    "a slightly earlier stamp": ([0.0, 0.1, 0.05, 0.2], [0.0, 0.1, 0.1 + STEP_S, 0.2], 1),
    "missing stamps": ([0.0, None, None, 0.3], [0.0, 0.04, 0.08, 0.3], 2),
    "no stamps at all": ([None, None, None], [0.0, 0.04, 0.08], 3),
    "stamps that begin late": ([None, None, 7.0, 7.1], [0.0, 0.04, 0.08, 0.18], 2),
    "a clock set anew": ([5.0, 6.0, 0.0, 0.1], [0.0, 1.0, 1.04, 1.14], 1),
}


@pytest.mark.parametrize("case", CASES)
def test_times_from_stamps(case: str) -> None:
    stamps, times, repaired = CASES[case]
    clock = SourceClock(0.04)
    assert [clock.time_s(stamp) for stamp in stamps] == pytest.approx(times, abs=1e-9)
    assert clock.repaired == repaired


@given(st.lists(st.none() | st.floats(-1e4, 1e4), min_size=1, max_size=40))
def test_times_start_at_zero_and_strictly_increase(stamps: list[float | None]) -> None:
    clock = SourceClock(1 / 30)
    times = [clock.time_s(stamp) for stamp in stamps]
    assert times[0] == 0
    assert all(a < b for a, b in pairwise(times))
