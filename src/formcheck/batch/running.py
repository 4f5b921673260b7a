"""Running jobs: one after the other, or several at a time in processes of their own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING

from formcheck.batch.job import Done, Job, run_job
from formcheck.errors import FormcheckError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


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
