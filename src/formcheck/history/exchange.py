"""Exports and imports of the history: JSON for other programs and machines, CSV for tables.

An import takes all of a file or nothing; it passes over sessions that the history has already.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError
from formcheck.files.checked_fields import FieldError, Fields
from formcheck.files.run_journal import JOURNAL_SCHEMAS
from formcheck.files.session_json import SESSION_SCHEMAS
from formcheck.files.writing import spreadsheet_text
from formcheck.history.decisions import Decided, add_decisions, decision_documents, read_decided
from formcheck.history.document import HISTORY_SCHEMA, HISTORY_SCHEMAS, read_stored
from formcheck.history.saved_session import journal_session, saved_session
from formcheck.history.store import History
from formcheck.training.stored_session import StoredSession
from formcheck.version import __version__

CHOOSE = "Choose an export, a session's JSON file or a run's journal."
MOST_BYTES = 256 * 1024 * 1024
REP_COLUMNS = (
    "number", "side", "start_s", "top_s", "end_s", "verdict", "peak_deg", "hold_s", "lowering_s",
    "pelvic_obliquity_deg", "pelvic_tilt_deg",
)  # fmt: skip
CSV_COLUMNS = (
    "session", "started_at", "exercise", "origin", "view", "set", "load", "pain", *REP_COLUMNS,
    "faults", "cues", "unchecked",
)  # fmt: skip


class ImportRefused(FormcheckError):
    """A file holds no sessions that could be imported; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import added.

    Attributes
    ----------
    numbers : tuple of int
        The new sessions.
    known : int
        How many sessions the history had already.
    decisions : int
        New decisions about the plan.
    """

    numbers: tuple[int, ...]
    known: int
    decisions: int = 0


def to_json(history: History, numbers: Sequence[int], exported_at: datetime) -> str:
    """Returns sessions as JSON text of `HISTORY_SCHEMA`, ending in a newline."""
    plain = {
        "schema": HISTORY_SCHEMA,
        "formcheck": __version__,
        "exported_at": exported_at.isoformat(timespec="seconds"),
        "sessions": history.documents(numbers),
        "decisions": decision_documents(history),
    }
    return json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def to_csv(history: History, numbers: Sequence[int]) -> str:
    """Returns CSV text, a row a repetition; an empty cell was not observed or not noted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for number, session in zip(numbers, history.documents(numbers), strict=True):
        about = [number, *(session[name] for name in CSV_COLUMNS[1:5])]
        for stored_set in session["sets"]:
            of_set = [
                stored_set["number"],
                spreadsheet_text(stored_set["load"]),
                stored_set["pain"],
            ]
            for rep in stored_set["reps"]:
                lists = [
                    " ".join(found["code"] for found in rep["faults"]),
                    " ".join(found["code"] for found in rep["cues"]),
                    " ".join(each["check"] for each in rep["unchecked"]),
                ]
                writer.writerow([*about, *of_set, *(rep[name] for name in REP_COLUMNS), *lists])
    return text.getvalue()


def import_file(history: History, path: Path) -> Imported:
    """Imports an export, a saved session or the journal of a run.

    Raises
    ------
    ImportRefused
        The file can't be read, or a value in it is not what is allowed: the message names the
        key. Nothing was changed.
    """
    try:
        sessions, decided = _content_of(path)
    except FormcheckError as error:
        raise ImportRefused(f"'{path}' can't be imported: {error}") from error
    unique = {session.uid: session for session in sessions}
    numbers = history.add_all(unique.values())
    return Imported(
        numbers=tuple(numbers),
        known=len(sessions) - len(numbers),
        decisions=add_decisions(history, decided),
    )


def _content_of(path: Path) -> tuple[tuple[StoredSession, ...], tuple[Decided, ...]]:
    """Returns the sessions and decisions of a file in any of the known forms."""
    raw, changed_at = _read(path)
    first = raw.lstrip().partition(b"\n")[0]
    if any(schema.encode() in first for schema in JOURNAL_SCHEMAS):
        return (journal_session(io.BytesIO(raw)),), ()
    content = _content(raw)
    if isinstance(content, list):
        tables = [Fields(each, f"[{index}]") for index, each in enumerate(content)]
        return tuple(saved_session(fields, changed_at) for fields in tables), ()
    fields = Fields(content)
    if fields.choice("schema", (*HISTORY_SCHEMAS, *SESSION_SCHEMAS)) in SESSION_SCHEMAS:
        return (saved_session(fields, changed_at),), ()
    decided = fields.each("decisions", read_decided) if "decisions" in fields else ()
    return fields.each("sessions", read_stored), decided


def _read(path: Path) -> tuple[bytes, datetime]:
    """Returns a file's content and when it was last changed."""
    try:
        about = path.stat()
        if about.st_size > MOST_BYTES:
            raise FieldError(f"it is larger than any export of formcheck. {CHOOSE}")
        changed_at = datetime.fromtimestamp(about.st_mtime).astimezone()
        return path.read_bytes(), changed_at
    except OSError as error:
        raise FieldError(f"{error.strerror or error}. {CHOOSE}") from error


def _content(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise FieldError(f"it is not text in UTF-8. {CHOOSE}") from error
    except RecursionError:
        raise FieldError(f"it is nested too deeply. {CHOOSE}") from None
    except ValueError as error:
        raise FieldError(f"it is not JSON ({error}). {CHOOSE}") from error


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
