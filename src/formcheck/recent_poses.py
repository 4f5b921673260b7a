"""The poses of the last moments, looked at now and then."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator

from formcheck.gating import gate
from formcheck.pose import Pose

LOOK_EVERY_S = 0.1
"""Ten looks a second are plenty, and leave the frame's time to the rest."""


class RecentPoses:
    """Keeps what may be believed of the poses of a span of time up to now.

    Parameters
    ----------
    span_s : float
        How long a pose is kept.
    """

    def __init__(self, span_s: float) -> None:
        self._span_s = span_s
        self._poses: deque[Pose] = deque()
        self._looked_s = -math.inf

    def add(self, pose: Pose) -> bool:
        """Take in one pose, not gated yet; return whether it is time to look at them again."""
        self._poses.append(gate(pose))
        while pose.time_s - self._poses[0].time_s > self._span_s:
            self._poses.popleft()
        due = pose.time_s - self._looked_s >= LOOK_EVERY_S
        if due:
            self._looked_s = pose.time_s
        return due

    def __iter__(self) -> Iterator[Pose]:
        """Give them in order of time."""
        return iter(self._poses)

    def last(self, span_s: float) -> tuple[Pose, ...]:
        """Return those of a shorter span of time up to the newest."""
        now_s = self._poses[-1].time_s
        return tuple(pose for pose in self._poses if now_s - pose.time_s <= span_s)
