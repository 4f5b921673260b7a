"""What a fault is, and whom it strikes: somebody who lifts the left knee three times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from formcheck.core.pose.frame import SourceInfo
from formcheck.files.pose_file import PoseRecording
from tests.stickman import Lift, clip

FPS = 15.0
LIFT = Lift(rise_s=0.6, hold_s=0.6, lower_s=1.1, rest_s=0.7)


class NotHere(Exception):
    """This machine can't have that fault."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault: `inject` raises AssertionError unless what must survive did, and says what did.

    `brief` does the same at fewer moments, for the suite.
    """

    name: str
    inject: Callable[[], str]
    brief: Callable[[], str] | None = None
    slow: bool = False


@lru_cache
def lifts() -> PoseRecording:
    """Return three quick lifts of the left leg."""
    poses = tuple(clip([LIFT] * 3, fps=FPS))
    source = SourceInfo(path="stick figure", width=1280, height=960, fps=FPS, frames=len(poses))
    return PoseRecording(source=source, poses=poses)
