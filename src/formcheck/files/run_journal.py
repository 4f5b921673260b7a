"""The journal of a live run: one line of JSON for each thing that happened, safe once written.

The first line is `begin`, of schema `JOURNAL_SCHEMA`; `rep` and `note` lines follow; `finish` holds
the whole session. A run that is killed leaves whole lines and at most one torn line at the end, so
that it loses no more than the repetition in progress.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from formcheck.core.checker.session import Counts, Rep, Session
from formcheck.core.coaching.run_log import RunHeader
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.errors import FormcheckError, JournalError, OutputError
from formcheck.files.checked_fields import FieldError, Fields
from formcheck.files.plain_exercise import plain_rules, read_rules
from formcheck.files.session_fields import (
    MOST_SETS,
    read_rep,
    read_session,
    read_settings,
    read_slug,
)
from formcheck.files.session_json import clean, rep_dict, to_dict
from formcheck.training.stored_session import LOAD, PAIN

JOURNAL_SCHEMA = "formcheck/journal@2"
JOURNAL_SCHEMAS = (JOURNAL_SCHEMA, "formcheck/journal@1")
"""What can be read; the versions differ as those of a session do."""
CUT_SHORT = "The run was cut short; this is what its journal holds."


class Journal:
    """Writes a run into a file, line by line; a `formcheck.core.coaching.run_log.RunLog`.

    Parameters
    ----------
    path : Path
        The file, written anew; `fresh_path` gives a path that overwrites nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def begin(self, header: RunHeader) -> None:
        """Opens the file and writes the first line."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("wb")
        except OSError as error:
            raise self._unwritable(error) from error
        # Rules hold the formulas of their measures, which are no plain values.
        plain = asdict(replace(header, rules=None)) | {"started_at": header.started_at.isoformat()}
        plain["rules"] = None if header.rules is None else plain_rules(header.rules)
        self._write({"schema": JOURNAL_SCHEMA, "kind": "begin", **plain})

    def add_rep(self, set_number: int, rep: Rep) -> None:
        """Writes a repetition, in the form it has in a session."""
        self._write({"kind": "rep", "set": set_number, "rep": rep_dict(rep)})

    def note(self, name: str, value: str | float) -> None:
        """Writes anything else that is known of the run."""
        self._write({"kind": "note", "name": name, "value": value})

    def finish(self, session: Session) -> None:
        """Writes the session and closes the file."""
        self._write({"kind": "finish", "session": to_dict(session)})
        self.close()

    def close(self) -> None:
        """Closes the file; closing again does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """Deletes the file, once its content is safe elsewhere."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _write(self, plain: dict[str, Any]) -> None:
        if self._file is None:
            raise RuntimeError("call begin first")
        line = json.dumps(clean(plain), ensure_ascii=False, allow_nan=False)
        try:
            self._file.write(line.encode("utf-8", "replace") + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> OutputError:
        return OutputError(
            f"'{self.path}' can't be written: {error.strerror or error}. Choose another place."
        )


def journal_path(session_path: Path) -> Path:
    """Returns the path of the journal of a run whose session is to become `session_path`."""
    return session_path.with_name(session_path.name + ".journal")


def fresh_path(path: Path) -> Path:
    """Returns the path, or a free path beside it if an earlier journal lies there."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.name}.{number}")
        number += 1
    return free


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Anything noted of a run beside its repetitions, such as a load or a pain."""

    name: str
    value: str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalledRun:
    """A run as its journal tells it.

    Attributes
    ----------
    header : RunHeader
        What was known before the first frame.
    entries : tuple of Rep or Note
        In the order of writing; a repetition has the number of its set.
    session : Session
        The finished session, as `read_session` gives it; for a run cut short, what the lines tell.
        Its problems name the lines that are damaged and left out.
    first_line : dict
        The header as it is written: the run is known by it.
    last_line : dict | None
        The finished session as it is written; None for a run cut short.
    """

    header: RunHeader
    entries: tuple[Rep | Note, ...]
    session: Session
    first_line: dict[str, Any]
    last_line: dict[str, Any] | None


def read_journal(lines: Iterable[bytes]) -> JournalledRun:
    """Returns the run that a journal holds. `recover` and the history both read by it.

    A damaged line is left out and named in the session's problems; the lines after it count. A last
    line without its end is the line that a killed run was writing: it is left out unnamed. Nothing
    is read after `finish`, and empty lines are passed over.

    Raises
    ------
    FormcheckError
        The first line is not that of a journal, or a value in it is not what is allowed.
    """
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    number, line = next(numbered, (1, b""))
    first = _table(line, number)
    header = _header(first)
    entries: list[Rep | Note] = []
    damage: list[str] = []
    finished, last_line = None, None
    for number, line in numbered:
        try:
            table = _table(line, number)
            if table.choice("kind", ("rep", "note", "finish")) == "finish":
                finished = read_session(table.table("session"))
                last_line = table.value["session"]
                break
            entries.append(_entry(table))
        except FormcheckError:
            if line.endswith(b"\n"):
                damage.append(f"Line {number} of the journal is damaged and left out.")
    session = finished or _cut_short(header, entries)
    return JournalledRun(
        header=header,
        entries=tuple(entries),
        session=replace(session, problems=(*session.problems, *damage)),
        first_line=first.value,
        last_line=last_line and last_line | {"problems": [*last_line["problems"], *damage]},
    )


def _cut_short(header: RunHeader, entries: Sequence[Rep | Note]) -> Session:
    """Returns what the lines of a run without `finish` tell of its session."""
    reps = tuple(entry for entry in entries if isinstance(entry, Rep))
    both = any(rep.side is Side.BOTH for rep in reps)
    sides = (Side.BOTH,) if both else (Side.LEFT, Side.RIGHT)
    views = [entry.value for entry in entries if isinstance(entry, Note) and entry.name == "view"]
    return Session(
        exercise=header.exercise,
        source=SourceInfo(path=header.source, width=0, height=0),
        view=View(views[-1]) if views else View.UNKNOWN,
        calibration=None,
        reps=reps,
        sides=(header.settings.side,) if header.settings.side else sides,
        problems=(CUT_SHORT,),
        hold_target_s=header.settings.hold_s,
        rules=header.rules,
        formcheck=header.formcheck,
    )


def _table(line: bytes, number: int) -> Fields:
    try:
        return Fields(json.loads(line), f"line {number}")
    except RecursionError:
        raise FieldError(f"line {number} is nested too deeply.") from None
    except ValueError:
        raise FieldError(f"line {number} is not JSON.") from None


def _header(fields: Fields) -> RunHeader:
    fields.choice("schema", JOURNAL_SCHEMAS)
    fields.choice("kind", ("begin",))
    rules = read_rules(fields)
    return RunHeader(
        exercise=read_slug(fields, rules),
        started_at=fields.moment("started_at"),
        source=fields.line("source"),
        settings=read_settings(fields.table("settings")),
        model=fields.line("model"),
        rules=rules,
        formcheck=fields.text("formcheck", most=50),
    )


def _entry(fields: Fields) -> Rep | Note:
    if fields.value["kind"] == "rep":
        set_number = fields.whole("set", 1, MOST_SETS)
        return replace(read_rep(fields.table("rep")), set_number=set_number)
    name = fields.text("name")
    if name == "view":
        return Note(name=name, value=fields.choice("value", [view.value for view in View]))
    if name == PAIN:
        return Note(name=name, value=fields.number("value", 0, 10))
    if name == LOAD or fields.is_text("value"):
        return Note(name=name, value=fields.line("value"))
    return Note(name=name, value=fields.number("value", -1e9, 1e9))


def recover(path: Path) -> dict[str, Any]:
    """Returns the session that a journal holds, as plain values in the form of `to_dict`.

    A journal without its `finish` gives the repetitions that had ended when the run was cut short;
    what the run never wrote (the neutral, the picture's size) is None.

    Raises
    ------
    JournalError
        There is no such file, or its first line is not that of a journal.
    """
    try:
        with path.open("rb") as file:
            run = read_journal(file)
    except OSError as error:
        raise JournalError(
            f"'{path}' can't be read ({error.strerror or error}): check path and permissions."
        ) from error
    except FormcheckError as error:
        raise JournalError(
            f"'{path}' is not a journal of a formcheck run ({str(error).rstrip('.')}): name the"
            " .journal beside its JSON."
        ) from error
    session: dict[str, Any] = clean(run.last_line or _plain(run.session))
    return session


def _plain(session: Session) -> dict[str, Any]:
    """Returns the session of a run cut short as plain values, None for what it never wrote."""
    source = dict.fromkeys(("path", "width", "height", "fps", "frames", "duration_s"))
    sets: dict[int, list[Rep]] = {}
    for rep in session.reps:
        sets.setdefault(rep.set_number or 1, []).append(rep)
    return to_dict(session) | {
        "source": source | {"path": session.source.path},
        "sets": [
            {"number": number, "counts": asdict(Counts.of(tuple(reps)))}
            for number, reps in sorted(sets.items())
        ],
    }
