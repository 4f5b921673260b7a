"""From recordings and what is asked of them to jobs: the command line's word, then the manifest's.

Everything that can be wrong about a manifest is found here, before the first frame is read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from formcheck.batch.inputs import Recording
from formcheck.batch.job import AUTO, Job
from formcheck.errors import ManifestError, UsageError
from formcheck.exercises import get_exercise
from formcheck.pose import Side
from formcheck.recording import NOT_CHOSEN, NOT_TURNED, is_pose_file

NO_EXERCISE = (
    "Which exercise does '{path}' show? Name it with --exercise, as in `formcheck exercises`, or in"
    " the column 'exercise' of a formcheck.csv."
)
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


def plan_jobs(recordings: Sequence[Recording], asked: Job) -> list[Job]:
    """Return a job for each recording.

    Parameters
    ----------
    recordings : sequence of Recording
        With what a manifest says of each.
    asked : Job
        What was asked for all of them; its `exercise` may be empty where a manifest names it.

    Raises
    ------
    UsageError
        An exercise is missing or unknown, or a cell of a manifest says nothing that makes sense.
    """
    jobs = []
    for recording in recordings:
        job = replace(asked, path=recording.path, name=recording.name, **_settings(recording))
        if not job.exercise:
            raise UsageError(NO_EXERCISE.format(path=recording.path))
        if job.exercise != AUTO:
            get_exercise(job.exercise)
        if job.rotate_deg is not None and is_pose_file(job.path):
            raise UsageError(NOT_TURNED)
        if job.person is not None and is_pose_file(job.path):
            raise UsageError(NOT_CHOSEN)
        # Refuses a stretch that ends before it begins.
        _ = job.reading
        jobs.append(job)
    return jobs


def _settings(recording: Recording) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for column, cell in recording.settings.items():
        name, read, words = _CELLS[column]
        try:
            settings[name] = read(cell)
        except ValueError:
            raise ManifestError(
                f"'{cell}' makes no sense as '{column}' of '{recording.path}': {words}."
            ) from None
    return settings


def _side(cell: str) -> Side | None:
    return None if cell.lower() == "auto" else Side(cell.lower())


def _flag(cell: str) -> bool:
    if cell.lower() not in _YES + _NO:
        raise ValueError
    return cell.lower() in _YES


def _hold_s(cell: str) -> float:
    seconds = _seconds(cell)
    if not 1.0 <= seconds <= 300.0:
        raise ValueError
    return seconds


def _seconds(cell: str) -> float:
    seconds = float(cell.replace(",", "."))
    if not math.isfinite(seconds) or seconds < 0:
        raise ValueError
    return seconds


def _quarter(cell: str) -> int:
    if int(cell) not in (0, 90, 180, 270):
        raise ValueError
    return int(cell)


def _number(cell: str) -> int:
    if int(cell) < 1:
        raise ValueError
    return int(cell)


_CELLS: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "exercise": ("exercise", str, "name one of `formcheck exercises`"),
    "side": ("side", _side, "say left, right, both or auto"),
    "strict": ("strict", _flag, "say yes or no"),
    "hold_s": ("hold_s", _hold_s, "give 1 to 300 seconds"),
    "from_s": ("from_s", _seconds, "give seconds from the beginning"),
    "to_s": ("to_s", _seconds, "give seconds from the beginning"),
    "rotate": ("rotate_deg", _quarter, "give 0, 90, 180 or 270"),
    "person": ("person", _number, "give 1 for the leftmost, 2 for the next, and so on"),
}
