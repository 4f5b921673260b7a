"""Where a coached run stands at one frame: what the screen shows beside the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from formcheck.coaching_events import Placement
from formcheck.pose import Side
from formcheck.session import Counts, SetResult


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
