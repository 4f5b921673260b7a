"""Finds, live, the neutral of somebody who began without keeping still first.

Until there is a neutral the poses are remembered. Once they show repetitions, the neutral is looked
for among them as in a recording, and they are judged after the fact: the same frames give the same
repetitions, whether they come from a camera or a file.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.checker.cycle_neutral import risen
from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.recorded_neutrals import find_neutrals
from formcheck.core.checker.resting import held_top
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

    The first neutral that is taken live is doubted until a repetition rises from it. Whoever is
    found with a leg held up, and keeps still so, has the top for their neutral, and nothing would
    ever be counted. Once the legs have come down from it twice, a recording of the remembered poses
    tells the rest.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture and the counted measure.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._poses: deque[Pose] = deque()
        self._due_s = math.nan
        self._neutral: Calibration | None = None
        self._measured: deque[tuple[float, list[float]]] = deque()

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

    def doubting(self, neutral: Calibration) -> LateStart:
        """Returns this, to doubt a neutral that was taken live."""
        self._neutral, self._due_s = neutral, -math.inf
        return self

    def doubt(
        self, pose: Pose, measures: Mapping[str, float], *, counted: int
    ) -> tuple[Calibration, ...]:
        """Returns better neutrals where the one that is doubted was a held top; else none.

        Parameters
        ----------
        pose : Pose
            The next pose.
        measures : mapping of str to float
            What was measured in it, by column.
        counted : int
            How many repetitions rose from the neutral: nothing is doubted from one on.
        """
        if self._neutral is None:
            return ()
        if counted:
            self._neutral = None
            self._poses.clear()
            return ()
        self.add(pose)
        measure = self._exercise.cycle.measure
        columns = [measure.column(side) for side in self._exercise.moving]
        self._measured.append((pose.time_s, [measures[column] for column in columns]))
        while pose.time_s - self._measured[0][0] > REMEMBERED_S:
            self._measured.popleft()
        if pose.time_s < self._due_s:
            return ()
        self._due_s = pose.time_s + LOOK_EVERY_S
        level = [self._neutral.neutral[column] for column in columns]
        times_s, rows = (np.array(each) for each in zip(*self._measured, strict=True))
        if not held_top(level, rows, times_s, self._exercise):
            return ()
        return tuple(found for found in self.search() if found.known)
