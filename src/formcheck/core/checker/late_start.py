"""Finds, live, the neutral of somebody who began without keeping still first.

Until there is a neutral the poses are remembered. Once they show repetitions, the neutral is looked
for among them as in a recording, and they are judged after the fact: the same frames give the same
repetitions, whether they come from a camera or a file.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from formcheck.core.checker.cycle_neutral import risen
from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.recorded_neutrals import find_neutrals
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.visibility import gate

REMEMBERED_S = 30.0
"""So much of the past is judged after the fact: at 30 frames a second that takes a fifth of a
second, once."""
LOOK_EVERY_S = 2.0
FIRST_LOOK_S = 6.0
RISES = 2
"""House default: once may be the way into the start posture; a movement that is done again is the
exercise."""


class LateStart:
    """Remembers the poses before there is a neutral, and looks for the neutral among them.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture and the counted measure.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._poses: deque[Pose] = deque()
        self._due_s = math.nan

    @property
    def poses(self) -> Sequence[Pose]:
        """The remembered poses, in order of time."""
        return tuple(self._poses)

    def add(self, pose: Pose) -> None:
        """Remembers a pose, without what is not judged by."""
        if not self._poses:
            self._due_s = pose.time_s + FIRST_LOOK_S
        self._poses.append(replace(pose, silhouette=None, world_m=None))
        while pose.time_s - self._poses[0].time_s > REMEMBERED_S:
            self._poses.popleft()

    def look(self) -> tuple[Calibration, ...]:
        """Returns the neutrals of the remembered poses, once these show repetitions; else none.

        Looks every two seconds.
        """
        if not self._poses or self._poses[-1].time_s < self._due_s:
            return ()
        self._due_s = self._poses[-1].time_s + LOOK_EVERY_S
        found = [calibration for calibration in self.search() if calibration.known]
        gated = [gate(pose) for pose in self._poses]
        rises = sum(risen(gated, calibration, self._exercise) for calibration in found)
        return tuple(found) if rises >= RISES else ()

    def search(self) -> tuple[Calibration, ...]:
        """Returns the neutrals that a recording of the remembered poses would be judged by."""
        if not any(pose.is_seen for pose in self._poses):
            return ()
        return find_neutrals(self.poses, self._exercise)
