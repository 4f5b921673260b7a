"""The protocol of an estimator of poses."""

from __future__ import annotations

from typing import Protocol

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.files.closing import Closing


class Estimator(Closing, Protocol):
    """Finds one person in each frame; a context manager that closes at its end.

    An estimator may remember earlier frames: give it the frames of a single source, in order, from
    one thread at a time.
    """

    def estimate(self, frame: Frame) -> Pose:
        """Returns the pose in a frame, `Pose.unseen` where nobody is found.

        Its `time_s` and `frame_size_px` are the frame's own.

        Raises
        ------
        FormcheckError
            The frame can't be estimated.
        """

    def __enter__(self) -> Estimator:
        """Returns the estimator itself."""
