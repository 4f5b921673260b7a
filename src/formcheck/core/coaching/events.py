"""What happens in a run, as it happens, and where the run stands at one frame.

The screen, the sounds, the voice and the run log all read these events and this state.
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
    """What keeps the person from being judged; each has a sentence and a sign of its own."""

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
        When, on the source's clock.
    """

    time_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPrompt(CoachingEvent):
    """The person has to do something before judging can begin, or go on.

    Sent when the sentence changes and has stood for a moment, and again every few seconds while it
    stands.
    """

    placement: Placement
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountdownTick(CoachingEvent):
    """A whole second of the countdown to a set begins: 3, 2, 1."""

    remaining_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBegan(CoachingEvent):
    """A set begins: go."""

    set_number: int
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTick(CoachingEvent):
    """A whole second at the top is full.

    Attributes
    ----------
    second : int
        From 1.
    target_s : float
        How long to hold; 0 where nothing is asked for.
    """

    second: int
    target_s: float

    @property
    def reached(self) -> bool:
        """Whether this second completes the hold."""
        return 0 < self.target_s <= self.second < self.target_s + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultShown(CoachingEvent):
    """A fault has lasted long enough to void the repetition in progress; once in each.

    Attributes
    ----------
    finding : Finding
        The worst of those present.
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
        Clean ones of this leg in this set, this one included.
    target : int
        How many there are to be.
    say : str
        The cue, if it could be better; else empty.
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
        The fault that matters most; None where it was partial or unverified.
    say : str
        What to do better.
    """

    rep: Rep
    set_number: int
    finding: Finding | None
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(CoachingEvent):
    """One leg is done: now the other."""

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
        """Whether no set comes after it."""
        return self.set_number >= self.sets


@dataclass(frozen=True, slots=True, kw_only=True)
class RestTick(CoachingEvent):
    """A whole second of the rest begins; 0 ends it."""

    remaining_s: int
    rest_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(CoachingEvent):
    """Nothing is judged until `Resumed`: asked for, or the camera is gone."""

    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(CoachingEvent):
    """Judging goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(CoachingEvent):
    """Something worth knowing that stops nothing: too few frames a second, for example."""

    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(CoachingEvent):
    """All sets are done, or the person has had enough."""

    sets_done: int
    counts: Counts


class Listener(Protocol):
    """Whoever wants to hear of events; must return at once, whatever it does about them."""

    def hear(self, event: CoachingEvent) -> None:
        """Take in one event; they come in order of time."""


class CoachStage(Enum):
    """Part of a run."""

    PLACEMENT = "placement"
    COUNTDOWN = "countdown"
    SET = "set"
    REST = "rest"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachState:
    """One moment of a coached run.

    Attributes
    ----------
    stage : CoachStage
        What is going on.
    set_number, sets : int
        The set that goes on or comes next, from 1, and how many there are to be.
    target : int
        Clean repetitions asked for in a set, of each leg where legs are counted apart.
    counts : mapping of Side to Counts
        This set's so far, for each counted leg; in a rest those of the set before.
    called : Side | None
        The leg whose turn it is, once the other one is done; None before.
    placement : Placement | None
        What keeps the person from being judged; None where nothing does.
    prompt : str | None
        What the person is to do now, as a sentence.
    countdown_s, countdown_from_s : float
        Seconds left until the set, and how many there were.
    rest_left_s, rest_s : float
        Seconds left of the rest, and how long it is.
    leaving_s : float | None
        Seconds until the set ends because the person has left the start posture; None while not.
    paused : str | None
        Why nothing is judged at the moment; None if it is.
    notice : str | None
        Something worth knowing that stops nothing.
    results : tuple of SetResult
        The sets that are over.
    pain : int | None
        How much the person noted that it hurts, 0 to 10; None where nothing was noted.
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
