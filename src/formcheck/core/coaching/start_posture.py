"""The hands-free start: the start posture, held still to the end of the countdown, begins a set.

Tells whether the person is in the start posture, since when they hold it, how far the countdown
is, and whether they have left the posture for good.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.core.checker.calibration import GLANCE_S, RecentPoses
from formcheck.core.checker.neutral import STAND_STILL, STILL_S, assess
from formcheck.core.checker.session import FrameReport, Stage
from formcheck.core.coaching.events import CountdownTick
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.exercise.rules import Phase
from formcheck.core.pose.visibility import SeenPose


class Countdown:
    """Counts whole seconds down.

    Attributes
    ----------
    remaining_s : float
        Seconds left; 0 when it does not run.
    runs : bool
        Whether it does.
    was_calibrating : bool
        Whether it ran down for a neutral with the frame before.
    """

    def __init__(self) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop it; the next one begins anew."""
        self.remaining_s = 0.0
        self.runs = False
        self.was_calibrating = False
        self._told = math.inf

    @property
    def over(self) -> bool:
        """Whether it ran to its end."""
        return self.runs and self.remaining_s <= 0.0

    def set(self, remaining_s: float | None) -> None:
        """Set how many seconds are left; None stops it."""
        if remaining_s is None:
            self.stop()
            return
        self.runs = True
        self.remaining_s = max(0.0, remaining_s)

    def ticks(self, time_s: float) -> list[CountdownTick]:
        """Return the tick of the second that has begun since the last call, if one has."""
        second = math.ceil(self.remaining_s)
        if not self.runs or second >= self._told or second == 0:
            return []
        self._told = second
        return [CountdownTick(time_s=time_s, remaining_s=second)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPosture:
    """What the last half second showed.

    Attributes
    ----------
    taken : bool
        Whether the person is in the start posture, still or not.
    still_s : float
        How long they have held it still; 0 if they do not.
    """

    taken: bool = False
    still_s: float = 0.0


class StartWatch:
    """Looks at the last half second of poses, ten times a second.

    The posture is judged by the picture itself and not against the calibration: who came back from
    a rest to a place a step away is in the start posture too.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._poses = RecentPoses(GLANCE_S)
        self._still_since_s: float | None = None
        self._posture = StartPosture()

    def update(self, seen: SeenPose) -> StartPosture:
        """Takes in one pose and returns whether the person is in the start posture."""
        if self._poses.add(seen):
            self._posture = self._look(seen.time_s)
        return self._posture

    def _look(self, now_s: float) -> StartPosture:
        poses = tuple(self._poses)
        verdict = assess(poses, self._exercise)
        if isinstance(verdict, str):
            self._still_since_s = None
            return StartPosture(taken=verdict == STAND_STILL)
        if self._still_since_s is None:
            self._still_since_s = poses[0].time_s
        return StartPosture(taken=True, still_s=now_s - self._still_since_s)


LEFT_AFTER_S = 5.0
"""Out of the start posture for this long, and in no attempt: the set is over."""

SHOWN_FROM_S = 1.5
"""The first moment out of it needs no warning."""

LONGEST_STEP_S = 0.5
"""A gap between frames (the camera was gone) counts no more than this."""

ATTEMPT_S = 15.0
"""A leg that is up for longer, besides what a timed hold asks for, is no attempt: who sits down
has both thighs up."""


class Engagement:
    """Adds up the time that is neither start posture nor attempt.

    Parameters
    ----------
    exercise : Exercise
        Says how long an attempt may last.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._attempt_s = ATTEMPT_S + 2 * exercise.cycle.hold_target_s
        self._last_s: float | None = None
        self._up_s = 0.0
        self._away_s = 0.0

    @property
    def leaving_s(self) -> float | None:
        """Seconds until the set ends; None while the person is at it."""
        return None if self._away_s < SHOWN_FROM_S else max(0.0, LEFT_AFTER_S - self._away_s)

    def update(self, report: FrameReport, posture: StartPosture) -> float:
        """Take in a frame; return how long the person has been away."""
        last_s, self._last_s = self._last_s, report.time_s
        step_s = 0.0 if last_s is None else min(LONGEST_STEP_S, report.time_s - last_s)
        up = any(phase is not Phase.REST for phase in report.phases.values())
        self._up_s = self._up_s + step_s if up and report.person else 0.0
        attempt = 0.0 < self._up_s < self._attempt_s
        at_it = report.person and (posture.taken or attempt or bool(report.ended))
        self._away_s = 0.0 if at_it else self._away_s + step_s
        return self._away_s


class StartGate:
    """Counts down while the person holds still, for a neutral or for a set that has one.

    The checker's own countdown, in which it takes the neutral, is the countdown of the first set;
    where the neutral still holds, as after a rest in place, the same time of stillness starts.
    """

    def __init__(self) -> None:
        self._countdown = Countdown()
        self._ready_from_s = 0.0

    @property
    def counting_down(self) -> bool:
        """Whether the countdown runs."""
        return self._countdown.runs

    @property
    def remaining_s(self) -> float:
        """Seconds left of it; 0 when it does not run."""
        return self._countdown.remaining_s

    def close(self, now_s: float) -> None:
        """Wait for the start posture from now on; stillness from before does not count."""
        self._countdown.stop()
        self._ready_from_s = now_s

    def update(self, report: FrameReport, posture: StartPosture) -> bool:
        """Take in a frame; return whether the set begins with it."""
        calibrating = report.stage is Stage.CALIBRATING
        if not calibrating and self._countdown.was_calibrating:
            # The checker has its neutral: the countdown was held to its end.
            return True
        if calibrating:
            self._countdown.set(report.countdown_s)
        else:
            still_s = min(posture.still_s, report.time_s - self._ready_from_s)
            seen = posture.still_s > 0 and report.prompt is None
            self._countdown.set(STILL_S - still_s if seen else None)
        self._countdown.was_calibrating = calibrating and self._countdown.runs
        return not calibrating and self._countdown.over

    def follow(self, report: FrameReport) -> None:
        """Show the countdown to a new neutral in mid-set, for who has moved."""
        self._countdown.set(report.countdown_s if report.stage is Stage.CALIBRATING else None)

    def ticks(self, now_s: float) -> list[CountdownTick]:
        """Return the tick of the second that has begun, if one has."""
        return self._countdown.ticks(now_s)
