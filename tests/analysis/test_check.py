"""The public way in: a source and an estimator of one's own give what a recording gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import formcheck
from formcheck.core.checker.checker import FormChecker as Checker
from formcheck.files.session_json import to_dict
from tests.stickman import SIZE, Lift, Stance, clip

SLUG = "standing-hip-flexion"


@pytest.fixture(scope="module")
def recording() -> formcheck.PoseRecording:
    poses = tuple(clip([Lift(), Lift(at_top=Stance(lean=-20.0))], fps=15.0))
    source = formcheck.SourceInfo(path="stick", width=SIZE[0], height=SIZE[1], frames=len(poses))
    return formcheck.PoseRecording(source=source, poses=poses)


class Doubtful(formcheck.ReplaySource):
    """A source that has something to say about its frames."""

    def __iter__(self) -> Iterator[formcheck.Frame]:
        yield from super().__iter__()
        self.problems.append("The lens was dirty.")


class Outlining(formcheck.RecordedEstimator):
    """An estimator that gives silhouettes, as MediaPipe does when asked to."""

    def estimate(self, frame: formcheck.Frame) -> formcheck.Pose:
        width, height = frame.size_px
        return replace(super().estimate(frame), silhouette=np.ones((height, width), np.float32))


def test_the_fakes_give_what_the_saved_poses_give(
    recording: formcheck.PoseRecording, tmp_path: Path
) -> None:
    recording.save(tmp_path / "stick.npz")
    saved = formcheck.analyze(tmp_path / "stick.npz", SLUG, strict=True)
    source, estimator = formcheck.ReplaySource(recording), formcheck.RecordedEstimator(recording)
    session = formcheck.check(source, estimator, SLUG, strict=True)
    assert session.counts.attempts == 2
    assert to_dict(session) == to_dict(saved)


def test_an_exercise_of_ones_own_is_taken_as_it_is(recording: formcheck.PoseRecording) -> None:
    held = formcheck.timed_hold(formcheck.get_exercise(SLUG), 2.0)
    source, estimator = formcheck.ReplaySource(recording), formcheck.RecordedEstimator(recording)
    one = formcheck.check(source, estimator, held)
    other = formcheck.check(source, estimator, SLUG, hold_s=2.0)
    assert one == other and one.hold_target_s == 2.0


def test_what_the_source_says_is_in_the_session(recording: formcheck.PoseRecording) -> None:
    estimator = formcheck.RecordedEstimator(recording)
    session = formcheck.check(Doubtful(recording), estimator, SLUG)
    assert "The lens was dirty." in session.problems


def test_silhouettes_are_read_and_let_go_of(
    recording: formcheck.PoseRecording, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[formcheck.Pose] = []
    update = Checker.update

    def seen(checker: Checker, pose: formcheck.Pose) -> formcheck.FrameReport:
        judged.append(pose)
        return update(checker, pose)

    monkeypatch.setattr(Checker, "update", seen)
    formcheck.check(formcheck.ReplaySource(recording), Outlining(recording), SLUG)
    assert len(judged) == len(recording.poses)
    assert all(pose.silhouette is None and pose.lumbar_doubt for pose in judged)


def test_nobody_in_the_source_is_said(recording: formcheck.PoseRecording) -> None:
    empty = formcheck.PoseRecording(
        source=recording.source,
        poses=[formcheck.Pose.unseen(pose.time_s, SIZE) for pose in recording.poses],
    )
    source, estimator = formcheck.ReplaySource(empty), formcheck.RecordedEstimator(empty)
    with pytest.raises(formcheck.NoPersonFound, match="Nobody was found in 'stick'"):
        formcheck.check(source, estimator, SLUG)
