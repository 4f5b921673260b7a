"""Running jobs: one after the other, or several at a time in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from formcheck.batch.job import Done, Failed, Job, run_job
from formcheck.batch.pool import Lost, Pool
from formcheck.batch.progress import Watch
from formcheck.batch.shares import Shares
from formcheck.errors import FormcheckError
from formcheck.recording import is_pose_file

OnError = Callable[[Job, FormcheckError], None]


def analyze_all(jobs: Sequence[Job], *, processes: int = 1, on_error: OnError) -> list[Done]:
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
    ended = run_all(jobs, processes=processes, on_error=on_error)
    return [one for one in ended if isinstance(one, Done)]


def run_all(
    jobs: Sequence[Job], *, processes: int = 1, on_error: OnError | None = None
) -> list[Done | Failed]:
    """Run all jobs like `analyze_all`, and return what became of each, in order."""

    def fail(job: Job, error: FormcheckError) -> Failed:
        if on_error is not None:
            on_error(job, error)
        return Failed(job=job, error=error)

    with Watch(jobs) as watch:
        if processes > 1 and (len(jobs) > 1 or not is_pose_file(jobs[0].path)):
            return _in_processes(jobs, processes, watch, fail)
        return [_here(number, job, watch, fail) for number, job in enumerate(jobs)]


def _here(
    number: int, job: Job, watch: Watch, fail: Callable[[Job, FormcheckError], Failed]
) -> Done | Failed:
    watch.begin(number)
    try:
        return run_job(job, lambda time_s, total_s: watch.note(number, time_s, total_s))
    except FormcheckError as error:
        return fail(job, error)
    finally:
        watch.end(number)


def _in_processes(
    jobs: Sequence[Job],
    processes: int,
    watch: Watch,
    fail: Callable[[Job, FormcheckError], Failed],
) -> list[Done | Failed]:
    ended: dict[int, Done | Failed] = {}
    with TemporaryDirectory(prefix="formcheck-") as place:
        shares = Shares(jobs, processes, Path(place), watch)
        with Pool(min(processes, shares.most), shares.note) as pool:
            shares.begin(pool)
            for key, outcome in pool.outcomes():
                number, result = shares.take(pool, key, outcome)
                if result is None:
                    continue
                if isinstance(result, Done):
                    ended[number] = result
                else:
                    job = jobs[number]
                    ended[number] = fail(job, _lost(job) if isinstance(result, Lost) else result)
                watch.end(number)
    return [ended[number] for number in range(len(jobs))]


def _lost(job: Job) -> FormcheckError:
    return FormcheckError(
        f"The process analysing '{job.path}' died twice: try it by itself, and see whether the"
        " memory is enough."
    )
