"""What is said where nothing was counted, and when stillness is missed."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.analysis.analyze import judge
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from tests.stickman import SIZE, Lift, clip

EXERCISE = get_exercise("standing-hip-flexion")


def _said(poses: list[Pose]) -> list[str]:
    source = SourceInfo(path="set.mp4", width=SIZE[0], height=SIZE[1])
    session = judge(PoseRecording(source=source, poses=tuple(poses)), EXERCISE).session
    return [problem for problem in session.problems if problem.startswith("No repetition was seen")]


@pytest.mark.parametrize("peak", [5.0, 15.0, 43.0])
def test_a_low_lift_is_told_with_its_height(peak: float) -> None:
    (said,) = _said(list(clip([Lift(peak=peak)], fps=15.0)))
    assert "thigh elevation reached" in said and "told from 45° on and is full at 80°" in said
    reached = float(said.split("reached ")[1].split("°")[0])
    assert reached == pytest.approx(peak, abs=4.0) and reached < 45.0


def test_a_repetition_needs_no_such_word() -> None:
    assert _said(list(clip([Lift()], fps=15.0))) == []


def test_a_leg_that_is_never_seen_is_told() -> None:
    hidden = [Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE]
    poses = list(clip([Lift()], fps=15.0))
    for number, pose in enumerate(poses[45:], 45):
        points = pose.image_px.copy()
        points[hidden] = math.nan
        poses[number] = replace(pose, image_px=points)
    said = _said(poses)
    assert len(said) == 1 and "at most" in said[0]
