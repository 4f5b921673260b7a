"""What every estimator does."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose


class Estimator(Protocol):
    """Finds one person in each frame; a context manager that closes at its end.

    An estimator may remember earlier frames, so one estimator sees one source, in order, from one
    thread at a time.
    """

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose in a frame, `Pose.unseen` where nobody was found.

        Its `time_s` and `frame_size_px` are the frame's own.

        Raises
        ------
        FormcheckError
            No pose can be had from such a frame.
        """

    def close(self) -> None:
        """Let go of everything held; closing again does nothing."""

    def __enter__(self) -> Estimator:
        """Return the estimator itself."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
