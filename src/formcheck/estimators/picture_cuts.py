"""Begins anew where a film is cut: what was known of the last camera's picture holds no more.

Without that the model looks for the person where they were, drags its landmarks there for 0.15 s,
and a person who is suddenly elsewhere is searched for in the old place for 0.6 s.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import FloatArray, Pose
from formcheck.estimators.estimator import Estimator
from formcheck.files.closing import ClosesItself

CELLS = 64
"""Samples of a picture along its longer side."""
ALIKE = 0.6
"""Correlation of two pictures' brightness under which nothing but a cut explains the change. Real
films keep 0.7 and more from frame to frame where somebody moves before a plain wall, and 0.85 and
more elsewhere; at their cuts it falls to between 0 and 0.5."""
LONGEST_STEP_S = 0.15
"""Frames that are further apart than this may differ by what happened between them."""


class NewAtCuts(ClosesItself):
    """An estimator that is replaced by a new one where the film is cut.

    A cut shows the same person elsewhere, or at another size, at once; somebody who walks in front
    of the camera changes a part of the picture from one frame to the next. An effect of several
    frames between two cameras counts as one cut, with a new estimator at either end of it.

    Parameters
    ----------
    make : callable
        Creates an estimator: one at the start, and one at each cut, which takes 0.1 s with
        MediaPipe. All are closed in the end.

    Raises
    ------
    FormcheckError
        An estimator can't be created; also from `estimate`.
    """

    def __init__(self, make: Callable[[], Estimator]) -> None:
        self._make = make
        self._estimator = make()
        self._cuts = PictureCuts()
        self._in_a_row = 0

    def estimate(self, frame: Frame) -> Pose:
        """Returns the pose in a frame, `Pose.unseen` where nobody is found.

        Raises
        ------
        FormcheckError
            The estimator failed on this frame, or another one can't be created.
        """
        before, self._in_a_row = (
            self._in_a_row,
            (self._in_a_row + 1 if self._cuts.update(frame) else 0),
        )
        if self._in_a_row == 1 or (before > 1 and not self._in_a_row):
            self._estimator.close()
            self._estimator = self._make()
        return self._estimator.estimate(frame)

    def close(self) -> None:
        """Closes the inner estimator."""
        self._estimator.close()


class PictureCuts:
    """Compares each picture with the one before it."""

    def __init__(self) -> None:
        self._before: tuple[float, FloatArray] | None = None

    def update(self, frame: Frame) -> bool:
        """Takes in a frame; returns whether the film was cut between the last one and this one.

        A frame without a picture, or of another size, is compared with nothing.
        """
        before, now = self._before, _thumbnail(frame)
        self._before = None if now is None else (frame.time_s, now)
        if before is None or now is None or before[1].shape != now.shape:
            return False
        if not 0.0 < frame.time_s - before[0] <= LONGEST_STEP_S:
            return False
        return _correlation(before[1], now) < ALIKE


def _thumbnail(frame: Frame) -> FloatArray | None:
    if frame.image is None:
        return None
    step = max(1, max(frame.size_px) // CELLS)
    cells = frame.image[step // 2 :: step, step // 2 :: step]
    return np.asarray(cells.mean(axis=2), dtype=np.float64)


def _correlation(before: FloatArray, now: FloatArray) -> float:
    """Returns the correlation of two pictures; 1 where one of them is all of one brightness."""
    first, second = before - before.mean(), now - now.mean()
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / spread if spread > 0.0 else 1.0
