from __future__ import annotations

import math

import pytest

from formcheck.core.pose.frame import Frame
from formcheck.live.stats import REMEMBERED, Stopwatch


def frame(index: int) -> Frame:
    return Frame(index=index, time_s=index / 30, image=None, size_px=(64, 48))


def test_a_stopwatch_knows_delay_and_rate() -> None:
    watch = Stopwatch()
    assert watch.stats().processed == 0 and math.isnan(watch.stats().verdict.p50_ms)
    for index in range(0, 100, 2):
        there_s = 1000.0 + index / 30
        taken_s = there_s + (0.0 if index == 10 else 0.004)
        watch.note_judged(frame(index), taken_s, taken_s + 0.020)
        if index % 4 == 0:
            watch.note_shown(frame(index), taken_s + 0.021, taken_s + 0.026)
    stats = watch.stats()
    assert (stats.seen, stats.processed, stats.dropped, stats.shown) == (99, 50, 49, 25)
    assert stats.fps == pytest.approx(15.0, rel=0.01)
    assert stats.estimate.p50_ms == pytest.approx(20.0)
    assert stats.verdict.p50_ms == pytest.approx(24.0) == stats.verdict.p95_ms
    assert stats.draw.p50_ms == pytest.approx(5.0)
    assert stats.display.p50_ms == pytest.approx(30.0)
    assert [name for name, _ in stats.rows()][-1] == "camera to display"


def test_a_stopwatch_remembers_a_bounded_time() -> None:
    watch = Stopwatch()
    for index in range(REMEMBERED + 500):
        slow_s = 1.0 if index < 400 else 0.010
        watch.note_judged(frame(index), index / 30, index / 30 + slow_s)
    stats = watch.stats()
    assert stats.processed == REMEMBERED + 500
    assert stats.estimate.p95_ms == pytest.approx(10.0)
