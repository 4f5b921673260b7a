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
from formcheck.core.coaching.run_log import Keeper, RunHeader
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.errors import OutputError
from formcheck.files.run_journal import Journal, fresh_path
from formcheck.history.database import HistoryError, transaction, translated
from formcheck.history.days import now
from formcheck.history.document import printable
from formcheck.history.rows import (
    calibration_values,
    insert_rep,
    insert_session,
    insert_set,
    notes_text,
    outcome,
)
from formcheck.history.store import History, new_uid
from formcheck.training.kept_session import LOAD, PAIN, KeptSession, KeptSet


class HistoryKeeper:
    """Keeps one run in the history; a `formcheck.core.coaching.run_log.Keeper`.

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


WAIT_S = 0.02
"""How long to wait for the disk at most: less than a frame takes."""


class Safekeeper:
    """Keeps a run in the history, and if that fails, all of it so far and from then on in a file.

    The file is a journal, which `formcheck history import` reads. It goes beside the history, or,
    where there is no room either, into the current folder or the one for temporary files. All
    writing is done in a thread of its own, and waited for only shortly, so that a slow disk holds
    up no frame; `finish` waits for all of it.

    Parameters
    ----------
    folder : Path
        Where the history is.
    warn : callable
        Gets the sentence that says where the run is kept instead.
    loads : sequence of str
        Band or weight of each set; the last one goes on. Empty if none is used.

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
        self._history = HistoryKeeper(folder)
        self._keeper: Keeper = self._history
        self._noted: list[str] = []
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="keeper")
        self._writing: list[Future[None]] = []
        self._told: list[Callable[[Keeper], None]] = []
        self._name = "rescued.jsonl"

    @property
    def number(self) -> int | None:
        """What the history calls the session; None if it is not in the history."""
        return self._history.number if self._keeper is self._history else None

    def begin(self, header: RunHeader) -> None:
        """Take note that a run begins."""
        self._name = f"rescued-{header.started_at:%Y%m%d-%H%M%S}.jsonl"
        self._tell(lambda keeper: keeper.begin(header))
        self._note_load(1)

    def keep_rep(self, set_number: int, rep: Rep) -> None:
        """Keep a repetition."""
        self._note_load(set_number)
        self._tell(lambda keeper: keeper.keep_rep(set_number, rep))

    def note(self, name: str, value: str | float) -> None:
        """Keep something else that is known of the run."""
        self._tell(lambda keeper: keeper.note(name, value))

    def finish(self, session: Session) -> None:
        """Keep the finished session."""
        self._tell(lambda keeper: keeper.finish(session))
        self._writer.shutdown()
        for written in self._writing:
            written.result()

    def _note_load(self, set_number: int) -> None:
        """Note the loads up to a set's, each once."""
        while self._loads and len(self._noted) < set_number:
            load = self._loads.pop(0)
            if load != (self._noted or [""])[-1]:
                self.note(LOAD, load)
            self._noted.append(load)

    def _tell(self, what: Callable[[Keeper], None]) -> None:
        writing = self._writer.submit(self._write, what)
        self._writing.append(writing)
        # Mostly it is on the disk before anybody is told of it.
        wait([writing], timeout=WAIT_S)

    def _write(self, what: Callable[[Keeper], None]) -> None:
        self._told.append(what)
        try:
            what(self._keeper)
        except OutputError as error:
            if self._keeper is not self._history:
                raise
            self._history.close()
            self._keeper = self._rescued(error)

    def _rescued(self, error: OutputError) -> Journal:
        """Return a journal that holds everything told so far."""
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
                f"{error} This session is kept in '{path}' instead: 'formcheck history import"
                f" {path}' brings it in later."
            )
            return journal
        raise error


def _drop(journal: Journal) -> None:
    """Leave nothing of a journal that could not be written; closing it may fail once more."""
    with suppress(OSError):
        journal.close()
    with suppress(OSError):
        journal.path.unlink(missing_ok=True)
