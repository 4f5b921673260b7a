"""The events of a run, and the state of a run at one frame.

Screen, sounds, voice and run logs all read these events and this state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from formcheck.core.checker.faults import Finding
from formcheck.core.checker.session import Counts, Rep, SetResult
from formcheck.core.pose.pose import Side


class Placement(Enum):
    """What prevents judging; each value has a sentence and a sign of its own."""

    NOBODY = "nobody"
    FRAMING = "framing"
    VIEW = "view"
    LIGHT = "light"
    POSTURE = "posture"


class SetEnd(Enum):
    """Why a set is over."""

    REACHED = "reached"
    LEFT = "left"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachingEvent:
    """Base of all events.

    Attributes
    ----------
    time_s : float
        On the source's clock.
    """

    time_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPrompt(CoachingEvent):
    """The person has to do something before judging can begin or continue.

    Sent once a new sentence has persisted for a moment, and again every few seconds.
    """

    placement: Placement
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountdownTick(CoachingEvent):
    """A whole second of the countdown to a set begins, such as 3, 2, 1."""

    remaining_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBegan(CoachingEvent):
    """A set begins."""

    set_number: int
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTick(CoachingEvent):
    """The person has held the top for a further whole second.

    Attributes
    ----------
    second : int
        From 1.
    target_s : float
        Hold asked for; 0 where none is.
    """

    second: int
    target_s: float

    @property
    def reached(self) -> bool:
        """Whether this second completes the hold."""
        return 0 < self.target_s <= self.second < self.target_s + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultShown(CoachingEvent):
    """A fault has lasted long enough to void the repetition in progress; sent once in each.

    Attributes
    ----------
    finding : Finding
        The most important of the present faults.
    say : str
        The correction.
    """

    finding: Finding
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepClean(CoachingEvent):
    """A repetition was counted.

    Attributes
    ----------
    count : int
        Clean repetitions of this leg in this set, this one included.
    target : int
        Clean repetitions asked for.
    say : str
        The most important cue; empty without one.
    """

    rep: Rep
    set_number: int
    count: int
    target: int
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepRejected(CoachingEvent):
    """A repetition was not counted: compensated, partial or unverified.

    Attributes
    ----------
    finding : Finding | None
        The most important fault; None for a partial or unverified repetition.
    say : str
        The correction.
    """

    rep: Rep
    set_number: int
    finding: Finding | None
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(CoachingEvent):
    """A leg has finished the set: the other leg's turn begins."""

    to: Side
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDone(CoachingEvent):
    """A set is over."""

    set_number: int
    sets: int
    counts: Counts
    end: SetEnd

    @property
    def last(self) -> bool:
        """Whether this is the last set."""
        return self.set_number >= self.sets


@dataclass(frozen=True, slots=True, kw_only=True)
class RestTick(CoachingEvent):
    """A whole second of the rest begins; 0 ends the rest."""

    remaining_s: int
    rest_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(CoachingEvent):
    """Judging stops until `Resumed`: on request, or because the camera is gone."""

    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(CoachingEvent):
    """Judging continues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(CoachingEvent):
    """A remark that stops nothing, such as too few frames a second."""

    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(CoachingEvent):
    """All sets are done, or the person ended the run."""

    sets_done: int
    counts: Counts


class Listener(Protocol):
    """Receives events; must return at once."""

    def hear(self, event: CoachingEvent) -> None:
        """Receives one event; events come in order of time."""


class CoachStage(Enum):
    """A stage of a run."""

    PLACEMENT = "placement"
    COUNTDOWN = "countdown"
    SET = "set"
    REST = "rest"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachState:
    """The state of a run at one frame.

    Attributes
    ----------
    stage : CoachStage
        The present stage.
    set_number, sets : int
        The current or next set, from 1, and how many sets are asked for.
    target : int
        Clean repetitions asked for in a set, of each leg where legs are counted apart.
    counts : mapping of Side to Counts
        Of the current set, for each counted leg; in a rest of the set before.
    called : Side | None
        The leg whose turn it is once the other leg is done; None before.
    placement : Placement | None
        What prevents judging; None where nothing does.
    prompt : str | None
        What the person has to do now, as a sentence; None where nothing.
    countdown_s, countdown_from_s : float
        Seconds left until the set, and the length of the countdown.
    rest_left_s, rest_s : float
        Seconds left of the rest, and its length.
    leaving_s : float | None
        Seconds until the set ends because the person has left; None while they have not.
    paused : str | None
        Why judging is paused; None while it is not.
    notice : str | None
        A remark that stops nothing; None without one.
    results : tuple of SetResult
        The finished sets.
    pain : int | None
        The last noted pain, 0 to 10; None where none was noted.
    """

    stage: CoachStage
    set_number: int
    sets: int
    target: int
    counts: Mapping[Side, Counts]
    called: Side | None = None
    placement: Placement | None = None
    prompt: str | None = None
    countdown_s: float = 0.0
    countdown_from_s: float = 0.0
    rest_left_s: float = 0.0
    rest_s: float = 0.0
    leaving_s: float | None = None
    paused: str | None = None
    notice: str | None = None
    results: tuple[SetResult, ...] = ()
    pain: int | None = None
