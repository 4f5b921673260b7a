from __future__ import annotations

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pelvis import PelvisReading
from formcheck.core.pose.pose import Pose
from formcheck.estimators.with_pelvis import WithPelvis
from formcheck.files.closing import ClosesItself

SIZE = (64, 48)
READING = PelvisReading(turn_deg=3.0, facing=1.0, middle_px=(1.0, 2.0), size_px=9.0)


class Nobody(ClosesItself):
    closed = 0

    def estimate(self, frame: Frame) -> Pose:
        return Pose.unseen(frame.time_s, frame.size_px)

    def close(self) -> None:
        self.closed += 1


class Every:
    """A sensor that tells something for every other frame."""

    def read(self, frame: Frame, pose: Pose) -> PelvisReading | None:
        assert pose.time_s == frame.time_s
        return READING if frame.index % 2 == 0 else None


def test_the_pose_carries_what_the_sensor_tells_and_the_estimator_is_closed() -> None:
    inner = Nobody()
    frames = [Frame(index=n, time_s=n / 30, image=None, size_px=SIZE) for n in range(3)]
    with WithPelvis(inner, Every()) as estimator:
        poses = [estimator.estimate(frame) for frame in frames]
    assert [pose.pelvis for pose in poses] == [READING, None, READING]
    assert inner.closed == 1
