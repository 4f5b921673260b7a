"""The filters: what they must stop, what they must let through, and how late they are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.measures.filtering import SLOW, Conditioner, FrameRate, JumpGate, OneEuro
from formcheck.core.pose.pose import FloatArray

ONE = np.ones(1)


def run(
    stage: JumpGate | OneEuro | Conditioner, values: list[float], fps: float = 30.0
) -> FloatArray:
    return np.array([stage.update(i / fps, np.array([v]))[0] for i, v in enumerate(values)])


def test_a_spike_is_rejected_and_the_course_goes_on() -> None:
    out = run(JumpGate(1, SLOW, ONE), [10.0, 10.0, 95.0, 10.0, 11.0])
    assert np.isnan(out[2])
    assert out[[0, 1, 3, 4]].tolist() == [10.0, 10.0, 10.0, 11.0]


def test_a_jump_that_stays_is_believed_after_a_fifth_of_a_second() -> None:
    out = run(JumpGate(1, SLOW, ONE), [0.0] * 3 + [120.0] * 10)
    believed = np.flatnonzero(out == 120.0)
    assert believed.size
    assert 0.13 <= (believed[0] - 3) / 30 <= 0.24


def test_fast_but_possible_movement_passes() -> None:
    values = [min(90.0, 15.0 * i) for i in range(10)]
    assert np.isfinite(run(JumpGate(1, SLOW, ONE), values)).all()


def test_the_gate_keeps_columns_apart() -> None:
    gate = JumpGate(2, SLOW, np.ones(2))
    gate.update(0.0, np.array([0.0, 0.0]))
    out = gate.update(1 / 30, np.array([100.0, 5.0]))
    assert np.isnan(out[0]) and out[1] == 5.0


def test_one_euro_leaves_a_constant_alone_and_calms_noise() -> None:
    assert run(OneEuro(1, SLOW, ONE), [42.0] * 30) == pytest.approx(42.0)
    noisy = 50 + np.random.default_rng(1).normal(0, 2.5, 600)
    calm = run(OneEuro(1, SLOW, ONE), noisy.tolist())
    assert calm[60:].std() < 0.5 * noisy[60:].std()


def test_nan_stays_nan_and_a_long_gap_starts_afresh() -> None:
    nan = float("nan")
    out = run(OneEuro(1, SLOW, ONE), [10.0, nan, 10.0, *[nan] * 20, 80.0])
    assert np.isnan(out[1]) and np.isnan(out[5])
    assert out[-1] == 80.0


def test_the_lag_on_a_lift_of_one_second_is_under_a_tenth() -> None:
    time_s = np.arange(0, 3, 1 / 30)
    share = np.clip(time_s - 1, 0, 1)
    lift = 90 * share**3 * (10 - 15 * share + 6 * share**2)
    out = run(Conditioner(1, SLOW, ONE), lift.tolist())
    crossing = [np.interp(45, v, time_s) for v in (lift, np.maximum.accumulate(out))]
    assert 0.0 <= crossing[1] - crossing[0] < 0.1


@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(float("nan"))), max_size=60))
def test_the_output_is_nan_or_within_what_went_in(values: list[float]) -> None:
    out = run(Conditioner(1, SLOW, ONE), values)
    seen = [v for v in values if not np.isnan(v)]
    for value in out[np.isfinite(out)]:
        assert min(seen) - 1e-6 <= value <= max(seen) + 1e-6


@given(
    st.lists(st.integers(0, 200), min_size=2, max_size=80).filter(lambda t: max(t) - min(t) >= 30)
)
def test_the_frame_rate_is_that_of_the_median_step_between_different_times(
    ticks: list[int],
) -> None:
    rate = FrameRate()
    for tick in ticks:
        rate.note(tick / 30)
    steps = np.diff(np.unique(np.array(ticks) / 30))
    assert rate.fps == 1.0 / float(np.median(steps))


def test_less_than_a_second_has_no_frame_rate() -> None:
    rate = FrameRate()
    assert math.isinf(rate.fps)
    for tick in range(29):
        rate.note(tick / 30)
    assert math.isinf(rate.fps)
