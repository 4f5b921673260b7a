"""Saved poses come back for the frames they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.errors import UsageError
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.files.pose_file import PoseRecording


def _recording(*times_s: float) -> PoseRecording:
    poses = tuple(
        Pose(
            time_s=t,
            image_px=np.full((33, 2), i, dtype=np.float64),
            visibility=np.ones(33),
            frame_size_px=(640, 480),
        )
        for i, t in enumerate(times_s)
    )
    return PoseRecording(source=SourceInfo(path="a.mp4", width=640, height=480), poses=poses)


def _frame(time_s: float, index: int = 0) -> Frame:
    return Frame(index=index, time_s=time_s, image=None, size_px=(640, 480))


def test_each_frame_gets_its_own_pose_in_any_order() -> None:
    recording = _recording(0.0, 0.033, 0.100)
    with RecordedEstimator(recording) as estimator:
        for number in (2, 0, 1, 1):
            pose = estimator.estimate(_frame(recording.poses[number].time_s))
            assert pose is recording.poses[number]


@pytest.mark.parametrize(("time_s", "number"), [(0.0334, 1), (0.0326, 1), (0.0999, 2), (0.001, 0)])
def test_a_rounded_stamp_finds_the_nearest_pose(time_s: float, number: int) -> None:
    recording = _recording(0.0, 0.033, 0.100)
    assert RecordedEstimator(recording).estimate(_frame(time_s)) is recording.poses[number]


@pytest.mark.parametrize("time_s", [0.05, 0.2, -1.0])
def test_a_time_without_a_pose_is_another_source(time_s: float) -> None:
    with pytest.raises(UsageError, match=r"No pose was saved for"):
        RecordedEstimator(_recording(0.0, 0.033, 0.100)).estimate(_frame(time_s))


def test_an_empty_recording_has_no_pose() -> None:
    with pytest.raises(UsageError, match=r"No pose was saved"):
        RecordedEstimator(_recording()).estimate(_frame(0.0))
