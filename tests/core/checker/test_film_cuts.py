"""Cuts of a film are told from poses; what bodies and models do is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.checker.film_cuts import cut_numbers
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.view import Position
from formcheck.files.pose_file import PoseRecording
from tests.stickman import SIZE, steps

CENTRE = np.array(SIZE) / 2
RUN = list(steps(12, 2.5))
CUT = len(RUN) // 2


def changed(
    poses: Iterable[Pose], *, share: float = 1.0, right_px: float = 0.0, mirrored: bool = False
) -> list[Pose]:
    factor = np.array([-share if mirrored else share, share])
    shift = np.array([right_px, 0.0])
    return [replace(p, image_px=CENTRE + (p.image_px - CENTRE) * factor + shift) for p in poses]


@pytest.mark.parametrize(
    "after",
    [
        changed(RUN[CUT:], share=1.4),
        changed(RUN[CUT:], share=0.7),
        changed(RUN[CUT:], right_px=200.0),
        changed(RUN[CUT:], mirrored=True),
    ],
    ids=["nearer", "farther", "elsewhere", "from the other side"],
)
def test_a_cut_is_found_where_it_is(after: list[Pose]) -> None:
    assert cut_numbers([*RUN[:CUT], *after], Position.UPRIGHT) == [CUT]


def test_a_cut_is_found_behind_frames_that_show_nobody() -> None:
    nobody = [Pose.unseen(p.time_s, p.frame_size_px) for p in RUN[CUT : CUT + 5]]
    after = changed(RUN[CUT + 5 :], right_px=400.0)
    assert cut_numbers([*RUN[:CUT], *nobody, *after], Position.UPRIGHT) == [CUT + 5]


@pytest.mark.parametrize("fps", [30, 15, 8])
def test_a_run_is_not_cut(fps: int) -> None:
    assert cut_numbers(list(steps(12, 2.0, fps=fps)), Position.UPRIGHT) == []


def test_one_slip_of_the_model_is_no_cut() -> None:
    slip = changed(RUN[CUT : CUT + 1], share=1.6, right_px=300.0)
    assert cut_numbers([*RUN[:CUT], *slip, *RUN[CUT + 1 :]], Position.UPRIGHT) == []


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "golden").glob("*.npz")))
def test_a_clip_from_one_camera_is_not_cut(path: Path) -> None:
    poses = PoseRecording.load(path).poses
    for position in Position:
        assert cut_numbers(poses, position) == []
