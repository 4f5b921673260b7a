"""Opens the database: durable, shared between processes, and brought up to date.

Every repetition is a transaction of its own in write-ahead mode: a process that is killed loses no
repetition it had written, and a second process waits instead of failing.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from formcheck.errors import FormcheckError
from formcheck.files.checked_fields import printable
from formcheck.history.migrations import APPLICATION_ID, STEPS

BUSY_S = 10.0
"""How long a process waits for another process to finish its transaction."""

HEADER = b"SQLite format 3\x00"


class HistoryError(FormcheckError):
    """The history can't be read or written."""


def connect(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """Returns a connection to the database at a path, creating or updating the database as needed.

    A file that may only be read is opened for reading; writing to it then raises. Without a file,
    and without `create`, the connection is to an empty database in memory.

    Raises
    ------
    HistoryError
        The database can't be opened: the message says why, and what to do.
    """
    with translated(path):
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(path)
        there = create or path.exists()
        connection = _opened(path) if there else sqlite3.connect(":memory:", isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            # Ctrl-C included: no other code knows of the connection yet.
            connection.close()
            raise
        return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns errors of SQLite and of the disk into one sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise HistoryError(_sentence(path, error)) from error
    except UnicodeDecodeError as error:
        raise HistoryError(_damaged(path, "a text in it is not UTF-8")) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise HistoryError(foreign_content(path, error)) from error


def foreign_content(path: Path, why: object) -> str:
    """Returns the sentence for a database with values in it that formcheck does not write."""
    return (
        f"The history '{path}' holds what formcheck did not write ({str(why).rstrip('.')}): move it"
        " away, then bring your last export back with 'formcheck history import'."
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Writes everything in the block, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Ctrl-C included. On a full disk SQLite has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_foreign(path: Path) -> None:
    """Refuses a file that is no database before SQLite opens it; an empty file is a new one."""
    if not path.exists():
        return
    if not path.is_file():
        raise HistoryError(f"The history '{path}' is not a file: move it away.")
    with path.open("rb") as file:
        start = file.read(len(HEADER))
    if start and start != HEADER:
        raise HistoryError(_damaged(path, "it is not a database"))


def _opened(path: Path) -> sqlite3.Connection:
    def open_as(mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?{mode}",
            uri=True,
            timeout=BUSY_S,
            isolation_level=None,
            # A run begins in one thread and is judged in another; HistoryLog lets in one at a time.
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error:
            # SQLite opens the file only now, and the file may not be a database at all.
            connection.close()
            raise
        return connection

    try:
        return open_as("mode=rwc")
    except sqlite3.OperationalError:
        # On a read-only disk SQLite can't create its files beside the database either.
        if not path.is_file() or path.with_name(f"{path.name}-wal").exists():
            raise
        return open_as("mode=ro&immutable=1")


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    # SQLite overwrites what it deletes: "forget" leaves no traces.
    connection.execute("PRAGMA secure_delete = ON")
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise HistoryError(_damaged(path, "its pages do not fit together"))
    version = _version(connection)
    # In this order: another process may be filling a new database, mark and tables at once.
    filled = not _empty(connection)
    marked = connection.execute("PRAGMA application_id").fetchone()[0]
    if filled and marked != APPLICATION_ID:
        raise HistoryError(f"'{path}' is another program's database: choose another folder.")
    if version > len(STEPS):
        raise HistoryError(
            f"The history '{path}' was written by a newer formcheck: update formcheck to use it."
        )
    if version < len(STEPS):
        _to_write_ahead(connection)
        _migrate(connection)
    connection.execute("PRAGMA synchronous = FULL")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _to_write_ahead(connection: sqlite3.Connection) -> None:
    """Changes to write-ahead mode; SQLite does not wait for other processes here."""
    deadline_s = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline_s:
                raise
            time.sleep(0.05)


def _migrate(connection: sqlite3.Connection) -> None:
    """Takes all missing steps in one transaction."""
    with transaction(connection):
        # Asked again: another process may have done it while this one waited.
        for version in range(_version(connection), len(STEPS)):
            for statement in STEPS[version].split(";"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _sentence(path: Path, error: sqlite3.Error | OSError) -> str:
    # SQLite quotes what it found, and a damaged file may hold anything.
    text = printable(" ".join(str(error).split()))
    if isinstance(error, OSError):
        return (
            f"The history '{path}' can't be used: {error.strerror or text}. Choose another folder"
            " with --data."
        )
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return _damaged(path, text)
    if "readonly" in text:
        return f"The history '{path}' may only be read: allow writing, or choose another --data."
    if "full" in text:
        return f"The disk of the history '{path}' is full: make room, or choose another --data."
    if "locked" in text:
        return f"The history '{path}' is held by another program: try again when that has ended."
    return f"The history '{path}' can't be used: {text}. Choose another folder with --data."


def _damaged(path: Path, why: str) -> str:
    return (
        f"The history '{path}' is damaged ({why}): move it away, then bring your last export back"
        " with 'formcheck history import'."
    )
