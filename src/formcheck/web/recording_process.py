"""Analyses one recording in a process of its own.

A film from outside is decoded here and not in the server: what crashes a decoder, or takes a lot of
memory, ends this process alone, and cancelling is killing it. It sends dictionaries: `share` done,
then `text`, or `error`.
"""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from formcheck.analysis.analyze import read_poses
from formcheck.analysis.job import Job, conclude, phases
from formcheck.analysis.recognition import AUTO
from formcheck.core.checker.session import Counts
from formcheck.core.checker.wording import counts_text
from formcheck.errors import FormcheckError, NotRecognised

UNKNOWN = "Which exercise it shows can't be told: choose the exercise, and analyse it again."
NICE = 10
STDOUT, STDERR = 1, 2


def analyse(job: Job, name: str, tell: Connection) -> str:
    """Analyses a recording, writes its report, and returns its counts in words.

    Parameters
    ----------
    job : Job
        The request.
    name : str
        What the report calls the recording.
    tell : Connection
        Takes the share that is done.

    Raises
    ------
    FormcheckError
        It can't be analysed.
    """

    def tell_share(done_s: float, total_s: float | None) -> None:
        if total_s:
            tell.send({"share": round(min(1.0, done_s / total_s), 3)})

    reading, drawing = phases(job, tell_share)
    recording, problems = read_poses(job.request, job.known_exercise(), on_progress=reading)
    named = replace(recording, source=replace(recording.source, path=name))
    done = conclude(job, named, problems, None, on_progress=drawing)
    counts = counts_text(Counts(**done.plain["counts"]))
    return f"{done.exercise.title}: {counts}" if job.exercise == AUTO else counts


def work(job: Job, name: str, tell: Connection) -> None:
    """Analyses a recording and sends the counts in words, or why there are none.

    Parameters
    ----------
    job, name, tell
        As for `analyse`.
    """
    # On Ctrl-C the server ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What decoders say is not for the terminal of the server.
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (STDOUT, STDERR):
        os.dup2(quiet, stream)
    if hasattr(os, "nice"):
        # A run that is going on comes first.
        os.nice(NICE)
    tell.send(_outcome(job, name, tell))


def _outcome(job: Job, name: str, tell: Connection) -> dict[str, Any]:
    try:
        return {"text": analyse(job, name, tell)}
    except NotRecognised:
        return {"error": UNKNOWN}
    except FormcheckError as error:
        return {"error": str(error).replace(str(job.path), name)}
