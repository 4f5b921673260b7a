"""Puts sessions from recordings into the history; if that fails, into files beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from formcheck.analysis.job import Done, Job
from formcheck.analysis.ledger import sha256
from formcheck.errors import OutputError
from formcheck.estimators.model import model_label
from formcheck.files.checked_fields import Fields
from formcheck.files.pose_file import is_pose_file
from formcheck.files.session_json import plain_text
from formcheck.files.writing import write_text
from formcheck.history.database import HistoryError
from formcheck.history.saved_session import identity, saved_session
from formcheck.history.store import History
from formcheck.training.stored_session import StoredSession


def store_recordings(
    done: Sequence[Done],
    folder: Path,
    *,
    recorded_at: datetime | None,
    load: str,
    warn: Callable[[str], None],
) -> int:
    """Puts the sessions of recordings into the history in a folder; returns their number.

    A recording that is there already is replaced, not added again. If the history can't be written,
    every session goes into a JSON file that `formcheck history import` reads.

    Parameters
    ----------
    done : sequence of Done
        The finished jobs.
    folder : Path
        The history's folder.
    recorded_at : datetime | None
        When they were recorded; None takes each file's modification time, less its length.
    load : str
        Band or weight that was used; empty if none.
    warn : callable
        Gets the sentence that names the file of a session instead.

    Raises
    ------
    OutputError
        The files can't be written either.
    """
    try:
        sessions = [_stored(one, recorded_at, load) for one in done]
        with History(folder) as history:
            return len(history.add_all(sessions, anew=True))
    except HistoryError as error:
        for number, one in enumerate(done, 1):
            _rescue(one, f"rescued-{one.job.path.stem}-{number}.json", folder, error, warn)
        return 0


def _stored(one: Done, recorded_at: datetime | None, load: str) -> StoredSession:
    job = one.job
    changed_at = datetime.fromtimestamp(job.path.stat().st_mtime).astimezone()
    session = saved_session(Fields(one.plain), changed_at)
    started_at = recorded_at or session.started_at
    return replace(
        session,
        uid=identity([sha256(job.path), job.exercise, str(job.side), job.hold_s, *_who(one)]),
        started_at=started_at,
        ended_at=started_at + (changed_at - session.started_at),
        settings=replace(session.settings, side=job.side, strict=job.strict),
        sets=tuple(replace(each, load=load) for each in session.sets),
        model=_model(job),
    )


def _who(one: Done) -> tuple[int, ...]:
    """Returns the number of the judged person; nothing where there was only one."""
    person = one.plain["source"].get("person")
    return () if person is None else (person,)


def _model(job: Job) -> str:
    return "" if is_pose_file(job.path) else model_label(job.model)


def _rescue(
    one: Done, name: str, folder: Path, error: HistoryError, warn: Callable[[str], None]
) -> None:
    text = plain_text(one.plain)
    try:
        path = folder / name
        write_text(path, text)
    except OutputError:
        path = Path(name).absolute()
        write_text(path, text)
    warn(
        f"{error} This session is written to '{path}' instead: 'formcheck history import {path}'"
        " brings it in later."
    )
