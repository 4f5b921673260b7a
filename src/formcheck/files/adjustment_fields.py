"""Reads and writes what is different for one person: in a plan, and in a client's file."""

from __future__ import annotations

from typing import Any

from formcheck.core.exercise.adjustment import Adjustment
from formcheck.files.checked_fields import Fields

KEYS = ("range_deg", "limits", "off")
MOST = 360.0


def read_adjustment(fields: Fields) -> Adjustment:
    """Returns what a table says is different.

    Raises
    ------
    FieldError
        A key is unknown or a value not allowed; the message names it.
    """
    fields.only(KEYS)
    return adjustment_in(fields)


def adjustment_in(fields: Fields) -> Adjustment:
    """Returns what a table with other keys beside `KEYS` says is different."""
    limits = fields.table("limits") if "limits" in fields else None
    return Adjustment(
        range_deg=fields.number("range_deg", 0.0, MOST) if "range_deg" in fields else None,
        limits={}
        if limits is None
        else {code: limits.number(code, -MOST, MOST) for code in limits.names()},
        off=fields.texts("off", most=60) if "off" in fields else (),
    )


def plain_adjustment(adjustment: Adjustment) -> dict[str, Any]:
    """Returns the keys and values that `adjustment_in` reads; only those that are set."""
    plain: dict[str, Any] = {}
    if adjustment.range_deg is not None:
        plain["range_deg"] = adjustment.range_deg
    if adjustment.limits:
        plain["limits"] = dict(adjustment.limits)
    if adjustment.off:
        plain["off"] = list(adjustment.off)
    return plain
