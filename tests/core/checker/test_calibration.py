"""The live calibration: what it waits for, what it says, and what a stalling camera does to it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest

from formcheck.core.checker.calibration import CalibrationState, Calibrator, RecentPoses
from formcheck.core.checker.neutral import SEEN_S, STILL_S
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.view import View
from formcheck.core.pose.visibility import SeenPose
from formcheck.exercises import get_exercise
from tests.stickman import Stance, pose, steps

EXERCISE = get_exercise("standing-hip-flexion")
RUN = get_exercise("high-knee-runs")


def at(time_s: float) -> SeenPose:
    return SeenPose.of(Pose.unseen(time_s, (640, 480)))


def test_poses_are_kept_for_the_span_and_no_longer() -> None:
    recent = RecentPoses(0.5)
    for eighth in range(9):
        recent.add(at(eighth / 8))
    assert [pose.time_s for pose in recent] == [0.5, 0.625, 0.75, 0.875, 1.0]
    assert [pose.time_s for pose in recent.last(0.25)] == [0.75, 0.875, 1.0]


@pytest.mark.parametrize("fps", [8, 30, 120])
def test_they_are_looked_at_no_more_than_ten_times_a_second(fps: int) -> None:
    recent = RecentPoses(2.0)
    looks = sum(recent.add(at(number / fps)) for number in range(2 * fps))
    assert min(fps, 7) * 2 <= looks <= 20


def test_the_first_pose_is_looked_at() -> None:
    assert RecentPoses(1.0).add(at(1234.5))


def fed(
    poses: Iterable[Pose], exercise: Exercise = EXERCISE, *, renews: bool = False
) -> list[CalibrationState]:
    calibrator = Calibrator(exercise, renews=renews)
    return [calibrator.update(SeenPose.of(shown)) for shown in poses]


def done_s(poses: list[Pose]) -> float:
    """When the neutral is taken; inf if never."""
    found = zip(poses, fed(poses), strict=True)
    return next((p.time_s for p, state in found if state.calibration is not None), math.inf)


def test_it_counts_down_while_the_person_is_still_and_starts_over_when_not() -> None:
    stances = [Stance()] * 36 + [Stance(lean=45.0)] * 18 + [Stance()] * 78
    states = fed(pose(stance, i / 30) for i, stance in enumerate(stances))
    counted = [s.remaining_s for s in states[:36] if s.remaining_s is not None]
    assert counted == sorted(counted, reverse=True) and counted[0] > counted[-1] > 0.5
    assert any(s.prompt == "Stand upright." and s.remaining_s is None for s in states[36:60])
    done = next(i for i, s in enumerate(states) if s.calibration is not None)
    assert (done - 54) / 30 == pytest.approx(STILL_S, abs=0.25)


@pytest.mark.parametrize(
    ("times_s", "earliest_s", "latest_s"),
    [
        ([i / 30 for i in range(90)], 1.8, 2.2),
        ([i / 5 for i in range(20)], 1.8, 2.4),
        # One frame, then nothing for two seconds: what follows must be seen for itself.
        ([0.0, *(2.0 + i / 30 for i in range(90))], 2.0 + SEEN_S, 4.2),
        ([i / 30 for i in range(20)] + [2.7 + i / 30 for i in range(90)], 3.2, 4.8),
        ([2.0 * i for i in range(20)], math.inf, math.inf),
    ],
    ids=["usual", "slow camera", "a stall at once", "a stall on the way", "frames 2 s apart"],
)
def test_a_stall_is_no_stillness(times_s: list[float], earliest_s: float, latest_s: float) -> None:
    found_s = done_s([pose(Stance(), time_s) for time_s in times_s])
    assert earliest_s <= found_s <= latest_s


def test_a_stream_that_hiccups_all_the_time_gives_a_whole_neutral() -> None:
    # Half a second of pictures, half a second of none.
    poses = [pose(Stance(lean=3.0), i / 30) for i in range(300) if i % 30 < 15]
    found = [s.calibration for s in fed(poses) if s.calibration is not None]
    assert found and found[0].neutral["torso_lean_deg"] == pytest.approx(3.0, abs=0.1)


def test_an_unusual_start_posture_is_hinted_at_while_it_counts_down() -> None:
    states = fed(pose(Stance(lean=15.0), i / 30) for i in range(40))
    assert states[-1].prompt == "Stand upright." and states[-1].remaining_s is not None


@pytest.mark.parametrize("renews", [False, True])
def test_a_run_that_goes_on_gives_a_neutral_where_an_earlier_one_was_lost(renews: bool) -> None:
    poses = [replace(p, time_s=p.time_s - 3.0) for p in steps(30, 2.0) if p.time_s >= 3.0]
    states = fed(poses, RUN, renews=renews)
    found = next((s.calibration for s in states if s.calibration is not None), None)
    if not renews:
        # Only the stillness after the last step.
        assert found is None or found.start_s > 12.0
        return
    assert found is not None and not found.calm and found.scene.view is View.SIDE
    assert found.end_s < 9.0
    assert found.neutral["torso_lean_deg"] == pytest.approx(0.0, abs=1.0)
