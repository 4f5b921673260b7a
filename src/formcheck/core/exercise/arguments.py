"""Checks of what programs hand to formcheck: one sentence for a value of a wrong kind or range."""

from __future__ import annotations

import math

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Side
from formcheck.errors import UsageError

SHORTEST_HOLD_S, LONGEST_HOLD_S = 1.0, 300.0


def checked_side(side: object) -> Side | None:
    """Returns the side; also from its name, `"left"`, `"right"`, `"both"` or `"auto"`.

    Raises
    ------
    UsageError
        It is something else.
    """
    if side is None or isinstance(side, Side):
        return side
    names = {each.value: each for each in Side}
    if isinstance(side, str) and side.lower() in {*names, "auto"}:
        return names.get(side.lower())
    raise UsageError(f"A side is 'left', 'right', 'both' or None, not {side!r}: name one of them.")


def checked_flag(name: str, value: object) -> bool:
    """Returns a flag; raises `UsageError` for anything but True and False."""
    if not isinstance(value, bool):
        raise UsageError(f"{name} is True or False, not {value!r}: give one of them.")
    return value


def checked_number(
    name: str, value: object, least: float, most: float = math.inf, unit: str = "seconds"
) -> float | None:
    """Returns a number, or None as it is; raises `UsageError` beyond its range or of another kind.

    Examples
    --------
    >>> checked_number("from_s", 2, 0.0)
    2.0
    """
    if value is None:
        return None
    # Numbers of numpy are numbers too; a flag is none.
    kind = hasattr(value, "__float__") and not isinstance(value, (bool, str))
    number = float(value) if kind and not _is_array(value) else math.nan  # type: ignore[arg-type]
    if not least <= number <= most or math.isinf(number):
        until = f" to {most:g}" if math.isfinite(most) else " or more"
        raise UsageError(f"{name} is {least:g}{until} {unit}, not {value!r}: give such a number.")
    return number


def checked_hold_s(hold_s: object) -> float | None:
    """Returns the length of a timed hold; raises `UsageError` unless it is 1 to 300 seconds."""
    return checked_number("hold_s", hold_s, SHORTEST_HOLD_S, LONGEST_HOLD_S)


def checked_exercise(exercise: object) -> Exercise:
    """Returns the exercise; raises `UsageError` for anything else."""
    if isinstance(exercise, Exercise):
        return exercise
    raise UsageError(
        f"An exercise is a slug such as 'standing-hip-flexion' or an Exercise, not {exercise!r}:"
        " get one with get_exercise."
    )


def _is_array(value: object) -> bool:
    return getattr(value, "shape", ()) != ()
