"""The plan as a TOML file that people read and change; comments of theirs stay."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError, UsageError
from formcheck.exercises import slugs
from formcheck.files.adjustment_fields import KEYS as ADJUSTMENT_KEYS
from formcheck.files.adjustment_fields import adjustment_in, plain_adjustment
from formcheck.files.checked_fields import FieldError, Fields
from formcheck.history.folder import PLAN
from formcheck.training.plan import DAYS, NO_LOAD, Entry, Plan

KEYS = ("level", "days", "between_s", "exercise")
ENTRY_KEYS = ("name", "sets", "reps", "hold_s", "rest_s", "loads", "load", *ADJUSTMENT_KEYS)
SETS = (1, 20)
REPS = (1, 200)
HOLD_S = (1.0, 300.0)
REST_S = (0.0, 900.0)
MOST_BYTES = 1_000_000


ANEW = ": correct it, or write a new one with 'formcheck routine init --force'."


class PlanError(FormcheckError):
    """The plan is missing, or a value in it is not what is allowed."""


def plan_path(folder: Path) -> Path:
    """Returns the path of the plan in a data folder."""
    return folder / PLAN


def read_plan(path: Path) -> Plan:
    """Returns the plan in a file.

    Raises
    ------
    PlanError
        There is no plan, or a value is wrong: the message names the key, and what is allowed.
    """
    if not path.exists():
        raise PlanError(f"There is no plan '{path}': 'formcheck routine init' writes one.")
    try:
        return _plan(Fields(_document(path)))
    except (FieldError, UsageError) as error:
        raise PlanError(f"The plan '{path}' can't be used: {error}") from error


def change_entry(path: Path, name: str, to: Entry) -> None:
    """Replaces the dose, or the exercise, of an entry in the plan's file.

    Comments, order and everything else in the file stay as they are.

    Raises
    ------
    PlanError
        The file can't be read or written, or has no such entry.
    """
    document = _tomlkit_document(path)
    tables = document.get("exercise", [])
    table = next((each for each in tables if each.get("name") == name), None)
    if table is None:
        raise PlanError(f"The plan '{path}' has no exercise '{name}'.")
    table["name"] = to.name
    table["sets"], table["reps"] = to.sets, to.reps
    if to.hold_s:
        table["hold_s"] = int(to.hold_s) if to.hold_s.is_integer() else to.hold_s
    else:
        table.pop("hold_s", None)
    same = len(set(to.load)) == 1
    if to.loads != (NO_LOAD,) or "load" in table:
        table["loads"] = list(to.loads)
        table["load"] = to.load[0] if same else list(to.load)
    write_file(path, document.as_string())


def write_file(path: Path, text: str) -> None:
    """Writes a plan whole, or leaves the file as it was.

    Raises
    ------
    PlanError
        The file can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(draft).replace(path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PlanError(
            f"The plan '{path}' can't be written: {error.strerror or error}. Choose another folder"
            " with --data."
        ) from error


def _document(path: Path) -> dict[str, Any]:
    plain: dict[str, Any] = _tomlkit_document(path).unwrap()
    return plain


def _tomlkit_document(path: Path) -> Any:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        if path.stat().st_size > MOST_BYTES:
            raise PlanError(f"The plan '{path}' is far too large for one{ANEW}")
        return tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise PlanError(
            f"The plan '{path}' can't be read ({why}): check its permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise PlanError(f"The plan '{path}' is not text in UTF-8{ANEW}") from error
    except (TOMLKitError, ValueError, RecursionError) as error:
        why = str(error).rstrip(".") or "it is nested too deeply"
        raise PlanError(f"The plan '{path}' is not TOML ({why}){ANEW}") from error


def _plan(fields: Fields) -> Plan:
    fields.only(KEYS)
    entries = fields.each("exercise", read_entry)
    names = [entry.name for entry in entries]
    if not entries:
        raise FieldError("'exercise' is empty; allowed is at least one [[exercise]] table.")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise FieldError(f"'{twice}' is in it twice; allowed is each exercise once.")
    return Plan(
        level=fields.text("level", most=40) if "level" in fields else "own",
        days=_days(fields),
        between_s=fields.number("between_s", *REST_S) if "between_s" in fields else 60.0,
        entries=entries,
    )


def _days(fields: Fields) -> tuple[str, ...]:
    allowed = f"a list of days from {', '.join(DAYS)}, each once"
    days = _listed(fields, "days", DAYS, allowed)
    if not days or len(set(days)) < len(days):
        raise fields.refuse("days", allowed)
    return tuple(sorted(days, key=DAYS.index))


def _listed(fields: Fields, key: str, known: Sequence[str], allowed: str) -> tuple[str, ...]:
    """Returns a list of known texts; an error names the first unknown text and what is allowed."""
    try:
        given = fields.texts(key)
    except FieldError:
        raise fields.refuse(key, allowed) from None
    wrong = [each for each in given if each not in known]
    if wrong:
        raise FieldError(f"'{fields.where(key)}' names '{wrong[0]}'; allowed is {allowed}.")
    return given


def read_entry(fields: Fields) -> Entry:
    """Returns one exercise of a plan; a `FieldError` names the key that is wrong."""
    fields.choice("name", slugs())
    entry = read_past_entry(fields)
    try:
        _ = entry.exercise
    except UsageError as error:
        raise FieldError(f"'{fields.where('name')}': {error}", fields.where("name")) from error
    return entry


def read_past_entry(fields: Fields) -> Entry:
    """Returns an entry of a plan as it once was: its exercise may be gone."""
    fields.only(ENTRY_KEYS)
    sets = fields.whole("sets", *SETS)
    loads = fields.texts("loads", most=100) if "loads" in fields else (NO_LOAD,)
    if not loads or len(set(loads)) < len(loads):
        raise fields.refuse("loads", "a list of different loads, lightest first")
    return Entry(
        name=fields.text("name", least=1, most=60),
        sets=sets,
        reps=fields.whole("reps", *REPS),
        hold_s=_hold_s(fields),
        rest_s=fields.number("rest_s", *REST_S) if "rest_s" in fields else 60.0,
        loads=loads,
        load=_load(fields, loads, sets),
        adjustment=adjustment_in(fields),
    )


def plain_entry(entry: Entry) -> dict[str, Any]:
    """Returns the keys and values that `read_entry` reads."""
    plain = asdict(entry)
    del plain["adjustment"]
    return plain | plain_adjustment(entry.adjustment)


def _load(fields: Fields, loads: tuple[str, ...], sets: int) -> tuple[str, ...]:
    if "load" not in fields:
        return ()
    if fields.is_text("load"):
        return (fields.choice("load", loads),)
    allowed = f"one of {', '.join(loads)}, or a list of them with one for each of the {sets} sets"
    given = _listed(fields, "load", loads, allowed)
    if len(given) != sets:
        raise fields.refuse("load", allowed)
    return given


def _hold_s(fields: Fields) -> float:
    """Returns the length of the holds; 0, or no key, means no holds."""
    if "hold_s" not in fields or fields.value["hold_s"] == 0:
        return 0.0
    return fields.number("hold_s", *HOLD_S)
