"""Reads a session back from plain values, checked value by value; a complaint names the key.

Exports, saved sessions and journals share these readers. They pass over unknown keys, so that a
file of a newer version can still be read.
"""

from __future__ import annotations

import math

from formcheck.core.checker.faults import Finding, Unchecked
from formcheck.core.checker.session import Dropped, DropReason, Rep, Session, Verdict
from formcheck.core.checker.wording import UNITS
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise
from formcheck.files.checked_fields import Fields
from formcheck.files.exercise_rules import CODE
from formcheck.files.plain_exercise import read_rules
from formcheck.files.session_json import SESSION_SCHEMAS

SIDES = tuple(side.value for side in Side)
DAY_S = 86_400.0
MOST_SETS = 1000
MOST_FRAMES = 1_000_000_000
WIDE = 1e6
"""Larger than any angle, length or time here can be."""


def read_session(fields: Fields) -> Session:
    """Returns the session of a document of `SESSION_SCHEMAS`, without neutral and set results.

    Raises
    ------
    FieldError
        A value is not what is allowed; the message names the key.
    UnknownExercise
        No exercise has this name.
    """
    fields.choice("schema", SESSION_SCHEMAS)
    hold_s = fields.number("hold_target_s", 0, DAY_S) if "hold_target_s" in fields else 0.0
    counted = fields.table("by_side")
    counted.only(SIDES)
    rules = read_rules(fields)
    return Session(
        exercise=read_slug(fields, rules),
        source=read_source(fields.table("source")),
        view=read_view(fields),
        calibration=None,
        reps=fields.each("reps", read_rep),
        sides=tuple(Side(name) for name in counted.names()),
        dropped=fields.each("dropped", _read_dropped) if "dropped" in fields else (),
        problems=fields.lines("problems"),
        hold_target_s=hold_s,
        frames_judged=fields.whole("frames_judged", 0, MOST_FRAMES)
        if "frames_judged" in fields
        else None,
        rules=rules,
        formcheck=fields.text("formcheck", most=50),
    )


def read_slug(fields: Fields, rules: Exercise | None = None) -> str:
    """Returns the slug under `exercise`.

    A session that stores its rules can be read when the exercise is gone.

    Raises
    ------
    UnknownExercise
        The session stores no rules, and no exercise has this name.
    """
    slug = fields.text("exercise", most=60)
    if not CODE.fullmatch(slug):
        raise fields.refuse("exercise", "small letters, digits and hyphens")
    return slug if rules is not None else get_exercise(slug).slug


def read_view(fields: Fields) -> View:
    """Returns where the camera stood."""
    return View(fields.choice("view", [view.value for view in View]))


def read_sides(fields: Fields, key: str) -> tuple[Side, ...]:
    """Returns a list of sides."""
    names = fields.texts(key, most=10)
    if any(name not in SIDES for name in names):
        raise fields.refuse(key, f"a list of {', '.join(SIDES)}")
    return tuple(Side(name) for name in names)


def read_source(fields: Fields) -> SourceInfo:
    """Returns where frames came from."""
    return SourceInfo(
        path=fields.line("path"),
        width=fields.whole("width", 0, 100_000),
        height=fields.whole("height", 0, 100_000),
        fps=fields.number("fps", 0, 10_000) if "fps" in fields else None,
        frames=fields.whole("frames", 0, MOST_FRAMES) if "frames" in fields else None,
        duration_s=fields.number("duration_s", 0, WIDE) if "duration_s" in fields else None,
        from_s=fields.number("from_s", 0, WIDE) if "from_s" in fields else None,
        to_s=fields.number("to_s", 0, WIDE) if "to_s" in fields else None,
        people=fields.whole("people", 1, MOST_SETS) if "people" in fields else None,
        person=fields.whole("person", 1, MOST_SETS) if "person" in fields else None,
        speed=fields.number("speed", 0, WIDE) if "speed" in fields else None,
    )


def read_settings(fields: Fields) -> RunSettings:
    """Returns what a run was asked for."""
    return RunSettings(
        sets=fields.whole("sets", 0, MOST_SETS),
        reps=fields.whole("reps", 0, MOST_SETS),
        rest_s=fields.number("rest_s", 0, DAY_S),
        hold_s=fields.number("hold_s", 0, DAY_S),
        side=Side(fields.choice("side", SIDES)) if "side" in fields else None,
        strict=fields.flag("strict"),
    )


def read_rep(fields: Fields) -> Rep:
    """Returns a repetition, with the number of its set where it has one."""
    tilt = "pelvic_tilt_deg"
    # In version 1 of every format this was the name of the obliquity.
    obliquity = "pelvic_obliquity_deg" if "pelvic_obliquity_deg" in fields.names() else tilt
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
        pelvic_obliquity_deg=fields.number_or_nan(obliquity, -360, 360),
        pelvic_tilt_deg=math.nan if obliquity == tilt else fields.number_or_nan(tilt, -360, 360),
        faults=fields.each("faults", _read_finding),
        cues=fields.each("cues", _read_finding),
        unchecked=fields.each("unchecked", _read_unchecked),
        set_number=fields.whole("set", 1, MOST_SETS) if "set" in fields else None,
    )


def _read_dropped(fields: Fields) -> Dropped:
    return Dropped(
        side=Side(fields.choice("side", SIDES)),
        start_s=fields.number("start_s", -WIDE, WIDE),
        end_s=fields.number("end_s", -WIDE, WIDE),
        peak_deg=fields.number_or_nan("peak_deg", -360, 360),
        reason=DropReason(fields.choice("reason", [reason.value for reason in DropReason])),
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
