"""The progress of all jobs as one bar on stderr, for people who watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from formcheck.analysis.job import Job
from formcheck.files.closing import ClosesItself

if TYPE_CHECKING:
    from rich.progress import Progress

UNKNOWN_S = 60.0
"""The assumed length of a recording until it is known."""
SHOW_EVERY_S = 0.5
"""Seconds of recording from one change of the bar to the next."""


class ProgressBar(ClosesItself):
    """A bar over all jobs, by seconds of recording, with the number of jobs done.

    Parameters
    ----------
    jobs : sequence of Job
        The jobs; callers name a job by its index.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._length_s: dict[int, float] = {}
        self._done_s: dict[int, float] = {}
        self._ended: set[int] = set()
        self._shown_s = 0.0
        self._bar = _bar()
        self._task = self._bar.add_task(self._label(), total=None)
        self._bar.start()

    def close(self) -> None:
        """Takes the bar off the terminal."""
        self._bar.stop()

    def begin(self, number: int) -> None:
        """Notes that a job has begun."""
        self._show(self._jobs[number].path.name if len(self._jobs) > 1 else None)

    def note(self, number: int, time_s: float, total_s: float | None) -> None:
        """Notes how much of a job's recording has been read."""
        if total_s is not None:
            self._length_s[number] = total_s
        self._done_s[number] = max(time_s, self._done_s.get(number, 0.0))
        # Frames come a hundred times as often as a bar moves.
        done_s = sum(self._done_s.values())
        if done_s - self._shown_s >= SHOW_EVERY_S:
            self._shown_s = done_s
            self._show()

    def end(self, number: int) -> None:
        """Notes that a job has ended, well or not."""
        self._ended.add(number)
        self._show()

    def _label(self, name: str | None = None) -> str:
        if len(self._jobs) == 1:
            return self._jobs[0].path.name
        count = f"{len(self._ended)} of {len(self._jobs)} videos"
        return f"{count}, {name}" if name else count

    def _show(self, name: str | None = None) -> None:
        numbers = range(len(self._jobs))
        total_s = done_s = 0.0
        for number in numbers:
            known_s = self._done_s.get(number, 0.0)
            length_s = max(self._length_s.get(number, UNKNOWN_S), known_s)
            total_s += length_s
            done_s += length_s if number in self._ended else known_s
        known = bool(self._length_s) or len(self._jobs) > 1
        label = {"description": self._label(name)} if name or self._ended else {}
        self._bar.update(
            self._task,
            completed=done_s,
            total=total_s if known else None,
            **label,  # type: ignore[arg-type]
        )


def _bar() -> Progress:
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    from formcheck.reports.console import plain_console

    console = plain_console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    # A pipe or a log file wants no bar.
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
