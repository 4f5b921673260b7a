"""Inserts sessions into the database's tables, and gathers rows into plain documents."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.session import Rep
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.files.checked_fields import printable
from formcheck.files.plain_exercise import plain_rules
from formcheck.training.stored_session import StoredSession, StoredSet

REP_VALUES = ("peak_deg", "hold_s", "lowering_s", "pelvic_obliquity_deg", "pelvic_tilt_deg")


def insert_session(connection: sqlite3.Connection, stored: StoredSession) -> int:
    """Inserts a session with its sets and repetitions; returns its number."""
    number = _insert(
        connection,
        "sessions",
        uid=stored.uid,
        started_at=stored.started_at.isoformat(timespec="seconds"),
        started_s=stored.started_at.timestamp(),
        ended_at=stored.ended_at and stored.ended_at.isoformat(timespec="seconds"),
        exercise=stored.exercise,
        origin=stored.origin,
        settings=_settings(stored.settings),
        model=printable(stored.model),
        formcheck=stored.formcheck,
        notes=notes_text(stored.notes),
        rules=None if stored.rules is None else json.dumps(plain_rules(stored.rules)),
        **outcome(
            source=stored.source,
            view=stored.view,
            sides=stored.sides,
            calibration=stored.calibration,
            problems=stored.problems,
        ),
    )
    for each in stored.sets:
        set_id = insert_set(connection, number, each)
        for rep in each.reps:
            insert_rep(connection, set_id, rep)
    return number


def outcome(
    *,
    source: SourceInfo,
    view: View,
    sides: Sequence[Side],
    calibration: dict[str, Any] | None,
    problems: Sequence[str],
) -> dict[str, str | None]:
    """Returns the columns that are final only when a session has ended."""
    return {
        "source": json.dumps(asdict(source) | {"path": printable(source.path)}),
        "view": view.value,
        "sides": json.dumps([side.value for side in sides]),
        "calibration": None if calibration is None else json.dumps(calibration),
        "problems": json.dumps([printable(problem) for problem in problems]),
    }


def notes_text(notes: Mapping[str, str | float]) -> str:
    """Returns the notes of a run as JSON."""
    written = {
        printable(name): printable(value) if isinstance(value, str) else plain(value)
        for name, value in notes.items()
    }
    return json.dumps({name: value for name, value in written.items() if value is not None})


def calibration_values(calibration: Calibration | None) -> dict[str, Any] | None:
    """Returns a neutral as plain values, of the measures that were seen."""
    if calibration is None:
        return None
    seen = {name: plain(value) for name, value in calibration.neutral.items()}
    return {
        "start_s": calibration.start_s,
        "end_s": calibration.end_s,
        "calm": calibration.calm,
        "neutral": {name: value for name, value in seen.items() if value is not None},
    }


def insert_set(connection: sqlite3.Connection, session_number: int, stored_set: StoredSet) -> int:
    """Inserts a set without its repetitions; returns its id."""
    return _insert(
        connection,
        "sets",
        session_id=session_number,
        number=stored_set.number,
        load=printable(stored_set.load),
        pain=stored_set.pain,
    )


def insert_rep(connection: sqlite3.Connection, set_id: int, rep: Rep) -> int:
    """Inserts a repetition with its findings, behind the set's others; returns its id."""
    place = connection.execute("SELECT count(*) FROM reps WHERE set_id = ?", (set_id,)).fetchone()
    rep_id = _insert(
        connection,
        "reps",
        set_id=set_id,
        place=place[0],
        number=rep.number,
        side=rep.side.value,
        start_s=rep.start_s,
        top_s=rep.top_s,
        end_s=rep.end_s,
        verdict=rep.verdict.value,
        **{name: plain(getattr(rep, name)) for name in REP_VALUES},
    )
    for kind, findings in (("fault", rep.faults), ("cue", rep.cues)):
        for found in findings:
            _insert(
                connection,
                "findings",
                rep_id=rep_id,
                kind=kind,
                code=found.code,
                worst=plain(found.worst),
                limit_value=plain(found.limit),
                unit=found.unit,
                at_s=plain(found.at_s),
            )
    for missed in rep.unchecked:
        _insert(
            connection,
            "unchecked",
            rep_id=rep_id,
            code=missed.check,
            reason=printable(missed.reason),
        )
    return rep_id


def documents(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Returns sessions as documents of `HISTORY_SCHEMA`, in the order of their numbers."""
    chosen = _Chosen(connection, numbers)
    findings = chosen.grouped("findings", "rep_id")
    unchecked = chosen.grouped("unchecked", "rep_id")
    reps = defaultdict(list)
    for row in chosen.rows("reps"):
        reps[row["set_id"]].append(_rep_document(row, findings[row["id"]], unchecked[row["id"]]))
    sets = defaultdict(list)
    for row in chosen.rows("sets"):
        sets[row["session_id"]].append(_set_document(row, reps[row["id"]]))
    rows = {row["id"]: row for row in chosen.rows("sessions")}
    return [_session_document(rows[n], sets[n]) for n in numbers if n in rows]


_FROM = {
    "sessions": "sessions t WHERE t.id",
    "sets": "sets t WHERE t.session_id",
    "reps": "reps t JOIN sets ON sets.id = t.set_id WHERE sets.session_id",
    "findings": "findings t JOIN reps ON reps.id = t.rep_id JOIN sets ON sets.id = reps.set_id"
    " WHERE sets.session_id",
    "unchecked": "unchecked t JOIN reps ON reps.id = t.rep_id"
    " JOIN sets ON sets.id = reps.set_id WHERE sets.session_id",
}
_ORDER = {"sets": "t.number", "reps": "t.set_id, t.place"}


class _Chosen:
    """The rows that belong to some sessions."""

    def __init__(self, connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
        self._connection = connection
        self._numbers = json.dumps(list(numbers))

    def rows(self, table: str) -> list[sqlite3.Row]:
        """Returns the table's rows that belong to the sessions."""
        return self._connection.execute(
            f"SELECT t.* FROM {_FROM[table]} IN (SELECT value FROM json_each(?))"
            f" ORDER BY {_ORDER.get(table, 't.id')}",
            (self._numbers,),
        ).fetchall()

    def grouped(self, table: str, parent: str) -> defaultdict[int, list[sqlite3.Row]]:
        """Returns the table's rows, grouped by the row they belong to."""
        groups: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
        for row in self.rows(table):
            groups[row[parent]].append(row)
        return groups


def _session_document(row: sqlite3.Row, sets: list[dict[str, Any]]) -> dict[str, Any]:
    parsed = {
        name: None if row[name] is None else json.loads(row[name])
        for name in ("source", "settings", "sides", "calibration", "problems", "notes", "rules")
    }
    columns = ("uid", "started_at", "ended_at", "exercise", "origin", "view", "model", "formcheck")
    return {name: row[name] for name in columns} | parsed | {"sets": sets}


def _set_document(row: sqlite3.Row, reps: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: row[name] for name in ("number", "load", "pain")} | {"reps": reps}


def _rep_document(
    row: sqlite3.Row, findings: list[sqlite3.Row], unchecked: list[sqlite3.Row]
) -> dict[str, Any]:
    of_kind: dict[str, list[dict[str, Any]]] = {"fault": [], "cue": []}
    for found in findings:
        of_kind[found["kind"]].append(
            {
                "code": found["code"],
                "worst": found["worst"],
                "limit": found["limit_value"],
                "unit": found["unit"],
                "at_s": found["at_s"],
            }
        )
    names = ("number", "side", "start_s", "top_s", "end_s", "verdict", *REP_VALUES)
    return {name: row[name] for name in names} | {
        "faults": of_kind["fault"],
        "cues": of_kind["cue"],
        "unchecked": [{"check": each["code"], "reason": each["reason"]} for each in unchecked],
    }


def plain(value: float) -> float | None:
    """Returns a number as JSON and SQLite hold it: None where it was not observed."""
    return float(value) if math.isfinite(value) else None


def _settings(settings: RunSettings) -> str:
    side = None if settings.side is None else settings.side.value
    return json.dumps(asdict(settings) | {"side": side})


def _insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    """Inserts a row and returns its id. Table and columns must come from code, never from input."""
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
