"""One leg counted and judged: attempts found, watched, and given a verdict."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from formcheck.core.checker.attempt import Attempt
from formcheck.core.checker.counting import RepMachine
from formcheck.core.checker.evidence import Evidence
from formcheck.core.checker.faults import Finding
from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.observation import Observation
from formcheck.core.checker.session import Dropped, DropReason, Rep, Verdict
from formcheck.core.checker.tag_slip import TagSlip
from formcheck.core.checker.verdict import VerdictRule
from formcheck.core.exercise.exercise import Exercise, Phase
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View

SETTLED_S = 0.5
"""How long a leg must be seen at rest after the body jumped, for its rise to be its own."""

RIDES_FROM = 10.0
"""Degrees by which what the legs ride on must rise before their levels do: half of what is told as
raised hips. From twice as much on the levels have gone along all of the way."""


class LegJudge:
    """Counts and judges the repetitions of one leg.

    Parameters
    ----------
    exercise : Exercise
        The movement to count, and the faults that void it.
    side : Side
        The leg that moves.
    calibration : Calibration | None
        The neutral to compare with.
    strict : bool
        Whether a cue voids the repetition like a fault.
    on_dropped : callable
        Is told of each attempt that is no repetition.

    Attributes
    ----------
    value : float
        The counted measure in the last frame, as it is compared with the cycle's levels; NaN if
        not seen.
    """

    def __init__(
        self,
        exercise: Exercise,
        side: Side,
        calibration: Calibration | None,
        *,
        strict: bool,
        on_dropped: Callable[[Dropped], None] = lambda _: None,
    ) -> None:
        self.side = side
        self.column = exercise.cycle.measure.column(side)
        self.value = math.nan
        self._exercise = exercise
        self._calibration = calibration
        neutral = math.nan if calibration is None else calibration.neutral[self.column]
        # Without a neutral the angles themselves are counted by.
        self._zero = neutral if exercise.cycle.from_neutral and math.isfinite(neutral) else 0.0
        self._cycle = exercise.cycle.at(neutral)
        self._machine = RepMachine(self._cycle)
        view = View.UNKNOWN if calibration is None else calibration.scene.view
        known = calibration is None or calibration.known
        self._verdict_rule = VerdictRule(exercise, self._cycle, view, strict=strict, known=known)
        self._tag = TagSlip(calibration)
        self._evidence = self._new_evidence()
        self._over: Rep | None = None
        self._on_dropped = on_dropped
        self._before: Observation | None = None
        self._jumped_s = -math.inf
        self._rest_rose = 0.0

    def _new_evidence(self) -> Evidence:
        return Evidence(self._exercise, self._cycle, self.side, self._calibration, self._tag)

    @property
    def phase(self) -> Phase:
        """Where in the cycle the leg is."""
        return self._machine.phase

    @property
    def resting(self) -> bool:
        """Whether the leg is down, as far as known."""
        return self._machine.resting

    @property
    def rising_since_s(self) -> float | None:
        """When the attempt in progress began; None at rest."""
        return self._machine.rising_since_s

    def is_up_since(self, time_s: float) -> bool:
        """Whether the attempt in progress began no later."""
        since_s = self.rising_since_s
        return since_s is not None and since_s <= time_s

    @property
    def reached(self) -> bool:
        """Whether the attempt in progress has reached the top."""
        return self._machine.reached

    @property
    def half_seen(self) -> float:
        """Share of the attempt in progress, or else of the last, in which it was only followed."""
        return self._machine.half_seen

    @property
    def hold_s(self) -> float:
        """How long the attempt in progress has been held so far."""
        return self._machine.hold_s

    @property
    def active(self) -> tuple[Finding, ...]:
        """The faults present now."""
        return self._evidence.active

    @property
    def closest(self) -> tuple[float, Finding] | None:
        """The fault that is nearest to its bound, or furthest beyond it, while the leg moves.

        With it, how far towards the bound it is: 1 at the bound. None at rest, or if none was seen.
        """
        return None if self._machine.phase is Phase.REST else self._evidence.closest

    def take_over(self, rep: Rep) -> None:
        """Makes what the other leg's attempt showed a part of the attempt in progress."""
        self._evidence.leg.taken_over = rep

    def update(
        self, seen: Observation, *, elsewhere: bool = False, jumped: bool = False
    ) -> Rep | None:
        """Takes in an observation and returns the repetition that it ends; None if it ends none.

        `elsewhere` says that the neutral does not hold for the view or place of this frame,
        `jumped` that the body in it is suddenly somewhere else.

        The repetition is of this leg, unless the model gave it the other one's name most of the
        time; its number is left at 0.
        """
        self.value = seen.followed[self.column] - self._zero
        was_resting = self._machine.phase is Phase.REST
        attempt = self._machine.update(
            seen.time_s,
            self.value,
            seen=not math.isnan(seen.measures[self.column]),
            stopped=self._cycle.hold_target_s > 0 and bool(self._evidence.active),
            rests_higher=self._rests_higher(seen),
        )
        if self._machine.too_short is not None:
            self._drop(self._machine.too_short, DropReason.TOO_SHORT)
        phase = self._machine.phase
        self._tag.update(seen, phase)
        lingered = None
        if was_resting and phase is not Phase.REST:
            lingered = self._last_word(math.inf)
            self._evidence = self._new_evidence()
            if self._before is not None:
                self._evidence.note_before(self._before)
        self._before = seen
        if jumped:
            self._jumped_s = seen.time_s
        # A leg that comes up with the jump was never seen to rise.
        self._evidence.jumped |= seen.time_s - self._jumped_s < SETTLED_S
        if phase is not Phase.REST:
            self._evidence.note(seen, self.value, phase, elsewhere=elsewhere)
        elif self._over is not None or attempt is not None:
            self._evidence.note_after(seen)
            lingered = self._last_word(seen.time_s)
        rep = None if attempt is None else self._rep(attempt)
        if rep is not None and self._cycle.linger_s > 0 and rep.verdict is not Verdict.UNVERIFIED:
            self._over, rep = rep, None
        if rep is None and phase is Phase.REST:
            # What this leg seemed to do was nothing after all; what was taken over still counts.
            rep = self._evidence.leg.release()
        return lingered or rep

    def _rests_higher(self, seen: Observation) -> float:
        """Returns by how much more a leg at rest reads than in the start posture."""
        measure = self._cycle.rides_on
        if measure is None or self._calibration is None:
            return 0.0
        column = measure.column(self.side)
        neutral = self._calibration.neutral.get(column, math.nan)
        change = seen.measures.get(column, math.nan) - neutral
        if not math.isnan(change):
            self._rest_rose = max(0.0, min(change, 2.0 * (change - RIDES_FROM)))
        return self._rest_rose

    def end_watch(self) -> Rep | None:
        """Returns the repetition that is over and was still watched at rest, if any."""
        return self._last_word(math.inf)

    def finish(self) -> Rep | None:
        """Returns the repetition that was just over when the frames ended, if any."""
        attempt = self._machine.finish()
        return self._last_word(math.inf) if attempt is None else self._rep(attempt)

    def _rep(self, attempt: Attempt) -> Rep | None:
        if (self._evidence.view_changed or self._evidence.jumped) and (
            attempt.lost or not attempt.reached
        ):
            # A person who walks away bends a hip, too.
            self._drop(attempt, DropReason.ELSEWHERE)
            return None
        rep = self._verdict_rule.rep(attempt, self._evidence)
        if rep is None:
            self._drop(attempt, DropReason.OTHER_MOVEMENT)
        else:
            # The repetition has taken in the other leg's attempt as well.
            self._evidence.leg.release()
        return rep

    def _drop(self, attempt: Attempt, reason: DropReason) -> None:
        self._on_dropped(
            Dropped(
                side=self.side,
                start_s=attempt.start_s,
                end_s=attempt.end_s,
                peak_deg=attempt.peak,
                reason=reason,
            )
        )

    def _last_word(self, now_s: float) -> Rep | None:
        """Returns the repetition that lingered, once the time after it was watched for faults."""
        rep = self._over
        if rep is None or now_s - rep.end_s < self._cycle.linger_s:
            return None
        self._over = None
        return self._verdict_rule.reconsidered(rep, self._evidence)


def leg_judges(
    exercise: Exercise,
    calibration: Calibration,
    *,
    strict: bool,
    on_dropped: Callable[[Dropped], None],
) -> tuple[LegJudge, ...]:
    """Returns a judge for each leg that moves by itself, or one for both; see `LegJudge`."""
    return tuple(
        LegJudge(exercise, side, calibration, strict=strict, on_dropped=on_dropped)
        for side in exercise.moving
    )


class LegsTold(TypedDict):
    """What the judges of the legs tell of one frame: fields of a `FrameReport`."""

    phases: Mapping[Side, Phase]
    hold_s: float
    active_faults: tuple[Finding, ...]
    closest: Finding | None
    strain: float
    counted_deg: Mapping[Side, float]


def told_by(judges: Sequence[LegJudge]) -> LegsTold:
    """Returns what the judges of the counted legs tell of a frame."""
    close = [found for judge in judges if (found := judge.closest) is not None]
    strain, closest = max(close, key=lambda pair: pair[0], default=(0.0, None))
    return {
        "phases": {judge.side: judge.phase for judge in judges},
        "hold_s": max((judge.hold_s for judge in judges), default=0.0),
        "active_faults": tuple(finding for judge in judges for finding in judge.active),
        "closest": closest,
        "strain": max(0.0, strain),
        "counted_deg": {judge.side: judge.value for judge in judges},
    }
