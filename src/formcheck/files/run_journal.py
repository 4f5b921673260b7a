"""The journal of a live run: one line of JSON for each thing that happened, safe once written.

A run that is killed leaves whole lines and at most one torn one at the end; reading stops there, so
that no more than the repetition in progress is lost. Schema `formcheck/journal@1`: the first line
is `begin`, then `rep` and `note` lines, then `finish` with the whole session.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from formcheck.core.checker.session import Rep, Session, Verdict
from formcheck.core.coaching.run_log import RunHeader
from formcheck.core.pose.pose import Side
from formcheck.errors import JournalError, OutputError
from formcheck.files.session_json import SCHEMA as SESSION_SCHEMA
from formcheck.files.session_json import clean, rep_dict, to_dict

SCHEMA = "formcheck/journal@1"
CUT_SHORT = "The run was cut short; this is what its journal holds."
_SIDES = tuple(side.value for side in Side)
_VERDICTS = tuple(verdict.value for verdict in Verdict)


class Journal:
    """Keeps a run in a file, line by line; a `formcheck.core.coaching.run_log.RunLog`.

    Parameters
    ----------
    path : Path
        Is begun anew; take `fresh_path` for one that loses nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def begin(self, header: RunHeader) -> None:
        """Write the first line."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("wb")
        except OSError as error:
            raise self._unwritable(error) from error
        plain = asdict(header) | {"started_at": header.started_at.isoformat()}
        self._write({"schema": SCHEMA, "kind": "begin", **plain})

    def add_rep(self, set_number: int, rep: Rep) -> None:
        """Write a repetition, as it stands in a session."""
        self._write({"kind": "rep", "set": set_number, "rep": rep_dict(rep)})

    def note(self, name: str, value: str | float) -> None:
        """Write something else that is known of the run."""
        self._write({"kind": "note", "name": name, "value": value})

    def finish(self, session: Session) -> None:
        """Write the session and close the file."""
        self._write({"kind": "finish", "session": to_dict(session)})
        self.close()

    def close(self) -> None:
        """Close the file; closing again does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """Delete the file, once what it holds is safe elsewhere."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _write(self, plain: dict[str, Any]) -> None:
        if self._file is None:
            raise RuntimeError("begin comes first")
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
    """Return where the journal of a session that is to become `session_path` lies meanwhile."""
    return session_path.with_name(session_path.name + ".journal")


def fresh_path(path: Path) -> Path:
    """Return the path, or one beside it where a journal of a run cut short already lies."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.name}.{number}")
        number += 1
    return free


def recover(path: Path) -> dict[str, Any]:
    """Return the session that a journal holds, as plain as `to_dict` gives it.

    A journal without its `finish` gives the repetitions that were over when the run was cut short;
    what was never written (the calibration, the source's size) is None.

    Raises
    ------
    JournalError
        There is no such file, or it is no journal, or it is torn in its very first line.
    """
    lines = list(_lines(path))
    if not lines or not _begins(lines[0]):
        raise JournalError(
            f"'{path}' is not a journal of a formcheck run: name the .journal beside its JSON."
        )
    header, reps, notes = lines[0], [], {}
    for line in lines[1:]:
        if not _is_whole(line):
            break
        if line.get("kind") == "finish":
            session: dict[str, Any] = clean(line["session"])
            return session
        if line.get("kind") == "rep":
            reps.append(line["rep"] | {"set": line["set"]})
        elif line.get("kind") == "note":
            notes[line["name"]] = line["value"]
    rebuilt: dict[str, Any] = clean(_rebuilt(header, reps, notes))
    return rebuilt


def _begins(line: dict[str, Any]) -> bool:
    """Return whether a line is the first of a journal, with all that its run is known by."""
    settings = line.get("settings")
    if (line.get("schema"), line.get("kind")) != (SCHEMA, "begin") or not isinstance(
        settings, dict
    ):
        return False
    told = {"formcheck", "exercise", "source"} <= line.keys() and {
        "side",
        "hold_s",
    } <= settings.keys()
    return told and settings["side"] in (None, *_SIDES)


def _is_whole(line: dict[str, Any]) -> bool:
    """Return whether a later line says what its kind has to say; a damaged one ends the reading."""
    kind = line.get("kind")
    if kind == "rep":
        rep = line.get("rep")
        if not isinstance(rep, dict) or not isinstance(line.get("set"), int):
            return False
        return rep.get("verdict") in _VERDICTS and rep.get("side") in _SIDES
    if kind == "note":
        return isinstance(line.get("name"), str) and "value" in line
    return kind != "finish" or isinstance(line.get("session"), dict)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            for line in file:
                try:
                    plain = json.loads(line)
                except (ValueError, RecursionError):
                    return
                # Half a number is a number too: only a line that was ended is whole.
                if not line.endswith(b"\n") or not isinstance(plain, dict):
                    return
                yield plain
    except OSError as error:
        raise JournalError(
            f"'{path}' can't be read ({error.strerror or error}): check path and permissions."
        ) from error


def _rebuilt(
    header: dict[str, Any], reps: list[dict[str, Any]], notes: dict[str, Any]
) -> dict[str, Any]:
    sides = [header["settings"]["side"]] if header["settings"]["side"] else _sides(reps)
    source = dict.fromkeys(("path", "width", "height", "fps", "frames", "duration_s"))
    return {
        "schema": SESSION_SCHEMA,
        "formcheck": header["formcheck"],
        "exercise": header["exercise"],
        "source": source | {"path": header["source"]},
        "view": notes.get("view", "unknown"),
        "hold_target_s": header["settings"]["hold_s"] or None,
        "calibration": None,
        "counts": _counts(reps),
        "by_side": {side: _counts([r for r in reps if r["side"] == side]) for side in sides},
        "sets": [
            {"number": number, "counts": _counts([r for r in reps if r["set"] == number])}
            for number in sorted({rep["set"] for rep in reps})
        ],
        "reps": reps,
        "problems": [CUT_SHORT],
    }


def _sides(reps: list[dict[str, Any]]) -> list[str]:
    both = any(rep["side"] == Side.BOTH.value for rep in reps)
    return [Side.BOTH.value] if both else [Side.LEFT.value, Side.RIGHT.value]


def _counts(reps: list[dict[str, Any]]) -> dict[str, int]:
    given = [rep["verdict"] for rep in reps]
    return {"attempts": len(given)} | {v.value: given.count(v.value) for v in Verdict}
