"""Slow motion: told by its tags, by the user, or doubted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.analysis.analyze import analyze, judge
from formcheck.analysis.pace import at_speed
from formcheck.analysis.read_request import ReadRequest
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.errors import UsageError
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from tests.stickman import SIZE, Lift, clip

EXERCISE = get_exercise("standing-hip-flexion")
DOUBT = "if this is slow motion"


@pytest.fixture(scope="module")
def slowed() -> PoseRecording:
    """Three lifts filmed at 120 pictures a second and stored as 30: four times as long."""
    poses = [replace(p, time_s=4 * p.time_s) for p in clip([Lift(side="left")] * 3, fps=60.0)]
    source = SourceInfo(
        path="slow", width=SIZE[0], height=SIZE[1], fps=15.0, duration_s=poses[-1].time_s
    )
    return PoseRecording(source=source, poses=tuple(poses))


def test_improbably_slow_lifts_are_doubted(slowed: PoseRecording) -> None:
    session = judge(slowed, EXERCISE).session
    assert sum(DOUBT in problem for problem in session.problems) == 1
    assert "--speed" in session.problems[-1]


def test_lifts_at_their_true_speed_are_not(slowed: PoseRecording) -> None:
    session = judge(at_speed(slowed, 4.0), EXERCISE).session
    assert not any(DOUBT in problem for problem in session.problems)
    assert session.problems[-1].startswith("The recording plays 4 times slower than it was filmed")
    assert session.source.speed == 4.0
    slow = judge(slowed, EXERCISE).session
    assert [rep.hold_s for rep in session.reps] == pytest.approx(
        [rep.hold_s / 4 for rep in slow.reps], abs=0.1
    )


def test_who_gives_the_players_speed_is_not_doubted(slowed: PoseRecording) -> None:
    told = judge(at_speed(slowed, 1.0), EXERCISE).session
    assert not any(DOUBT in problem or "times slower" in problem for problem in told.problems)


def test_one_slow_lift_is_no_slow_motion(slowed: PoseRecording) -> None:
    first = slowed.between(0.0, slowed.poses[-1].time_s * 0.36)
    session = judge(first, EXERCISE).session
    assert len(session.reps) == 1 and session.problems == ()


def test_saved_poses_keep_their_speed(slowed: PoseRecording, tmp_path: Path) -> None:
    path = tmp_path / "slow.npz"
    at_speed(slowed, 4.0).save(path)
    as_saved = analyze(path, EXERCISE)
    assert as_saved.source.speed == 4.0
    assert analyze(path, EXERCISE, speed=4.0).reps == as_saved.reps
    slow = analyze(path, EXERCISE, speed=1.0)
    assert slow.source.speed == 1.0
    assert slow.reps[0].end_s == pytest.approx(4 * as_saved.reps[0].end_s, abs=0.3)


@pytest.mark.parametrize("speed", [0.0, -4.0, float("nan")])
def test_a_speed_that_makes_no_sense(slowed: PoseRecording, speed: float) -> None:
    with pytest.raises(UsageError, match="A speed is"):
        at_speed(slowed, speed)
    with pytest.raises(UsageError, match="A speed is"):
        ReadRequest(path=Path("a.mp4"), speed=speed)


def test_a_stretch_is_named_in_the_players_seconds() -> None:
    request = ReadRequest(path=Path("a.mp4"), from_s=8.0, to_s=20.0, speed=4.0)
    assert (request.begin_s, request.end_s) == (2.0, 5.0)


def test_poses_can_not_be_mirrored(slowed: PoseRecording, tmp_path: Path) -> None:
    path = tmp_path / "slow.npz"
    slowed.save(path)
    with pytest.raises(UsageError, match="mirrored"):
        analyze(path, EXERCISE, side=Side.LEFT, mirrored=True)
