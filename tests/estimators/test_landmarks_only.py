"""The model without its silhouette gives the very same landmarks."""

from __future__ import annotations

import hashlib
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.pose.pose import Pose
from formcheck.errors import ModelError
from formcheck.estimators import model
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator, PeopleFinder
from formcheck.estimators.model import LANDMARKS_ONLY_SHA256, bundled_model, read_model
from formcheck.sources.video import VideoFile
from tests.truth.clips import QUICK, SAMPLES


def found(name: str, frames: int, model_path: Path | None) -> list[Pose]:
    with (
        VideoFile(SAMPLES / f"{name}.mp4") as video,
        MediaPipeEstimator(model_path) as estimator,
    ):
        return [estimator.estimate(frame) for frame in islice(video, frames)]


@pytest.mark.parametrize("name", QUICK)
def test_landmarks_are_the_same_to_the_last_bit(name: str) -> None:
    # Named by its path, the shipped model is read as it lies there.
    pairs = list(zip(found(name, 20, None), found(name, 20, bundled_model()), strict=True))
    assert any(pose.is_seen for pose, _ in pairs)
    for smaller, full in pairs:
        assert np.array_equal(smaller.image_px, full.image_px, equal_nan=True)
        assert np.array_equal(smaller.visibility, full.visibility)
        assert (smaller.world_m is None) is (full.world_m is None)
        if smaller.world_m is not None and full.world_m is not None:
            assert np.array_equal(smaller.world_m, full.world_m, equal_nan=True)


def test_people_are_found_at_the_same_places() -> None:
    with VideoFile(SAMPLES / f"{QUICK[0]}.mp4") as video:
        frame = next(iter(video))
    with PeopleFinder() as smaller, PeopleFinder(bundled_model()) as full:
        places = [[p.image_px for p in finder.find(frame)] for finder in (smaller, full)]
    assert len(places[0]) == 1
    assert np.array_equal(places[0], places[1])


def test_silhouettes_come_from_the_whole_model() -> None:
    assert read_model(silhouette=True) == bundled_model().read_bytes()
    assert hashlib.sha256(read_model(silhouette=False)).hexdigest() == LANDMARKS_ONLY_SHA256


def test_another_model_is_taken_as_it_is() -> None:
    assert read_model(bundled_model(), silhouette=False) == bundled_model().read_bytes()


@pytest.mark.parametrize("content", [b"", b"TFL3" * 320])
def test_an_altered_root_is_refused(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "altered.root").write_bytes(content)
    # At another path, since the model that lies there is remembered.
    shipped = tmp_path / "shipped.task"
    shipped.write_bytes(bundled_model().read_bytes())
    monkeypatch.setattr(model, "bundled_file", lambda *_: tmp_path / "altered.root")
    monkeypatch.setattr(model, "bundled_model", lambda: shipped)
    with pytest.raises(ModelError, match=r"\.root of the pose model is damaged or altered"):
        read_model(silhouette=False)
