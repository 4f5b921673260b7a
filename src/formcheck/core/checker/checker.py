"""FormChecker: one pose in, one report out, from the first frame to the finished session."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from formcheck.core.checker.calibration import Calibrator
from formcheck.core.checker.displacement import Displacement, DisplacementWatch
from formcheck.core.checker.jumps import JumpWatch
from formcheck.core.checker.late_start import LateStart
from formcheck.core.checker.leg_judge import LegJudge, leg_judges, told_by
from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.neutral_log import NeutralLog
from formcheck.core.checker.observation import Observer
from formcheck.core.checker.session import FrameReport, Rep, Session, Stage
from formcheck.core.checker.set_limits import SlowFrames, set_limits
from formcheck.core.checker.sideways import turn_advice
from formcheck.core.checker.tally import Tally
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures.filtering import FrameRate
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.leg_flips import LegFlips
from formcheck.core.pose.leg_swaps import LegClues, LegTracker
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.view import View
from formcheck.core.pose.visibility import SeenPose, cut_off

NOBODY = "Nobody is in the picture."
LONGEST_OFF_S = 5.0
"""After so long in another view judging stops, whatever the legs seem to do from there."""


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
        posture. Where its `known` is False, movements are found and measured, but not judged.
    others : sequence of Calibration
        Neutrals of other views and places, to go on with where the person is seen from there, or
        where the film is cut to there.

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
        others: Sequence[Calibration] = (),
    ) -> None:
        self.exercise = exercise
        self.sides = exercise.sides(side)
        self._strict = strict
        self._tally = Tally(self.sides, one_at_a_time=exercise.one_leg_at_a_time)
        self._calibrator, self._late = Calibrator(exercise), LateStart(exercise)
        self._calibration: Calibration | None = None
        self._neutrals = NeutralLog(others if calibration is None else (calibration, *others))
        self._judges: tuple[LegJudge, ...] = ()
        self._forget_picture()
        self._displaced = self._turned = False
        self._off_since_s: float | None = None
        self._advice: str | None = None
        self._rate, self._slow = FrameRate(), SlowFrames(exercise)
        self._observer = Observer(exercise)
        self._seen: SeenPose | None = None
        if calibration is not None:
            self._start(calibration)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions so far."""
        return self._tally.reps

    @property
    def calibration(self) -> Calibration | None:
        """The neutral in force; None while calibrating."""
        return self._calibration

    @property
    def seen(self) -> SeenPose | None:
        """The last pose, its legs named right, with what of it may be believed; None before one."""
        return self._seen

    def recalibrate(self) -> None:
        """Forgets the neutral and waits for the start posture again; the repetitions stay."""
        self._complete()
        self._calibration, self._judges, self._displaced = None, (), False
        self._neutrals.forget()
        self._calibrator, self._late = Calibrator(self.exercise), LateStart(self.exercise)

    def update(self, pose: Pose) -> FrameReport:
        """Takes in one pose and returns the report of its frame.

        Parameters
        ----------
        pose : Pose
            Poses must come in order of time.
        """
        self._rate.note(pose.time_s, looked_at=not pose.interpolated)
        cut_to = self._neutrals.cut_to(pose.time_s)
        if cut_to is not None:
            self._cut(cut_to)
        raw = pose
        pose, clues = self._legs.repair(pose)
        seen = self._seen = SeenPose.of(pose)
        if self._calibration is None:
            return self._begin(raw, seen)
        self._check_displacement(seen)
        self._neutrals.note(seen.time_s, away=self._displaced and seen.pose.is_seen)
        waits = self._calibrate(seen) if self._displaced else None
        # What is done in another place or view still counts as done, though it can't be judged.
        judged = self._doubted(raw, self._judge(seen.in_scene(self._calibration.scene), clues))
        if waits is None:
            return judged
        ended = (*waits.ended, *judged.ended)
        if not self._displaced:
            return replace(judged, ended=ended)
        return replace(judged, ended=ended, prompt=waits.prompt, countdown_s=waits.countdown_s)

    def end(self) -> tuple[Rep, ...]:
        """Ends the stream of poses and returns the repetitions that this completes.

        Where no neutral was found so far, all that is remembered is judged now, as a recording is.
        """
        if self._calibration is None:
            self._catch_up(self._late.search())
        self._complete()
        return self._tally.untold()

    def _complete(self) -> None:
        """Counts what is over and was still watched at rest: its judges are to go."""
        for judge in self._judges:
            self._tally.add(judge.finish())
        self._neutrals.credit(self._calibration, len(self._tally))

    def finish(self, source: SourceInfo, problems: Iterable[str] = ()) -> Session:
        """Returns the session so far; a leg that has just come down completes its repetition.

        Its calibration is the one that most repetitions were judged against.

        Parameters
        ----------
        source : SourceInfo
            Where the poses came from.
        problems : iterable of str
            What went wrong on the way and did not stop it.
        """
        self.end()
        calibration = self._neutrals.mostly_used(self._calibration)
        view = View.UNKNOWN if calibration is None else calibration.scene.view
        limits = set_limits(self.exercise, view, self._rate.fps, self.reps, self._advice)
        return Session(
            exercise=self.exercise.slug,
            source=source,
            view=view,
            calibration=calibration if calibration and calibration.known else None,
            reps=self.reps,
            sides=self.sides,
            dropped=self._tally.dropped,
            problems=(*problems, *self._neutrals.told(self._calibration), *limits),
            hold_target_s=self.exercise.cycle.hold_target_s,
            frames_judged=self._rate.looks,
            rules=self.exercise,
        )

    def _start(self, calibration: Calibration) -> None:
        self._complete()
        self._neutrals.add(calibration)
        self._calibration = calibration
        self._observer = Observer(self.exercise, calibration.offsets, calibration.neutral)
        self._displaced, self._turned, self._off_since_s = False, False, None
        self._judges = leg_judges(
            self.exercise, calibration, strict=self._strict, on_dropped=self._tally.drop
        )
        self._advice = turn_advice(calibration.scene, self.exercise)

    def _cut(self, calibration: Calibration) -> None:
        """Goes on with the neutral of another camera: nothing known of the last picture holds."""
        self._forget_picture()
        self._start(calibration)
        # Nothing is counted in an unknown scene, until the person shows the start posture there.
        self._displaced = calibration.scene.view is View.UNKNOWN
        self._calibrator = Calibrator(self.exercise, renews=True)

    def _forget_picture(self) -> None:
        """Forgets where the body and its legs were."""
        follows, level = self.exercise.follows_legs, self.exercise.position.level
        self._legs = LegTracker(lies=level) if follows else LegFlips()
        self._watch, self._jumps = DisplacementWatch(self.exercise.position), JumpWatch()

    def _begin(self, pose: Pose, seen: SeenPose) -> FrameReport:
        """Waits for the neutral; once it is known, judges what was done before it as well."""
        report = self._calibrate(seen)
        self._late.add(pose)
        if self._calibration is None:
            return self._catch_up(self._late.look()) or report
        late = self._late
        judged = self._catch_up((self._calibration,)) or report
        self._late = late.doubting(self._calibration)
        return replace(judged, prompt=report.prompt, countdown_s=report.countdown_s)

    def _doubted(self, pose: Pose, judged: FrameReport) -> FrameReport:
        """Begins anew where the first neutral turns out to be a held top."""
        found = self._late.doubt(pose, judged.measures, counted=len(self._tally))
        if not found:
            return judged
        self._judges, self._tally = (), self._tally.anew()
        self._neutrals.forget()
        return self._catch_up(found) or judged

    def _catch_up(self, neutrals: Sequence[Calibration]) -> FrameReport | None:
        """Judges the remembered poses by neutrals found since; None where there is none."""
        if not neutrals:
            return None
        poses, self._late = self._late.poses, LateStart(self.exercise)
        self._forget_picture()
        self._rate = FrameRate()
        self._neutrals.add(*neutrals[1:])
        self._start(neutrals[0])
        reports = [self.update(pose) for pose in poses]
        return replace(reports[-1], ended=tuple(rep for each in reports for rep in each.ended))

    def _calibrate(self, seen: SeenPose) -> FrameReport:
        progress = self._calibrator.update(seen)
        if progress.calibration is not None:
            self._start(progress.calibration)
        report = self._report(seen, self._observer.nothing, progress.prompt)
        return replace(report, countdown_s=progress.remaining_s)

    def _check_displacement(self, seen: SeenPose) -> None:
        """Stops judging where the neutral does not hold, and goes on where one holds.

        Every neutral is kept: a person who comes back to an earlier place or view needs no new
        one. Where none fits, judging stops as soon as the legs rest, since a bent trunk looks
        shorter, or after five seconds.
        """
        assert self._calibration is not None
        resting = self._displaced or all(judge.resting for judge in self._judges)
        if not self._watch.update(seen, resting=resting):
            return
        found = self._watch.compared(self._calibration.scene)
        self._turned = found is Displacement.TURNED
        if found is Displacement.SAME:
            self._off_since_s, self._displaced = None, False
        elif found is not Displacement.UNSURE:
            if self._off_since_s is None or found is not Displacement.TURNED:
                self._off_since_s = seen.time_s
            off_s = seen.time_s - self._off_since_s
            sure = resting if found is Displacement.TURNED else self._watch.still
            legs_rest = all(judge.resting for judge in self._judges)
            if legs_rest or off_s >= LONGEST_OFF_S:
                self._leave(sure=sure or off_s >= LONGEST_OFF_S)

    def _leave(self, *, sure: bool) -> None:
        """Goes on with another neutral that fits what is seen now; if sure, waits for one.

        Never in the midst of a repetition: a lunge turns the shoulders by 15 degrees and back.
        """
        fitting = [
            c for c in self._neutrals.known if self._watch.compared(c.scene) is Displacement.SAME
        ]
        if fitting:
            self._start(min(fitting, key=lambda c: (not c.known, not c.calm)))
        elif not self._displaced and sure:
            self._displaced = True
            for judge in self._judges:
                # What the body does at rest in another place says nothing about it.
                self._tally.add(judge.end_watch())
            self._calibrator = Calibrator(self.exercise, renews=True)

    def _judge(self, seen: SeenPose, clues: LegClues) -> FrameReport:
        assert self._calibration is not None
        observed = self._observer.observe(seen, self._calibration.scene, clues)
        jumped = self._jumps.update(seen, self._calibration.scene.trunk_px)
        for judge in self._judges:
            rep = judge.update(observed, elsewhere=self._displaced or self._turned, jumped=jumped)
            if rep is not None:
                other = next((each for each in self._judges if each is not judge), None)
                self._tally.take_in(rep, judge, other)
        prompt = self._advice
        if any(math.isnan(observed.measures[judge.column]) for judge in self._judges):
            # The person is only asked for what is needed: a head out of the picture harms nothing.
            prompt = cut_off(seen.raw, self.exercise.position) or prompt
        return self._report(seen, observed.measures, prompt if seen.pose.is_seen else NOBODY)

    def _report(
        self, seen: SeenPose, measures: Mapping[str, float], prompt: str | None
    ) -> FrameReport:
        neutral = self._calibration
        view = View.UNKNOWN if neutral is None else neutral.scene.view
        return FrameReport(
            time_s=seen.time_s,
            stage=Stage.CALIBRATING if neutral is None or self._displaced else Stage.COUNTING,
            person=seen.pose.is_seen,
            view=view,
            prompt=prompt,
            countdown_s=None,
            measures=measures,
            ended=self._tally.untold(),
            counts=self._tally.counts(),
            notice=self._slow.notice(seen.time_s, view, self._rate),
            **told_by([judge for judge in self._judges if judge.side in self.sides]),
        )
