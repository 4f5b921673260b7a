"""Days as people type them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from formcheck.errors import UsageError

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
