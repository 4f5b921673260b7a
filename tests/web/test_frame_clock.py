from __future__ import annotations

import math

import pytest

from formcheck.web.frame_clock import FrameClock


@pytest.mark.parametrize(
    ("frames", "times"),
    [
        # (captured in ms, came at s): what each frame's time is.
        ([(1e12, 5.0), (1e12 + 50, 5.06), (1e12 + 100, 5.3)], [0.0, 0.05, 0.1]),
        ([(0, 0), (50, 0.05), (50, 0.06), (40, 0.07), (90, 0.1)], [0.0, 0.05, None, None, 0.09]),
        # A frame held up on the way keeps the time at which it was captured.
        ([(0, 0), (1000, 3.0), (2900, 3.1)], [0.0, 1.0, 2.9]),
        # Another clock: time goes on by this machine's.
        ([(1e12, 0), (1e12 + 1000, 1.0), (500, 2.0), (600, 2.1)], [0.0, 1.0, 2.0, 2.1]),
        ([(0, 0), (1e9, 1.0)], [0.0, 1.0]),
        ([(math.nan, 0), (math.inf, 0), (10, 0)], [None, None, 0.0]),
    ],
)
def test_the_browsers_own_times_count_as_long_as_they_can_be_true(
    frames: list[tuple[float, float]], times: list[float | None]
) -> None:
    clock = FrameClock()
    found = [clock.time_s(*frame) for frame in frames]
    assert found == [None if time is None else pytest.approx(time) for time in times]
