"""The protocol of a pelvis sensor."""

from __future__ import annotations

from typing import Protocol

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pelvis import PelvisReading
from formcheck.core.pose.pose import Pose


class PelvisSensor(Protocol):
    """Tells the turn of the pelvis in each frame.

    A sensor may remember earlier frames: give it the frames of a single source, in order, from one
    thread at a time.
    """

    def read(self, frame: Frame, pose: Pose) -> PelvisReading | None:
        """Returns what the sensor tells for a frame; None where it tells nothing.

        Parameters
        ----------
        frame : Frame
            The upright picture and its time.
        pose : Pose
            The person found in it, who wears the sensor.
        """
