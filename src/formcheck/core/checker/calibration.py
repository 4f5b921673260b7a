"""Finds the neutral live: as soon as a person stands still in the start posture."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from formcheck.core.checker.cycle_neutral import from_cycle, risen
from formcheck.core.checker.neutral import STAND_STILL, STILL_S, Calibration, assess, enough
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.visibility import SeenPose, cut_off

LOOK_EVERY_S = 0.1
"""Ten looks a second are plenty, and leave the frame's time to the rest."""


class RecentPoses:
    """Holds the poses of the last seconds, with what of them may be believed.

    Parameters
    ----------
    span_s : float
        How long a pose stays.
    """

    def __init__(self, span_s: float) -> None:
        self._span_s = span_s
        self._poses: deque[Pose] = deque()
        self._looked_s = -math.inf

    def add(self, seen: SeenPose) -> bool:
        """Takes in one pose and returns whether it is time to look at the poses again."""
        pose = seen.pose
        self._poses.append(pose)
        while pose.time_s - self._poses[0].time_s > self._span_s:
            self._poses.popleft()
        due = pose.time_s - self._looked_s >= LOOK_EVERY_S
        if due:
            self._looked_s = pose.time_s
        return due

    def __iter__(self) -> Iterator[Pose]:
        """Iterates over the poses in order of time."""
        return iter(self._poses)

    def last(self, span_s: float) -> tuple[Pose, ...]:
        """Returns the poses of a shorter span of time up to the newest."""
        now_s = self._poses[-1].time_s
        return tuple(pose for pose in self._poses if now_s - pose.time_s <= span_s)


GLANCE_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationState:
    """How far a live calibration is.

    Attributes
    ----------
    prompt : str
        What the person should do now.
    remaining_s : float | None
        Seconds of stillness still needed; None while the posture is not right yet.
    calibration : Calibration | None
        Set when done.
    """

    prompt: str
    remaining_s: float | None = None
    calibration: Calibration | None = None


RENEWED_FROM_S = 6.0
"""What of the past a neutral is read off for somebody who goes on without a pause."""
RENEWED_RISES = 3


class Calibrator:
    """Takes the neutral live: waits for the start posture, counts down, measures.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture.
    renews : bool
        Whether an earlier neutral was lost, as after a turn: then the phases of the movement also
        serve, for a person who goes on without a pause.
    """

    def __init__(self, exercise: Exercise, *, renews: bool = False) -> None:
        self._exercise = exercise
        self._renews = renews
        # Twice the stillness that is asked for, so that seen time can add up over a stall.
        self._poses = RecentPoses(RENEWED_FROM_S if renews else 2 * STILL_S)
        self._cut_off: str | None = None
        self._right_since_s: float | None = None
        self._tried_s = math.inf
        self._state = CalibrationState(prompt=exercise.step_in)

    def update(self, seen: SeenPose) -> CalibrationState:
        """Takes in one pose and returns how far the calibration is."""
        self._cut_off = cut_off(seen.raw, self._exercise.position)
        if self._poses.add(seen):
            self._state = self._check(seen.time_s)
            if self._state.calibration is None and self._renews:
                self._renew(seen.time_s)
        return self._state

    def _check(self, now_s: float) -> CalibrationState:
        glance = self._poses.last(GLANCE_S)
        verdict = assess(glance, self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationState(prompt=self._advice(verdict))
        if self._right_since_s is None:
            self._right_since_s = glance[0].time_s
        prompt = self._hint(verdict)
        remaining_s = STILL_S - (now_s - self._right_since_s)
        # A tenth less than the window holds, or the window would never be full.
        if remaining_s > 0.1:
            return CalibrationState(prompt=prompt, remaining_s=round(remaining_s, 2))
        stretch = self._poses.last(STILL_S)
        if not enough(stretch, verdict.scene, self._exercise):
            stretch = self._poses.last(now_s - self._right_since_s)
        verdict = assess(stretch, self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationState(prompt=self._advice(verdict))
        if not enough(stretch, verdict.scene, self._exercise):
            # The person holds still, but the camera has hardly shown it yet.
            return CalibrationState(prompt=prompt, remaining_s=0.1)
        return CalibrationState(prompt="Go.", remaining_s=0.0, calibration=verdict)

    def _hint(self, calibration: Calibration) -> str:
        """Returns what to change about an unusual start posture, else the start posture itself."""
        return calibration.hints[0] if calibration.hints else self._exercise.start_prompt

    def _renew(self, now_s: float) -> None:
        """Takes the neutral from the phases of a movement that goes on in a new place."""
        self._tried_s = min(self._tried_s, now_s)
        if now_s - self._tried_s < RENEWED_FROM_S:
            return
        self._tried_s = now_s - RENEWED_FROM_S + 1.0
        poses = tuple(self._poses)
        found = from_cycle(poses, self._exercise)
        if found is not None and risen(poses, found, self._exercise) >= RENEWED_RISES:
            self._state = CalibrationState(prompt="Go.", remaining_s=0.0, calibration=found)

    def _advice(self, complaint: str) -> str:
        """Returns the complaint in the words that help most."""
        if self._cut_off is not None:
            return self._cut_off
        return self._exercise.start_prompt if complaint == STAND_STILL else complaint
