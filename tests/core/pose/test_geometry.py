"""Angles on drawings with known answers, and the properties any angle must have."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.pose.geometry import (
    foreshortened_deg,
    from_down_deg,
    from_up_deg,
    joint_angle_deg,
    midpoint,
    signed_angle_deg,
    vector,
)

ANGLE = st.floats(-179.0, 179.0)
SIZE = st.floats(0.1, 1e4)


def polar(angle_deg: float, size: float = 1.0) -> tuple[float, float]:
    return size * math.cos(math.radians(angle_deg)), size * math.sin(math.radians(angle_deg))


@pytest.mark.parametrize(
    ("a", "joint", "b", "expected"),
    [
        ((0, 0), (0, 100), (0, 200), 180.0),
        ((0, 0), (0, 100), (100, 100), 90.0),
        ((0, 0), (0, 100), (0, 50), 0.0),
        ((0, 0), (0, 100), (100, 0), 45.0),
    ],
)
def test_joint_angle_of_drawn_joints(
    a: tuple[float, float], joint: tuple[float, float], b: tuple[float, float], expected: float
) -> None:
    assert joint_angle_deg(a, joint, b) == pytest.approx(expected)


def test_vector_turns_y_up() -> None:
    assert vector((10, 20), (13, 16)) == (3, 4)


def test_midpoint_is_halfway() -> None:
    assert midpoint((0, 10), (4, 20)) == (2, 15)


@pytest.mark.parametrize(
    ("v", "up", "down"),
    [((0, 1), 0, 180), ((1, 0), 90, 90), ((0, -1), 180, 0), ((-1, 0), -90, -90)],
)
def test_angles_from_the_vertical(v: tuple[float, float], up: float, down: float) -> None:
    assert from_up_deg(v) == pytest.approx(up)
    assert from_down_deg(v) == pytest.approx(down)


def test_points_that_coincide_have_no_direction() -> None:
    assert math.isnan(from_up_deg((0.0, 0.0)))
    assert math.isnan(joint_angle_deg((1, 1), (1, 1), (2, 2)))


@pytest.mark.parametrize(
    ("seen", "true", "expected"),
    [(100, 100, 0), (50, 100, 60), (0, 100, 90), (-100, 100, 180), (110, 100, 0)],
)
def test_foreshortening_of_known_segments(seen: float, true: float, expected: float) -> None:
    assert foreshortened_deg(seen, true) == pytest.approx(expected)


@pytest.mark.parametrize(("seen", "true"), [(math.nan, 1), (1, math.nan), (1, 0), (1, -5)])
def test_foreshortening_without_a_length_is_nan(seen: float, true: float) -> None:
    assert math.isnan(foreshortened_deg(seen, true))


@given(ANGLE, ANGLE, SIZE, SIZE)
def test_signed_angle_recovers_the_turn_whatever_the_lengths(
    start: float, turn: float, size_a: float, size_b: float
) -> None:
    found = signed_angle_deg(polar(start, size_a), polar(start + turn, size_b))
    assert found == pytest.approx(turn, abs=1e-6)


@given(ANGLE, st.floats(0.0, 180.0), SIZE, st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_joint_angle_does_not_change_with_place_size_turn_or_mirroring(
    start: float, angle: float, size: float, x: float, y: float
) -> None:
    def at(angle_deg: float, mirror: float) -> tuple[float, float]:
        px, py = polar(angle_deg, size)
        return x + mirror * px, y + py

    for mirror in (1.0, -1.0):
        found = joint_angle_deg(at(start, mirror), (x, y), at(start + angle, mirror))
        assert found == pytest.approx(angle, abs=1e-4)


@given(st.sampled_from(range(6)))
def test_nan_in_any_coordinate_gives_nan(position: int) -> None:
    numbers = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0]
    numbers[position] = math.nan
    a, b, c = ((numbers[i], numbers[i + 1]) for i in (0, 2, 4))
    assert math.isnan(joint_angle_deg(a, b, c))
