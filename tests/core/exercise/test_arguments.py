"""What programs hand over by mistake is refused in one sentence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.exercise.arguments import (
    checked_exercise,
    checked_flag,
    checked_hold_s,
    checked_number,
    checked_side,
)
from formcheck.core.pose.pose import Side
from formcheck.errors import UsageError
from formcheck.exercises import get_exercise


@pytest.mark.parametrize(
    ("given", "side"),
    [(None, None), (Side.LEFT, Side.LEFT), ("left", Side.LEFT), ("RIGHT", Side.RIGHT),
     ("both", Side.BOTH), ("auto", None)],
)  # fmt: skip
def test_a_side(given: object, side: Side | None) -> None:
    assert checked_side(given) is side


@pytest.mark.parametrize("given", ["up", "", 1, True, ["left"]])
def test_no_side(given: object) -> None:
    with pytest.raises(UsageError, match="A side is 'left', 'right', 'both' or None, not"):
        checked_side(given)


@pytest.mark.parametrize("given", [0, 1, "no", None, np.bool_(True)])
def test_no_flag(given: object) -> None:
    with pytest.raises(UsageError, match="strict is True or False, not"):
        checked_flag("strict", given)


@pytest.mark.parametrize("given", [1, 300, 8.5, np.float32(8.5), np.int64(5), None])
def test_a_hold(given: object) -> None:
    assert checked_hold_s(given) == (None if given is None else float(given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given", [0, 301, -8, math.nan, math.inf, "8", True, [8], np.array([8.0, 9.0]), object()]
)
def test_no_hold(given: object) -> None:
    with pytest.raises(UsageError, match="hold_s is 1 to 300 seconds, not"):
        checked_hold_s(given)


@pytest.mark.parametrize("given", [-1, math.nan, math.inf, "0:05", False])
def test_no_moment(given: object) -> None:
    with pytest.raises(UsageError, match="from_s is 0 or more seconds, not"):
        checked_number("from_s", given, 0.0)


@pytest.mark.parametrize("given", [None, 5, "standing-hip-flexion", ["standing-hip-flexion"]])
def test_no_exercise(given: object) -> None:
    with pytest.raises(UsageError, match="An exercise is a slug such as"):
        checked_exercise(given)
    assert checked_exercise(get_exercise("supine-marching")).slug == "supine-marching"
