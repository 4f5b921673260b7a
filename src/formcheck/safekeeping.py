"""A run is kept in the history; where that can't be written, in a file beside it, or elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.history.keeper import HistoryKeeper
from formcheck.history.records import LOAD
from formcheck.keeping import Keeper, RunHeader
from formcheck.reports.journal import Journal, fresh_path
from formcheck.session import Rep, Session

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
