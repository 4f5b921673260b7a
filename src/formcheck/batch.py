"""Several recordings in one go: each by itself, one bad file never stopping the rest."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.analysis import judge, record
from formcheck.errors import FormcheckError
from formcheck.exercise import timed_hold
from formcheck.exercises import get_exercise
from formcheck.pose import Side
from formcheck.reports.csv_report import write_csv
from formcheck.reports.json_report import write_json
from formcheck.session import Session

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


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


def analyze_all(
    jobs: Sequence[Job],
    *,
    processes: int = 1,
    on_error: Callable[[Job, FormcheckError], None],
) -> list[Done]:
    """Run all jobs, with a progress bar on stderr, and return the finished ones in order.

    Parameters
    ----------
    jobs : sequence of Job
        What to do.
    processes : int
        How many at the same time.
    on_error : callable
        Told of each job that failed; the others go on.
    """
    if processes > 1 and len(jobs) > 1:
        return _in_processes(jobs, processes, on_error)
    done = []
    with _bar() as bar:
        for job in jobs:
            task = bar.add_task(job.path.name, total=None)

            def show(time_s: float, duration_s: float | None, task: int = task) -> None:
                bar.update(task, completed=time_s, total=duration_s)  # type: ignore[arg-type]

            try:
                done.append(run_job(job, show))
            except FormcheckError as error:
                on_error(job, error)
            bar.remove_task(task)
    return done


def _in_processes(
    jobs: Sequence[Job], processes: int, on_error: Callable[[Job, FormcheckError], None]
) -> list[Done]:
    # Spawned, not forked: MediaPipe's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    finished: dict[int, Done] = {}
    with _bar() as bar, ProcessPoolExecutor(processes, mp_context=context) as pool:
        task = bar.add_task("videos", total=len(jobs))
        numbers = {pool.submit(run_job, job): number for number, job in enumerate(jobs)}
        for future in as_completed(numbers):
            number = numbers[future]
            try:
                finished[number] = future.result()
            except FormcheckError as error:
                on_error(jobs[number], error)
            except BrokenProcessPool:
                lost = FormcheckError(
                    f"The process analysing '{jobs[number].path}' died: try it by itself."
                )
                on_error(jobs[number], lost)
            bar.advance(task)
    return [finished[number] for number in sorted(finished)]


@contextmanager
def _bar() -> Iterator[Bar]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    # A pipe or a log file wants no bar.
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        yield bar
