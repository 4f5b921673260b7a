"""Runs jobs: one after the other, or several at a time in processes of their own.

Threads share the segments of a single recording (see `reading`). With many recordings each process
takes a whole recording at a time, the largest first, so that no large recording is left over at the
end. With few recordings, long ones are shared segment by segment. A single thread works through the
same segments, so the result is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from formcheck.analysis.job import (
    Done,
    Failed,
    Job,
    conclude,
    fingerprint,
    finished_earlier,
    phases,
    run_job,
)
from formcheck.analysis.ledger import Fingerprint
from formcheck.analysis.machine import keep_one_heap
from formcheck.analysis.progress_bar import ProgressBar
from formcheck.analysis.read_request import OnProgress
from formcheck.analysis.reading import joined
from formcheck.analysis.segments import Segment, estimate_segment, segments_of
from formcheck.core.pose.frame import SourceInfo
from formcheck.errors import FormcheckError
from formcheck.files.disk_poses import DiskPoses
from formcheck.files.pose_file import is_pose_file
from formcheck.sources.frame_buffer import MOST_BYTES

if TYPE_CHECKING:
    from formcheck.analysis.pool import Pool

MANY = 2
"""With this many recordings for each process, recordings stay whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The outcome of one segment: the number of poses, the source, what went wrong."""

    frames: int
    info: SourceInfo
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Cut:
    """A job whose segments are being worked on."""

    segments: tuple[Segment, ...]
    found: Fingerprint | None
    parts: dict[int, Part] = field(default_factory=dict)
    done_s: dict[int, float] = field(default_factory=dict)
    failed: bool = False


class Distribution:
    """Distributes all jobs over a pool, whole or in segments, and joins the outcomes.

    Parameters
    ----------
    jobs : sequence of Job
        The jobs; results come under a job's index.
    processes : int
        Number of processes at most.
    folder : Path
        Takes the poses of segments.
    bar : object
        Gets `note(number, seconds done, seconds in all)` for each job.

    Attributes
    ----------
    most : int
        Number of pieces that can be worked on at the same time.
    """

    def __init__(self, jobs: Sequence[Job], processes: int, folder: Path, bar: Any) -> None:
        self._jobs = jobs
        self._folder = folder
        self._bar = bar
        self._keys: dict[int, tuple[int, int | None]] = {}
        self._cuts: dict[int, _Cut] = {}
        cuts = len(jobs) < MANY * processes
        self.most = 0
        for number, job in enumerate(jobs):
            segments = _segments(job) if cuts else ()
            if len(segments) > 1:
                self._cuts[number] = _Cut(segments, fingerprint(job))
            self.most += max(1, len(segments))

    def begin(self, pool: Pool) -> None:
        """Submits every piece, those of the largest recordings first."""
        sizes = [job.path.stat().st_size if job.path.is_file() else 0 for job in self._jobs]
        for number in sorted(range(len(self._jobs)), key=lambda one: -sizes[one]):
            job, cut = self._jobs[number], self._cuts.get(number)
            if cut is None:
                self._submit(pool, number, None, run_one_of_many, job)
                continue
            for index, segment in enumerate(cut.segments):
                path = self._path(number, index)
                self._submit(pool, number, index, estimate_part, job, segment, path)

    def note(self, key: int, time_s: float, total_s: float | None) -> None:
        """Notes the progress of a piece."""
        number, index = self._keys[key]
        cut = self._cuts.get(number)
        if cut is not None and index is not None:
            begin_s = self._jobs[number].request.begin_s
            cut.done_s[index] = time_s - (cut.segments[index].from_s - begin_s)
            time_s = sum(cut.done_s.values())
        self._bar.note(number, time_s, total_s)

    def take(self, pool: Pool, key: int, outcome: Any) -> tuple[int, Any]:
        """Returns a job's number and its outcome; None while pieces of it are missing."""
        number, index = self._keys[key]
        cut = self._cuts.get(number)
        if cut is None or index is None:
            return number, outcome
        if cut.failed:
            return number, None
        if not isinstance(outcome, Part):
            cut.failed = True
            return number, outcome
        cut.parts[index] = outcome
        if len(cut.parts) < len(cut.segments):
            return number, None
        job = self._jobs[number]
        paths = [self._path(number, index) for index in range(len(cut.segments))]
        parts = [cut.parts[index] for index in range(len(cut.segments))]
        whole = all(s.fits(p.frames) for s, p in zip(cut.segments, parts, strict=True))
        if whole:
            self._submit(pool, number, None, join_parts, job, paths, parts, cut.found)
        else:
            # Damaged between its packets: read whole, as one process does.
            self._submit(pool, number, None, run_job, job)
        return number, None

    def _submit(
        self,
        pool: Pool,
        number: int,
        index: int | None,
        function: Callable[..., Any],
        *arguments: Any,
    ) -> None:
        key = len(self._keys)
        self._keys[key] = (number, index)
        pool.submit(key, function, *arguments)

    def _path(self, number: int, index: int) -> Path:
        return self._folder / f"{number}-{index}.poses"


def _segments(job: Job) -> tuple[Segment, ...]:
    """Returns the segments to share out; none where the recording must stay whole."""
    if is_pose_file(job.path) or not job.path.is_file() or finished_earlier(job) is not None:
        return ()
    try:
        return segments_of(job.request)
    except FormcheckError:
        # Reported when its turn comes.
        return ()


def run_one_of_many(job: Job, on_progress: OnProgress) -> Done:
    """Analyses one recording in a process that may get others."""
    # Here, not at the top: only the process that does it needs the pose model.
    from formcheck.analysis.people_in_view import keep_finder

    keep_finder()
    return run_job(job, on_progress)


def estimate_part(job: Job, segment: Segment, path: Path, on_progress: OnProgress) -> Part:
    """Puts the poses of one segment into a file."""
    # An earlier process may have died half-way.
    path.unlink(missing_ok=True)
    poses = DiskPoses(path)
    try:
        info, problems = estimate_segment(
            job.request,
            job.known_exercise(),
            segment,
            poses,
            on_progress=phases(job, on_progress)[0],
        )
        return Part(frames=len(poses), info=info, problems=problems)
    finally:
        poses.close()


def join_parts(
    job: Job,
    paths: Sequence[Path],
    parts: Sequence[Part],
    found: Fingerprint | None,
    on_progress: OnProgress,
) -> Done:
    """Judges the poses of all segments of a recording as one."""
    poses = DiskPoses(paths[0])
    for path in paths[1:]:
        poses.extend(path)
        path.unlink()
    problems = [problem for part in parts for problem in part.problems]
    recording, said = joined(job.request, [part.info for part in parts], problems, poses)
    return conclude(job, recording, said, found, on_progress=phases(job, on_progress)[1])


OnError = Callable[[Job, FormcheckError], None]


def analyze_all(jobs: Sequence[Job], *, processes: int = 1, on_error: OnError) -> list[Done]:
    """Runs all jobs, with a progress bar on stderr, and returns the finished jobs in order.

    Parameters
    ----------
    jobs : sequence of Job
        The jobs.
    processes : int
        Number of processes; of threads, for a single job.
    on_error : callable
        Gets each job that failed, and why; the others go on.
    """
    ended = run_all(jobs, processes=processes, on_error=on_error)
    return [one for one in ended if isinstance(one, Done)]


def run_all(
    jobs: Sequence[Job], *, processes: int = 1, on_error: OnError | None = None
) -> list[Done | Failed]:
    """Runs all jobs like `analyze_all` and returns the outcome of each, in order."""

    def fail(job: Job, error: FormcheckError) -> Failed:
        if on_error is not None:
            on_error(job, error)
        return Failed(job=job, error=error)

    keep_one_heap()
    with ProgressBar(jobs) as bar:
        if processes > 1 and len(jobs) > 1:
            return _in_processes(jobs, processes, bar, fail)
        return [_here(number, job, processes, bar, fail) for number, job in enumerate(jobs)]


def _here(
    number: int,
    job: Job,
    threads: int,
    bar: ProgressBar,
    fail: Callable[[Job, FormcheckError], Failed],
) -> Done | Failed:
    bar.begin(number)
    note = partial(bar.note, number)
    try:
        return run_job(job, note, threads=threads, frames_bytes=MOST_BYTES)
    except FormcheckError as error:
        return fail(job, error)
    finally:
        bar.end(number)


def _in_processes(
    jobs: Sequence[Job],
    processes: int,
    bar: ProgressBar,
    fail: Callable[[Job, FormcheckError], Failed],
) -> list[Done | Failed]:
    # Here, not at the top: a single recording needs no processes.
    from formcheck.analysis.pool import Lost, Pool

    ended: dict[int, Done | Failed] = {}
    with TemporaryDirectory(prefix="formcheck-") as folder:
        distribution = Distribution(jobs, processes, Path(folder), bar)
        with Pool(min(processes, distribution.most), distribution.note) as pool:
            distribution.begin(pool)
            for key, outcome in pool.outcomes():
                number, result = distribution.take(pool, key, outcome)
                if result is None:
                    continue
                if isinstance(result, Done):
                    ended[number] = result
                else:
                    job = jobs[number]
                    ended[number] = fail(job, _lost(job) if isinstance(result, Lost) else result)
                bar.end(number)
    return [ended[number] for number in range(len(jobs))]


def _lost(job: Job) -> FormcheckError:
    return FormcheckError(
        f"The process analysing '{job.path}' died twice: try it by itself, and see whether the"
        " memory is enough."
    )
