"""What the cells of a manifest say: for each column the option, how to read it, what to give."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from formcheck.core.pose.pose import Side
from formcheck.exercises import normal_slug
from formcheck.files.clock_time import HOW, seconds_of
from formcheck.files.exercise_file import SUFFIX
from formcheck.sources.slow_motion import LEAST, MOST

_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


def _exercise(cell: str) -> str:
    return cell if cell.endswith(SUFFIX) else normal_slug(cell)


def _side(cell: str) -> Side | None:
    return None if cell.lower() == "auto" else Side(cell.lower())


def _flag(cell: str) -> bool:
    if cell.lower() not in _YES + _NO:
        raise ValueError
    return cell.lower() in _YES


def _hold_s(cell: str) -> float:
    return _within(seconds_of(cell), 1.0, 300.0)


def _speed(cell: str) -> float:
    return _within(float(cell.replace(",", ".").rstrip("x")), LEAST, MOST)


def _within(value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise ValueError
    return value


def _quarter(cell: str) -> int:
    if int(cell) not in (0, 90, 180, 270):
        raise ValueError
    return int(cell)


def _number(cell: str) -> int:
    return int(_within(int(cell), 1, math.inf))


CELLS: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "exercise": ("exercise", _exercise, "name one of `formcheck exercises`"),
    "side": ("side", _side, "say left, right, both or auto"),
    "strict": ("strict", _flag, "say yes or no"),
    "hold_s": ("hold_s", _hold_s, "give 1 to 300 seconds"),
    "from_s": ("from_s", seconds_of, HOW),
    "to_s": ("to_s", seconds_of, HOW),
    "mirrored": ("mirrored", _flag, "say yes or no"),
    "speed": ("speed", _speed, "give a number such as 4 or 8"),
    "rotate": ("rotate_deg", _quarter, "give 0, 90, 180 or 270"),
    "person": ("person", _number, "give 1 for the leftmost, 2 for the next, and so on"),
}
