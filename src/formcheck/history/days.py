"""Days as people type them, and today's: the single place that asks, so that a test can say."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from formcheck.errors import UsageError


def now() -> datetime:
    """Return the moment it is, with this place's time zone."""
    return datetime.now().astimezone()


_BACK = {"d": 1, "w": 7}


def day(text: str, today: date) -> date:
    """Return the day meant: `2026-03-01`, `today`, `10d` (days ago) or `4w` (weeks ago)."""
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
    """Return the moment meant: a day as `day` takes it (then noon), or `2026-03-01 18:30`."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}", text.strip()):
            return datetime.fromisoformat(text.strip()).astimezone()
        return datetime.combine(day(text, now.date()), time(12)).astimezone()
    except (ValueError, OverflowError, OSError):
        pass
    raise UsageError(f"'{text}' is no moment: write a day, or a day and a time: 2026-03-01 18:30.")
