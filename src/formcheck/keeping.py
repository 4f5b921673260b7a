"""How a live run is kept while it goes on: a crash loses the repetition in progress at most.

Whatever keeps runs (a journal, a database) does so by the protocol here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from formcheck.pose import Side
from formcheck.session import Rep, Session
from formcheck.version import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What was asked for.

    Attributes
    ----------
    sets, reps : int
        How many sets, and clean repetitions in each (of each leg where legs are counted apart).
    rest_s : float
        Between sets.
    hold_s : float
        Length of timed holds; 0 where repetitions are counted.
    side : Side | None
        The leg asked for; None where the exercise decides.
    strict : bool
        Whether cues void.
    """

    sets: int
    reps: int
    rest_s: float
    hold_s: float = 0.0
    side: Side | None = None
    strict: bool = False


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
