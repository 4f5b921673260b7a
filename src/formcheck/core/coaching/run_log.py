"""Stores a live run while it goes on: each repetition the moment it ends.

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
    formcheck : str
        Version that judges.
    """

    exercise: str
    started_at: datetime
    source: str
    settings: RunSettings
    model: str = ""
    formcheck: str = field(default=__version__)

    def __post_init__(self) -> None:
        """Refuse a start without a time zone: it could mean any of 24 hours."""
        if self.started_at.tzinfo is None:
            raise ValueError("started_at needs a time zone")


class Keeper(Protocol):
    """Keeps one run. Calls come in this order: begin, any of keep_rep and note, finish.

    A run that is killed never gets to `finish`: what was handed over before must be safe by then.

    Raises
    ------
    OutputError
        Any of them, when what was handed over can't be kept. The run goes on and says so.
    """

    def begin(self, header: RunHeader) -> None:
        """Take note that a run begins."""

    def keep_rep(self, set_number: int, rep: Rep) -> None:
        """Keep a repetition of a set (from 1), before the next one can end."""

    def note(self, name: str, value: str | float) -> None:
        """Keep something else that is known of the run, such as how much it hurt."""

    def finish(self, session: Session) -> None:
        """Keep the finished session."""


class Record:
    """Keeps a run with several keepers; one that fails is reported and left out from then on.

    Parameters
    ----------
    keepers : sequence of Keeper
        Who keeps it.
    warn : callable
        Gets a sentence about a keeper that failed.
    """

    def __init__(self, keepers: Sequence[Keeper], warn: Callable[[str], None]) -> None:
        self._keepers = list(keepers)
        self._warn = warn

    def begin(self, header: RunHeader) -> None:
        """Begin with each keeper."""
        self._each(lambda keeper: keeper.begin(header))

    def hear(self, event: CoachingEvent) -> None:
        """Keep the repetition that an event is about."""
        if isinstance(event, RepClean | RepRejected):
            number, rep = event.set_number, event.rep
            self._each(lambda keeper: keeper.keep_rep(number, rep))

    def note(self, name: str, value: str | float) -> None:
        """Keep something else that is known of the run."""
        self._each(lambda keeper: keeper.note(name, value))

    def finish(self, session: Session) -> None:
        """Finish with each keeper."""
        self._each(lambda keeper: keeper.finish(session))

    def _each(self, keep: Callable[[Keeper], None]) -> None:
        for keeper in tuple(self._keepers):
            try:
                keep(keeper)
            except OutputError as error:
                self._keepers.remove(keeper)
                self._warn(f"The run goes on, but is not kept: {error}")
