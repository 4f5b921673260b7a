"""Processes that work side by side, and go on when one of them dies.

A decoder that crashes on a damaged file, or a machine that runs out of memory, kills a process
without an exception. Its piece of work is tried once more, alone; if that kills a process again,
the piece is given up and the rest goes on. For the same reason the processes report through a bare
pipe, in messages the system writes whole: a queue has a lock that a dead process never releases.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from formcheck.analysis.machine import keep_one_heap
from formcheck.errors import FormcheckError
from formcheck.files.closing import ClosesItself

Note = Callable[[int, float, "float | None"], None]
POLL_S = 0.2
TELL_EVERY_S = 1.0
"""Seconds of recording between two progress messages."""
_STARTED = -1.0

_told: Any = None


class Lost:
    """A piece of work whose process died, twice."""


@dataclass(frozen=True, slots=True)
class _Work:
    number: int
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class Pool(ClosesItself):
    """Runs functions of the kind `function(*arguments, progress)` in processes.

    Parameters
    ----------
    processes : int
        Number of processes.
    note : callable
        Gets the number of a piece of work, the seconds done, and the seconds in all or None.
    """

    def __init__(self, processes: int, note: Note) -> None:
        # Spawned, not forked: MediaPipe's threads do not survive a fork.
        self._context = multiprocessing.get_context("spawn")
        self._reader, self._writer = self._context.Pipe(duplex=False)
        self._processes = processes
        self._note = note
        self._executor = self._start(processes)
        self._pending: dict[Future[Any], _Work] = {}
        self._suspects: list[_Work] = []
        self._begun: set[int] = set()

    def submit(self, number: int, function: Callable[..., Any], *arguments: Any) -> None:
        """Submits `function(*arguments, progress)`; its outcome comes under this number."""
        self._put(_Work(number, function, arguments))

    def outcomes(self) -> Iterator[tuple[int, Any]]:
        """Gives the number and the outcome of each piece of work as it ends.

        The outcome is what the function returned, the `FormcheckError` it raised, or `Lost`. More
        work may be submitted meanwhile.
        """
        while self._pending or self._suspects:
            if not self._pending:
                yield self._alone(self._suspects.pop(0))
                continue
            done, _ = wait(self._pending, POLL_S, FIRST_COMPLETED)
            self._listen()
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                # Work that ended before a process died still counts.
                yield from self._collect(f for f in done if f.exception() is None)
                self._restart()
                continue
            yield from self._collect(done)

    def close(self) -> None:
        """Ends the processes; work that has not begun is dropped."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._reader.close()
        self._writer.close()

    def _start(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            processes, mp_context=self._context, initializer=_begin, initargs=(self._writer,)
        )

    def _put(self, work: _Work) -> None:
        future = self._executor.submit(_run, work.number, work.function, work.arguments)
        self._pending[future] = work

    def _collect(self, futures: Any) -> Iterator[tuple[int, Any]]:
        for future in list(futures):
            work = self._pending.pop(future)
            error = future.exception()
            if error is not None and not isinstance(error, FormcheckError):
                raise error
            yield work.number, future.result() if error is None else error

    def _listen(self) -> None:
        while self._reader.poll():
            number, time_s, total_s = self._reader.recv()
            if time_s == _STARTED:
                self._begun.add(number)
            else:
                self._note(number, time_s, total_s)

    def _restart(self) -> None:
        """Starts new processes for the work that is left; work that had begun is suspect."""
        self._listen()
        left = [work for future, work in self._pending.items() if not _ended(future)]
        ended = {f: w for f, w in self._pending.items() if _ended(f)}
        self._executor.shutdown(wait=True)
        self._executor = self._start(self._processes)
        self._pending = ended
        for work in left:
            if work.number in self._begun:
                self._suspects.append(work)
            else:
                self._put(work)

    def _alone(self, work: _Work) -> tuple[int, Any]:
        with self._start(1) as executor:
            future = executor.submit(_run, work.number, work.function, work.arguments)
            while not future.done():
                wait([future], POLL_S)
                self._listen()
            try:
                return work.number, future.result()
            except FormcheckError as error:
                return work.number, error
            except BrokenProcessPool:
                return work.number, Lost()


def _ended(future: Future[Any]) -> bool:
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _begin(told: Any) -> None:
    global _told  # noqa: PLW0603 - set once, when the process starts
    _told = told
    keep_one_heap()
    # On Ctrl-C the parent speaks for all.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _run(number: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    _told.send((number, _STARTED, None))
    last_s = 0.0

    def progress(time_s: float, total_s: float | None) -> None:
        nonlocal last_s
        if time_s - last_s >= TELL_EVERY_S:
            last_s = time_s
            _told.send((number, time_s, total_s))

    return function(*arguments, progress)
