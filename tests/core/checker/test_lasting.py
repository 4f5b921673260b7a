"""How long something lasts and how much of it was seen, at any cadence."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.checker.lasting import (
    Cadence,
    Coverage,
    Run,
    crossing_s,
    frames_are,
    time_above_s,
)

Samples = list[tuple[float, float]]


def longest(samples: Samples, bridge_s: float = 0.3) -> float:
    run = Run(bridge_s)
    return max((run.update(time_s, value) for time_s, value in samples), default=0.0)


@pytest.mark.parametrize(
    ("before", "after", "level", "at_s"),
    [
        ((0.0, -1.0), (1.0, 1.0), 0.0, 0.5),
        ((0.0, 3.0), (1.0, -1.0), 0.0, 0.75),
        ((0.0, 1.0), (1.0, 2.0), 0.0, 0.0),
        ((0.0, 1.0), (1.0, 1.0), 0.0, 1.0),
        ((0.0, math.nan), (1.0, 1.0), 0.0, 1.0),
    ],
)
def test_where_a_line_crosses(
    before: tuple[float, float], after: tuple[float, float], level: float, at_s: float
) -> None:
    assert crossing_s(before, after, level) == pytest.approx(at_s)


@pytest.mark.parametrize(
    ("low", "high", "above_s"),
    [(1.0, 2.0, 1.0), (-2.0, -1.0, 0.0), (-1.0, 1.0, 0.5), (1.0, -3.0, 0.25), (math.nan, 1.0, 0.0)],
)
def test_time_above_a_level(low: float, high: float, above_s: float) -> None:
    assert time_above_s((0.0, low), (1.0, high), 0.0) == pytest.approx(above_s)


@pytest.mark.parametrize(
    ("samples", "length_s"),
    [
        pytest.param([(0.0, -1), (0.2, 1), (0.4, 1), (0.6, -1)], 0.4, id="between crossings"),
        pytest.param([(0.0, 1), (0.2, 1)], 0.2, id="from the first sample on"),
        pytest.param([(0.0, 1), (0.3, 1), (0.6, 1)], 0.6, id="bridged"),
        pytest.param([(0.0, 1), (0.31, 1), (0.62, 1)], 0.0, id="gaps that prove nothing"),
        pytest.param([(0.0, 1), (0.2, 1), (0.6, 1), (0.8, 1)], 0.2, id="broken by a gap"),
        pytest.param([(0.0, 1), (0.1, -1), (0.2, 1)], 0.05, id="broken by a value"),
        pytest.param([(0.0, -1), (0.2, -1)], 0.0, id="never there"),
    ],
)
def test_how_long_a_run_is(samples: Samples, length_s: float) -> None:
    assert longest(samples) == pytest.approx(length_s)


def test_a_run_begins_and_ends_half_way_to_what_does_not_count() -> None:
    run = Run(0.3)
    run.update(0.0, 1.0, counts=False)
    assert run.update(0.2, 1.0) == pytest.approx(0.1)
    assert run.update(0.4, 1.0, counts=False) == pytest.approx(0.2)
    assert run.since_s is None


@given(
    st.floats(0.5, 3.0),
    st.floats(7.0, 60.0),
    st.floats(0.0, 1.0),
    st.lists(st.floats(-0.3, 0.3), min_size=40, max_size=40),
)
def test_a_rise_and_fall_is_as_long_at_any_cadence(
    flat_s: float, fps: float, phase: float, jitter: list[float]
) -> None:
    # Up from 1 under the bound to 1 over it in a second, flat, and down again.
    def value(time_s: float) -> float:
        return float(np.interp(time_s, [1.0, 2.0, 2.0 + flat_s, 3.0 + flat_s], [-1, 1, 1, -1]))

    times = [(n + phase + jitter[n % 40]) / fps for n in range(int((4.5 + flat_s) * fps))]
    found = longest([(time_s, value(time_s)) for time_s in times])
    assert found == pytest.approx(flat_s + 1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("times", "fps"),
    [
        ([], math.inf),
        ([1.0], math.inf),
        ([0.0, 0.1, 0.2, 0.3], 10.0),
        ([0.0, 0.001, 0.5, 0.501, 1.0], 2.0),
    ],
)
def test_frames_in_bursts_are_as_few_as_their_gaps_are_long(times: list[float], fps: float) -> None:
    cadence = Cadence()
    for time_s in times:
        cadence.note(time_s)
    assert cadence.fps == pytest.approx(fps, rel=0.01)


def covered(pattern: str, fps: float = 10.0, bridge_s: float = 0.3) -> Coverage:
    """Return the coverage of frames: `+` seen, `-` not seen, `.` not watched."""
    coverage = Coverage(bridge_s)
    for number, letter in enumerate(pattern):
        if letter == ".":
            coverage.pause(number / fps)
        else:
            coverage.update(number / fps, seen=letter == "+")
    return coverage


@pytest.mark.parametrize(
    ("pattern", "missing", "longest_s"),
    [
        ("+++++++++++", 0.0, 0.0),
        ("+--+--+--+--+", 0.0, 0.0),
        ("+----+++++", 5 / 9, 0.5),
        ("----++++++", 4 / 9, 0.4),
        ("++++++----", 4 / 9, 0.4),
        ("+++.....+++", 0.0, 0.0),
        ("+--.+++++", 2 / 6, 0.2),
        ("----", 1.0, 0.3),
    ],
)
def test_what_is_bridged_is_seen_and_the_rest_is_not(
    pattern: str, missing: float, longest_s: float
) -> None:
    coverage = covered(pattern)
    assert coverage.missing == pytest.approx(missing)
    assert coverage.longest_gap_s == pytest.approx(longest_s)
    assert coverage.ever_seen == ("+" in pattern)


def test_the_frames_before_and_after_tell_how_fast_they_come() -> None:
    # A single frame watched is no proof that frames come fast.
    assert covered("..+..", fps=5.0).frames.fps == pytest.approx(5.0)
    assert covered("+--+--+--+").seen.fps == pytest.approx(10 / 3)


@pytest.mark.parametrize(
    ("fps", "said"),
    [
        (30.2, "30 frames a second are"),
        (2.0, "2 frames a second are"),
        (1.0, "1 frame a second is"),
        (0.4, "less than 1 frame a second is"),
        (0.0, "less than 1 frame a second is"),
        (math.nan, "less than 1 frame a second is"),
    ],
)
def test_a_rate_in_words(fps: float, said: str) -> None:
    assert frames_are(fps) == said
