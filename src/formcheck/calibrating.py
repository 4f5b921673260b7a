"""Finding the neutral: live as soon as somebody stands still, in a recording wherever that was."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.calibration import (
    MAX_SWAY,
    STAND_STILL,
    STILL_S,
    Calibration,
    assess,
    baseline,
    posture_complaint,
    sway,
    view_complaint,
)
from formcheck.exercise import Exercise
from formcheck.filtering import FAST
from formcheck.framing import cut_off
from formcheck.gating import gate
from formcheck.pose import Pose
from formcheck.view import View, observe

GLANCE_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationProgress:
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


class Calibrator:
    """Takes the baseline live: waits for the start posture, counts down, measures.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._poses: deque[Pose] = deque()
        self._cut_off: str | None = None
        self._right_since_s: float | None = None
        self._checked_s = -math.inf
        self._progress = CalibrationProgress(prompt=exercise.step_in)

    def update(self, pose: Pose) -> CalibrationProgress:
        """Take in one pose, not gated yet, and return how far the calibration is."""
        self._cut_off = cut_off(pose, self._exercise.position)
        self._poses.append(gate(pose))
        while pose.time_s - self._poses[0].time_s > STILL_S:
            self._poses.popleft()
        # Ten looks a second are plenty, and leave the frame's time to the rest.
        if pose.time_s - self._checked_s >= 0.1:
            self._checked_s = pose.time_s
            self._progress = self._check(pose.time_s)
        return self._progress

    def _check(self, now_s: float) -> CalibrationProgress:
        glance = [p for p in self._poses if now_s - p.time_s <= GLANCE_S]
        verdict = assess(glance, self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationProgress(prompt=self._advice(verdict))
        if self._right_since_s is None:
            self._right_since_s = glance[0].time_s
        remaining_s = STILL_S - (now_s - self._right_since_s)
        # A tenth less than the window holds, or the window would never be full.
        if remaining_s > 0.1:
            return CalibrationProgress(
                prompt=self._exercise.start_prompt, remaining_s=round(remaining_s, 2)
            )
        verdict = assess(tuple(self._poses), self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationProgress(prompt=self._advice(verdict))
        return CalibrationProgress(prompt="Go.", remaining_s=0.0, calibration=verdict)

    def _advice(self, complaint: str) -> str:
        """Return the complaint in the words that help most."""
        if self._cut_off is not None:
            return self._cut_off
        return self._exercise.start_prompt if complaint == STAND_STILL else complaint


def calmest(poses: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    """Return the baseline from a recording's calmest stretch in the start posture.

    Stretches of 2 s are tried from the stillest on. If the person never stands still in the start
    posture, the frames in which the posture is right are taken together, however scattered: their
    larger spread then widens every limit, and `calm` is False. None if there are too few of those.
    """
    gated = [gate(p) for p in poses]
    times = np.array([p.time_s for p in gated])
    stretches = []
    for start_s in np.arange(times[0], max(times[0], times[-1] - STILL_S) + 1e-9, 0.25):
        first, last = np.searchsorted(times, [start_s, start_s + STILL_S + 1e-9])
        stretch = gated[first:last]
        if len(stretch) >= 8 and stretch[-1].time_s - stretch[0].time_s >= 0.75 * STILL_S:
            trunk_px = observe(stretch[:: max(1, len(stretch) // 8)], exercise.position).trunk_px
            stillness = sway(stretch, trunk_px) if trunk_px > 0 else math.inf
            if stillness <= MAX_SWAY:
                stretches.append((stillness, int(first), int(last)))
    for _, first, last in sorted(stretches):
        verdict = assess(gated[first:last], exercise)
        if isinstance(verdict, Calibration):
            return verdict
    return _scattered(gated, exercise)


def _scattered(gated: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    seen = [p for p in gated if p.is_seen]
    if len(seen) < 15:
        return None
    scene = observe(seen, exercise.position)
    if scene.view is View.UNKNOWN or view_complaint(scene, exercise) is not None:
        return None
    # In fast exercises one leg is always on its way: the other one's posture then has to do.
    either = exercise.smoothing is FAST
    right = [p for p in seen if posture_complaint((p,), scene, exercise, either=either) is None]
    if len(right) < 15:
        return None
    # Body lengths and facing once more, from the frames that count.
    return baseline(right, observe(right, exercise.position), exercise, calm=False)


def complaint(poses: Sequence[Pose], exercise: Exercise) -> str:
    """Return what most often kept a recording from showing the start posture."""
    seen = [p for p in poses if p.is_seen]
    framing = [cut_off(p, exercise.position) for p in seen[::5]]
    gated = [gate(p) for p in seen]
    scene = observe(gated, exercise.position)
    if scene.view is View.UNKNOWN:
        return _most(framing) or exercise.step_in
    said = [
        cut or view_complaint(scene, exercise) or posture_complaint((p,), scene, exercise)
        for cut, p in zip(framing, gated[::5], strict=True)
    ]
    return _most([complaint or STAND_STILL for complaint in said]) or STAND_STILL


def _most(said: Sequence[str | None]) -> str | None:
    """Return what was said most often."""
    return max(sorted(set(said), key=str), key=said.count) if said else None
