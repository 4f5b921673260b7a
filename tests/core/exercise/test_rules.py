"""Limits, faults and requirements: directions, sides, bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.exercise.rules import Fault, Leg, Limit, Requirement
from formcheck.core.measures import FOOT_LIFT, TORSO_LEAN
from formcheck.core.pose.pose import Side

BACK = Limit(value=-10.0, source="a test")
FORWARD = Limit(value=15.0, source="a test")
EITHER = Limit(value=10.0, source="a test", either=True)


@pytest.mark.parametrize(
    ("limit", "delta", "excess", "signed"),
    [
        (BACK, -18.0, 8.0, -10.0),
        (BACK, -6.0, -4.0, -10.0),
        (BACK, 18.0, -28.0, -10.0),
        (FORWARD, 18.0, 3.0, 15.0),
        (FORWARD, -18.0, -33.0, 15.0),
        (EITHER, 12.0, 2.0, 10.0),
        (EITHER, -12.0, 2.0, -10.0),
    ],
)
def test_how_far_beyond_the_limit(limit: Limit, delta: float, excess: float, signed: float) -> None:
    bound = abs(limit.value)
    assert limit.excess(delta, bound) == pytest.approx(excess)
    assert limit.signed(delta, bound) == signed


@pytest.mark.parametrize("limit", [BACK, FORWARD, EITHER])
@given(bound=st.floats(0.1, 90.0), nearer=st.floats(0.0, 0.99), beyond=st.floats(1.01, 5.0))
def test_the_bound_parts_inside_from_outside(
    limit: Limit, bound: float, nearer: float, beyond: float
) -> None:
    towards = math.copysign(bound, limit.value)
    assert limit.excess(nearer * towards, bound) < 0.0 < limit.excess(beyond * towards, bound)


def test_a_change_that_was_not_seen_has_no_excess() -> None:
    assert all(math.isnan(one.excess(math.nan, 10.0)) for one in (BACK, FORWARD, EITHER))


@pytest.mark.parametrize(
    ("leg", "moving", "watched"),
    [
        (Leg.MOVING, Side.LEFT, Side.LEFT),
        (Leg.SUPPORT, Side.LEFT, Side.RIGHT),
        (Leg.SUPPORT, Side.RIGHT, Side.LEFT),
        (Leg.SUPPORT, Side.BOTH, Side.BOTH),
    ],
)
def test_whose_value_a_fault_watches(leg: Leg, moving: Side, watched: Side) -> None:
    fault = Fault(code="lean-back", measure=TORSO_LEAN, limit=BACK, name="", say="", leg=leg)
    assert fault.side(moving) is watched


@pytest.mark.parametrize(
    ("bounds", "value", "met"),
    [
        ({"at_least": 0.25}, 0.25, True),
        ({"at_least": 0.25}, 0.24, False),
        ({"at_most": 70.0}, 70.0, True),
        ({"at_most": 70.0}, 71.0, False),
        ({}, -1e9, True),
        ({}, math.nan, False),
    ],
)
def test_a_requirement_is_met_within_its_bounds(
    bounds: dict[str, float], value: float, met: bool
) -> None:
    requirement = Requirement(measure=FOOT_LIFT, source="a test", **bounds)  # type: ignore[arg-type]
    assert requirement.met(value) == met
