"""Whether the person is in the start posture, and since when they hold it still."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.calibrating import GLANCE_S
from formcheck.calibration import STAND_STILL, assess
from formcheck.exercise import Exercise
from formcheck.pose import Pose
from formcheck.recent_poses import RecentPoses


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPosture:
    """What the last half second showed.

    Attributes
    ----------
    taken : bool
        Whether the person is in the start posture, still or not.
    still_s : float
        How long they have held it still; 0 if they do not.
    """

    taken: bool = False
    still_s: float = 0.0


class StartWatch:
    """Looks at the last half second of poses, ten times a second.

    The posture is judged by the picture itself and not against the calibration: who came back from
    a rest to a place a step away is in the start posture too.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._poses = RecentPoses(GLANCE_S)
        self._still_since_s: float | None = None
        self._posture = StartPosture()

    def update(self, pose: Pose) -> StartPosture:
        """Take in one pose, not gated yet."""
        if self._poses.add(pose):
            self._posture = self._look(pose.time_s)
        return self._posture

    def _look(self, now_s: float) -> StartPosture:
        poses = tuple(self._poses)
        verdict = assess(poses, self._exercise)
        if isinstance(verdict, str):
            self._still_since_s = None
            return StartPosture(taken=verdict == STAND_STILL)
        if self._still_since_s is None:
            self._still_since_s = poses[0].time_s
        return StartPosture(taken=True, still_s=now_s - self._still_since_s)
