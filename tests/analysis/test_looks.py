"""Which frames are looked at, and that all the others get a pose."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.looks import EVERY, QUICK, SLOW, STILL, Looks, Pace, pace_of, poses_of
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.trunk import trunk_length_px
from formcheck.exercises import get_exercise, slugs
from formcheck.files.closing import ClosesItself
from formcheck.sources.video import VideoFile
from tests.sources.clips import number_in, write_clip
from tests.stickman import Stance, pose

SLOW_ONE = get_exercise("standing-hip-flexion")
FAST_ONE = get_exercise("high-knee-runs")
Movement = Callable[[float], Pose]


def circling(time_s: float) -> Pose:
    """The body goes round in a small circle, 1.5 trunk lengths a second.

    It never rests, is never quick, and never goes straight on.
    """
    return _round(time_s, radius=0.15)


def drifting(time_s: float) -> Pose:
    """The body goes round at the same speed, in a circle so wide that it is nearly straight."""
    return _round(time_s, radius=1.0)


def sweeping(time_s: float) -> Pose:
    """It goes nearly straight on, twice as fast."""
    return _round(time_s, radius=3.5, speed=3.0)


def _round(time_s: float, *, radius: float, speed: float = 1.5) -> Pose:
    still = pose(Stance(), time_s)
    angle = speed * time_s / radius
    aside = radius * trunk_length_px(still) * np.array([math.cos(angle), math.sin(angle)])
    return replace(still, image_px=still.image_px + aside)


def kicking(time_s: float) -> Pose:
    """One that takes half a second."""
    return pose(Stance(thigh_left=45 - 45 * math.cos(4 * math.pi * time_s)), time_s)


def standing(time_s: float) -> Pose:
    return pose(Stance(), time_s)


def nobody(time_s: float) -> Pose:
    return Pose.unseen(time_s, (640, 480))


def looked_at(looks: Looks, times_s: list[float], movement: Movement) -> list[float]:
    found = []
    for time_s, next_s in zip(times_s, [*times_s[1:], None], strict=True):
        if looks.wants(time_s, next_s):
            found.append(time_s)
            looks.note(movement(time_s))
    return found


def rate(exercise: Exercise | None, fps: float, movement: Movement) -> float:
    """Returns the looks a second, a second after the beginning."""
    times_s = [n / fps for n in range(round(4 * fps) + 1)]
    found = looked_at(Looks(exercise), times_s, movement)
    return sum(1.0 <= time_s < 4.0 for time_s in found) / 3


@pytest.mark.parametrize(
    ("fps", "slow", "fast"),
    [
        (8, 8, 8), (15, 15, 15), (20, 20, 20), (24, 12, 24), (25, 12.5, 25), (30, 15, 30),
        (50, 12.5, 25), (60, 15, 30), (120, 15, 30), (240, 15, 30),
    ],
)  # fmt: skip
def test_looks_a_second_by_frame_rate(fps: float, slow: float, fast: float) -> None:
    assert rate(SLOW_ONE, fps, circling) == pytest.approx(slow, abs=0.35)
    assert rate(FAST_ONE, fps, circling) == pytest.approx(fast, abs=0.35)
    assert rate(None, fps, circling) == pytest.approx(fast, abs=0.35)


@pytest.mark.parametrize(
    ("movement", "slow"),
    [
        pytest.param(standing, 6, id="standing"),
        pytest.param(drifting, 10, id="drifting"),
        pytest.param(sweeping, 15, id="sweeping"),
        pytest.param(kicking, 25, id="kicking"),
        pytest.param(nobody, 30, id="nobody"),
    ],
)
def test_looks_a_second_by_movement(movement: Movement, slow: float) -> None:
    # A kick is slow where it turns.
    assert rate(SLOW_ONE, 30, movement) == pytest.approx(slow, abs=4 if movement is kicking else 1)
    assert rate(FAST_ONE, 30, movement) == pytest.approx(30, abs=1)


@pytest.mark.parametrize("slug", slugs())
def test_every_exercise_is_looked_at_often_enough_for_its_rules(slug: str) -> None:
    exercise = get_exercise(slug)
    pace = pace_of(exercise)
    fast = ("high-knee-runs", "mountain-climbers", "hanging-leg-raises")
    assert pace is (QUICK if slug in fast else SLOW)
    shortest_s = min(fault.lasting_s for fault in exercise.faults)
    # A fault is told by frames that lie at most half its length apart.
    assert pace.longest_s < shortest_s / 2


def test_a_rule_that_needs_more_frames_gets_every_frame() -> None:
    (first, *rest) = SLOW_ONE.faults
    hasty = replace(SLOW_ONE, faults=(replace(first, lasting_s=0.05), *rest))
    assert pace_of(hasty) is EVERY
    assert rate(hasty, 120, circling) == pytest.approx(120, abs=1)


@given(
    gaps_ms=st.lists(st.integers(3, 400), min_size=5, max_size=120),
    exercise=st.sampled_from([SLOW_ONE, FAST_ONE, None]),
    movement=st.sampled_from([circling, drifting, sweeping, kicking, standing, nobody]),
    every=st.booleans(),
)
def test_no_wait_is_longer_than_the_longest_where_a_frame_lies_in_between(
    gaps_ms: list[int], exercise: Exercise | None, movement: Movement, every: bool
) -> None:
    times_s = [sum(gaps_ms[:n]) / 1000 for n in range(len(gaps_ms) + 1)]
    found = looked_at(Looks(exercise, every_frame=every), times_s, movement)
    assert found[0] == times_s[0] and found[-1] == times_s[-1]
    if every:
        assert found == times_s
    most_s = STILL.longest_s + 0.002 if exercise is SLOW_ONE else 0.047
    for before, after in pairwise(found):
        between = times_s[times_s.index(before) + 1 : times_s.index(after)]
        assert not between or after - before <= most_s


class Numbered(ClosesItself):
    """Reads the number of a frame, and says where the figure was then."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def estimate(self, frame: Frame) -> Pose:
        assert frame.image is not None
        self.seen.append(number_in(frame.image))
        return circling(frame.time_s)

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(("every", "wanted"), [(True, range(60)), (False, [*range(0, 60, 2), 59])])
def test_every_frame_gets_a_pose_and_only_some_are_looked_at(
    tmp_path: Path, every: bool, wanted: object
) -> None:
    assert isinstance(wanted, range | list)
    path = write_clip(tmp_path / "a.mp4", tuple(round(n * 1000 / 30) for n in range(60)))
    estimator = Numbered()
    with VideoFile(path) as video:
        looks = Looks(SLOW_ONE, every_frame=every)
        found = list(poses_of(video.decoded(), estimator, looks))
    assert estimator.seen == list(wanted)
    assert [frame.index for frame, _ in found] == list(range(60))
    assert [pose.time_s for _, pose in found] == [frame.time_s for frame, _ in found]
    assert [n for n, (_, pose) in enumerate(found) if not pose.interpolated] == list(wanted)


def test_no_frames_give_no_poses() -> None:
    assert list(poses_of([], Numbered(), Looks(None))) == []


def test_the_paces_are_in_order() -> None:
    def waits(pace: Pace) -> tuple[float, float]:
        return pace.step_s, pace.longest_s

    assert waits(EVERY) < waits(QUICK) < waits(SLOW) < waits(STILL)
