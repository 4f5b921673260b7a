from __future__ import annotations

import pytest

from formcheck.files.pose_file import PoseRecording
from tests.live.rig import FPS, SOURCE
from tests.stickman import Lift, Stance, clip


@pytest.fixture(scope="session")
def recording() -> PoseRecording:
    """One clean lift of the left leg, then one leaning back."""
    lifts = [Lift(), Lift(at_top=Stance(lean=-20.0))]
    return PoseRecording(source=SOURCE, poses=tuple(clip(lifts, fps=FPS)))
