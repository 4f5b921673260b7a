"""Poses whose outline has been read: the mask is used where it is made, and not carried along."""

from __future__ import annotations

from dataclasses import replace

from formcheck.closing import ClosesItself
from formcheck.estimators.estimator import Estimator
from formcheck.frame import Frame
from formcheck.geometry import length
from formcheck.pose import Pose
from formcheck.silhouette import lumbar_gap
from formcheck.view import middle_trunk


def read_outline(pose: Pose) -> Pose:
    """Return the pose with what its silhouette tells, and without the silhouette.

    The trunk's own length in this picture is the unit: three per cent of tracking noise in it are
    three per cent of a gap.
    """
    if not pose.is_seen:
        return replace(pose, silhouette=None)
    gap = lumbar_gap(pose, trunk_px=length(middle_trunk(pose.points())))
    return replace(pose, silhouette=None, lumbar_gap=gap.value, lumbar_doubt=gap.reason)


class Outlined(ClosesItself):
    """An estimator whose silhouettes are read at once.

    Parameters
    ----------
    estimator : Estimator
        Gives poses with silhouettes; is closed with this one.
    """

    def __init__(self, estimator: Estimator) -> None:
        self._estimator = estimator

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose in a frame, with its lumbar gap."""
        return read_outline(self._estimator.estimate(frame))

    def close(self) -> None:
        """Close the estimator within."""
        self._estimator.close()
