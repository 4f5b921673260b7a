"""Exercises as plain values: what a TOML file of one holds, and what a session stores as its rules.

Every key is the name of the field it fills; what a key leaves out has the field's default. Keys,
kinds and bounds come from the fields themselves, so a new field can be written and read at once.
Nothing in a plain exercise is run.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise
from formcheck.core.exercise.rules import (
    BodyPlane,
    Cue,
    Fault,
    Leg,
    Limit,
    Phase,
    Posture,
    Quantity,
    Requirement,
    Taken,
)
from formcheck.core.measures import BY_NAME, Measure
from formcheck.core.measures.filtering import BRISK, FAST, SLOW, Smoothing
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Position, View
from formcheck.files.checked_fields import FieldError, Fields

MOST = 1e6
"""Larger than any angle, length or time in a rule."""
MOST_WHOLE = 1000
PACES: Mapping[str, Smoothing] = {"slow": SLOW, "brisk": BRISK, "fast": FAST}
INFINITE = {"inf": math.inf, "-inf": -math.inf}
"""Infinite bounds as JSON holds them; TOML has numbers for them."""

Read = Callable[[Fields, str], Any]
Write = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one type are read from plain values and written as such."""

    read: Read
    write: Write


def read_exercise(fields: Fields, slug: str) -> Exercise:
    """Returns the exercise that a table describes.

    Parameters
    ----------
    fields : Fields
        The table.
    slug : str
        The exercise's name.

    Raises
    ------
    FieldError
        A key is missing, unknown or not allowed; the message names it.
    """
    exercise: Exercise = _read_record(Exercise, fields, known={"slug": slug})
    return exercise


def plain_exercise(exercise: Exercise) -> dict[str, Any]:
    """Returns an exercise as plain values, without its slug and without defaults."""
    plain: dict[str, Any] = _write_record(exercise)
    del plain["slug"]
    return plain


def plain_rules(exercise: Exercise) -> dict[str, Any]:
    """Returns an exercise as plain values, with its slug: what a session stores as its rules."""
    return {"slug": exercise.slug, **plain_exercise(exercise)}


def read_rules(fields: Fields) -> Exercise | None:
    """Returns the rules that a session stores under `rules`.

    None where it stores none, and where a newer version wrote what this one does not know.
    """
    if "rules" not in fields:
        return None
    table = fields.table("rules")
    slug = table.text("slug", least=1, most=60)
    rest = {key: value for key, value in table.value.items() if key != "slug"}
    try:
        return read_exercise(Fields(rest, fields.where("rules")), slug)
    except FieldError:
        return None


def settable(kind: type) -> list[dataclasses.Field[Any]]:
    """Returns the fields of a rule's class that a file may fill."""
    return [field for field in dataclasses.fields(kind) if field.init]


def _read_record(kind: type, fields: Fields, known: Mapping[str, Any] | None = None) -> Any:
    values = dict(known or {})
    wanted = [field for field in settable(kind) if field.name not in values]
    fields.only([field.name for field in wanted])
    for field in wanted:
        if field.name in fields or _has_no_default(field):
            values[field.name] = KINDS[str(field.type)].read(fields, field.name)
    return kind(**values)


def _write_record(value: Any) -> dict[str, Any]:
    plain = {}
    for field in settable(type(value)):
        own = getattr(value, field.name)
        if _has_no_default(field) or own != _default(field):
            plain[field.name] = KINDS[str(field.type)].write(own)
    return plain


def _has_no_default(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _record(kind: type) -> Kind:
    return Kind(lambda f, key: _read_record(kind, f.table(key)), _write_record)


def _records(kind: type) -> Kind:
    return Kind(
        lambda f, key: f.each(key, lambda table: _read_record(kind, table)),
        lambda values: [_write_record(value) for value in values],
    )


def _choice(kind: type[Enum]) -> Kind:
    def read(fields: Fields, key: str) -> Enum:
        return kind(fields.choice(key, [each.value for each in kind]))

    return Kind(read, lambda value: None if value is None else value.value)


def _choices(kind: type[Enum], collect: Callable[..., Any]) -> Kind:
    def read(fields: Fields, key: str) -> Any:
        names = [each.value for each in kind]
        given = fields.value.get(key)
        if not isinstance(given, list) or not given or any(name not in names for name in given):
            raise fields.refuse(key, f"a list of {', '.join(names)}")
        return collect(kind(name) for name in given)

    def write(values: Any) -> list[str]:
        return [each.value for each in kind if each in values]

    return Kind(read, write)


def _number(fields: Fields, key: str) -> float:
    value = fields.value.get(key)
    if isinstance(value, float) and math.isinf(value):
        return value
    if fields.is_text(key) and value in INFINITE:
        return INFINITE[str(value)]
    return fields.number(key, -MOST, MOST)


def _plain_number(value: float) -> float | str:
    return next((name for name, known in INFINITE.items() if value == known), value)


def _read_measure(fields: Fields, key: str) -> Measure:
    return BY_NAME[fields.choice(key, BY_NAME)]


def _read_pace(fields: Fields, key: str) -> Smoothing:
    if fields.is_text(key) or key not in fields:
        return PACES[fields.choice(key, PACES)]
    pace: Smoothing = _read_record(Smoothing, fields.table(key))
    return pace


def _write_pace(pace: Smoothing) -> Any:
    named = next((name for name, known in PACES.items() if known == pace), None)
    return named or _write_record(pace)


def _read_mandatory(fields: Fields, key: str) -> dict[View, tuple[str, ...]]:
    table = fields.table(key)
    table.only([view.value for view in View])
    return {View(name): table.texts(name, most=60) for name in table.names()}


def _read_bands(fields: Fields, key: str) -> dict[str, tuple[float, float]]:
    table = fields.table(key)
    table.only(BY_NAME)
    bands = {}
    for name in table.names():
        given = table.value[name]
        numbers = isinstance(given, list) and len(given) == 2
        if not numbers or not all(isinstance(n, (int, float)) and abs(n) < MOST for n in given):
            raise table.refuse(name, "a list of two numbers, the lower first")
        bands[name] = (float(given[0]), float(given[1]))
    return bands


def _text(fields: Fields, key: str) -> str:
    return fields.text(key, most=400)


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    return fields.texts(key, most=400)


def _whole(fields: Fields, key: str) -> int:
    return fields.whole(key, 0, MOST_WHOLE)


KINDS: Mapping[str, Kind] = {
    "str": Kind(_text, str),
    "float": Kind(_number, _plain_number),
    "int": Kind(_whole, int),
    "bool": Kind(lambda f, key: f.flag(key), bool),
    "tuple[str, ...]": Kind(_texts, list),
    "Measure": Kind(_read_measure, lambda measure: measure.name),
    "Measure | None": Kind(_read_measure, lambda measure: measure.name),
    "Smoothing": Kind(_read_pace, _write_pace),
    "Cycle": _record(Cycle),
    "Dose": _record(Dose),
    "Limit": _record(Limit),
    "Requirement | None": _record(Requirement),
    "tuple[Requirement, ...]": _records(Requirement),
    "tuple[Fault, ...]": _records(Fault),
    "tuple[Cue, ...]": _records(Cue),
    "tuple[Posture, ...]": _records(Posture),
    "Leg": _choice(Leg),
    "Quantity": _choice(Quantity),
    "Taken": _choice(Taken),
    "Position": _choice(Position),
    "BodyPlane | None": _choice(BodyPlane),
    "frozenset[Phase]": _choices(Phase, frozenset),
    "frozenset[View]": _choices(View, frozenset),
    "tuple[Side, ...]": _choices(Side, tuple),
    "Mapping[View, tuple[str, ...]]": Kind(
        _read_mandatory, lambda m: {view.value: list(codes) for view, codes in m.items()}
    ),
    "Mapping[str, tuple[float, float]]": Kind(
        _read_bands, lambda bands: {name: list(band) for name, band in bands.items()}
    ),
}
"""How each type of a field is read and written, by the type as the classes write it."""
