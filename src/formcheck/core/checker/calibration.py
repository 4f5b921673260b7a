"""Finds the neutral: live as soon as a person stands still, in a recording wherever that is."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from formcheck.core.checker.neutral import (
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
from formcheck.core.checker.sideways import picture_advice
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures.filtering import FAST
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.view import View, scene_of
from formcheck.core.pose.visibility import SeenPose, cut_off, gate

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


class Calibrator:
    """Takes the neutral live: waits for the start posture, counts down, measures.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._poses = RecentPoses(STILL_S)
        self._cut_off: str | None = None
        self._right_since_s: float | None = None
        self._state = CalibrationState(prompt=exercise.step_in)

    def update(self, seen: SeenPose) -> CalibrationState:
        """Takes in one pose and returns how far the calibration is."""
        self._cut_off = cut_off(seen.raw, self._exercise.position)
        if self._poses.add(seen):
            self._state = self._check(seen.time_s)
        return self._state

    def _check(self, now_s: float) -> CalibrationState:
        glance = self._poses.last(GLANCE_S)
        verdict = assess(glance, self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationState(prompt=self._advice(verdict))
        if self._right_since_s is None:
            self._right_since_s = glance[0].time_s
        remaining_s = STILL_S - (now_s - self._right_since_s)
        # A tenth less than the window holds, or the window would never be full.
        if remaining_s > 0.1:
            return CalibrationState(
                prompt=self._exercise.start_prompt, remaining_s=round(remaining_s, 2)
            )
        verdict = assess(tuple(self._poses), self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationState(prompt=self._advice(verdict))
        return CalibrationState(prompt="Go.", remaining_s=0.0, calibration=verdict)

    def _advice(self, complaint: str) -> str:
        """Returns the complaint in the words that help most."""
        if self._cut_off is not None:
            return self._cut_off
        return self._exercise.start_prompt if complaint == STAND_STILL else complaint


def calmest(poses: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    """Returns the neutral from a recording's calmest stretch in the start posture.

    Stretches of 2 s are tried from the stillest on. If the person never stands still in the start
    posture, all frames with the right posture are taken together, however scattered: their larger
    spread then widens every limit, and `calm` is False. None if there are too few such frames.
    """
    times = np.array([p.time_s for p in poses])
    stretches = []
    # A long recording is looked at through a window: its poses are not in memory at once.
    window: list[Pose] = []
    begin = 0
    for start_s in np.arange(times[0], max(times[0], times[-1] - STILL_S) + 1e-9, 0.25):
        first, last = np.searchsorted(times, [start_s, start_s + STILL_S + 1e-9]).tolist()
        window = window[first - begin :]
        begin = first
        window += [gate(pose) for pose in poses[begin + len(window) : last]]
        stretch = window[: last - first]
        if len(stretch) >= 8 and stretch[-1].time_s - stretch[0].time_s >= 0.75 * STILL_S:
            trunk_px = scene_of(stretch[:: max(1, len(stretch) // 8)], exercise.position).trunk_px
            stillness = sway(stretch, trunk_px) if trunk_px > 0 else math.inf
            if stillness <= MAX_SWAY:
                stretches.append((stillness, first, last))
    for _, first, last in sorted(stretches):
        verdict = assess([gate(pose) for pose in poses[first:last]], exercise)
        if isinstance(verdict, Calibration):
            return verdict
    return _scattered(poses, exercise)


class _Gated(Sequence[Pose]):
    """Some of the poses; a pose is gated when it is read."""

    def __init__(self, poses: Sequence[Pose], numbers: Sequence[int]) -> None:
        self._poses, self._numbers = poses, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Pose: ...
    @overload
    def __getitem__(self, index: slice) -> _Gated: ...
    def __getitem__(self, index: int | slice) -> Pose | _Gated:
        """Returns a gated pose, or a part of the sequence."""
        if isinstance(index, slice):
            return _Gated(self._poses, self._numbers[index])
        return gate(self._poses[self._numbers[index]])


def _scattered(poses: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    # A pose without a landmark that may be believed tells nothing.
    numbers = [number for number, pose in enumerate(poses) if gate(pose).is_seen]
    seen = _Gated(poses, numbers)
    if len(seen) < 15:
        return None
    scene = scene_of(seen, exercise.position)
    if scene.view is View.UNKNOWN or view_complaint(scene, exercise) is not None:
        return None
    # In fast exercises one leg is always on its way: the other one's posture then has to do.
    either = exercise.smoothing is FAST
    complaints = (posture_complaint((p,), scene, exercise, either=either) for p in seen)
    right = _Gated(poses, [n for n, said in zip(numbers, complaints, strict=True) if said is None])
    if len(right) < 15:
        return None
    # Body lengths and facing once more, from the frames that count.
    return baseline(right, scene_of(right, exercise.position), exercise, calm=False)


def complaint(poses: Sequence[Pose], exercise: Exercise) -> str:
    """Returns what most often kept a recording from showing the start posture."""
    numbers = [number for number, pose in enumerate(poses) if pose.is_seen]
    framing = [cut_off(poses[n], exercise.position) for n in numbers[::5]]
    gated = _Gated(poses, numbers)
    scene = scene_of(gated, exercise.position)
    if scene.view is View.UNKNOWN:
        return _most(framing) or exercise.step_in
    turn = picture_advice(gated, scene, exercise)
    if turn is not None:
        return turn
    said = [
        cut or view_complaint(scene, exercise) or posture_complaint((p,), scene, exercise)
        for cut, p in zip(framing, gated[::5], strict=True)
    ]
    return _most([complaint or STAND_STILL for complaint in said]) or STAND_STILL


def _most(said: Sequence[str | None]) -> str | None:
    """Returns the sentence that occurs most often; None if none does."""
    return max(sorted(set(said), key=str), key=said.count) if said else None
