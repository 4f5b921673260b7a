"""Which estimator an exercise gets, and what becomes of the masks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.estimators import estimator_for, mediapipe_pose
from formcheck.estimators.estimator_for import Outlined, read_outline
from formcheck.estimators.with_pelvis import WithPelvis
from formcheck.exercises import get_exercise, slugs
from formcheck.files.closing import ClosesItself
from tests.stickman import Stance, pose

MASK = np.zeros((960, 1280), dtype=np.float32)
LYING = replace(pose(Stance(pitch=-90.0, arm=180.0)), silhouette=MASK)


class Scripted(ClosesItself):
    """An estimator that gives one pose for ever."""

    def __init__(self, shown: Pose) -> None:
        self.shown = shown
        self.closed = 0

    def estimate(self, frame: Frame) -> Pose:
        return replace(self.shown, time_s=frame.time_s)

    def close(self) -> None:
        self.closed += 1


def test_the_mask_is_read_and_dropped() -> None:
    found = read_outline(LYING)
    assert found.silhouette is None
    assert np.isnan(found.lumbar_gap) and "outline" in found.lumbar_doubt


def test_a_body_with_a_hollow_back_has_a_gap() -> None:
    x, y = np.meshgrid(np.arange(1280), np.arange(960))
    hips, shoulders = LYING.image_px[23], LYING.image_px[11]
    share = (x - hips[0]) / (shoulders[0] - hips[0])
    hollow = 14.0 * np.clip(1.0 - ((share - 0.33) / 0.2) ** 2, 0.0, None)
    body = (y > hips[1] - 40) & (y < hips[1] + 50 - hollow) & (share > -0.5) & (share < 1.3)
    found = read_outline(replace(LYING, silhouette=body.astype(np.float32)))
    assert found.lumbar_gap == pytest.approx(14.0 / 200.0, abs=0.015)
    assert found.lumbar_doubt == ""


def test_nobody_has_no_outline_and_no_doubt() -> None:
    found = read_outline(replace(Pose.unseen(0.0, (1280, 960)), silhouette=MASK))
    assert found.silhouette is None and found.lumbar_doubt == ""


def test_the_estimator_within_is_closed_once() -> None:
    within = Scripted(LYING)
    with Outlined(within) as outlined:
        shown = outlined.estimate(Frame(index=0, time_s=3.0, image=None, size_px=(1280, 960)))
    assert shown.time_s == 3.0 and shown.silhouette is None
    assert within.closed == 1


@pytest.mark.parametrize("slug", slugs())
def test_masks_are_asked_for_only_where_an_outline_is_measured(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    class Recorded(Scripted):
        def __init__(self, model_path: Path | None = None, *, silhouette: bool = False) -> None:
            super().__init__(LYING)
            asked.append(silhouette)

    monkeypatch.setattr(mediapipe_pose, "MediaPipeEstimator", Recorded)
    with estimator_for.estimator_for(get_exercise(slug)) as estimator:
        estimator.estimate(Frame(index=0, time_s=0.0, image=None, size_px=(1280, 960)))
    lying = slug in ("supine-marching", "straight-leg-raise", "alternating-leg-raises")
    assert asked == [lying]
    assert isinstance(estimator, WithPelvis)
