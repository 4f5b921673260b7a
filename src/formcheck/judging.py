"""From an attempt and what was watched during it to a repetition with a verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from formcheck.calibration import Calibration
from formcheck.counting import Attempt, RepMachine
from formcheck.exercise import Cue, Exercise, Leg, Phase, Quantity
from formcheck.faults import MAX_UNSEEN, FaultWatch, Finding, Unchecked, article
from formcheck.pose import Side
from formcheck.session import Rep, Verdict
from formcheck.view import View


class SideJudge:
    """Counts and judges the repetitions of one leg.

    Parameters
    ----------
    exercise : Exercise
        What is counted, and what voids.
    side : Side
        The leg that moves.
    calibration : Calibration | None
        The neutral to compare with.
    strict : bool
        Whether a cue voids the repetition like a fault.
    """

    def __init__(
        self, exercise: Exercise, side: Side, calibration: Calibration | None, *, strict: bool
    ) -> None:
        self.side = side
        self._exercise = exercise
        self._calibration = calibration
        self._strict = strict
        self._column = exercise.cycle.measure.column(side)
        self._machine = RepMachine(exercise.cycle)
        self._begin()

    def _begin(self) -> None:
        exercise, calibration = self._exercise, self._calibration
        self._watches = [FaultWatch(f, self.side, calibration) for f in exercise.faults]
        self._required: list[float] = []
        self._frames = self._exchanged_frames = 0
        self._taken_over: Rep | None = None
        self._view_changed = False

    @property
    def _view(self) -> View:
        return View.UNKNOWN if self._calibration is None else self._calibration.scene.view

    @property
    def phase(self) -> Phase:
        """Where in the cycle the leg is."""
        return self._machine.phase

    @property
    def rising_since_s(self) -> float | None:
        """When the attempt in progress began; None at rest."""
        return self._machine.rising_since_s

    @property
    def reached(self) -> bool:
        """Whether the attempt in progress has reached the top."""
        return self._machine.reached

    @property
    def hold_s(self) -> float:
        """How long the attempt in progress has been held so far."""
        return self._machine.hold_s

    @property
    def active(self) -> tuple[Finding, ...]:
        """The faults present now."""
        found = (watch.active for watch in self._watches)
        return tuple(finding for finding in found if finding is not None)

    def note_changed_view(self) -> None:
        """Take note that the camera no longer sees the person from where it was calibrated."""
        self._view_changed = True

    def update(
        self, time_s: float, measures: Mapping[str, float], *, exchanged: bool = False
    ) -> Rep | None:
        """Take in a frame's filtered measures; return the repetition they end, if any.

        The repetition is of this leg, unless the model gave it the other one's name most of the
        time; its number is left at 0.

        Parameters
        ----------
        time_s : float
            The frame's time stamp.
        measures : mapping of str to float
            By column name; NaN where not seen.
        exchanged : bool
            Whether the model had the legs' names exchanged in this frame.
        """
        value = measures[self._column]
        was_resting = self._machine.phase is Phase.REST
        attempt = self._machine.update(time_s, value)
        if was_resting and self._machine.phase is not Phase.REST:
            self._begin()
        if self._machine.phase is not Phase.REST:
            apart = self._note_requirement(value, measures)
            for watch in self._watches:
                # A leg that can't be told from the lifted one would lend it its bent knee.
                if apart or watch.fault.leg is Leg.MOVING:
                    watch.update(time_s, self._machine.phase, measures[watch.column])
            self._frames += 1
            self._exchanged_frames += exchanged
        rep = None if attempt is None else self._rep(attempt)
        if rep is None and self._machine.phase is Phase.REST and self._taken_over is not None:
            # What this leg seemed to do was nothing after all; what was taken over still counts.
            rep, self._taken_over = self._taken_over, None
        return rep

    def take_over(self, rep: Rep) -> None:
        """Make what the other leg's attempt showed part of the attempt in progress."""
        self._taken_over = rep

    def finish(self) -> Rep | None:
        """Return the repetition that was just over when the frames ended, if any."""
        attempt = self._machine.finish()
        return None if attempt is None else self._rep(attempt)

    def _note_requirement(self, value: float, measures: Mapping[str, float]) -> bool:
        """Take note of whether the cycle's requirement is met; return whether it is met now."""
        requirement = self._exercise.cycle.requirement
        if requirement is None:
            return True
        column = requirement.measure.column(self.side)
        neutral = math.nan if self._calibration is None else self._calibration.neutral[column]
        # A foot hidden at rest is taken to stand level with the other one.
        change = measures[column] - (0.0 if math.isnan(neutral) else neutral)
        if value >= self._exercise.cycle.partial_from:
            self._required.append(change)
        return change >= requirement.at_least

    def _rep(self, attempt: Attempt) -> Rep | None:
        unmet = self._unmet_requirement()
        if unmet == "" or (unmet is not None and not attempt.reached):
            return None
        faults = tuple(w.finding for w in self._watches if w.finding is not None)
        if self._taken_over is not None:
            known = {fault.code for fault in faults}
            faults += tuple(f for f in self._taken_over.faults if f.code not in known)
            attempt = _joined(attempt, self._taken_over)
            self._taken_over = None
            self._exchanged_frames = max(1, self._exchanged_frames)
        unchecked = [
            Unchecked(check=w.fault.code, reason=w.unchecked)
            for w in self._watches
            if w.unchecked is not None and w.finding is None
        ]
        unchecked += [
            Unchecked(check=cue.code, reason=reason)
            for cue in self._exercise.cues
            if (reason := self._cue_blocked(cue)) is not None
        ]
        mandatory = self._exercise.mandatory[self._view]
        doubtful = any(u.check in mandatory for u in unchecked)
        doubt = self._doubt(attempt, unmet)
        if doubt is not None:
            unchecked.insert(0, doubt)
        cues = self._cues(attempt) if attempt.reached and not attempt.lost else ()
        if self._strict:
            faults, cues = faults + cues, ()
        return Rep(
            number=0,
            side=self.side.other if 2 * self._exchanged_frames > self._frames else self.side,
            start_s=attempt.start_s,
            top_s=attempt.top_s,
            end_s=attempt.end_s,
            verdict=_verdict(attempt, bool(faults), doubtful or doubt is not None),
            peak_deg=attempt.peak,
            hold_s=attempt.hold_s,
            lowering_s=attempt.lowering_s,
            faults=faults,
            cues=cues,
            unchecked=tuple(unchecked),
        )

    def _unmet_requirement(self) -> str | None:
        """Return "" if this was another movement, a reason if that can't be told, else None."""
        requirement = self._exercise.cycle.requirement
        if requirement is None:
            return None
        seen = [v for v in self._required if not math.isnan(v)]
        if len(seen) < (1 - MAX_UNSEEN) * len(self._required):
            return f"{requirement.measure.needs} not seen, so this may be another movement"
        return None if float(np.median(seen)) >= requirement.at_least else ""

    def _doubt(self, attempt: Attempt, unmet: str | None) -> Unchecked | None:
        """Return why the repetition as a whole can't be vouched for, or None."""
        if unmet:
            return Unchecked(check="repetition", reason=unmet)
        if attempt.lost:
            reason = "the leg was lost from sight before it came down"
            return Unchecked(check="repetition", reason=reason)
        if attempt.missing > self._exercise.cycle.max_missing:
            reason = f"the leg was not seen for {100 * attempt.missing:.0f} % of the repetition"
            return Unchecked(check="repetition", reason=reason)
        if self._view_changed:
            return Unchecked(check="view", reason="the person turned, or the camera moved")
        return None

    def _cues(self, attempt: Attempt) -> tuple[Finding, ...]:
        values = {
            Quantity.HOLD_S: (attempt.hold_s, attempt.top_s),
            Quantity.LOWERING_S: (attempt.lowering_s, attempt.end_s),
            Quantity.PEAK_DEG: (attempt.peak, attempt.top_s),
        }
        return tuple(
            _as_finding(cue, *values[cue.quantity])
            for cue in self._exercise.cues
            if self._cue_blocked(cue) is None and values[cue.quantity][0] < cue.at_least
        )

    def _cue_blocked(self, cue: Cue) -> str | None:
        """Return why a cue's quantity was not measured well enough, or None."""
        if self._view not in cue.views:
            return f"not measurable in {article(self._view)} view"
        if self._exchanged_frames:
            return "the legs could not be told apart all the time"
        return None


def _joined(attempt: Attempt, earlier: Rep) -> Attempt:
    """Return an attempt together with the part of it that was seen as the other leg's."""
    higher = earlier.peak_deg > attempt.peak
    return replace(
        attempt,
        start_s=min(attempt.start_s, earlier.start_s),
        top_s=earlier.top_s if higher else attempt.top_s,
        peak=max(attempt.peak, earlier.peak_deg),
        hold_s=attempt.hold_s + earlier.hold_s,
        reached=attempt.reached or earlier.verdict is not Verdict.PARTIAL,
    )


def _as_finding(cue: Cue, value: float, at_s: float) -> Finding:
    return Finding(code=cue.code, worst=value, limit=cue.at_least, unit=cue.unit, at_s=at_s)


def _verdict(attempt: Attempt, faulty: bool, doubtful: bool) -> Verdict:
    """Return the verdict: a fault that was seen outranks a check that could not be made."""
    if attempt.lost:
        return Verdict.UNVERIFIED
    if not attempt.reached:
        # What was not seen may have been the top itself.
        return Verdict.UNVERIFIED if attempt.missing > MAX_UNSEEN else Verdict.PARTIAL
    if faulty:
        return Verdict.COMPENSATED
    return Verdict.UNVERIFIED if doubtful else Verdict.CLEAN
