"""One recording to analyse: what is asked of it, and the work itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis import judge, record
from formcheck.exercise import timed_hold
from formcheck.exercises import get_exercise
from formcheck.pose import Side
from formcheck.reports.csv_report import write_csv
from formcheck.reports.json_report import write_json
from formcheck.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One recording to analyse, and what to write of it.

    Attributes
    ----------
    path : Path
        A video or a file of saved poses.
    exercise : str
        Slug.
    side, strict, hold_s, rotate_deg, model
        As for `formcheck.analyze`.
    out : Path | None
        Folder for NAME.session.json and NAME.frames.csv.
    csv_path, poses_path : Path | None
        Files for the measures of each frame and for the poses.
    """

    path: Path
    exercise: str
    side: Side | None = None
    strict: bool = False
    hold_s: float | None = None
    rotate_deg: int | None = None
    model: Path | None = None
    out: Path | None = None
    csv_path: Path | None = None
    poses_path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished job."""

    job: Job
    session: Session


def run_job(job: Job, progress: Callable[[float, float | None], None] | None = None) -> Done:
    """Analyse one recording and write what was asked for; a `FormcheckError` says what failed."""
    exercise = get_exercise(job.exercise)
    if job.hold_s is not None:
        exercise = timed_hold(exercise, job.hold_s)
    recording, problems = record(
        job.path, exercise, model=job.model, rotate_deg=job.rotate_deg, progress=progress
    )
    # The poses took the longest: they are safe before anything else can fail.
    if job.poses_path is not None:
        recording.save(job.poses_path)
    analysis = judge(
        recording,
        exercise,
        side=job.side,
        strict=job.strict,
        problems=problems,
    )
    if job.out is not None:
        write_json(analysis.session, job.out / f"{job.path.stem}.session.json")
        write_csv(analysis.reports, job.out / f"{job.path.stem}.frames.csv")
    if job.csv_path is not None:
        write_csv(analysis.reports, job.csv_path)
    return Done(job=job, session=analysis.session)
