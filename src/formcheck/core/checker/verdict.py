"""From an attempt and its evidence to a repetition with a verdict, and its cues."""

from __future__ import annotations

from dataclasses import replace

from formcheck.core.checker.attempt import Attempt
from formcheck.core.checker.evidence import Evidence
from formcheck.core.checker.faults import IMPOSSIBLE, MAX_UNSEEN, Finding, Unchecked, article
from formcheck.core.checker.lasting import frames_are
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.exercise.exercise import Cue, Cycle, Exercise, Quantity
from formcheck.core.measures import PELVIC_OBLIQUITY, PELVIC_TILT
from formcheck.core.pose.view import View

NO_NEUTRAL = "no start posture was seen to compare with"
EXACT = 1e-6
"""Seconds: a hold that is exactly long enough must not fail by the rounding of frame times."""


class CueJudge:
    """Compares a finished attempt with the cues of an exercise.

    Parameters
    ----------
    exercise : Exercise
        Gives the cues.
    view : View
        Where the camera stands.
    legs_confused : bool
        Whether the model took one leg for the other on the way: then no time can be trusted.
    """

    def __init__(self, exercise: Exercise, view: View, *, legs_confused: bool) -> None:
        self._exercise = exercise
        self._view = view
        self._legs_confused = legs_confused

    def cues(self, attempt: Attempt) -> tuple[Finding, ...]:
        """Returns the cues of an attempt that fell short."""
        values = {
            Quantity.HOLD_S: (attempt.hold_s, attempt.top_s),
            Quantity.LOWERING_S: (attempt.lowering_s, attempt.end_s),
            Quantity.PEAK_DEG: (attempt.peak, attempt.top_s),
        }
        return tuple(
            _as_finding(cue, *values[cue.quantity])
            for cue in self._exercise.cues
            if not self._blocked(cue, attempt) and values[cue.quantity][0] < cue.at_least - EXACT
        )

    def unchecked(self, attempt: Attempt) -> list[Unchecked]:
        """Returns the cues that could not be judged, and why."""
        reasons = {cue.code: self._blocked(cue, attempt) for cue in self._exercise.cues}
        return [Unchecked(check=code, reason=why) for code, why in reasons.items() if why]

    def _blocked(self, cue: Cue, attempt: Attempt) -> str:
        if self._view not in cue.views:
            return f"not measurable in {article(self._view)} view"
        if self._legs_confused:
            return "the legs could not be told apart all the time"
        return too_few(attempt, self._exercise.cycle)


def too_few(attempt: Attempt, cycle: Cycle) -> str:
    """Returns why peaks may have fallen between the frames; empty if they can't have."""
    # 15 frames a second of a camera are 14.99.
    if attempt.fps >= 0.99 * cycle.grade_fps:
        return ""
    if attempt.missing > 0.0:
        # The camera is quick enough; it is the leg that was hidden.
        return f"the leg was not seen for {100 * attempt.missing:.0f} % of the repetition"
    return f"{frames_are(attempt.fps)} too few to grade the height"


def _as_finding(cue: Cue, value: float, at_s: float) -> Finding:
    return Finding(code=cue.code, worst=value, limit=cue.at_least, unit=cue.unit, at_s=at_s)


def _is_hold(exercise: Exercise, found: Finding) -> bool:
    return any(c.code == found.code and c.quantity is Quantity.HOLD_S for c in exercise.cues)


def hold_in_doubt(
    exercise: Exercise, attempt: Attempt, cues: tuple[Finding, ...]
) -> list[Unchecked]:
    """Returns why a hold that read too short may have been long enough; empty where it was not.

    A thigh that hangs about the level of the hold reads lower in a poor picture. A cue about such a
    hold coaches, but is no ground to void a repetition.
    """
    asked = {cue.code: cue.at_least for cue in exercise.cues if cue.quantity is Quantity.HOLD_S}
    return [
        Unchecked(
            check="hold",
            reason=f"held for {attempt.hold_s:.1f} to {attempt.hold_most_s:.1f} s, too near to"
            f" {asked[cue.code]:g} s to tell",
        )
        for cue in cues
        if cue.code in asked and attempt.hold_most_s >= asked[cue.code] - EXACT
    ]


JUMPED = "the body was suddenly elsewhere: another person, or a cut"
CUT_OFF = "the recording, or what one camera shows of it, begins or ends within the repetition"
FRAME_RATE = "frame rate"
"""The check that a camera fails which is too slow for the shortest fault."""

HALF_SEEN_DEG = 9.0
"""Degrees beyond the top from which on a half-hidden leg was certainly there. The peaks of 43
attempts of such a leg, planks and climbers of six tuning bodies, read 8 degrees too far at the
most, 95 % of them up to 6.7 (single frames up to 11)."""
FRONT_SHORT_DEG = 16.0
"""Degrees by which a thigh that is up may read too low from the front or from behind: the model
puts the knee too low, and a height is all that is seen of a thigh there. Tops of 14 clean lifts of
tuning bodies read 14 degrees too low to 5 too high; with the trunk leaning 16 too low (see
`HELD_IN_FRONT`)."""
FROM_FRONT = (
    f"from the front or from behind a lifted thigh may read {FRONT_SHORT_DEG:.0f}° too low: film"
    " from the side to grade its height"
)
HOLD_SLACK_S = 0.2
"""Seconds that a timed hold may be short: frames and filters shorten what is measured."""


class VerdictRule:
    """Gives finished attempts their verdicts.

    Parameters
    ----------
    exercise : Exercise
        The checks that must be made, and the cues.
    cycle : Cycle
        The exercise's cycle, with the levels in force.
    view : View
        Where the camera stands.
    strict : bool
        Whether a cue voids the repetition like a fault.
    known : bool
        Whether there is a neutral: without one nothing is more than unverified.
    """

    def __init__(
        self, exercise: Exercise, cycle: Cycle, view: View, *, strict: bool, known: bool = True
    ) -> None:
        self._exercise = exercise
        self._cycle = cycle
        self._view = view
        self._strict = strict
        self._known = known

    def rep(self, attempt: Attempt, evidence: Evidence) -> Rep | None:
        """Returns an attempt as a repetition, its number left at 0; None if it was none."""
        unmet = evidence.unmet()
        if unmet == "" or (unmet is not None and not attempt.reached):
            return None
        leg = evidence.leg
        faults, attempt = leg.with_faults_of_both(evidence.findings()), leg.whole(attempt)
        coach = CueJudge(self._exercise, self._view, legs_confused=leg.confused)
        unchecked = [*evidence.unchecked(), *coach.unchecked(attempt)]
        mandatory = self._exercise.must_check(self._view)
        doubtful = evidence.suspected or any(each.check in mandatory for each in unchecked)
        doubt = self._doubt(attempt, unmet, evidence)
        if doubt is not None:
            doubtful = True
            unchecked.insert(0, doubt)
        cues = coach.cues(attempt) if attempt.reached and not attempt.lost else ()
        # What was measured of another body, or of none, convicts nobody.
        if evidence.impossible or evidence.jumped:
            faults = cues = ()
        if self._strict:
            near = hold_in_doubt(self._exercise, attempt, cues)
            unchecked[:0] = near
            doubtful |= bool(near)
            faults += tuple(cue for cue in cues if not near or not _is_hold(self._exercise, cue))
            cues = ()
        verdict = self._verdict(attempt, faulty=bool(faults), doubtful=doubtful)
        return Rep(
            number=0,
            side=leg.side,
            start_s=attempt.start_s,
            top_s=attempt.top_s,
            end_s=attempt.end_s,
            verdict=verdict if unmet is None and self._sure(evidence) else Verdict.UNVERIFIED,
            peak_deg=attempt.peak,
            hold_s=attempt.hold_s,
            lowering_s=attempt.lowering_s,
            pelvic_obliquity_deg=evidence.at_top_deg(PELVIC_OBLIQUITY),
            pelvic_tilt_deg=evidence.at_top_deg(PELVIC_TILT),
            faults=faults,
            cues=cues,
            unchecked=tuple(unchecked),
        )

    def reconsidered(self, rep: Rep, evidence: Evidence) -> Rep:
        """Returns a repetition as it is after what the body did at rest behind it.

        Parameters
        ----------
        rep : Rep
            As it was judged at its end.
        evidence : Evidence
            Has gone on to watch since.
        """
        known = {fault.code for fault in rep.faults}
        late = tuple(f for f in evidence.findings() if f.code not in known)
        slow = evidence.too_slow
        if rep.verdict is not Verdict.CLEAN:
            return replace(rep, faults=rep.faults + late)
        if late:
            return replace(rep, faults=rep.faults + late, verdict=Verdict.COMPENSATED)
        if slow is not None:
            doubt = Unchecked(check=FRAME_RATE, reason=slow)
            return replace(rep, unchecked=(doubt, *rep.unchecked), verdict=Verdict.UNVERIFIED)
        return rep

    def _doubt(self, attempt: Attempt, unmet: str | None, evidence: Evidence) -> Unchecked | None:
        """Returns why the repetition as a whole can't be vouched for, or None."""
        reason = unmet or (IMPOSSIBLE if evidence.impossible else self._lost(attempt))
        reason = reason or ("" if self._known else NO_NEUTRAL)
        if reason:
            return Unchecked(check="repetition", reason=reason)
        if evidence.too_slow is not None:
            return Unchecked(check=FRAME_RATE, reason=evidence.too_slow)
        if evidence.view_changed:
            return Unchecked(check="view", reason="the person turned, or the camera moved")
        if evidence.jumped:
            return Unchecked(check="view", reason=JUMPED)
        return None

    def _sure(self, evidence: Evidence) -> bool:
        """Whether there was a neutral, one body, and no reading that no body can give."""
        return self._known and not (evidence.impossible or evidence.jumped)

    def _lost(self, attempt: Attempt) -> str:
        """Returns why too little of the leg was seen; empty where it was enough."""
        if attempt.cut_off:
            return CUT_OFF
        if attempt.lost:
            return "the leg was lost from sight before it came down"
        if attempt.missing > self._exercise.cycle.max_missing:
            return f"the leg was not seen for {100 * attempt.missing:.0f} % of the repetition"
        if self._half_hidden(attempt):
            hidden = 100 * (attempt.missing + attempt.half_seen)
            return f"the leg was half hidden for {hidden:.0f} % of the repetition"
        if attempt.reached:
            return ""
        return too_few(attempt, self._cycle) or (FROM_FRONT if self._may_be_up(attempt) else "")

    def _half_hidden(self, attempt: Attempt) -> bool:
        """Whether a leg that was only followed may have reached the top, or may not have.

        One that was seen up there did, however little of its way was.
        """
        if attempt.top_seen_s > 0.0 and attempt.top_seen_s >= self._cycle.top_dwell_s:
            return False
        hidden = attempt.missing + attempt.half_seen > self._exercise.cycle.max_missing
        return hidden and attempt.peak < self._cycle.top + HALF_SEEN_DEG

    def _may_be_up(self, attempt: Attempt) -> bool:
        """Whether a peak under the top may have reached it, as far as this view can tell."""
        return self._view is View.FRONT and attempt.peak >= self._cycle.top - FRONT_SHORT_DEG

    def _verdict(self, attempt: Attempt, *, faulty: bool, doubtful: bool) -> Verdict:
        """Returns the verdict: a fault that was seen outranks a check that could not be made."""
        if attempt.lost or attempt.cut_off:
            return Verdict.UNVERIFIED
        if faulty and (attempt.reached or self._may_be_up(attempt)):
            return Verdict.COMPENSATED
        if not attempt.reached:
            # What was not seen may have been the top itself.
            hidden = attempt.missing + attempt.half_seen
            unseen = hidden > MAX_UNSEEN or too_few(attempt, self._cycle)
            unclear = unseen or self._may_be_up(attempt)
            return Verdict.UNVERIFIED if unclear else Verdict.PARTIAL
        if attempt.hold_s < self._cycle.hold_target_s - HOLD_SLACK_S:
            return Verdict.PARTIAL
        return Verdict.UNVERIFIED if doubtful else Verdict.CLEAN
