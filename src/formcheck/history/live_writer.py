"""A live run written into the history while it goes on: each repetition is a transaction.

Where the history can't be written, the run goes into a file beside it, or elsewhere.
"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from formcheck.core.checker.session import Rep, Session
from formcheck.core.coaching.run_log import RunHeader, RunLog
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.errors import OutputError
from formcheck.files.checked_fields import printable
from formcheck.files.run_journal import Journal, fresh_path
from formcheck.history.database import HistoryError, transaction, translated
from formcheck.history.days import now
from formcheck.history.rows import (
    calibration_values,
    insert_rep,
    insert_session,
    insert_set,
    notes_text,
    outcome,
)
from formcheck.history.store import History, new_uid
from formcheck.training.stored_session import LOAD, PAIN, StoredSession, StoredSet


class HistoryLog:
    """Writes one run into the history; a `formcheck.core.coaching.run_log.RunLog`.

    Each call is a transaction of its own, from whichever thread it comes. The run opens the
    database when it begins and closes it when it ends.

    Parameters
    ----------
    folder : Path
        Where the history is.
    clock : callable
        Returns the moment the run ends; None for the system clock.

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
        self._written: set[tuple[Side, float]] = set()
        self._load = ""
        self._notes: dict[str, str | float] = {}

    @property
    def number(self) -> int:
        """Number of the session in the history; 0 before the run begins."""
        return self._number

    def begin(self, header: RunHeader) -> None:
        """Opens the database and inserts the session, with what was asked for."""
        with self._as_output():
            self._history = History(self._folder)
            stored = StoredSession(
                uid=new_uid(),
                started_at=header.started_at,
                ended_at=None,
                exercise=header.exercise,
                origin="run",
                source=SourceInfo(path=header.source, width=0, height=0),
                settings=header.settings,
                model=header.model,
                formcheck=header.formcheck,
                rules=header.rules,
            )
            with self._writing() as connection:
                self._number = insert_session(connection, stored)

    def add_rep(self, set_number: int, rep: Rep) -> None:
        """Inserts a repetition of a set."""
        with self._as_output(), self._writing() as connection:
            insert_rep(connection, self._set(connection, set_number), rep)
        self._written.add((rep.side, rep.start_s))

    def note(self, name: str, value: str | float) -> None:
        """Writes a load, a pain, or anything else that is known of the run."""
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
        """Writes how the run ended, with the repetitions that ended only with it."""
        late = [rep for rep in session.reps if (rep.side, rep.start_s) not in self._written]
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
        """Closes the database; a run that was not finished stays as far as it got."""
        if self._history is not None:
            with self._as_output():
                self._history.close()
            self._history = None

    def _set(self, connection: sqlite3.Connection, number: int) -> int:
        """Returns the id of a set, inserting the set with its first repetition."""
        if number not in self._sets:
            stored = StoredSet(number=number, load=self._load)
            self._sets[number] = insert_set(connection, self._number, stored)
        return self._sets[number]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._history is None:
            raise HistoryError("Nothing can be written of a run that has not begun.")
        connection, sets = self._history.connection, dict(self._sets)
        try:
            with self._lock, translated(self._history.path), transaction(connection):
                yield connection
        except BaseException:
            # The transaction took back the sets it had inserted, whatever the error was.
            self._sets = sets
            raise

    @staticmethod
    @contextmanager
    def _as_output() -> Iterator[None]:
        try:
            yield
        except HistoryError as error:
            raise OutputError(str(error)) from error


WAIT_S = 0.02
"""How long the run waits for the disk at most: less than a frame takes."""


class LiveWriter:
    """Writes a run into the history; if that fails, all of the run goes into a file instead.

    The file is a journal, which `formcheck history import` reads. It lies beside the history; where
    that folder has no room either, in the current folder or in the folder for temporary files. A
    thread of its own does the writing, and the run waits for it only shortly, so that a slow disk
    delays no frame; `finish` waits for all of it.

    Parameters
    ----------
    folder : Path
        Where the history is.
    warn : callable
        Gets the sentence that names the file.
    loads : sequence of str
        Band or weight of each set; the last load holds for all later sets. Empty without loads.

    Raises
    ------
    OutputError
        From `finish`: something could not be written anywhere.
    """

    def __init__(
        self, folder: Path, warn: Callable[[str], None], *, loads: Sequence[str] = ()
    ) -> None:
        self._folder = folder
        self._warn = warn
        self._loads = list(loads)
        self._history = HistoryLog(folder)
        self._log: RunLog = self._history
        self._noted: list[str] = []
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="live-writer")
        self._writing: list[Future[None]] = []
        self._told: list[Callable[[RunLog], None]] = []
        self._name = "rescued.jsonl"

    @property
    def number(self) -> int | None:
        """Number of the session in the history; None if the run is not in the history."""
        return self._history.number if self._log is self._history else None

    def begin(self, header: RunHeader) -> None:
        """Begins the run."""
        self._name = f"rescued-{header.started_at:%Y%m%d-%H%M%S}.jsonl"
        self._tell(lambda log: log.begin(header))
        self._note_load(1)

    def add_rep(self, set_number: int, rep: Rep) -> None:
        """Adds a repetition."""
        self._note_load(set_number)
        self._tell(lambda log: log.add_rep(set_number, rep))

    def note(self, name: str, value: str | float) -> None:
        """Notes anything else that is known of the run."""
        self._tell(lambda log: log.note(name, value))

    def finish(self, session: Session) -> None:
        """Finishes the run, and waits until all of it is written."""
        self._tell(lambda log: log.finish(session))
        self._writer.shutdown()
        for written in self._writing:
            written.result()

    def _note_load(self, set_number: int) -> None:
        """Notes the loads of all sets up to this number, each load once."""
        while self._loads and len(self._noted) < set_number:
            load = self._loads.pop(0)
            if load != (self._noted or [""])[-1]:
                self.note(LOAD, load)
            self._noted.append(load)

    def _tell(self, what: Callable[[RunLog], None]) -> None:
        writing = self._writer.submit(self._write, what)
        self._writing.append(writing)
        # Most writes end within this time, before the run announces the repetition.
        wait([writing], timeout=WAIT_S)

    def _write(self, what: Callable[[RunLog], None]) -> None:
        self._told.append(what)
        try:
            what(self._log)
        except OutputError as error:
            if self._log is not self._history:
                raise
            self._history.close()
            self._log = self._rescued(error)

    def _rescued(self, error: OutputError) -> Journal:
        """Returns a journal that holds everything told so far."""
        for place in (self._folder, Path(), Path(tempfile.gettempdir())):
            journal = Journal(fresh_path(place / self._name))
            try:
                for told in self._told:
                    told(journal)
            except OutputError:
                _drop(journal)
                continue
            path = journal.path.absolute()
            self._warn(
                f"{error} This session is written to '{path}' instead: 'formcheck history import"
                f" {path}' brings it in later."
            )
            return journal
        raise error


def _drop(journal: Journal) -> None:
    """Removes a journal that could not be written; closing it may fail once more."""
    with suppress(OSError):
        journal.close()
    with suppress(OSError):
        journal.path.unlink(missing_ok=True)
