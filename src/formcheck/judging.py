"""From an attempt and what was watched during it to a repetition with a verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from formcheck.calibration import Calibration
from formcheck.coaching import Coach, too_few
from formcheck.counting import Attempt, RepMachine
from formcheck.exercise import Exercise, Leg, Phase
from formcheck.faults import MAX_UNSEEN, FaultWatch, Finding, Unchecked
from formcheck.measures import PELVIC_OBLIQUITY
from formcheck.pose import Side
from formcheck.requirements import RequirementWatch
from formcheck.session import Rep, Verdict
from formcheck.view import View

HOLD_SLACK_S = 0.2
"""How much of a timed hold may be missing: what frames and filters eat of it."""


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

    Attributes
    ----------
    value : float
        The counted measure in the last frame, as it is compared with the cycle's levels; NaN if
        not seen.
    """

    def __init__(
        self, exercise: Exercise, side: Side, calibration: Calibration | None, *, strict: bool
    ) -> None:
        self.side = side
        self._exercise = exercise
        self._calibration = calibration
        self._strict = strict
        self.column = exercise.cycle.measure.column(side)
        neutral = math.nan if calibration is None else calibration.neutral[self.column]
        self._zero = neutral if exercise.cycle.from_neutral else 0.0
        self._cycle = exercise.cycle.at(neutral)
        self._machine = RepMachine(self._cycle)
        self._over: Rep | None = None
        self.value = math.nan
        self._begin()

    def _begin(self) -> None:
        exercise, calibration = self._exercise, self._calibration
        self._watches = [FaultWatch(f, self.side, calibration) for f in exercise.faults]
        self._requirements = RequirementWatch(self._cycle, self.side, calibration)
        self._frames = self._exchanged_frames = self._misnamed = 0
        self._tilts: list[float] = []
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
    def resting(self) -> bool:
        """Whether the leg is down, as far as known."""
        return self._machine.resting

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

    @property
    def closest(self) -> tuple[float, Finding] | None:
        """The fault that is nearest to its bound, or furthest beyond it, while the leg moves.

        With it, how far towards the bound it is: 1 at the bound. None at rest, or if none was seen.
        """
        if self._machine.phase is Phase.REST:
            return None
        seen = [(w.strain, w.present) for w in self._watches]
        known = [(strain, found) for strain, found in seen if found is not None]
        return max(known, key=lambda pair: pair[0], default=None)

    def note_changed_view(self) -> None:
        """Take note that the camera no longer sees the person from where it was calibrated."""
        self._view_changed = True

    def update(
        self,
        time_s: float,
        measures: Mapping[str, float],
        followed: Mapping[str, float] | None = None,
        *,
        exchanged: bool = False,
        stays: Side | None = None,
        astray: bool = False,
        doubts: Mapping[str, str] | None = None,
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
        followed : mapping of str to float
            The same for the columns that are counted by, with what was half seen as well.
        exchanged : bool
            Whether the model had the legs' names exchanged in this frame.
        stays : Side | None
            The side whose foot stays on the floor in this frame; None where that is not known.
        astray : bool
            Whether the standing leg is not where it stood: its own measures then mean nothing.
        doubts : mapping of str to str
            By column name, why a value was not seen, where that is known.
        """
        followed = measures if followed is None else followed
        value = self.value = followed[self.column] - self._zero
        seen = not math.isnan(measures[self.column])
        was_resting = self._machine.phase is Phase.REST
        timed = self._cycle.hold_target_s > 0
        stopped = timed and any(watch.active is not None for watch in self._watches)
        attempt = self._machine.update(time_s, value, seen=seen, stopped=stopped)
        lingered = None
        if was_resting and self._machine.phase is not Phase.REST:
            lingered = self._last_word(math.inf)
            self._begin()
        if self._machine.phase is not Phase.REST:
            apart = self._requirements.note(value, followed)
            self._watch(
                time_s, self._machine.phase, measures, doubts or {}, apart=apart and not astray
            )
            self._note_tilt(measures)
            self._frames += 1
            self._exchanged_frames += exchanged
            if stays is not None:
                self._misnamed += 1 if stays is self.side else -1
        elif self._over is not None:
            self._watch(time_s, Phase.REST, measures, doubts or {}, apart=True)
            lingered = self._last_word(time_s)
        rep = None if attempt is None else self._rep(attempt)
        if rep is not None and self._cycle.linger_s > 0 and rep.verdict is not Verdict.UNVERIFIED:
            self._over, rep = rep, None
        if rep is None and self._machine.phase is Phase.REST and self._taken_over is not None:
            # What this leg seemed to do was nothing after all; what was taken over still counts.
            rep, self._taken_over = self._taken_over, None
        return lingered or rep

    def _watch(
        self,
        time_s: float,
        phase: Phase,
        measures: Mapping[str, float],
        doubts: Mapping[str, str],
        *,
        apart: bool,
    ) -> None:
        for watch in self._watches:
            # A leg that can't be told from the lifted one would lend it its bent knee.
            if apart or watch.fault.leg is Leg.MOVING:
                doubt = doubts.get(watch.column, "")
                watch.update(time_s, phase, measures[watch.column], doubt)

    def _note_tilt(self, measures: Mapping[str, float]) -> None:
        """Take note of the pelvis's lateral tilt while the leg is up, where the view shows it."""
        tilt = measures.get(PELVIC_OBLIQUITY.column(self.side), math.nan)
        if self._machine.phase is Phase.TOP and not math.isnan(tilt):
            self._tilts.append(PELVIC_OBLIQUITY.sign(self.side) * tilt)

    def _last_word(self, now_s: float) -> Rep | None:
        """Return the repetition that lingered, once it has answered for what came after it."""
        rep = self._over
        if rep is None or now_s - rep.end_s < self._cycle.linger_s:
            return None
        self._over = None
        known = {fault.code for fault in rep.faults}
        late = tuple(f for f in self._findings() if f.code not in known)
        if not late:
            return rep
        worse = Verdict.COMPENSATED if rep.verdict is Verdict.CLEAN else rep.verdict
        return replace(rep, faults=rep.faults + late, verdict=worse)

    def _findings(self) -> tuple[Finding, ...]:
        """Return the faults that lasted, each once, the first rule of a code speaking for it."""
        found = {w.fault.code: w.finding for w in reversed(self._watches) if w.finding is not None}
        codes = dict.fromkeys(watch.fault.code for watch in self._watches)
        return tuple(found[code] for code in codes if code in found)

    def take_over(self, rep: Rep) -> None:
        """Make what the other leg's attempt showed part of the attempt in progress."""
        self._taken_over = rep

    def finish(self) -> Rep | None:
        """Return the repetition that was just over when the frames ended, if any."""
        attempt = self._machine.finish()
        return self._last_word(math.inf) if attempt is None else self._rep(attempt)

    def _rep(self, attempt: Attempt) -> Rep | None:
        unmet = self._requirements.unmet()
        if unmet == "" or (unmet is not None and not attempt.reached):
            return None
        faults = self._findings()
        if self._taken_over is not None:
            known = {fault.code for fault in faults}
            faults += tuple(f for f in self._taken_over.faults if f.code not in known)
            attempt = _joined(attempt, self._taken_over)
            self._taken_over = None
            self._exchanged_frames = max(1, self._exchanged_frames)
        found = {fault.code for fault in faults}
        # A fault known by several signs is checked when all of them were seen.
        blind = {
            w.fault.code: w.unchecked
            for w in reversed(self._watches)
            if w.unchecked is not None and w.fault.code not in found and not w.waits
        }
        unchecked = [Unchecked(check=code, reason=blind[code]) for code in reversed(blind)]
        coach = Coach(self._exercise, self._view, legs_confused=self._exchanged_frames > 0)
        unchecked += coach.unchecked(attempt)
        mandatory = self._exercise.must_check(self._view)
        doubtful = any(u.check in mandatory for u in unchecked)
        doubt = self._doubt(attempt, unmet)
        if doubt is not None:
            unchecked.insert(0, doubt)
        cues = coach.cues(attempt) if attempt.reached and not attempt.lost else ()
        if self._strict:
            faults, cues = faults + cues, ()
        return Rep(
            number=0,
            side=self._lifted,
            start_s=attempt.start_s,
            top_s=attempt.top_s,
            end_s=attempt.end_s,
            verdict=Verdict.UNVERIFIED
            if unmet
            else self._verdict(attempt, bool(faults), doubtful or doubt is not None),
            peak_deg=attempt.peak,
            hold_s=attempt.hold_s,
            lowering_s=attempt.lowering_s,
            pelvic_tilt_deg=float(np.median(self._tilts)) if self._tilts else math.nan,
            faults=faults,
            cues=cues,
            unchecked=tuple(unchecked),
        )

    @property
    def _lifted(self) -> Side:
        """The leg that made the attempt: as the foot that stayed tells, else as it was called."""
        wrong = 2 * self._exchanged_frames > self._frames
        if self._misnamed:
            wrong = self._misnamed > 0
        return self.side.other if wrong else self.side

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
        if too_few(attempt, self._cycle) and not attempt.reached:
            return Unchecked(check="repetition", reason=too_few(attempt, self._cycle))
        if self._view_changed:
            return Unchecked(check="view", reason="the person turned, or the camera moved")
        return None

    def _verdict(self, attempt: Attempt, faulty: bool, doubtful: bool) -> Verdict:
        """Return the verdict: a fault that was seen outranks a check that could not be made."""
        if attempt.lost:
            return Verdict.UNVERIFIED
        if not attempt.reached:
            # What was not seen may have been the top itself.
            unseen = attempt.missing > MAX_UNSEEN or too_few(attempt, self._cycle)
            return Verdict.UNVERIFIED if unseen else Verdict.PARTIAL
        if faulty:
            return Verdict.COMPENSATED
        if attempt.hold_s < self._cycle.hold_target_s - HOLD_SLACK_S:
            return Verdict.PARTIAL
        return Verdict.UNVERIFIED if doubtful else Verdict.CLEAN


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
