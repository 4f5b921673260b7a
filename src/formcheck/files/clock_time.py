"""Times as people type them: seconds, or a clock's minutes and seconds."""

from __future__ import annotations

import math

HOW = "give seconds or minutes and seconds, such as 75 or 1:15"


def seconds_of(text: str) -> float:
    """Returns the seconds that a text gives.

    Parameters
    ----------
    text : str
        Seconds (`75`, `7.5`, `7,5`), or hours, minutes and seconds with colons (`1:15`,
        `0:05.5`, `1:02:03`).

    Raises
    ------
    ValueError
        The text is no time, negative, or has 60 or more of a smaller unit.

    Examples
    --------
    >>> seconds_of("1:15.5")
    75.5
    >>> seconds_of("7,5")
    7.5
    """
    *units, seconds = text.strip().removesuffix("s").rstrip().replace(",", ".").split(":")
    total_s, last_s = 0, float(seconds)
    if not math.isfinite(last_s) or last_s < 0 or len(units) > 2 or (units and last_s >= 60):
        raise ValueError(HOW)
    for place, unit in enumerate(units):
        if not unit.isdecimal() or (place and int(unit) >= 60):
            raise ValueError(HOW)
        total_s = 60 * total_s + int(unit)
    return 60 * total_s + last_s
