"""Days as people type them, and the only reading of the system clock, so that tests can set it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from formcheck.errors import UsageError


def system_clock() -> datetime:
    """Returns the moment that this machine's clock shows, in its time zone."""
    return datetime.now().astimezone()


def now() -> datetime:
    """Returns the current moment in the time zone of this machine.

    It looks the clock up at each call: a test that sets `system_clock` sets it for every module,
    and for no longer than it says, whichever modules are first loaded meanwhile.
    """
    return system_clock()


_BACK = {"d": 1, "w": 7}


def day(text: str, today: date) -> date:
    """Returns the day that a text names: `2026-03-01`, `today`, `10d` or `4w` (weeks ago)."""
    text = text.strip().lower()
    if text == "today":
        return today
    try:
        back = re.fullmatch(r"([0-9]{1,4})([dw])", text)
        if back:
            return today - timedelta(days=int(back[1]) * _BACK[back[2]])
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"'{text}' is no day: write 2026-03-01, today, 10d (days ago) or 4w (weeks).")


def moment(text: str, now: datetime) -> datetime:
    """Returns the moment that a text names: noon of a `day`, or `2026-03-01 18:30`."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}", text.strip()):
            return datetime.fromisoformat(text.strip()).astimezone()
        return datetime.combine(day(text, now.date()), time(12)).astimezone()
    except (ValueError, OverflowError, OSError):
        pass
    raise UsageError(f"'{text}' is no moment: write a day, or a day and a time: 2026-03-01 18:30.")
