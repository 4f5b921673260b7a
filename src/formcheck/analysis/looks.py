"""Which frames of a recording the pose model looks at; the poses of the others lie between.

Looking takes nine tenths of the work, and a thigh that takes a second to rise is known as well from
every second frame. A slow exercise is looked at 15 times a second, 6 times while nothing moves,
and 30 times while something moves quickly or nobody is found; where every point goes on as it went,
10 times, and 15 times however quickly. An exercise with faults of 0.15 s, steps three times a
second or legs that are thrown up is always looked at 30 times. A frame that was not looked
at gets the pose on the straight line between its neighbours, so that every frame has one, filters
run at the recording's own rate, and no rule needs to know.

Where a frame rate does not divide evenly, more frames are looked at, never fewer than the longest
wait of a pace allows; from a slow recording every frame. The choice depends on nothing but the
frames and poses before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures.filtering import SLOW as SLOW_FILTER
from formcheck.core.pose.between import pose_between
from formcheck.core.pose.pose import FloatArray, Landmark, Pose
from formcheck.estimators.estimator import Estimator
from formcheck.sources.video import DecodedFrame

ROUNDING_S = 0.002
"""Containers round time stamps, some to milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a recording is looked at.

    Attributes
    ----------
    step_s : float
        The time from one look to the next, at least.
    longest_s : float
        The time at most, where the recording has a frame in between.
    """

    step_s: float
    longest_s: float


STILL = Pace(step_s=1 / 6, longest_s=0.2)
STEADY = Pace(step_s=1 / 10, longest_s=0.12)
SLOW = Pace(step_s=1 / 15, longest_s=0.09)
QUICK = Pace(step_s=1 / 30, longest_s=0.045)
EVERY = Pace(step_s=0.0, longest_s=0.0)
"""Looks at every frame."""
PACES = (SLOW, QUICK)
MARGIN = 1.4
"""An exercise gets the first of these paces that has so many times the frames its rules need."""
STILL_SPEED, STILL_FOR_S = 0.1, 0.25
"""Nothing moves: no point of the body has gone further than at this speed, in trunk lengths a
second, in so long. From one look to the next the model's jitter alone is as fast."""
QUICK_SPEED = 2.0
"""Something moves quickly: the ankle of a straight leg that turns by 70 degrees a second does, and
the knee of a thigh that turns by 130. With 3.0, whether or not it goes straight on, a filmed march
lost 7 of its 12 steps, each of which takes 0.6 s."""

OFF = 0.03
"""A body goes straight on while no point of it is further, in trunk lengths, from where its last
two places said. A steady acceleration that puts it there between two looks leaves the straight line
between them by an eighth of that: 0.3 degrees of a thigh, 0.7 where the next look comes later."""

_WATCHED = [
    Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER, Landmark.LEFT_HIP, Landmark.RIGHT_HIP,
    Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE, Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE,
]  # fmt: skip


def pace_of(exercise: Exercise | None) -> Pace:
    """Returns how often an exercise is looked at while somebody moves.

    An unknown one is looked at as the fastest; one whose rules need more frames than any pace
    gives, at every frame.
    """
    if exercise is None:
        return QUICK
    paces = PACES if exercise.smoothing.max_speed <= SLOW_FILTER.max_speed else PACES[1:]
    needed = [exercise.needs_fps, *(2 / f.lasting_s for f in exercise.faults if f.lasting_s > 0)]
    fits = (pace for pace in paces if MARGIN * max(needed) <= 1 / pace.step_s)
    return next(fits, EVERY)


class Looks:
    """Decides frame by frame whether the model looks at it.

    Parameters
    ----------
    exercise : Exercise | None
        Says how fast it is; None where it is not known.
    every_frame : bool
        Whether to look at every frame after all.
    """

    def __init__(self, exercise: Exercise | None, *, every_frame: bool = False) -> None:
        self._usual = EVERY if every_frame else pace_of(exercise)
        self._pace = self._usual
        self._last: Pose | None = None
        self._latest: list[Pose] = []

    def wants(self, time_s: float, next_s: float | None) -> bool:
        """Returns whether to look at a frame.

        Parameters
        ----------
        time_s : float
            The frame's time.
        next_s : float | None
            The next frame's time; None where there is none.
        """
        if self._last is None or next_s is None:
            return True
        last_s, pace = self._last.time_s, self._pace
        due = time_s - last_s >= pace.step_s - ROUNDING_S
        return due or next_s - last_s > pace.longest_s + ROUNDING_S

    def note(self, pose: Pose) -> None:
        """Takes in the pose of a frame that was looked at, and sets the pace from there on."""
        before, self._last = self._last, pose
        if self._usual is not SLOW:
            return
        self._latest.append(pose)
        while self._span_s(self._latest[1:]) >= STILL_FOR_S:
            self._latest.pop(0)
        if before is not None and _speed(before, pose) > QUICK_SPEED:
            self._pace = SLOW if self._goes_straight_on() else QUICK
        elif self._is_still():
            self._pace = STILL
        else:
            self._pace = STEADY if self._goes_straight_on() else SLOW

    def _goes_straight_on(self) -> bool:
        """Returns whether every point is about where its last two places said it would be."""
        if len(self._latest) < 3 or not all(pose.is_seen for pose in self._latest[-3:]):
            return False
        first, second, third = self._latest[-3:]
        share = (third.time_s - first.time_s) / (second.time_s - first.time_s)
        start, later, now = (pose.image_px[_WATCHED] for pose in (first, second, third))
        off_px = np.hypot(*(now - start - share * (later - start)).T)
        # NaN, from a point without a place, is no reason to look less often.
        return bool(off_px.max() <= OFF * _trunk_px(now))

    def _is_still(self) -> bool:
        """Returns whether no point has gone far since the oldest of the latest poses."""
        latest = self._latest
        return self._span_s(latest) >= STILL_FOR_S and _speed(latest[0], latest[-1]) <= STILL_SPEED

    @staticmethod
    def _span_s(poses: Sequence[Pose]) -> float:
        """Returns the time from the first to the last of some poses; 0 of none or one."""
        return poses[-1].time_s - poses[0].time_s + ROUNDING_S if len(poses) > 1 else 0.0


def _speed(before: Pose, after: Pose) -> float:
    """Returns how fast the fastest point of the body moved, in trunk lengths a second.

    Infinite where somebody was not seen.
    """
    if not (before.is_seen and after.is_seen):
        return math.inf
    points = after.image_px[_WATCHED]
    ways_px = np.hypot(*(points - before.image_px[_WATCHED]).T)
    # NaN, from a point without a place, is no reason to look less often.
    fastest = float(ways_px.max()) / _trunk_px(points) / (after.time_s - before.time_s)
    return math.inf if math.isnan(fastest) else fastest


def _trunk_px(watched: FloatArray) -> float:
    """Returns the length of the trunk between the watched points, 1 at least."""
    return max(1.0, float(np.hypot(*(watched[:2].mean(axis=0) - watched[2:4].mean(axis=0)))))


def poses_of(
    frames: Iterable[DecodedFrame], estimator: Estimator, looks: Looks
) -> Iterator[tuple[DecodedFrame, Pose]]:
    """Gives each frame with its pose, in order; pictures are converted only to be looked at.

    The first and the last frame are always looked at.
    """
    skipped: list[DecodedFrame] = []
    before: Pose | None = None
    for frame, next_s in _with_next(frames):
        if before is not None and not looks.wants(frame.time_s, next_s):
            skipped.append(frame)
            continue
        pose = estimator.estimate(frame.frame())
        for one in skipped:
            assert before is not None
            yield one, pose_between(before, pose, one.time_s)
        skipped.clear()
        yield frame, pose
        looks.note(pose)
        before = pose


def _with_next(frames: Iterable[DecodedFrame]) -> Iterator[tuple[DecodedFrame, float | None]]:
    """Gives each frame with the time of the one after it; None after the last."""
    present: DecodedFrame | None = None
    for frame in frames:
        if present is not None:
            yield present, frame.time_s
        present = frame
    if present is not None:
        yield present, None
