"""Poses from the shipped sample, and everything a picture can get wrong."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.pose.frame import Frame, Image
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.errors import ModelError, UsageError
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from formcheck.estimators.model import MEMBERS, bundled_model

SAMPLE = Path(__file__).resolve().parents[2] / "sample_videos" / "standing-side-left-clean.mp4"


@pytest.fixture(scope="module")
def person() -> list[Frame]:
    """The first frames of the shipped sample."""
    if not SAMPLE.is_file():
        pytest.skip(f"{SAMPLE.name} is not drawn yet")
    import av

    frames = []
    with av.open(str(SAMPLE)) as container:
        for index, picture in enumerate(container.decode(video=0)):
            if index == 12:
                break
            image: Image = picture.to_ndarray(format="bgr24")
            size = (image.shape[1], image.shape[0])
            frames.append(Frame(index=index, time_s=index / 30, image=image, size_px=size))
    return frames


@pytest.fixture(scope="module")
def estimator() -> Iterator[MediaPipeEstimator]:
    with MediaPipeEstimator() as opened:
        yield opened


def _blank(time_s: float, shape: tuple[int, int] = (240, 320)) -> Frame:
    image = np.full((*shape, 3), 127, dtype=np.uint8)
    return Frame(index=0, time_s=time_s, image=image, size_px=(shape[1], shape[0]))


def _same(a: Pose, b: Pose) -> bool:
    return bool(np.array_equal(a.image_px, b.image_px, equal_nan=True))


def test_a_person_is_found_upright_in_pixels(
    estimator: MediaPipeEstimator, person: list[Frame]
) -> None:
    poses = [estimator.estimate(frame) for frame in person]
    assert all(pose.is_seen for pose in poses)
    pose, (width, height) = poses[-1], person[-1].size_px
    assert pose.time_s == person[-1].time_s
    assert pose.frame_size_px == (width, height)
    assert pose.image_px.dtype == pose.visibility.dtype == np.float64
    assert pose.image_px.shape == (33, 2)
    ys = [
        pose.image_px[landmark, 1]
        for landmark in (
            Landmark.NOSE,
            Landmark.LEFT_SHOULDER,
            Landmark.LEFT_HIP,
            Landmark.RIGHT_ANKLE,
        )
    ]
    assert ys == sorted(ys)
    assert ys[-1] - ys[0] > height / 3
    assert 0 < pose.image_px[Landmark.LEFT_HIP, 0] < width
    assert pose.visibility.min() >= 0
    assert pose.visibility.max() <= 1
    assert pose.silhouette is None


def test_world_points_are_metres_about_the_hips(
    estimator: MediaPipeEstimator, person: list[Frame]
) -> None:
    world = estimator.estimate(person[0]).world_m
    assert world is not None
    assert world.dtype == np.float64
    hips = (world[Landmark.LEFT_HIP] + world[Landmark.RIGHT_HIP]) / 2
    assert np.abs(hips).max() < 0.05
    assert 0.8 < world[Landmark.RIGHT_ANKLE, 1] - world[Landmark.NOSE, 1] < 2.2


def test_nobody_is_unseen_not_zero(estimator: MediaPipeEstimator) -> None:
    pose = estimator.estimate(_blank(100.0))
    assert not pose.is_seen
    assert np.isnan(pose.image_px).all()
    assert pose.world_m is None
    assert (pose.visibility == 0).all()
    assert pose.frame_size_px == (320, 240)


def test_a_source_that_starts_again_gives_the_same_poses(
    estimator: MediaPipeEstimator, person: list[Frame]
) -> None:
    first = [estimator.estimate(frame) for frame in person]
    second = [estimator.estimate(frame) for frame in person]
    assert all(_same(a, b) for a, b in zip(first, second, strict=True))


def test_frames_closer_than_a_millisecond_are_taken(
    estimator: MediaPipeEstimator, person: list[Frame]
) -> None:
    times = [200.0 + i * 0.0002 for i in range(6)]
    poses = [estimator.estimate(replace(person[0], time_s=t)) for t in times]
    assert [pose.time_s for pose in poses] == times
    assert all(pose.is_seen for pose in poses)


@pytest.mark.parametrize("shape", [(1, 1), (2, 500), (500, 2), (63, 97)])
def test_any_size_of_picture_is_taken(
    estimator: MediaPipeEstimator, shape: tuple[int, int]
) -> None:
    pose = estimator.estimate(_blank(0.0, shape))
    assert pose.frame_size_px == (shape[1], shape[0])


def test_a_size_that_changes_in_between_is_followed(
    estimator: MediaPipeEstimator, person: list[Frame]
) -> None:
    image = person[0].image
    assert image is not None
    width, height = person[0].size_px
    padded = np.pad(image, ((0, 0), (0, width), (0, 0)), mode="edge")
    estimator.estimate(person[0])
    pose = estimator.estimate(Frame(index=1, time_s=0.1, image=padded, size_px=(2 * width, height)))
    assert pose.is_seen
    assert pose.image_px[Landmark.LEFT_HIP, 0] < width


def test_the_silhouette_covers_the_hips_and_not_the_corner(person: list[Frame]) -> None:
    with MediaPipeEstimator(silhouette=True) as estimator:
        pose = estimator.estimate(person[0])
        nobody = estimator.estimate(_blank(50.0))
    width, height = person[0].size_px
    assert pose.silhouette is not None
    assert pose.silhouette.shape == (height, width)
    assert pose.silhouette.dtype == np.float32
    hip = pose.image_px[Landmark.LEFT_HIP].astype(int)
    assert pose.silhouette[hip[1], hip[0]] > 0.5
    assert pose.silhouette[5, 5] < 0.1
    assert nobody.silhouette is None


def test_a_frame_without_picture_is_refused(estimator: MediaPipeEstimator) -> None:
    with pytest.raises(UsageError, match="no pictures"):
        estimator.estimate(Frame(index=0, time_s=0.0, image=None, size_px=(2, 2)))


def test_closing_twice_is_harmless_and_ends_it() -> None:
    estimator = MediaPipeEstimator()
    estimator.close()
    estimator.close()
    with pytest.raises(UsageError, match="closed"):
        estimator.estimate(_blank(0.0))


@pytest.mark.parametrize("content", [b"", b"no weights " * 500], ids=["empty", "garbage"])
def test_members_that_are_no_models_are_a_model_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.task"
    with zipfile.ZipFile(path, "w") as archive:
        for name in MEMBERS:
            archive.writestr(name, content)
    with pytest.raises(ModelError, match=r"refused the .*broken\.task model") as caught:
        MediaPipeEstimator(path)
    assert "\n" not in str(caught.value)


def test_the_wrong_models_under_the_right_names_are_no_traceback_of_mediapipe(
    tmp_path: Path,
) -> None:
    path = tmp_path / "swapped.task"
    with zipfile.ZipFile(bundled_model()) as original, zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pose_detector.tflite", original.read("pose_landmarks_detector.tflite"))
        archive.writestr("pose_landmarks_detector.tflite", original.read("pose_detector.tflite"))
    from formcheck.errors import FormcheckError

    with (
        pytest.raises(FormcheckError, match=r"swapped\.task"),
        MediaPipeEstimator(path) as estimator,
    ):
        estimator.estimate(_blank(0.0))


@pytest.mark.parametrize("closing", ["estimator.close()", "pass  # forgotten"])
def test_a_whole_program_prints_nothing_of_its_own_accord(
    closing: str, person: list[Frame], tmp_path: Path
) -> None:
    frames = tmp_path / "frames.npy"
    np.save(frames, np.stack([f.image for f in person[:3] if f.image is not None]))
    code = f"""
import numpy as np
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from formcheck.core.pose.frame import Frame
estimator = MediaPipeEstimator(silhouette=True)
for i, image in enumerate(np.load({str(frames)!r})):
    size = (image.shape[1], image.shape[0])
    pose = estimator.estimate(Frame(index=i, time_s=i / 30, image=image, size_px=size))
    assert pose.is_seen
{closing}
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, formcheck.estimators, formcheck.estimators.estimator\n"
        "import formcheck.estimators.model, formcheck.estimators.mediapipe_pose\n"
        "print([m for m in ('cv2', 'mediapipe', 'av') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
