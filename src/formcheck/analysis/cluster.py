"""Shares recordings out among machines, with Dask.

Each recording is one task, the same job as on a single machine. The tasks of a lost worker go to
others. Every worker must find videos and results under the same paths (a network drive), and needs
the same version of formcheck.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcheck.analysis.job import Done, Failed, Job, run_job
from formcheck.analysis.progress_bar import ProgressBar
from formcheck.errors import ClusterError, FormcheckError, UsageError
from formcheck.version import __version__

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S = 10.0


def run_on_cluster(
    jobs: Sequence[Job], address: str, *, on_error: Callable[[Job, FormcheckError], None]
) -> list[Done | Failed]:
    """Runs all jobs on a Dask cluster and returns the outcome of each, in order.

    Parameters
    ----------
    jobs : sequence of Job
        The jobs. Their paths are made absolute: a worker has another current folder.
    address : str
        The scheduler's, for example `tcp://10.0.0.5:8786`.
    on_error : callable
        Gets each job that failed, and why; the others go on.

    Raises
    ------
    UsageError
        Dask is not installed here.
    ClusterError
        There is no scheduler at the address, it has no worker, or a worker has another version.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise UsageError(
            "--cluster needs Dask: install it with  pip install 'formcheck[cluster]'."
        ) from error
    # A client with a bad address complains a second time, much later, when it is thrown away.
    if not re.fullmatch(r"(\w+://)?[^/\s]+:\d+/?", address):
        raise ClusterError(f"'{address}' is no address: write tcp://HOST:PORT.")
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"There is no Dask scheduler at '{address}' ({error}): start one with `dask scheduler`,"
            " workers with `dask worker ADDRESS`."
        ) from error
    ended: dict[int, Done | Failed] = {}
    with client, client.as_current(), ProgressBar(jobs) as bar:
        _check_workers(client, address)
        futures = {
            client.submit(run_job, _everywhere(job), pure=False): number
            for number, job in enumerate(jobs)
        }
        for future in as_completed(futures):
            number = futures[future]
            outcome = _outcome(future, jobs[number])
            if isinstance(outcome, Failed):
                on_error(outcome.job, outcome.error)
            ended[number] = outcome
            bar.end(number)
    return [ended[number] for number in range(len(jobs))]


def _everywhere(job: Job) -> Job:
    """Returns the job with absolute paths."""
    paths = ("path", "model", "out", "csv_path", "poses_path")
    named: dict[str, Path | None] = {name: getattr(job, name) for name in paths}
    absolute: dict[str, Any] = {
        name: path.absolute() for name, path in named.items() if path is not None
    }
    return replace(job, **absolute)


def _check_workers(client: Client, address: str) -> None:
    """Refuses a cluster without workers, or with another version of formcheck."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError as error:
        raise ClusterError(
            f"The scheduler at '{address}' has no worker: start some with `dask worker {address}`."
        ) from error
    try:
        versions: dict[str, str] = client.run(installed_version)
    except ImportError as error:
        raise ClusterError(
            f"A worker of '{address}' has no formcheck ({error}): install formcheck {__version__}"
            " on every worker."
        ) from error
    for worker, version in versions.items():
        if version != __version__:
            raise ClusterError(
                f"The worker {worker} has formcheck {version}, this machine has {__version__}:"
                " install the same on all, or results would differ."
            )


def installed_version() -> str:
    """Returns the version of formcheck where this runs."""
    return __version__


def _outcome(future: Any, job: Job) -> Done | Failed:
    from distributed import KilledWorker

    try:
        done: Done = future.result()
    except FormcheckError as error:
        return Failed(job=job, error=error)
    except KilledWorker as error:
        lost = ClusterError(
            f"'{job.path}' was lost with several workers in turn: try it by itself ({error})."
        )
        return Failed(job=job, error=lost)
    return done
