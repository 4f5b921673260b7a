"""Analyses one recording in a process of its own: `python -m formcheck.web.recording_process`.

A film from outside is decoded here and not in the server: what crashes a decoder, or takes a lot of
memory, ends this process alone, and cancelling is killing it. Each line of its output is JSON:
`share` done, then `text`, or `error`.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from dataclasses import replace
from typing import Any

from formcheck.analysis.analyze import read_poses
from formcheck.analysis.job import Job, conclude, phases
from formcheck.analysis.recognition import AUTO
from formcheck.core.checker.session import Counts
from formcheck.core.checker.wording import counts_text
from formcheck.errors import FormcheckError, NotRecognised

UNKNOWN = "Which exercise it shows can't be told: choose the exercise, and analyse it again."
NICE = 10


def analyse(job: Job, name: str) -> str:
    """Analyses a recording, writes its report, and returns its counts in words.

    Parameters
    ----------
    job : Job
        The request.
    name : str
        What the report calls the recording.

    Raises
    ------
    FormcheckError
        It can't be analysed.
    """
    reading, drawing = phases(job, _tell_share)
    recording, problems = read_poses(job.request, job.known_exercise(), on_progress=reading)
    named = replace(recording, source=replace(recording.source, path=name))
    done = conclude(job, named, problems, None, on_progress=drawing)
    counts = counts_text(Counts(**done.plain["counts"]))
    return f"{done.exercise.title}: {counts}" if job.exercise == AUTO else counts


def _tell_share(done_s: float, total_s: float | None) -> None:
    if total_s:
        _tell(share=round(min(1.0, done_s / total_s), 3))


def _tell(**values: Any) -> None:
    print(json.dumps(values), flush=True)


def main() -> int:
    """Analyses the recording whose job and name the server pickled into the standard input."""
    job, name = pickle.load(sys.stdin.buffer)
    if hasattr(os, "nice"):
        # A run that is going on comes first.
        os.nice(NICE)
    try:
        _tell(text=analyse(job, name))
    except NotRecognised:
        _tell(error=UNKNOWN)
    except FormcheckError as error:
        _tell(error=str(error).replace(str(job.path), name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
