"""The hands-free start: holding the start posture to the end of a countdown begins a set.

Finds whether the person is in the start posture, how long they have held it, how far the
countdown is, and whether they have left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.core.checker.calibration import GLANCE_S, RecentPoses
from formcheck.core.checker.neutral import STAND_STILL, STILL_S, start_complaint
from formcheck.core.checker.session import FrameReport, Stage
from formcheck.core.coaching.events import CountdownTick
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.exercise.rules import Phase
from formcheck.core.pose.view import scene_of
from formcheck.core.pose.visibility import SeenPose


class Countdown:
    """Counts whole seconds down.

    Attributes
    ----------
    remaining_s : float
        Seconds left; 0 while the countdown is stopped.
    runs : bool
        Whether the countdown runs.
    was_calibrating : bool
        Whether it ran with the frame before because the checker was taking a neutral.
    """

    def __init__(self) -> None:
        self.stop()

    def stop(self) -> None:
        """Stops the countdown; the next one starts from the beginning."""
        self.remaining_s = 0.0
        self.runs = False
        self.was_calibrating = False
        self._told = math.inf

    @property
    def over(self) -> bool:
        """Whether the countdown has reached its end."""
        return self.runs and self.remaining_s <= 0.0

    def set(self, remaining_s: float | None) -> None:
        """Sets the seconds left; None stops the countdown."""
        if remaining_s is None:
            self.stop()
            return
        self.runs = True
        self.remaining_s = max(0.0, remaining_s)

    def ticks(self, time_s: float) -> list[CountdownTick]:
        """Returns the tick of a second that has begun since the last call; else nothing."""
        second = math.ceil(self.remaining_s)
        if not self.runs or second >= self._told or second == 0:
            return []
        self._told = second
        return [CountdownTick(time_s=time_s, remaining_s=second)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPosture:
    """Whether the last half second shows the start posture.

    Attributes
    ----------
    taken : bool
        Whether the person is in the start posture, still or not.
    still_s : float
        Seconds they have held it still; 0 while they move.
    """

    taken: bool = False
    still_s: float = 0.0


class StartWatch:
    """Assesses the last half second of poses, ten times a second.

    The posture is assessed by itself and not against the calibration: after a rest a person may
    take the start posture a step away.

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
        """Adds one pose and returns the present start posture."""
        if self._poses.add(seen):
            self._posture = self._look(seen.time_s)
        return self._posture

    def _look(self, now_s: float) -> StartPosture:
        poses = tuple(self._poses)
        scene = scene_of(poses, self._exercise.position)
        complaint = start_complaint(poses, scene, self._exercise)
        if complaint is not None:
            self._still_since_s = None
            return StartPosture(taken=complaint == STAND_STILL)
        if self._still_since_s is None:
            self._still_since_s = poses[0].time_s
        return StartPosture(taken=True, still_s=now_s - self._still_since_s)


LEFT_AFTER_S = 5.0
"""Neither in the start posture nor in an attempt for this long: the set is over."""

SHOWN_FROM_S = 1.5
"""A shorter time away needs no warning."""

LONGEST_STEP_S = 0.5
"""A gap between frames (a lost camera) counts as no more than this."""

ATTEMPT_S = 15.0
"""A leg that is up for longer, apart from a timed hold, is no attempt: sitting down raises both
thighs."""


class Engagement:
    """Adds up the time in neither start posture nor attempt.

    Parameters
    ----------
    exercise : Exercise
        Gives how long an attempt may last.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._attempt_s = ATTEMPT_S + 2 * exercise.cycle.hold_target_s
        self._last_s: float | None = None
        self._up_s = 0.0
        self._away_s = 0.0

    @property
    def leaving_s(self) -> float | None:
        """Seconds until the set ends; None while the person is exercising."""
        return None if self._away_s < SHOWN_FROM_S else max(0.0, LEFT_AFTER_S - self._away_s)

    def update(self, report: FrameReport, posture: StartPosture) -> float:
        """Processes a frame and returns the seconds the person has been away."""
        last_s, self._last_s = self._last_s, report.time_s
        step_s = 0.0 if last_s is None else min(LONGEST_STEP_S, report.time_s - last_s)
        up = any(phase is not Phase.REST for phase in report.phases.values())
        self._up_s = self._up_s + step_s if up and report.person else 0.0
        attempt = 0.0 < self._up_s < self._attempt_s
        engaged = report.person and (posture.taken or attempt or bool(report.ended))
        self._away_s = 0.0 if engaged else self._away_s + step_s
        return self._away_s


class StartGate:
    """Counts down while the person holds still, with or without a new neutral.

    The first set uses the checker's own countdown, during which it takes the neutral. Where the
    neutral still holds, as after a rest in place, the same time of stillness begins the set.
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
        """Seconds left of the countdown; 0 while it is stopped."""
        return self._countdown.remaining_s

    def close(self, now_s: float) -> None:
        """Waits for the start posture from now on; earlier stillness does not count."""
        self._countdown.stop()
        self._ready_from_s = now_s

    def update(self, report: FrameReport, posture: StartPosture) -> bool:
        """Processes a frame and returns whether the set begins with it."""
        calibrating = report.stage is Stage.CALIBRATING
        if not calibrating and self._countdown.was_calibrating:
            # The checker has its neutral: the person held still to the end of the countdown.
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
        """Shows the countdown to a new neutral in mid-set, after the person has moved."""
        self._countdown.set(report.countdown_s if report.stage is Stage.CALIBRATING else None)

    def ticks(self, now_s: float) -> list[CountdownTick]:
        """Returns the tick of a second that has begun since the last call; else nothing."""
        return self._countdown.ticks(now_s)
