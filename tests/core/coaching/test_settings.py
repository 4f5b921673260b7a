from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.coaching.settings import settings_for
from formcheck.core.exercise.exercise import timed_hold
from formcheck.core.pose.pose import Side
from formcheck.exercises import get_exercise, slugs


@pytest.mark.parametrize(
    ("slug", "sets", "reps"), [("standing-hip-flexion", 3, 12), ("high-knee-runs", 3, 30)]
)
def test_the_dose_gives_what_is_not_asked_for(slug: str, sets: int, reps: int) -> None:
    settings = settings_for(get_exercise(slug))
    assert (settings.sets, settings.reps, settings.rest_s) == (sets, reps, 60.0)
    assert (settings.side, settings.strict) == (None, False)


@pytest.mark.parametrize("slug", slugs())
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sets": 1}, {"sets": 1}),
        ({"reps": 5}, {"reps": 5}),
        ({"rest_s": 0.0}, {"rest_s": 0.0}),
        ({"side": Side.RIGHT}, {"side": Side.RIGHT}),
        ({"strict": True}, {"strict": True}),
    ],
    ids=str,
)
def test_what_is_asked_for_replaces_the_dose_and_nothing_else(
    slug: str, asked: dict[str, object], expected: dict[str, object]
) -> None:
    exercise = get_exercise(slug)
    given = settings_for(exercise, **asked)  # type: ignore[arg-type]
    assert given == replace(settings_for(exercise), **expected)  # type: ignore[arg-type]


def test_a_timed_hold_gives_its_length() -> None:
    exercise = get_exercise("standing-hip-flexion")
    assert settings_for(exercise).hold_s == 0.0
    assert settings_for(timed_hold(exercise, 20.0)).hold_s == 20.0
