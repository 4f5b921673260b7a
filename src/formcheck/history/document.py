"""Reads the sessions of an export of `HISTORY_SCHEMAS`, checked value by value."""

from __future__ import annotations

from typing import Any

from formcheck.files.checked_fields import FieldError, Fields
from formcheck.files.plain_exercise import read_rules
from formcheck.files.session_fields import (
    MOST_SETS,
    WIDE,
    read_rep,
    read_settings,
    read_sides,
    read_slug,
    read_source,
    read_view,
)
from formcheck.training.stored_session import ORIGINS, StoredSession, StoredSet

HISTORY_SCHEMA = "formcheck/history@2"
HISTORY_SCHEMAS = (HISTORY_SCHEMA, "formcheck/history@1")
"""What can be read; the versions differ as those of a session do."""


def read_stored(fields: Fields) -> StoredSession:
    """Returns the stored session that a table describes.

    Raises
    ------
    FieldError
        A value is not what is allowed; the message names the key.
    """
    calibration = fields.table("calibration") if "calibration" in fields else None
    sets = fields.each("sets", read_set)
    numbers = [stored_set.number for stored_set in sets]
    if numbers != sorted(set(numbers)):
        raise FieldError(f"'{fields.where('sets')}' must be in order of their numbers, each once.")
    rules = read_rules(fields)
    return StoredSession(
        uid=fields.text("uid", least=8, most=100),
        started_at=fields.moment("started_at"),
        ended_at=fields.moment("ended_at") if "ended_at" in fields else None,
        exercise=read_slug(fields, rules),
        origin=fields.choice("origin", ORIGINS),
        source=read_source(fields.table("source")),
        settings=read_settings(fields.table("settings")),
        view=read_view(fields),
        sides=read_sides(fields, "sides"),
        calibration=None if calibration is None else read_calibration(calibration),
        sets=sets,
        problems=fields.texts("problems"),
        notes=read_notes(fields.table("notes")) if "notes" in fields else {},
        model=fields.text("model"),
        formcheck=fields.text("formcheck", most=50),
        rules=rules,
    )


def read_calibration(fields: Fields) -> dict[str, Any]:
    """Returns a neutral as plain values: its span of time, and the measures that were seen."""
    neutral = fields.table("neutral")
    return {
        "start_s": fields.number("start_s", -WIDE, WIDE),
        "end_s": fields.number("end_s", -WIDE, WIDE),
        "calm": fields.flag("calm"),
        "neutral": {
            str(name): neutral.number(name, -WIDE, WIDE)
            for name in neutral.names()
            if name in neutral
        },
    }


def read_notes(fields: Fields) -> dict[str, str | float]:
    """Returns the notes of a run: texts and numbers by name."""
    return {
        name: fields.text(name) if fields.is_text(name) else fields.number(name, -WIDE, WIDE)
        for name in fields.names()
    }


def read_set(fields: Fields) -> StoredSet:
    """Returns one set."""
    return StoredSet(
        number=fields.whole("number", 1, MOST_SETS),
        reps=fields.each("reps", read_rep),
        load=fields.text("load", most=100) if "load" in fields else "",
        pain=fields.whole("pain", 0, 10) if "pain" in fields else None,
    )
