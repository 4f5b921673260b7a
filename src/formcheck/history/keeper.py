"""A live run written into the history while it goes on: a repetition, a transaction."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.frame import SourceInfo
from formcheck.history.clock import now
from formcheck.history.database import HistoryError, transaction, translated
from formcheck.history.document import printable
from formcheck.history.records import LOAD, PAIN, KeptSession, KeptSet
from formcheck.history.rows import (
    calibration_values,
    insert_rep,
    insert_session,
    insert_set,
    notes_text,
    outcome,
)
from formcheck.history.store import History, new_uid
from formcheck.keeping import RunHeader
from formcheck.pose import Side
from formcheck.session import Rep, Session


class HistoryKeeper:
    """Keeps one run in the history; a `formcheck.keeping.Keeper`.

    Each call is a transaction of its own, from whichever thread it comes. The database is opened
    when the run begins and let go of when it has ended.

    Parameters
    ----------
    folder : Path
        Where the history is.
    clock : callable
        Tells the moment the run ends; None for the real one.

    Raises
    ------
    OutputError
        From any method: the history can't be written.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] | None = None) -> None:
        self._folder = folder
        self._clock = clock or now
        self._history: History | None = None
        self._lock = threading.Lock()
        self._number = 0
        self._sets: dict[int, int] = {}
        self._kept: set[tuple[Side, float]] = set()
        self._load = ""
        self._notes: dict[str, str | float] = {}

    @property
    def number(self) -> int:
        """What the history calls the session; 0 before it begins."""
        return self._number

    def begin(self, header: RunHeader) -> None:
        """Write down that a run begins, and what was asked for."""
        with self._as_output():
            self._history = History(self._folder)
            kept = KeptSession(
                uid=new_uid(),
                started_at=header.started_at,
                ended_at=None,
                exercise=header.exercise,
                origin="run",
                source=SourceInfo(path=header.source, width=0, height=0),
                settings=header.settings,
                model=header.model,
                formcheck=header.formcheck,
            )
            with self._writing() as connection:
                self._number = insert_session(connection, kept)

    def keep_rep(self, set_number: int, rep: Rep) -> None:
        """Write down a repetition of a set."""
        with self._as_output(), self._writing() as connection:
            insert_rep(connection, self._set(connection, set_number), rep)
        self._kept.add((rep.side, rep.start_s))

    def note(self, name: str, value: str | float) -> None:
        """Write down a load, a pain, or anything else that is known of the run."""
        with self._as_output(), self._writing() as connection:
            if name == LOAD:
                self._load = printable(str(value))
            elif name == PAIN:
                set_id = self._set(connection, max(self._sets, default=1))
                pain = min(10, max(0, round(float(value))))
                connection.execute("UPDATE sets SET pain = ? WHERE id = ?", (pain, set_id))
            else:
                self._notes[name] = value
                connection.execute(
                    "UPDATE sessions SET notes = ? WHERE id = ?",
                    (notes_text(self._notes), self._number),
                )

    def finish(self, session: Session) -> None:
        """Write down how it ended, with the repetitions that ended only with it."""
        late = [rep for rep in session.reps if (rep.side, rep.start_s) not in self._kept]
        with self._as_output(), self._writing() as connection:
            for rep in late:
                number = rep.set_number or max(self._sets, default=1)
                insert_rep(connection, self._set(connection, number), rep)
            found = outcome(
                source=session.source,
                view=session.view,
                sides=session.sides,
                calibration=calibration_values(session.calibration),
                problems=session.problems,
            )
            columns = ", ".join(f"{name} = ?" for name in (*found, "ended_at"))
            connection.execute(
                f"UPDATE sessions SET {columns} WHERE id = ?",
                (*found.values(), self._clock().isoformat(timespec="seconds"), self._number),
            )
        self.close()

    def close(self) -> None:
        """Let go of the database; a run that was not finished stays as far as it got."""
        if self._history is not None:
            with self._as_output():
                self._history.close()
            self._history = None

    def _set(self, connection: sqlite3.Connection, number: int) -> int:
        """Return the id of a set, which is written down with its first repetition."""
        if number not in self._sets:
            kept = KeptSet(number=number, load=self._load)
            self._sets[number] = insert_set(connection, self._number, kept)
        return self._sets[number]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._history is None:
            raise HistoryError("Nothing can be kept of a run that has not begun.")
        connection, sets = self._history.connection, dict(self._sets)
        try:
            with self._lock, translated(self._history.path), transaction(connection):
                yield connection
        except BaseException:
            # Whatever rolled it back, a set that was rolled back is not there.
            self._sets = sets
            raise

    @staticmethod
    @contextmanager
    def _as_output() -> Iterator[None]:
        try:
            yield
        except HistoryError as error:
            raise OutputError(str(error)) from error
