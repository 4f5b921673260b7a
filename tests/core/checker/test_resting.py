"""Rest and held top, told apart by how often the legs rise from a level and come down from it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.checker.resting import at_rest, held_top, short_rests
from formcheck.core.pose.pose import FloatArray
from formcheck.exercises import get_exercise

SLR, MARCH = get_exercise("straight-leg-raise"), get_exercise("supine-marching")
FPS = 10
#: One leg lifted while the other, bent one sinks a little, as the pose model has it.
DOWN, UP, FAR_UP = (-8.0, -7.0), (10.0, -12.0), (47.0, -14.0)


@pytest.mark.parametrize(
    ("levels", "counted", "expected"),
    [
        ([[0.0, 0.0], [14.0, 0.0]], [[0, 0]] * 9 + [[14, 0]] * 20 + [[0, 0]] * 9, [0]),
        ([[14.0, 0.0], [0.0, 0.0]], [[0, 0]] * 9 + [[14, 0]] * 20 + [[0, 0]] * 9, [1]),
        ([[0.0, 0.0], [0.5, 0.3]], [[0, 0], [14, 0]] * 9, [0, 1]),
        ([[0.0, math.nan]], [[0, math.nan], [14, math.nan]] * 9, [0]),
        # Both straight for a moment before one is bent: what the set rests at counts.
        ([[0.0, 0.0], [0.0, 9.0]], [[0, 0]] * 5 + [[0, 9], [14, 9]] * 30, [1]),
        ([[5.0, 5.0]], [[5, 5]] * 9, [0]),
        # The other, bent leg drifts by 6 degrees while one is held up for long.
        ([[-8.0, -14.0], [8.0, -20.0]], [[-8, -14]] * 6 + [[8, -20]] * 30 + [[-8, -14]] * 3, [0]),
    ],
    ids=[
        "top",
        "top first",
        "both at rest",
        "hidden",
        "before it begins",
        "nothing moves",
        "drift",
    ],
)
def test_stretches_at_rest(
    levels: list[list[float]], counted: list[list[float]], expected: list[int]
) -> None:
    assert at_rest(np.array(levels), np.array(counted, dtype=float), SLR) == expected


def seconds(*parts: tuple[tuple[float, float], float]) -> tuple[FloatArray, FloatArray]:
    """Return levels held for so many seconds each, and the times they were seen at."""
    rows = np.concatenate([np.tile(level, (round(FPS * held), 1)) for level, held in parts])
    return rows, np.arange(len(rows)) / FPS


STRAIGHT, BENT, LIFTED = (0.0, 0.0), (0.0, 9.0), (14.0, 9.0)
LEGS_UP = (90.0, 90.0)


@pytest.mark.parametrize(
    ("level", "parts", "expected"),
    [
        (UP, [(UP, 3.0), (DOWN, 1.5)] * 3, True),
        (DOWN, [(UP, 3.0), (DOWN, 1.5)] * 3, False),
        (UP, [(UP, 3.0), (DOWN, 1.5), (FAR_UP, 2.0), (DOWN, 1.5), (UP, 3.0), (DOWN, 1.5)], True),
        (BENT, [(STRAIGHT, 2.0), *[(BENT, 2.5), (LIFTED, 2.0)] * 4, (BENT, 2.0)], False),
        (BENT, [(STRAIGHT, 2.0), *[(BENT, 2.5), (LIFTED, 2.0)] * 4, (STRAIGHT, 2.0)], False),
        (UP, [(UP, 3.0), (DOWN, 0.2)] * 2, False),
        ((10.0, math.nan), [((10.0, math.nan), 3.0), ((-8.0, math.nan), 1.5)] * 3, True),
    ],
    ids=[
        "top", "rest", "one lift goes higher", "straight before the set", "and after it",
        "hardly seen down", "one leg hidden",
    ],
)  # fmt: skip
def test_a_held_top_is_what_the_legs_come_down_from(
    level: tuple[float, float], parts: list[tuple[tuple[float, float], float]], expected: bool
) -> None:
    counted, times_s = seconds(*parts)
    assert held_top(level, counted, times_s, SLR) is expected


def test_a_level_that_no_attempt_reaches_is_no_top() -> None:
    counted, times_s = seconds(*[((50.0, 50.0), 2.5), ((5.0, 5.0), 1.5)] * 3)
    assert not held_top((50.0, 50.0), counted, times_s, MARCH)
    assert held_top(LEGS_UP, counted + 40.0, times_s, MARCH)


@pytest.mark.parametrize("down_s", [0.5, 0.8, 1.5])
def test_short_rests_are_the_poses_with_both_legs_down(down_s: float) -> None:
    counted, times_s = seconds(*[(UP, 3.0), (DOWN, down_s)] * 4)
    down = np.flatnonzero(counted[:, 0] == DOWN[0]).tolist()
    assert short_rests(counted, times_s, SLR) == down


def test_nothing_seen_is_no_rest() -> None:
    assert short_rests(np.full((9, 2), math.nan), np.arange(9) / FPS, SLR) == []


@pytest.mark.filterwarnings("error")
def test_legs_that_were_hardly_seen_show_no_rest() -> None:
    counted = np.full((40, 2), math.nan)
    counted[:3] = DOWN
    assert short_rests(counted, np.arange(40) / FPS, SLR) == []
