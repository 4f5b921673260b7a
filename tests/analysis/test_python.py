"""formcheck from Python: arguments, exercises by name, pictures in memory, tables of frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import formcheck
from formcheck.estimators import estimator_for, mediapipe_pose
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.files.frames_csv import to_csv
from formcheck.sources.video import VideoFile
from tests.alone import Alone
from tests.sources.clips import number_in, write_clip, write_photo
from tests.stickman import SIZE, Lift, Stance, clip

SLUG = "standing-hip-flexion"
FPS = 15.0


@pytest.fixture(scope="module")
def recording() -> formcheck.PoseRecording:
    poses = tuple(clip([Lift(), Lift(at_top=Stance(lean=-20.0)), Lift(side="right")], fps=FPS))
    source = formcheck.SourceInfo(path="stick", width=SIZE[0], height=SIZE[1], frames=len(poses))
    return formcheck.PoseRecording(source=source, poses=poses)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, recording: formcheck.PoseRecording) -> Path:
    path = tmp_path_factory.mktemp("poses") / "stick.npz"
    recording.save(path)
    return path


@pytest.fixture
def played(
    monkeypatch: pytest.MonkeyPatch, recording: formcheck.PoseRecording
) -> formcheck.PoseRecording:
    """Let every picture show the person of the recording."""

    def estimator(*_: object, **__: object) -> RecordedEstimator:
        return RecordedEstimator(recording)

    monkeypatch.setattr(mediapipe_pose, "MediaPipeEstimator", estimator)
    monkeypatch.setattr(estimator_for, "PeopleFinder", Alone)
    return recording


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"side": "up"}, "A side is"),
    ({"strict": "yes"}, "strict is True or False"),
    ({"hold_s": 0.5}, "hold_s is 1 to 300 seconds"),
    ({"hold_s": "8"}, "hold_s is 1 to 300 seconds"),
    ({"from_s": -1}, "from_s is 0 or more seconds"),
    ({"from_s": "0:05"}, "from_s is 0 or more seconds"),
    ({"to_s": float("nan")}, "to_s is 0 or more seconds"),
    ({"speed": 0}, "A speed is"),
    ({"exercise": None}, "An exercise is a slug"),
    ({"exercise": 7}, "An exercise is a slug"),
    ({"exercise": "squat"}, "There is no exercise 'squat'"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=str)
def test_a_wrong_argument_is_one_sentence(saved: Path, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(formcheck.UsageError, match=said) as told:
        formcheck.analyze(saved, **{"exercise": SLUG, **wrong})
    assert "\n" not in str(told.value)
    checker = {"exercise": SLUG, **wrong}
    if not {"from_s", "to_s", "speed"} & set(wrong):
        with pytest.raises(formcheck.UsageError, match=said):
            formcheck.FormChecker(**checker)


def test_a_checker_takes_an_exercise_by_name(recording: formcheck.PoseRecording) -> None:
    by_name = formcheck.FormChecker(SLUG, side="left", strict=True)
    known = formcheck.FormChecker(
        formcheck.get_exercise(SLUG), side=formcheck.Side.LEFT, strict=True
    )
    for pose in recording.poses:
        by_name.update(pose)
        known.update(pose)
    assert by_name.finish(recording.source).reps == known.finish(recording.source).reps != ()
    assert formcheck.FormChecker(SLUG, hold_s=5).exercise.cycle.hold_target_s == 5.0


def test_the_exercise_is_recognised(saved: Path) -> None:
    session = formcheck.analyze(saved, "auto")
    assert session.exercise == SLUG
    assert any("was recognised from the movement" in problem for problem in session.problems)
    assert session.reps == formcheck.analyze(saved, SLUG).reps
    with pytest.raises(formcheck.NotRecognised, match="can't be told"):
        formcheck.analyze(saved, "Auto", to_s=1.0)


def _arrays(recording: formcheck.PoseRecording) -> Iterator[np.ndarray]:
    for _ in recording.poses:
        yield np.zeros((SIZE[1], SIZE[0], 3), np.uint8)


GIVEN: dict[str, Callable[[formcheck.PoseRecording], tuple[Any, float | None]]] = {
    "arrays and a rate": lambda r: (_arrays(r), FPS),
    "times and arrays": lambda r: (
        [(p.time_s, a) for p, a in zip(r.poses, _arrays(r), strict=True)],
        None,
    ),
    "frames": lambda r: (
        [
            formcheck.Frame(index=i, time_s=p.time_s, image=a, size_px=SIZE)
            for i, (p, a) in enumerate(zip(r.poses, _arrays(r), strict=True))
        ],
        None,
    ),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_pictures_in_memory_are_judged(
    played: formcheck.PoseRecording, saved: Path, kind: str
) -> None:
    given, fps = GIVEN[kind](played)
    session = formcheck.analyze(given, SLUG, fps=fps)
    assert [rep.verdict for rep in session.reps] == [
        rep.verdict for rep in formcheck.analyze(saved, SLUG).reps
    ]
    assert session.source.path == "given frames"


def test_an_open_capture_is_read_and_stays_open(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4")
    capture = cv2.VideoCapture(str(path))
    frames = list(formcheck.GivenFrames(capture))
    assert capture.isOpened()
    with VideoFile(path) as video:
        assert [f.time_s for f in frames] == pytest.approx([f.time_s for f in video], abs=0.001)
    assert [number_in(f.image) for f in frames if f.image is not None] == list(range(len(frames)))
    with pytest.raises(formcheck.SourceError, match="There is no picture in the given frames"):
        formcheck.analyze(capture, SLUG)


PICTURE = np.zeros((48, 64, 3), np.uint8)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "There is no picture"),
        ([PICTURE], "Picture 0 has no time"),
        ([(0.0, PICTURE[..., 0])], "a picture is uint8"),
        ([(0.0, PICTURE.astype(float))], "a picture is uint8"),
        ([(0.0, PICTURE), (0.1, None)], "Picture 1 is object"),
        (7, "int holds no frames"),
    ],
)
def test_what_is_no_picture(played: formcheck.PoseRecording, given: Any, said: str) -> None:
    with pytest.raises(formcheck.FormcheckError, match=said):
        formcheck.analyze(given, SLUG)


@pytest.mark.parametrize("name", ["rotate_deg", "from_s", "to_s", "person", "speed"])
def test_what_is_asked_of_files_alone(name: str) -> None:
    options: dict[str, Any] = {name: 1}
    with pytest.raises(formcheck.UsageError, match=f"{name} is for files"):
        formcheck.analyze([(0.0, PICTURE)], SLUG, **options)


def test_given_frames_can_be_gone_through_once() -> None:
    source = formcheck.GivenFrames([PICTURE], fps=30.0)
    assert len(list(source)) == 1
    with pytest.raises(formcheck.UsageError, match="once"):
        iter(source)


def test_one_picture_gives_a_pose(tmp_path: Path, played: formcheck.PoseRecording) -> None:
    assert formcheck.pose_in(PICTURE).frame_size_px == SIZE
    assert formcheck.pose_in(write_photo(tmp_path / "a.jpg")).is_seen
    (tmp_path / "b.jpg").write_bytes(b"no picture")
    with pytest.raises(formcheck.SourceError, match="is not a picture"):
        formcheck.pose_in(tmp_path / "b.jpg")
    with pytest.raises(formcheck.SourceError, match="can't be read"):
        formcheck.pose_in(str(tmp_path / "missing.jpg"))
    with pytest.raises(formcheck.UsageError, match="A picture is uint8"):
        formcheck.pose_in(PICTURE[..., 0])


def test_frames_are_columns(saved: Path, recording: formcheck.PoseRecording) -> None:
    session = formcheck.analyze(saved, SLUG)
    frames = session.frames()
    assert next(iter(frames)) == "time_s"
    assert {len(column) for column in frames.values()} == {len(recording.poses)}
    assert list(frames["time_s"]) == [pose.time_s for pose in recording.poses]
    assert np.nanmax(frames["thigh_elevation_left_deg"]) > 80.0
    assert all(column.dtype == np.float64 for column in frames.values())
    assert session == formcheck.analyze(saved, SLUG) and "columns" not in repr(session)


def test_the_columns_are_those_of_the_csv(saved: Path) -> None:
    from formcheck.analysis.analyze import judge

    found = judge(formcheck.PoseRecording.load(saved), formcheck.get_exercise(SLUG))
    titles = to_csv(found.reports).splitlines()[0].split(",")
    assert titles == ["frame", *formcheck.analyze(saved, SLUG).frames()]
    with pytest.raises(formcheck.UsageError, match="has no frames"):
        found.session.frames()
