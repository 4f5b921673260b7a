"""Exercises as plain values: nothing is lost, and every kind of field is known."""

from __future__ import annotations

import json
import pickle

import pytest

from formcheck.core.exercise.adjustment import Adjustment, adjusted
from formcheck.core.exercise.exercise import Cycle, Dose, Exercise, timed_hold
from formcheck.core.exercise.rules import Cue, Fault, Limit, Posture, Requirement
from formcheck.exercises import built_in, get_exercise
from formcheck.files.checked_fields import Fields
from formcheck.files.plain_exercise import (
    KINDS,
    plain_exercise,
    plain_rules,
    read_exercise,
    read_rules,
    settable,
)

each = pytest.mark.parametrize("slug", built_in())


@each
def test_an_exercise_comes_back_from_json(slug: str) -> None:
    exercise = get_exercise(slug)
    text = json.dumps(plain_exercise(exercise), allow_nan=False)
    assert read_exercise(Fields(json.loads(text)), slug) == exercise


@each
def test_rules_of_one_person_come_back(slug: str) -> None:
    exercise = get_exercise(slug)
    code = next(f.code for f in exercise.faults if not f.by_tag)
    own = timed_hold(adjusted(exercise, Adjustment(off=(code,))), 8.0)
    document = json.loads(json.dumps({"rules": plain_rules(own)}))
    assert read_rules(Fields(document)) == own
    # Processes of a pool and the workers of a cluster get them.
    assert pickle.loads(pickle.dumps(own)) == own


def test_every_field_of_every_rule_can_be_written_and_read() -> None:
    for kind in (Exercise, Cycle, Dose, Limit, Fault, Cue, Requirement, Posture):
        unknown = [field.name for field in settable(kind) if str(field.type) not in KINDS]
        assert unknown == [], kind


@pytest.mark.parametrize(
    "document",
    [{}, {"rules": None}, {"rules": {"slug": "x-y", "title": "X", "of_the_future": 1}}],
)
def test_rules_that_are_not_there_or_of_the_future_are_none(document: dict[str, object]) -> None:
    assert read_rules(Fields(document)) is None
