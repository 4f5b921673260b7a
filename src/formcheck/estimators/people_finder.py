"""Everybody who is in one picture."""

from __future__ import annotations

from typing import Any

from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from formcheck.frame import Frame
from formcheck.pose import Pose

MOST = 5
"""People looked for at most."""


class PeopleFinder(MediaPipeEstimator):
    """Finds several people in single pictures, and follows nobody.

    A look takes about 17 ms, and 10 ms more for everybody who is there: too dear for every frame.
    """

    mode, most = "IMAGE", MOST

    def find(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the pose of each person, in no order; somebody may be among them twice.

        Raises
        ------
        UsageError
            The frame holds no picture, or the finder is closed.
        FormcheckError
            MediaPipe failed on this frame.
        """
        result = self._detect(self._picture(frame), 0, frame.index)
        return tuple(self._pose(frame, result, n) for n in range(len(result.pose_landmarks)))

    def _infer(self, picture: Any, timestamp_ms: int) -> Any:
        return self._landmarker.detect(picture)
