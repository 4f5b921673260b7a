"""Midpoints of landmark pairs, and the line of the trunk."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.pose.geometry import length
from formcheck.core.pose.pose import Landmark, Points, Pose
from formcheck.core.pose.trunk import (
    in_trunks,
    middle,
    middle_trunk,
    seen_middle,
    trunk_length_px,
)

NAN = (math.nan, math.nan)
LEFT, RIGHT = Landmark.LEFT_HIP, Landmark.RIGHT_HIP


def points(left: tuple[float, float], right: tuple[float, float]) -> Points:
    found: Points = [NAN] * 33
    found[LEFT], found[RIGHT] = left, right
    found[Landmark.LEFT_SHOULDER], found[Landmark.RIGHT_SHOULDER] = (8.0, 10.0), (12.0, 30.0)
    return found


def test_the_middle_lies_half_way_and_needs_both() -> None:
    assert middle(points((0.0, 2.0), (4.0, 6.0)), LEFT, RIGHT) == (2.0, 4.0)
    assert math.isnan(middle(points((0.0, 2.0), NAN), LEFT, RIGHT)[0])


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ((0.0, 2.0), (4.0, 6.0), (2.0, 4.0)),
        ((0.0, 2.0), NAN, (0.0, 2.0)),
        (NAN, (4.0, 6.0), (4.0, 6.0)),
    ],
)
def test_the_seen_middle_is_the_one_that_is_seen(
    left: tuple[float, float], right: tuple[float, float], found: tuple[float, float]
) -> None:
    assert seen_middle(points(left, right), LEFT, RIGHT) == found


def test_the_trunk_runs_from_the_hips_up() -> None:
    assert middle_trunk(points((9.0, 100.0), (11.0, 120.0))) == (0.0, 90.0)
    assert math.isnan(middle_trunk(points(NAN, (11.0, 120.0)))[1])


@pytest.mark.parametrize("trunk_px", [0.0, -1.0, math.nan])
def test_nothing_is_measured_in_a_trunk_of_no_length(trunk_px: float) -> None:
    assert in_trunks(50.0, 100.0) == 0.5
    assert math.isnan(in_trunks(50.0, trunk_px))


@pytest.mark.parametrize("unseen", [(), (Landmark.RIGHT_HIP,), (Landmark.LEFT_SHOULDER,)])
def test_the_trunk_is_as_long_as_its_line(unseen: tuple[Landmark, ...]) -> None:
    image_px = np.random.default_rng(7).uniform(0.0, 640.0, (33, 2))
    image_px[list(unseen)] = np.nan
    pose = Pose(time_s=0.0, image_px=image_px, visibility=np.ones(33), frame_size_px=(640, 480))
    found = trunk_length_px(pose)
    assert math.isnan(found) if unseen else found == length(middle_trunk(pose.points()))
