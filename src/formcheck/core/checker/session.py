"""The results: repetitions with verdicts, a report for each frame, the finished session."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from formcheck.core.checker.faults import Finding, Unchecked
from formcheck.core.checker.neutral import Calibration
from formcheck.core.exercise.exercise import Exercise, Phase
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import FloatArray, Side
from formcheck.core.pose.view import View
from formcheck.errors import UsageError
from formcheck.version import __version__

ANOTHER = "so this may be another movement"
"""How the reason ends for which a repetition can't be told from another movement."""


class Verdict(str, Enum):
    """The judgement of a repetition. Only `CLEAN` is counted."""

    CLEAN = "clean"
    COMPENSATED = "compensated"
    PARTIAL = "partial"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """One attempt at a repetition.

    Attributes
    ----------
    number : int
        From 1, over both sides, in order of ending.
    side : Side
        The leg that moved.
    start_s, top_s, end_s : float
        When it began, peaked and was over, on the source's clock.
    verdict : Verdict
        The judgement.
    peak_deg : float
        Highest value of the counted measure.
    hold_s : float
        Time held at the top.
    lowering_s : float
        Time taken to lower; NaN if the end was not seen.
    pelvic_obliquity_deg : float
        Pelvis from level at the top, lifted side higher positive, median; NaN where the camera did
        not see it. By a tag since the start posture; without one by the hip line, which rises with
        a lifted thigh by 8 to 10 degrees whatever the pelvis does, so that it is not judged.
    pelvic_tilt_deg : float
        Sagittal tilt of the pelvis at the top since the start posture, by a tag, anterior positive,
        median; NaN without a tag.
    faults, cues : tuple of Finding
        The compensations, and what could be better, with proof.
    unchecked : tuple of Unchecked
        The checks that could not be made, and why.
    set_number : int | None
        The set it belongs to, from 1; None where there are no sets, as in a recording.
    """

    number: int
    side: Side
    start_s: float
    top_s: float
    end_s: float
    verdict: Verdict
    peak_deg: float
    hold_s: float
    lowering_s: float
    pelvic_obliquity_deg: float = math.nan
    pelvic_tilt_deg: float = math.nan
    faults: tuple[Finding, ...] = ()
    cues: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    set_number: int | None = None


class DropReason(str, Enum):
    """Why an attempt is no repetition at all."""

    TOO_SHORT = "too short"
    """Up and down in less time than the slowest noise takes, or seen neither way up nor down."""
    OTHER_MOVEMENT = "another movement"
    """A requirement of the exercise was not met: a squat lifts the thigh, but not the foot."""
    ELSEWHERE = "in another place"
    """Begun where the neutral does not hold, and not seen to its end or not up to the top."""
    ECHO = "the other leg's"
    """The model saw the other leg's lift a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An attempt that was seen and is no repetition.

    Attributes
    ----------
    side : Side
        The leg that it was seen of.
    start_s, end_s : float
        When it began and was over, on the source's clock.
    peak_deg : float
        Highest value of the counted measure.
    reason : DropReason
        Why it is none.
    """

    side: Side
    start_s: float
    end_s: float
    peak_deg: float
    reason: DropReason

    @classmethod
    def echo(cls, rep: Rep) -> Dropped:
        """Returns a repetition as what it was: the other leg's, seen a second time."""
        return cls(
            side=rep.side,
            start_s=rep.start_s,
            end_s=rep.end_s,
            peak_deg=rep.peak_deg,
            reason=DropReason.ECHO,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many repetitions there are of each verdict."""

    attempts: int = 0
    clean: int = 0
    compensated: int = 0
    partial: int = 0
    unverified: int = 0

    @classmethod
    def of(cls, reps: tuple[Rep, ...], side: Side | None = None) -> Counts:
        """Returns the counts of some repetitions, of one side if given."""
        verdicts = [rep.verdict for rep in reps if side in (None, rep.side)]
        return cls(
            attempts=len(verdicts),
            clean=verdicts.count(Verdict.CLEAN),
            compensated=verdicts.count(Verdict.COMPENSATED),
            partial=verdicts.count(Verdict.PARTIAL),
            unverified=verdicts.count(Verdict.UNVERIFIED),
        )


class Stage(str, Enum):
    """What the checker is doing."""

    CALIBRATING = "calibrating"
    COUNTING = "counting"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameReport:
    """What one frame told.

    Attributes
    ----------
    time_s : float
        The frame's time stamp.
    stage : Stage
        Calibrating or counting.
    person : bool
        Whether a person was seen.
    view : View
        Where the camera stands, as far as known.
    prompt : str | None
        What the person should do: while calibrating, and when something can't be seen.
    notice : str | None
        What keeps repetitions from being judged that no move of the person mends: too few frames a
        second.
    countdown_s : float | None
        Seconds of stillness left in the calibration; None when not counting down.
    measures : mapping of str to float
        Every measure, filtered, by column name; NaN where not observed.
    phases : mapping of Side to Phase
        Where each leg is.
    hold_s : float
        How long the attempt in progress is being held.
    active_faults : tuple of Finding
        Faults present now, the worst value so far with each.
    closest : Finding | None
        The fault nearest to its bound in a repetition in progress, with the change from neutral in
        this very frame, within the bound or beyond it; None where none is watched or seen.
    strain : float
        How far towards the bound that is: 0 at neutral, 1 at the bound; 0 where there is none.
    counted_deg : mapping of Side to float
        The counted measure of each leg, as it is compared with the cycle's levels; NaN if unseen.
    ended : tuple of Rep
        The repetitions that this frame ended: mostly none, rarely two.
    counts : mapping of Side to Counts
        So far, for each counted leg.
    """

    time_s: float
    stage: Stage
    person: bool
    view: View
    prompt: str | None
    countdown_s: float | None
    measures: Mapping[str, float]
    ended: tuple[Rep, ...]
    counts: Mapping[Side, Counts]
    phases: Mapping[Side, Phase] = field(default_factory=dict)
    hold_s: float = 0.0
    active_faults: tuple[Finding, ...] = ()
    notice: str | None = None
    closest: Finding | None = None
    strain: float = 0.0
    counted_deg: Mapping[Side, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """One set of a coached run.

    Attributes
    ----------
    number : int
        From 1.
    start_s, end_s : float
        From "go" to its last repetition, on the source's clock.
    counts : Counts
        Its repetitions.
    target : int
        Clean repetitions asked for, of each leg where legs are counted apart.
    """

    number: int
    start_s: float
    end_s: float
    counts: Counts
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A finished set of repetitions.

    Attributes
    ----------
    exercise : str
        Slug.
    source : SourceInfo
        Where the frames came from.
    view : View
        Where the camera stood.
    calibration : Calibration | None
        The neutral it was judged against; None if there was none.
    reps : tuple of Rep
        Every attempt in order of ending.
    sides : tuple of Side
        The legs that were counted.
    dropped : tuple of Dropped
        The attempts that are no repetitions, in order of ending.
    problems : tuple of str
        What went wrong on the way and did not stop it.
    hold_target_s : float
        Length of the timed holds it consists of; 0 where repetitions were counted.
    sets : tuple of SetResult
        The sets of a coached run; empty for a recording.
    frames_judged : int | None
        The frames that were looked at; poses of others lie between theirs. None where unknown.
    rules : Exercise | None
        The exercise as it was judged: every level and limit, changed for one person or not. None
        for a session of a version that did not store it.
    formcheck : str
        Version that judged.
    columns : mapping of str to (n,) float64
        Every measure of every frame, where `formcheck.analyze` or `check` made the session.
    """

    exercise: str
    source: SourceInfo
    view: View
    calibration: Calibration | None
    reps: tuple[Rep, ...]
    sides: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[str, ...] = ()
    hold_target_s: float = 0.0
    sets: tuple[SetResult, ...] = ()
    frames_judged: int | None = None
    rules: Exercise | None = None
    formcheck: str = field(default=__version__)
    columns: Mapping[str, FloatArray] = field(default_factory=dict, repr=False, compare=False)

    def frames(self) -> dict[str, FloatArray]:
        """Returns every measure of every frame as columns: `time_s` first, NaN where not observed.

        `pandas.DataFrame(session.frames())` and `polars.DataFrame(session.frames())` are tables.

        Raises
        ------
        UsageError
            The session does not come from `analyze` or `check`: their measures are in its CSV.
        """
        if not self.columns:
            raise UsageError(
                "This session has no frames: only analyze and check give them; use --csv elsewhere."
            )
        return dict(self.columns)

    @property
    def counts(self) -> Counts:
        """How many repetitions there are of each verdict."""
        return Counts.of(self.reps)

    @property
    def by_side(self) -> dict[Side, Counts]:
        """How many repetitions of each verdict each counted leg made."""
        return {side: Counts.of(self.reps, side) for side in self.sides}
