"""FormChecker: one pose in, one report out, from the first frame to the finished session."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from formcheck.calibrating import Calibrator
from formcheck.calibration import Calibration, turn_advice
from formcheck.exercise import Exercise
from formcheck.filtering import Conditioner, FrameRate
from formcheck.frame import SourceInfo
from formcheck.framing import cut_off
from formcheck.gating import FOLLOW_VISIBILITY, gate
from formcheck.judging import SideJudge
from formcheck.legs import LegTracker
from formcheck.measures import LUMBAR_GAP, columns, measure_all
from formcheck.place import Place, PlaceWatch
from formcheck.pose import FloatArray, Pose, Side
from formcheck.session import Counts, FrameReport, Rep, Session, Stage, Verdict
from formcheck.view import View

OVERLAP_S = 0.1
ECHO_SHARE = 0.25
NOBODY = "Nobody is in the picture."
_GAP = LUMBAR_GAP.column(Side.BOTH)


class FormChecker:
    """Measures, counts and judges one exercise, pose by pose.

    The same poses give the same repetitions, whether they come from a camera or a file, and however
    fast: time is the poses' own.

    Parameters
    ----------
    exercise : Exercise
        What to check.
    side : Side | None
        The leg to count; None (or `Side.BOTH`) for both.
    strict : bool
        Whether a cue voids a repetition like a fault.
    calibration : Calibration | None
        A neutral posture known beforehand; without one the checker first waits for the start
        posture.

    Examples
    --------
    >>> from formcheck import FormChecker, Pose, get_exercise
    >>> checker = FormChecker(get_exercise("standing-hip-flexion"))
    >>> checker.update(Pose.unseen(0.0, (640, 480))).prompt
    'Stand so that your whole body is in the picture.'
    """

    def __init__(
        self,
        exercise: Exercise,
        *,
        side: Side | None = None,
        strict: bool = False,
        calibration: Calibration | None = None,
    ) -> None:
        self.exercise = exercise
        self.sides = exercise.sides(side)
        self._strict = strict
        self._names = columns(exercise.measures)
        self._counted_by = exercise.counted_by
        self._followed = columns(self._counted_by)
        self._legs = LegTracker(hides_doubt=exercise.position.level)
        self._reps: list[Rep] = []
        self._counted = -1
        self._so_far: dict[Side, Counts] = {}
        self._calibrator = Calibrator(exercise)
        self._calibration: Calibration | None = None
        self._first: Calibration | None = None
        self._judges: tuple[SideJudge, ...] = ()
        self._place = PlaceWatch()
        self._displaced = False
        self._advice: str | None = None
        self._rate = FrameRate()
        self._conditioner = self._new_conditioner()
        if calibration is not None:
            self._start(calibration)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions so far."""
        return tuple(self._reps)

    @property
    def calibration(self) -> Calibration | None:
        """The neutral in force; None while calibrating."""
        return self._calibration

    def recalibrate(self) -> None:
        """Forget the neutral and wait for the start posture again; the repetitions stay."""
        self._calibration, self._judges, self._displaced = None, (), False
        self._calibrator = Calibrator(self.exercise)

    def update(self, pose: Pose) -> FrameReport:
        """Take in one pose and return what it told.

        Parameters
        ----------
        pose : Pose
            Poses must come in order of time.
        """
        self._rate.note(pose.time_s)
        repaired = self._legs.repair(pose) if self.exercise.follows_legs else pose
        if self._calibration is None:
            return self._calibrate(repaired)
        gated = gate(repaired, self._calibration.scene)
        self._check_place(gated)
        return self._calibrate(repaired) if self._displaced else self._judge(gated, repaired)

    def end(self) -> tuple[Rep, ...]:
        """Take it that no pose follows; return the repetitions that this completes."""
        before = len(self._reps)
        for judge in self._judges:
            self._keep(judge.finish())
        return self.reps[before:]

    def finish(self, source: SourceInfo, problems: Iterable[str] = ()) -> Session:
        """Return the session so far; a leg that has just come down completes its repetition.

        Parameters
        ----------
        source : SourceInfo
            Where the poses came from.
        problems : iterable of str
            What went wrong on the way and did not stop it.
        """
        self.end()
        calibration = self._calibration or self._first
        return Session(
            exercise=self.exercise.slug,
            source=source,
            view=View.UNKNOWN if calibration is None else calibration.scene.view,
            calibration=calibration,
            reps=self.reps,
            sides=self.sides,
            problems=(*problems, *self._limits()),
            hold_target_s=self.exercise.cycle.hold_target_s,
        )

    def _limits(self) -> list[str]:
        """Return what about the picture kept the whole set from being judged."""
        said = []
        fps, needed = self._rate.fps, self.exercise.needs_fps
        if fps < needed:
            said.append(
                f"{fps:.0f} frames a second are too few for the fastest repetitions, which need"
                f" {needed:.0f}: some may have been missed."
            )
        if self._advice is not None:
            said.append(f"The camera did not see enough to call anything clean. {self._advice}")
        return said

    def _new_conditioner(self) -> Conditioner:
        # Lengths in trunk units move about a fiftieth as much as angles in degrees.
        names = (*self._names, *self._followed)
        scale = np.array([1.0 if name.endswith("_deg") else 0.02 for name in names])
        return Conditioner(len(names), self.exercise.smoothing, scale)

    def _start(self, calibration: Calibration) -> None:
        self._calibration = calibration
        self._first = self._first or calibration
        self._conditioner = self._new_conditioner()
        self._place = PlaceWatch()
        self._displaced = False
        self._judges = tuple(
            SideJudge(self.exercise, side, calibration, strict=self._strict)
            for side in self.exercise.moving
        )
        self._advice = turn_advice(calibration.scene.view, self.exercise)

    def _calibrate(self, pose: Pose) -> FrameReport:
        progress = self._calibrator.update(pose)
        if progress.calibration is not None:
            self._start(progress.calibration)
        row = np.full(len(self._names), math.nan)
        return self._report(pose, row, progress.prompt, progress.remaining_s, ())

    def _check_place(self, pose: Pose) -> None:
        """Stop judging where the neutral does not hold, and go on where it holds again.

        The old neutral is kept until a new one is found: who walks out of the place and back needs
        no new one. Distance and view are only judged at rest, since a bent trunk looks shorter.
        """
        assert self._calibration is not None
        resting = all(judge.resting for judge in self._judges)
        place = self._place.update(pose, self._calibration.scene, resting=resting)
        if place is Place.TURNED:
            for judge in self._judges:
                judge.note_changed_view()
        if self._displaced and place is Place.SAME:
            self._start(self._calibration)
        elif not self._displaced and resting and place in (Place.MOVED, Place.TURNED):
            self._displaced = True
            self._calibrator = Calibrator(self.exercise)

    def _judge(self, pose: Pose, raw_pose: Pose) -> FrameReport:
        assert self._calibration is not None
        scene = self._calibration.scene
        guessed = pose
        if self.exercise.counts_half_seen:
            guessed = gate(raw_pose, scene, min_visibility=FOLLOW_VISIBILITY)
        raw = measure_all(pose, scene, self.exercise.measures)
        raw += measure_all(guessed, scene, self._counted_by)
        both = self._conditioner.update(pose.time_s, np.array(raw))
        row = both[: len(self._names)]
        measures = dict(zip(self._names, row.tolist(), strict=True))
        followed = dict(zip(self._followed, both[len(self._names) :].tolist(), strict=True))
        doubts = {_GAP: pose.lumbar_doubt} if pose.lumbar_doubt else {}
        before = len(self._reps)
        for judge in self._judges:
            rep = judge.update(
                pose.time_s,
                measures,
                followed,
                exchanged=self._legs.exchanged,
                stays=self._legs.stays,
                astray=self._legs.astray,
                doubts=doubts,
            )
            if rep is not None:
                self._settle(rep, judge)
        prompt = self._advice
        if any(math.isnan(measures[judge.column]) for judge in self._judges):
            # Only what is missed is asked for: a head out of the picture harms nothing.
            prompt = cut_off(raw_pose, self.exercise.position) or prompt
        prompt = prompt if pose.is_seen else NOBODY
        return self._report(pose, row, prompt, None, tuple(self._reps[before:]))

    def _settle(self, rep: Rep, own: SideJudge) -> None:
        """Keep a repetition, unless it is only the other leg's, taken for this one's.

        Nobody lifts both legs off the floor: attempts of both legs that overlap mean that the model
        mistook one for the other. If both reached the top they are one lift, and the one still
        going on takes over what the other showed. A partial rise beside another attempt is an echo.
        What overlaps an attempt that was counted already is kept only if it shows a fault.
        """
        if self.exercise.one_leg_at_a_time:
            partial = rep.verdict is Verdict.PARTIAL
            echo_s = ECHO_SHARE * (rep.end_s - rep.start_s)
            other = next(judge for judge in self._judges if judge is not own)
            since_s = other.rising_since_s
            if since_s is not None:
                shared_s = rep.end_s - max(rep.start_s, since_s)
                if other.reached and not partial and shared_s > OVERLAP_S:
                    other.take_over(rep)
                    return
                if partial and shared_s > echo_s:
                    return
            shared_s = (self._reps[-1].end_s if self._reps else -math.inf) - rep.start_s
            # Counted already as the other leg's: only a fault is worth saying once more.
            if shared_s > (OVERLAP_S if partial else echo_s) and not rep.faults:
                return
        self._keep(rep)

    def _keep(self, rep: Rep | None) -> None:
        """Give a repetition its number and add it, if it is one of a counted leg."""
        if rep is not None and rep.side in self.sides:
            self._reps.append(replace(rep, number=len(self._reps) + 1))

    def _counts(self) -> dict[Side, Counts]:
        """Return the counts of each leg, counted anew only when there is a new repetition."""
        if self._counted != len(self._reps):
            reps, self._counted = self.reps, len(self._reps)
            self._so_far = {side: Counts.of(reps, side) for side in self.sides}
        return self._so_far

    def _report(
        self,
        pose: Pose,
        row: FloatArray,
        prompt: str | None,
        countdown_s: float | None,
        ended: tuple[Rep, ...],
    ) -> FrameReport:
        calibration = self._calibration
        waiting = calibration is None or self._displaced
        watched = [judge for judge in self._judges if judge.side in self.sides]
        active = [finding for judge in watched for finding in judge.active]
        close = [judge.closest for judge in watched if judge.closest is not None]
        strain, closest = max(close, key=lambda pair: pair[0], default=(0.0, None))
        return FrameReport(
            time_s=pose.time_s,
            stage=Stage.CALIBRATING if waiting else Stage.COUNTING,
            person=pose.is_seen,
            view=View.UNKNOWN if calibration is None else calibration.scene.view,
            prompt=prompt,
            countdown_s=countdown_s,
            measures=dict(zip(self._names, row.tolist(), strict=True)),
            phases={judge.side: judge.phase for judge in watched},
            hold_s=max((judge.hold_s for judge in watched), default=0.0),
            active_faults=tuple(active),
            ended=ended,
            counts=self._counts(),
            closest=closest,
            strain=max(0.0, strain),
            counted_deg={judge.side: judge.value for judge in watched},
        )
