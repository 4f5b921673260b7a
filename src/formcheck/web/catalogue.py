"""What the pages know of each exercise: words, dose, pictures, the outline of its start posture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formcheck.core.coaching.settings import settings_for
from formcheck.core.exercise.adjustment import Adjustment, for_person
from formcheck.core.exercise.exercise import Exercise, timed_hold
from formcheck.core.pose.pose import Side
from formcheck.errors import UnknownExercise
from formcheck.exercises import get_exercise, normal_slug, readable, slugs
from formcheck.files.adjustment_fields import KEYS as ADJUSTMENT_KEYS
from formcheck.files.adjustment_fields import adjustment_in
from formcheck.files.checked_fields import Fields
from formcheck.overlay.outline import outline_paths
from formcheck.reports.exercise_drawing import camera_svg, exercise_svg
from formcheck.web.web_run import WebRunRequest

MOST_LOADS = 20


def exercise_values(exercise: Exercise) -> dict[str, Any]:
    """Returns an exercise as plain values."""
    dose = exercise.dose
    return {
        "slug": exercise.slug,
        "title": exercise.title,
        "purpose": exercise.purpose,
        "how_to": list(exercise.how_to),
        "camera": list(exercise.camera),
        "start_prompt": exercise.start_prompt,
        "position": exercise.position.value,
        "level": exercise.position.level,
        "sides": [side.value for side in exercise.moving],
        "dose": {
            "sets": dose.sets,
            "reps": dose.reps_high,
            "reps_low": dose.reps_low,
            "rest_s": dose.rest_s,
            "hold_s": dose.hold_s,
        },
        "outline": outline_paths(exercise),
        "pictures": [exercise_svg(exercise), camera_svg(exercise)],
    }


def catalogue() -> list[dict[str, Any]]:
    """Returns all exercises as plain values, in order of name."""
    return [exercise_values(exercise) for exercise in readable()[0]]


def named_exercise(name: str) -> Exercise:
    """Returns an exercise by its name alone: a page can't have a file read."""
    if normal_slug(name) not in slugs():
        raise UnknownExercise(name, slugs())
    return get_exercise(name)


def run_request(fields: Fields, different: Mapping[str, Adjustment]) -> WebRunRequest:
    """Returns what a page asks for; raises a `FormcheckError` that names what is wrong.

    The ranges are those of `formcheck run`.
    """
    fields.only(
        (
            *("exercise", "sets", "reps", "rest_s", "hold_s", "side", "strict", "loads", "camera"),
            *ADJUSTMENT_KEYS,
        )
    )
    named = named_exercise(fields.text("exercise"))
    own = adjustment_in(fields).over(different.get(named.slug, Adjustment()))
    exercise = for_person(named, {**different, named.slug: own})
    if "hold_s" in fields:
        exercise = timed_hold(exercise, fields.number("hold_s", 1.0, 300.0))
    side = fields.choice("side", ["auto", *(s.value for s in Side)]) if "side" in fields else "auto"
    settings = settings_for(
        exercise,
        sets=fields.whole("sets", 1, 20) if "sets" in fields else None,
        reps=fields.whole("reps", 1, 200) if "reps" in fields else None,
        rest_s=fields.number("rest_s", 0.0, 900.0) if "rest_s" in fields else None,
        side=None if side == "auto" else Side(side),
        strict=fields.flag("strict") if "strict" in fields else False,
    )
    loads = fields.texts("loads", most=100)[:MOST_LOADS] if "loads" in fields else ()
    camera = fields.line("camera")[:100] if "camera" in fields else ""
    return WebRunRequest(
        exercise=exercise,
        settings=settings,
        loads=tuple(load for load in loads if load),
        camera=f"browser: {camera}" if camera else "browser",
    )
