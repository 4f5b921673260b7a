"""A session as plain values, schema `formcheck/history@1`, and back again.

Whatever comes in is checked value by value; a complaint names the place. Keys that are not known
are passed over, so that an export of a newer version can still be read.
"""

from __future__ import annotations

import math
from typing import Any

from formcheck.core.checker.faults import Finding, Unchecked
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.checker.wording import UNITS
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise
from formcheck.files.checked_fields import FieldError, Fields
from formcheck.training.stored_session import ORIGINS, StoredSession, StoredSet

SCHEMA = "formcheck/history@1"
SIDES = tuple(side.value for side in Side)
DAY_S = 86_400.0
MOST_SETS = 1000
WIDE = 1e6
"""Larger than any angle, length or time here can be."""


def read_session(fields: Fields) -> StoredSession:
    """Return the session that a table describes.

    Raises
    ------
    FieldError
        Something in it is not what is allowed; it names the key.
    """
    calibration = fields.table("calibration") if "calibration" in fields else None
    sets = fields.each("sets", read_set)
    if [kept.number for kept in sets] != sorted({kept.number for kept in sets}):
        raise FieldError(f"'{fields.place('sets')}' must be in order of their numbers, each once.")
    return StoredSession(
        uid=fields.text("uid", least=8, most=100),
        started_at=fields.moment("started_at"),
        ended_at=fields.moment("ended_at") if "ended_at" in fields else None,
        exercise=read_exercise(fields),
        origin=fields.choice("origin", ORIGINS),
        source=read_source(fields.table("source")),
        settings=read_settings(fields.table("settings")),
        view=View(fields.choice("view", [view.value for view in View])),
        sides=read_sides(fields, "sides"),
        calibration=None if calibration is None else read_calibration(calibration),
        sets=sets,
        problems=fields.texts("problems"),
        notes=read_notes(fields.table("notes")) if "notes" in fields else {},
        model=fields.text("model"),
        formcheck=fields.text("formcheck", most=50),
    )


def read_exercise(fields: Fields) -> str:
    """Return the slug of an exercise that is known, as known today."""
    return get_exercise(fields.text("exercise", most=60)).slug


def read_sides(fields: Fields, key: str) -> tuple[Side, ...]:
    """Return a list of sides."""
    names = fields.texts(key, most=10)
    if any(name not in SIDES for name in names):
        raise fields.refuse(key, f"a list of {', '.join(SIDES)}")
    return tuple(Side(name) for name in names)


def read_source(fields: Fields) -> SourceInfo:
    """Return where frames came from."""
    return SourceInfo(
        path=fields.text("path"),
        width=fields.whole("width", 0, 100_000),
        height=fields.whole("height", 0, 100_000),
        fps=fields.number("fps", 0, 10_000) if "fps" in fields else None,
        frames=fields.whole("frames", 0, 1_000_000_000) if "frames" in fields else None,
        duration_s=fields.number("duration_s", 0, WIDE) if "duration_s" in fields else None,
    )


def read_settings(fields: Fields) -> RunSettings:
    """Return what was asked for."""
    return RunSettings(
        sets=fields.whole("sets", 0, MOST_SETS),
        reps=fields.whole("reps", 0, MOST_SETS),
        rest_s=fields.number("rest_s", 0, DAY_S),
        hold_s=fields.number("hold_s", 0, DAY_S),
        side=Side(fields.choice("side", SIDES)) if "side" in fields else None,
        strict=fields.flag("strict"),
    )


def read_calibration(fields: Fields) -> dict[str, Any]:
    """Return a neutral as plain values: a stretch of time, and the measures that were seen."""
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
    """Return what was noted of a run: texts and numbers."""
    return {
        name: fields.text(name) if fields.is_text(name) else fields.number(name, -WIDE, WIDE)
        for name in fields.names()
    }


def read_set(fields: Fields) -> StoredSet:
    """Return one set."""
    return StoredSet(
        number=fields.whole("number", 1, MOST_SETS),
        reps=fields.each("reps", read_rep),
        load=fields.text("load", most=100) if "load" in fields else "",
        pain=fields.whole("pain", 0, 10) if "pain" in fields else None,
    )


def read_rep(fields: Fields) -> Rep:
    """Return one repetition, as in `formcheck/session@1`."""
    return Rep(
        number=fields.whole("number", 1, 1_000_000),
        side=Side(fields.choice("side", SIDES)),
        start_s=fields.number("start_s", -WIDE, WIDE),
        top_s=fields.number("top_s", -WIDE, WIDE),
        end_s=fields.number("end_s", -WIDE, WIDE),
        verdict=Verdict(fields.choice("verdict", [verdict.value for verdict in Verdict])),
        peak_deg=fields.number_or_nan("peak_deg", -360, 360),
        hold_s=fields.number_or_nan("hold_s", 0, WIDE),
        lowering_s=fields.number_or_nan("lowering_s", 0, WIDE),
        pelvic_tilt_deg=fields.number_or_nan("pelvic_tilt_deg", -360, 360),
        faults=fields.each("faults", _read_finding),
        cues=fields.each("cues", _read_finding),
        unchecked=fields.each("unchecked", _read_unchecked),
    )


def _read_finding(fields: Fields) -> Finding:
    return Finding(
        code=fields.text("code", most=60),
        worst=fields.number_or_nan("worst", -WIDE, WIDE),
        limit=fields.number_or_nan("limit", -WIDE, WIDE),
        unit=fields.choice("unit", UNITS),
        at_s=fields.number_or_nan("at_s", -WIDE, WIDE),
    )


def _read_unchecked(fields: Fields) -> Unchecked:
    return Unchecked(check=fields.text("check", most=60), reason=fields.text("reason"))


def plain(value: float) -> float | None:
    """Return a number as it is written: None where it was not observed."""
    return None if not math.isfinite(value) else float(value)


def printable(text: str) -> str:
    """Return a text as it is kept: in one line, without what no file or terminal can show."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:1000]
