"""An estimator that reads a pelvis sensor as well."""

from __future__ import annotations

from dataclasses import replace

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.estimators.estimator import Estimator
from formcheck.files.closing import ClosesItself
from formcheck.sensors.sensor import PelvisSensor


class WithPelvis(ClosesItself):
    """An estimator whose poses carry what a sensor tells of the pelvis.

    Parameters
    ----------
    estimator : Estimator
        Finds the person; is closed with this one.
    sensor : PelvisSensor
        Is asked once a frame, with the person that was found.
    """

    def __init__(self, estimator: Estimator, sensor: PelvisSensor) -> None:
        self._estimator = estimator
        self._sensor = sensor

    def estimate(self, frame: Frame) -> Pose:
        """Returns the pose in a frame, with the reading of the pelvis."""
        pose = self._estimator.estimate(frame)
        return replace(pose, pelvis=self._sensor.read(frame, pose))

    def close(self) -> None:
        """Closes the inner estimator."""
        self._estimator.close()
