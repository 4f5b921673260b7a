"""Opens what is to be compared: a session of the history, a session's file, or a recording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from formcheck.analysis.analyze import judge, read_poses
from formcheck.analysis.annotated_video import annotate, reopened
from formcheck.analysis.read_request import ReadRequest
from formcheck.core.checker.session import FrameReport
from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import UsageError
from formcheck.exercises import rules_of
from formcheck.files.checked_fields import Fields
from formcheck.files.session_fields import read_session
from formcheck.files.session_json import read_json
from formcheck.history.store import History
from formcheck.reports.before_after import Subject, courses_of

Named = Callable[[], Exercise]
"""Returns the exercise of a recording; a `UsageError` says that it must be named."""


def open_subject(what: str, folder: Path, exercise: Named, *, video: Path) -> Subject:
    """Returns one side of a comparison.

    Parameters
    ----------
    what : str
        The number of a session in the history, or the path of a session's file or a recording.
    folder : Path
        The folder of the history.
    exercise : callable
        Returns what a recording shows; asked only for a recording.
    video : Path
        Where the annotated video of a recording goes.

    Raises
    ------
    FormcheckError
        There is no such session, or the file can't be read or judged.
    """
    if what.isdecimal() and not Path(what).exists():
        return _stored(int(what), folder)
    path = Path(what)
    if path.suffix.lower() == ".json":
        return _saved(path)
    return _recorded(path, exercise(), video)


def _stored(number: int, folder: Path) -> Subject:
    with History(folder, create=False) as history:
        stored = history.session(number)
    at = stored.started_at
    return Subject(
        name=f"session {number}, {at.day} {at:%B %Y}",
        session=stored.as_session(),
        rules=rules_of(stored),
    )


def _saved(path: Path) -> Subject:
    plain = read_json(path)
    if plain is None:
        raise UsageError(
            f"'{path}' is no session of formcheck: name what --json or --out wrote, a recording, or"
            " the number of a session in 'formcheck history'."
        )
    session = read_session(Fields(plain))
    return Subject(name=path.name, session=session, rules=rules_of(session))


def _recorded(path: Path, exercise: Exercise, video: Path) -> Subject:
    request = ReadRequest(path=path)
    recording, problems = read_poses(request, exercise)
    reports: list[FrameReport] = []
    analysis = judge(recording, exercise, problems=problems, watch=reports.append)
    analysis = replace(analysis, reports=tuple(reports))
    annotate(reopened(request, recording), analysis, exercise, video=video)
    return Subject(
        name=path.name,
        session=analysis.session,
        rules=exercise,
        courses=courses_of(reports, analysis.session),
        video=video.name,
    )
