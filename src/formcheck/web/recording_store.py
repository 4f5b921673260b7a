"""Recordings that came through the browser: where they lie, and what is known of each.

Each has a folder of its own, with a name that this program makes up; the name that the file had in
the browser is only shown.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError, OutputError, UsageError
from formcheck.files.checked_fields import Fields
from formcheck.files.writing import write_text
from formcheck.history.days import now
from formcheck.history.folder import RECORDINGS

FILM, STATE, RESULTS = "film", "state.json", "analysis"
REPORT = f"{RESULTS}.report"
"""The folder of a recording's report; `analysis` names it after the job."""

MOST_RECORDINGS = 200
SPARE_BYTES = 200_000_000
"""Room on the disk that an upload leaves for everything else."""

_ID = re.compile(r"[0-9a-f]{16}")


class Stage(str, Enum):
    """How far a recording is."""

    WAITING = "waiting"
    ANALYSING = "analysing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecording:
    """What is known of one recording.

    Attributes
    ----------
    id : str
        Name of its folder.
    name : str
        What the file was called in the browser, in one line.
    exercise : str
        Slug, or `auto`.
    stage : Stage
        How far it is.
    added_at, recorded_at : str
        Moments in ISO 8601; `recorded_at` is empty where the browser did not say.
    text : str
        Counts in words, or why it failed.
    kept : bool
        Whether its session is in the history.
    """

    id: str
    name: str
    exercise: str
    stage: Stage = Stage.WAITING
    added_at: str = ""
    recorded_at: str = ""
    text: str = ""
    kept: bool = False

    def plain(self) -> dict[str, Any]:
        """Returns it as plain values."""
        return asdict(self) | {"stage": self.stage.value}


class RecordingStore:
    """The recordings in a data folder.

    Parameters
    ----------
    folder : Path
        The data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / RECORDINGS

    def folder(self, id: str) -> Path:
        """Returns the folder of a recording; raises `UsageError` for anything but an identity."""
        if not _ID.fullmatch(id) or not (self._folder / id).is_dir():
            raise UsageError("There is no such recording.")
        return self._folder / id

    def all(self) -> list[StoredRecording]:
        """Returns all recordings, the newest first."""
        folders = self._folder.glob("*") if self._folder.is_dir() else ()
        found = [self._read(folder) for folder in folders if _ID.fullmatch(folder.name)]
        return sorted((one for one in found if one), key=lambda one: one.added_at, reverse=True)

    def one(self, id: str) -> StoredRecording:
        """Returns a recording; raises `UsageError` if there is none."""
        found = self._read(self.folder(id))
        if found is None:
            raise UsageError("There is no such recording.")
        return found

    def change(self, id: str, **values: Any) -> StoredRecording:
        """Changes what is known of a recording, and returns it."""
        changed = replace(self.one(id), **values)
        self._write(changed)
        return changed

    async def add(
        self,
        pieces: AsyncIterator[bytes],
        *,
        name: str,
        exercise: str,
        recorded_at: datetime | None,
        size: int | None,
    ) -> StoredRecording:
        """Writes a recording piece by piece to the disk; keeps nothing of one that breaks off.

        Parameters
        ----------
        pieces : async iterator of bytes
            Its content.
        name, exercise : str
            See `StoredRecording`.
        recorded_at : datetime | None
            When it was filmed, as far as the browser knows.
        size : int | None
            Its length in bytes, as far as the browser said.

        Raises
        ------
        OutputError
            There is no room for it.
        UsageError
            There are too many recordings.
        """
        if len(self.all()) >= MOST_RECORDINGS:
            raise UsageError(f"There are {MOST_RECORDINGS} recordings already: delete some.")
        id = secrets.token_hex(8)
        folder = self._folder / id
        try:
            folder.mkdir(parents=True, mode=0o700)
            self._refuse_without_room(size or 0)
            with (folder / FILM).open("wb") as file:
                async for piece in pieces:
                    file.write(piece)
            made = StoredRecording(
                id=id,
                name=name,
                exercise=exercise,
                added_at=now().isoformat(),
                recorded_at="" if recorded_at is None else recorded_at.isoformat(),
            )
            self._write(made)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise OutputError(f"The recording can't be stored: {error.strerror}.") from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return made

    def delete(self, id: str) -> None:
        """Deletes a recording, its report included."""
        shutil.rmtree(self.folder(id), ignore_errors=True)

    def drop_film(self, id: str) -> None:
        """Deletes the film of a recording whose report is kept."""
        (self.folder(id) / FILM).unlink(missing_ok=True)

    def tidy(self) -> list[str]:
        """Removes what an end in the midst left; returns the recordings that still wait."""
        waiting = []
        for folder in self._folder.glob("*") if self._folder.is_dir() else ():
            found = self._read(folder)
            if found is None:
                shutil.rmtree(folder, ignore_errors=True)
            elif found.stage in (Stage.WAITING, Stage.ANALYSING):
                waiting.append(self.change(found.id, stage=Stage.WAITING).id)
        return waiting

    def report_file(self, id: str, name: str) -> Path:
        """Returns a file of a recording's report; raises `UsageError` for any other."""
        folder = (self.folder(id) / REPORT).resolve()
        path = (folder / name).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise UsageError("There is no such file in the report.")
        return path

    def _refuse_without_room(self, size: int) -> None:
        free = shutil.disk_usage(self._folder).free
        if free < size + SPARE_BYTES:
            raise OutputError(
                f"There is no room for it: {free // 1_000_000} MB are free, and it needs"
                f" {(size + SPARE_BYTES) // 1_000_000} MB."
            )

    def _read(self, folder: Path) -> StoredRecording | None:
        with suppress(OSError, ValueError, RecursionError, FormcheckError):
            read = Fields(json.loads((folder / STATE).read_text(encoding="utf-8")))
            return StoredRecording(
                id=folder.name,
                name=read.line("name"),
                exercise=read.text("exercise"),
                stage=Stage(read.choice("stage", [stage.value for stage in Stage])),
                added_at=read.text("added_at"),
                recorded_at=read.text("recorded_at"),
                text=read.line("text"),
                kept=read.flag("kept"),
            )
        return None

    def _write(self, recording: StoredRecording) -> None:
        write_text(self._folder / recording.id / STATE, json.dumps(recording.plain()))
