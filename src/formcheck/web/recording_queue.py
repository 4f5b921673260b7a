"""Analyses the recordings that wait, one after the other."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from formcheck.analysis.inputs import with_exercise
from formcheck.analysis.job import Done, Job
from formcheck.analysis.to_history import store_recordings
from formcheck.core.exercise.adjustment import Adjustment
from formcheck.errors import FormcheckError, UsageError
from formcheck.files.session_json import read_json
from formcheck.history.folder import RECORDINGS
from formcheck.web.recording_process import work
from formcheck.web.recording_store import FILM, RESULTS, RecordingStore, Stage

CRASHED = "The analysis broke off: the file may be damaged. Analyse it again, or delete it."
Analyst = Callable[[Job, str, Connection], None]


class RecordingQueue:
    """Works through the recordings that wait, each in a process of its own.

    Parameters
    ----------
    store : RecordingStore
        Holds them.
    analyst : function of job, name and connection
        What the process does; it sends dictionaries with `share`, then `text` or `error`.
    different : mapping of str to Adjustment
        What is different for the person in the films, by exercise.
    """

    def __init__(
        self,
        store: RecordingStore,
        analyst: Analyst = work,
        *,
        different: Mapping[str, Adjustment] | None = None,
    ) -> None:
        self._store = store
        self._analyst = analyst
        self._different = different or {}
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._process: SpawnProcess | None = None
        self._current = ""
        self._share = 0.0
        self._worker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to work; recordings that an earlier server left waiting come first."""
        for id in self._store.tidy():
            self._waiting.put_nowait(id)
        self._worker = asyncio.create_task(self._work())

    async def close(self) -> None:
        """Stops; what is being analysed waits for the next server."""
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker
        await self._kill()

    def add(self, id: str) -> None:
        """Adds a recording to those that wait."""
        self._waiting.put_nowait(id)

    def share(self, id: str) -> float:
        """Returns how much of a recording is analysed, 0 to 1."""
        return self._share if id == self._current else 0.0

    async def cancel(self, id: str) -> None:
        """Ends the analysis of a recording, if it is the one being analysed."""
        if id == self._current:
            await self._kill()

    async def _work(self) -> None:
        while True:
            id = await self._waiting.get()
            # It may have been deleted while it waited, or analysed already.
            with suppress(FormcheckError):
                if self._store.one(id).stage is Stage.WAITING:
                    await self._analyse(id)

    async def _analyse(self, id: str) -> None:
        recording = self._store.change(id, stage=Stage.ANALYSING, text="")
        self._current, self._share = id, 0.0
        try:
            job = job_of(self._store.folder(id), recording.exercise, self._different)
            ended = await self._run(with_exercise(job), recording.name)
        except FormcheckError as error:
            ended = {"error": str(error)}
        finally:
            self._current = ""
        if "text" in ended:
            self._store.change(id, stage=Stage.DONE, text=str(ended["text"]))
        else:
            self._store.change(id, stage=Stage.FAILED, text=str(ended.get("error", CRASHED)))

    async def _run(self, job: Job, name: str) -> dict[str, Any]:
        """Runs the process and returns its last word; nothing if it was killed."""
        context = multiprocessing.get_context("spawn")
        told, tells = context.Pipe(duplex=False)
        self._process = context.Process(target=self._analyst, args=(job, name, tells), daemon=True)
        last: dict[str, Any] = {}
        try:
            await asyncio.to_thread(self._process.start)
            # The process has its own end; while this one is open, the pipe never ends.
            tells.close()
            with suppress(EOFError, OSError):
                while True:
                    last = await asyncio.to_thread(told.recv)
                    self._share = float(last.get("share", self._share))
        finally:
            await self._kill()
            told.close()
        return last

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.pid is not None:
            process.kill()
            await asyncio.to_thread(process.join)


def job_of(folder: Path, exercise: str, different: Mapping[str, Adjustment]) -> Job:
    """Returns the job of a recording in its folder.

    Parameters
    ----------
    folder : Path
        The recording's folder.
    exercise : str
        Slug, or `auto`.
    different : mapping of str to Adjustment
        What is different for the person, by exercise.
    """
    return Job(
        path=folder / FILM,
        exercise=exercise,
        out=folder,
        name=RESULTS,
        also=frozenset({"report"}),
        again=True,
        adjustments=different,
    )


def keep(store: RecordingStore, id: str, warnings: list[str]) -> None:
    """Puts the session of an analysed recording into the history, and deletes its film.

    Raises
    ------
    FormcheckError
        It is not analysed, or can't be stored.
    """
    recording, folder = store.one(id), store.folder(id)
    plain = read_json(folder / f"{RESULTS}.session.json")
    if recording.stage is not Stage.DONE or plain is None:
        raise UsageError("It is not analysed yet.")
    if recording.kept or not (folder / FILM).is_file():
        return
    at = datetime.fromisoformat(recording.recorded_at) if recording.recorded_at else None
    done = Done(job=job_of(folder, plain["exercise"], {}), plain=plain)
    data = folder.parent.parent
    assert folder.parent.name == RECORDINGS
    store_recordings([done], data, recorded_at=at, load="", warn=warnings.append)
    store.change(id, kept=True)
    store.drop_film(id)
