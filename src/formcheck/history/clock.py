"""The one place that asks what day it is, so that a test can say."""

from __future__ import annotations

from datetime import datetime


def now() -> datetime:
    """Return the moment it is, with this place's time zone."""
    return datetime.now().astimezone()
