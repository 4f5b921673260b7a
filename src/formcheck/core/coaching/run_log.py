"""What a live run is written to while it goes on: each repetition the moment it ends.

A crash loses the repetition in progress at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from formcheck.core.checker.session import Rep, Session
from formcheck.core.coaching.events import CoachingEvent, RepClean, RepRejected
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.exercise.exercise import Exercise
from formcheck.errors import OutputError
from formcheck.version import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHeader:
    """What is known of a run before its first frame.

    Attributes
    ----------
    exercise : str
        Slug.
    started_at : datetime
        With its time zone.
    source : str
        Camera, address or file, in words.
    settings : RunSettings
        What was asked for.
    model : str
        Name and checksum of the pose model; empty where poses were recorded.
    rules : Exercise | None
        The exercise as it is judged; None in a journal of a version that did not write it.
    formcheck : str
        Version that judges.
    """

    exercise: str
    started_at: datetime
    source: str
    settings: RunSettings
    model: str = ""
    rules: Exercise | None = None
    formcheck: str = field(default=__version__)

    def __post_init__(self) -> None:
        """Refuse a start without a time zone: it could mean any of 24 hours."""
        if self.started_at.tzinfo is None:
            raise ValueError("started_at needs a time zone")


class RunLog(Protocol):
    """Receives one run as it goes: first begin, then any of add_rep and note, then finish.

    A run that is killed never gets to `finish`: each call returns when its content is safe.

    Raises
    ------
    OutputError
        From any method: the content can't be written. The run goes on and says so.
    """

    def begin(self, header: RunHeader) -> None:
        """Opens the log with what is known of the run."""

    def add_rep(self, set_number: int, rep: Rep) -> None:
        """Adds a repetition of a set (from 1), before the next repetition can end."""

    def note(self, name: str, value: str | float) -> None:
        """Adds anything else that is known of the run, such as how much it hurt."""

    def finish(self, session: Session) -> None:
        """Adds the finished session and closes the log."""


class RunLogs:
    """Passes a run on to several logs; a log that fails is reported and left out from then on.

    Parameters
    ----------
    logs : sequence of RunLog
        Where the run is written.
    warn : callable
        Gets a sentence about a log that failed.
    """

    def __init__(self, logs: Sequence[RunLog], warn: Callable[[str], None]) -> None:
        self._logs = list(logs)
        self._warn = warn

    def begin(self, header: RunHeader) -> None:
        """Begins every log."""
        self._each(lambda log: log.begin(header))

    def hear(self, event: CoachingEvent) -> None:
        """Adds the repetition of an event; passes over events without a repetition."""
        if isinstance(event, RepClean | RepRejected):
            number, rep = event.set_number, event.rep
            self._each(lambda log: log.add_rep(number, rep))

    def note(self, name: str, value: str | float) -> None:
        """Notes anything else that is known of the run."""
        self._each(lambda log: log.note(name, value))

    def finish(self, session: Session) -> None:
        """Finishes every log."""
        self._each(lambda log: log.finish(session))

    def _each(self, write: Callable[[RunLog], None]) -> None:
        for log in tuple(self._logs):
            try:
                write(log)
            except OutputError as error:
                self._logs.remove(log)
                self._warn(f"The run goes on, but is not kept: {error}")
