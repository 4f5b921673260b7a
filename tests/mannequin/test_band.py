"""The band runs from the foot to its anchor, and covers part of the foot."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from mannequin.band import Band, rows
from mannequin.catalogue import SCENARIOS
from mannequin.clip import frames
from mannequin.render import Studio
from mannequin.shape import surface

SCENARIO = SCENARIOS["front-support-hip-flexion-band"]


def test_the_strands_end_at_the_anchor_and_follow_the_foot() -> None:
    assert SCENARIO.band is not None
    skeletons = [skeleton for _, _, skeleton in islice(frames(SCENARIO), 0, 80, 20)]
    for skeleton in skeletons:
        for strand in rows(SCENARIO.band, skeleton)[1:]:
            start, axis, length = np.array(strand[:3]), np.array(strand[3:6]), strand[6]
            assert np.allclose(start + length * axis, SCENARIO.band.anchor_m)
            assert np.linalg.norm(start - skeleton.points["left_ankle"]) < 0.12


def test_a_surface_without_a_band_is_unchanged() -> None:
    _, _, skeleton = next(frames(SCENARIO))
    plain, banded = (surface(SCENARIO.body, skeleton, band) for band in (None, Band(side="right")))
    assert np.array_equal(banded.cones[: len(plain.cones)], plain.cones)
    assert len(banded.cones) == len(banded.tags) == len(plain.cones) + 3


@pytest.mark.slow
def test_the_band_is_seen_on_the_foot() -> None:
    size = (160, 120)
    _, _, skeleton = next(frames(SCENARIO))
    without = replace(SCENARIO, band=None)
    pictures = [
        Studio(s.camera, s.body, size, band=s.band).shoot(skeleton).astype(int)
        for s in (SCENARIO, without)
    ]
    y, x = np.nonzero(np.abs(pictures[0] - pictures[1]).max(axis=2) > 60)
    ankle = SCENARIO.camera.project(skeleton.points["left_ankle"][None], size)[0]
    near = np.hypot(x - ankle[0], y - ankle[1]) < 12
    assert near.sum() >= 8
