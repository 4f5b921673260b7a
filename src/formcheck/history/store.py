"""The history: finds, adds, deletes and forgets sessions."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError, UsageError
from formcheck.files.checked_fields import Fields, printable
from formcheck.files.closing import ClosesItself
from formcheck.history.database import HistoryError, connect, transaction, translated
from formcheck.history.document import read_stored
from formcheck.history.folder import DATABASE, stored_files
from formcheck.history.rows import documents, insert_session
from formcheck.training.stored_session import StoredSession


class NoSuchSession(UsageError):
    """No session of the history has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"There is no session {number} in the history: 'formcheck history' lists them."
        )


class History(ClosesItself):
    """The sessions stored in a folder. Use it in a `with` block, or `close` it.

    Parameters
    ----------
    folder : Path
        The folder of the database.
    create : bool
        Whether to create folder and database; without them, the history is empty.

    Raises
    ------
    HistoryError
        From any method: the database can't be read or written.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self.path = folder / DATABASE
        self._connection = connect(self.path, create=create)

    def close(self) -> None:
        """Closes the database."""
        with translated(self.path):
            self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, for `HistoryLog`, which writes a run repetition by repetition."""
        return self._connection

    def numbers(
        self,
        *,
        exercise: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[int]:
        """Returns the numbers of the sessions asked for, in order of time.

        Both days are included, and counted in the time zone of the session.
        """
        asked = {
            "exercise = ?": exercise,
            "substr(started_at, 1, 10) >= ?": since and since.isoformat(),
            "substr(started_at, 1, 10) <= ?": until and until.isoformat(),
        }
        wanted = {clause: value for clause, value in asked.items() if value is not None}
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        with translated(self.path):
            rows = self._connection.execute(
                f"SELECT id FROM sessions{where} ORDER BY started_s, id", tuple(wanted.values())
            )
            return [row["id"] for row in rows]

    def documents(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """Returns sessions as plain values, as an export of `HISTORY_SCHEMA` has them."""
        with translated(self.path):
            return documents(self._connection, list(numbers))

    def sessions(
        self,
        *,
        exercise: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[StoredSession]:
        """Returns the sessions asked for in order of time; see `numbers`."""
        return self.read(self.numbers(exercise=exercise, since=since, until=until))

    def read(self, numbers: Sequence[int]) -> list[StoredSession]:
        """Returns the sessions of these numbers, in their order."""
        read = zip(numbers, self.documents(numbers), strict=True)
        return [self._read(number, document) for number, document in read]

    def session(self, number: int) -> StoredSession:
        """Returns one session; raises `NoSuchSession` if no session has this number."""
        found = self.documents([number])
        if not found:
            raise NoSuchSession(number)
        return self._read(number, found[0])

    def _read(self, number: int, document: dict[str, Any]) -> StoredSession:
        try:
            return replace(read_stored(Fields(document)), number=number)
        except FormcheckError as error:
            why = str(error).rstrip(".")
            raise HistoryError(
                f"Session {number} of '{self.path}' can't be read ({why}):"
                f" 'formcheck history delete {number}' removes it."
            ) from error

    def number_of(self, uid: str) -> int | None:
        """Returns the number of the session with this identity; None without such a session."""
        with translated(self.path):
            row = self._connection.execute(
                "SELECT id FROM sessions WHERE uid = ?", (uid,)
            ).fetchone()
            return None if row is None else int(row["id"])

    def add(self, stored: StoredSession, *, anew: bool = False) -> int | None:
        """Adds a session and returns its number; None if the history has the session already.

        Parameters
        ----------
        stored : StoredSession
            The session; its number is ignored.
        anew : bool
            Whether to replace a session of the same identity.
        """
        added = self.add_all([stored], anew=anew)
        return added[0] if added else None

    def add_all(self, sessions: Iterable[StoredSession], *, anew: bool = False) -> list[int]:
        """Adds the sessions that are new, all or none; returns their numbers."""
        numbers = []
        with translated(self.path), transaction(self._connection):
            for stored in sessions:
                there = self.number_of(stored.uid)
                if there is not None and not anew:
                    continue
                if there is not None:
                    self._connection.execute("DELETE FROM sessions WHERE id = ?", (there,))
                numbers.append(insert_session(self._connection, stored))
        return numbers

    def note(
        self, number: int, *, set_number: int, pain: int | None = None, load: str | None = None
    ) -> None:
        """Notes later how much a set hurt, or which load it was done with.

        Raises
        ------
        NoSuchSession
            No session has this number.
        UsageError
            The session has no such set.
        """
        known = [stored_set.number for stored_set in self.session(number).sets]
        if set_number not in known:
            named = ", ".join(str(each) for each in known) or "none"
            raise UsageError(f"Session {number} has no set {set_number}; its sets: {named}.")
        with translated(self.path), transaction(self._connection):
            self._connection.execute(
                "UPDATE sets SET pain = coalesce(?, pain), load = coalesce(?, load)"
                " WHERE session_id = ? AND number = ?",
                (pain, None if load is None else printable(load), number, set_number),
            )

    def delete(self, numbers: Iterable[int]) -> int:
        """Deletes sessions for good, all or none, and returns how many.

        Raises
        ------
        NoSuchSession
            A number has no session; then nothing is deleted.
        """
        wanted = sorted(set(numbers))
        with translated(self.path):
            with transaction(self._connection):
                for number in wanted:
                    gone = self._connection.execute("DELETE FROM sessions WHERE id = ?", (number,))
                    if gone.rowcount == 0:
                        raise NoSuchSession(number)
            # Deleted content must not stay in the write-ahead log beside the database.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(wanted)


def new_uid() -> str:
    """Returns an identity for a new session."""
    return uuid.uuid4().hex


def forget(folder: Path) -> list[Path]:
    """Removes every file of formcheck in the folder; returns the removed files.

    Files of other programs stay, and then the folder stays too.

    Raises
    ------
    HistoryError
        A file can't be removed.
    """
    gone = stored_files(folder)
    for path in gone:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise HistoryError(f"'{path}' can't be removed: {error.strerror or error}.") from error
    for emptied in sorted({path.parent for path in gone} | {folder}, reverse=True):
        _remove_empty(emptied, folder)
    return gone


def _remove_empty(emptied: Path, top: Path) -> None:
    """Removes a folder that holds nothing, and those above it that then hold nothing, to `top`."""
    while emptied.is_dir() and not any(emptied.iterdir()):
        emptied.rmdir()
        if emptied == top:
            return
        emptied = emptied.parent
