"""Judged sets of the stick figure, for every kind of report."""

from __future__ import annotations

import pytest

from formcheck.analysis.analyze import Analysis, judge
from formcheck.core.pose.frame import SourceInfo
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from tests.stickman import SIZE, Lift, Stance, clip

FPS = 20.0


def judged(lifts: list[Lift], path: str = "set.mp4") -> Analysis:
    """Return what the checker makes of a set of standing lifts."""
    poses = tuple(clip(lifts, fps=FPS))
    source = SourceInfo(
        path=path,
        width=SIZE[0],
        height=SIZE[1],
        fps=FPS,
        frames=len(poses),
        duration_s=len(poses) / FPS,
    )
    recording = PoseRecording(source=source, poses=poses)
    return judge(recording, get_exercise("standing-hip-flexion"))


@pytest.fixture(scope="session")
def mixed() -> Analysis:
    """Both legs: clean, leaning back, short of the range, a short hold."""
    return judged(
        [
            Lift(),
            Lift(at_top=Stance(lean=-18.0)),
            Lift(side="right"),
            Lift(side="right", peak=62.0),
            Lift(hold_s=0.6),
            Lift(side="right", at_top=Stance(lean=-15.0)),
        ]
    )


@pytest.fixture(scope="session")
def tiring() -> Analysis:
    """Six lifts of one leg, each lower and quicker than the one before."""
    return judged([Lift(peak=98.0 - 2.5 * n, lower_s=2.4 - 0.25 * n) for n in range(6)])
