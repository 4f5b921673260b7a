"""Poses from a recording instead of from pictures."""

from __future__ import annotations

import numpy as np

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.errors import UsageError
from formcheck.files.closing import ClosesItself
from formcheck.files.pose_file import PoseRecording


class RecordedEstimator(ClosesItself):
    """Gives each frame the pose that was saved for its time.

    Frames may be left out, as a live run drops some, and may come in any order. A frame gets the
    pose with the nearest time stamp.

    Parameters
    ----------
    recording : PoseRecording
        Poses of the very source the frames come from.
    tolerance_s : float
        Greatest difference of the stamps. A container's time base rounds them by up to a
        millisecond.
    """

    def __init__(self, recording: PoseRecording, *, tolerance_s: float = 0.002) -> None:
        self._poses = recording.poses
        self._times_s = np.array([pose.time_s for pose in recording.poses], dtype=np.float64)
        self._tolerance_s = tolerance_s

    def estimate(self, frame: Frame) -> Pose:
        """Returns the saved pose of a frame.

        Raises
        ------
        UsageError
            No pose was saved for this time: the recording is of another source.
        """
        after = int(np.searchsorted(self._times_s, frame.time_s))
        near = [i for i in (after - 1, after) if 0 <= i < len(self._poses)]
        best = min(near, key=lambda i: abs(self._times_s[i] - frame.time_s), default=None)
        if best is None or abs(self._times_s[best] - frame.time_s) > self._tolerance_s:
            raise UsageError(
                f"No pose was saved for {frame.time_s:.3f} s: use the recording made from this "
                "source."
            )
        return self._poses[best]

    def close(self) -> None:
        """Does nothing: nothing is held."""
