"""Measures of an upright body, against exact angles."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.measures import (
    LATERAL_LEAN,
    PELVIC_OBLIQUITY,
    THIGH_ELEVATION,
    TORSO_LEAN,
)
from formcheck.core.pose.pose import Landmark, Side
from formcheck.core.pose.view import scene_of
from tests.core.measures.reading import BACK, FRONT, LEFT_VIEW, RIGHT_VIEW, read
from tests.stickman import Stance, pose


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("angle", [-20.0, 0.0, 30.0, 80.0, 90.0, 115.0])
def test_thigh_elevation_from_either_side(angle: float, yaw_deg: float) -> None:
    stance = Stance(thigh_left=angle, knee_left=max(angle, 0.0))
    assert read(THIGH_ELEVATION, stance, yaw_deg) == pytest.approx(angle, abs=0.2)


@pytest.mark.parametrize("yaw_deg", [FRONT, 45.0, 135.0])
@pytest.mark.parametrize("angle", [0.0, 40.0, 90.0, 110.0])
def test_thigh_elevation_by_foreshortening(angle: float, yaw_deg: float) -> None:
    # acos is flat at 0: a pixel there is worth degrees.
    stance = Stance(thigh_left=angle, knee_left=angle)
    assert read(THIGH_ELEVATION, stance, yaw_deg) == pytest.approx(angle, abs=1.5)


@pytest.mark.parametrize(("angle", "found"), [(0.0, 0.0), (40.0, 43.2), (82.0, 89.4), (90.0, 98.6)])
def test_from_behind_the_knee_of_a_lifted_thigh_is_put_back_up(angle: float, found: float) -> None:
    # The figure's knee is where it is; the model's lies 0.15 thigh lengths too low once level.
    stance = Stance(thigh_left=angle, knee_left=angle)
    assert read(THIGH_ELEVATION, stance, BACK) == pytest.approx(found, abs=1.5)


@pytest.mark.parametrize("lean", [-25.0, -10.0, 0.0, 15.0])
@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
def test_torso_lean_forward_is_positive(lean: float, yaw_deg: float) -> None:
    assert read(TORSO_LEAN, Stance(lean=lean), yaw_deg) == pytest.approx(lean, abs=0.2)


@pytest.mark.parametrize(
    ("yaw_deg", "moved", "error_deg"),
    [
        # A far thigh takes the hip point that the model guesses along: a third of it tells.
        (LEFT_VIEW, {Landmark.RIGHT_HIP: 0.1}, -1.9),
        (RIGHT_VIEW, {Landmark.LEFT_HIP: 0.1}, -1.9),
        # The near hip is seen.
        (LEFT_VIEW, {Landmark.LEFT_HIP: 0.1}, -3.8),
        (RIGHT_VIEW, {Landmark.RIGHT_HIP: 0.1}, -3.8),
        # The near thigh forward, the far hip twice as far back: the lean stays.
        (LEFT_VIEW, {Landmark.LEFT_HIP: 0.05, Landmark.RIGHT_HIP: -0.1}, 0.0),
    ],
)
def test_the_lean_is_read_from_nearer_to_the_hip_that_is_seen(
    yaw_deg: float, moved: dict[Landmark, float], error_deg: float
) -> None:
    figure = pose(Stance(lean=-15.0), yaw_deg=yaw_deg)
    scene = scene_of([pose(Stance(), yaw_deg=yaw_deg)])
    image_px = figure.image_px.copy()
    for hip, forward in moved.items():
        image_px[hip, 0] += scene.facing * forward * scene.trunk_px
    read_deg = TORSO_LEAN.compute(replace(figure, image_px=image_px), Side.LEFT, scene)
    assert read_deg == pytest.approx(-15.0 + error_deg, abs=0.3)


@pytest.mark.parametrize("lateral", [-20.0, 0.0, 12.0])
@pytest.mark.parametrize("yaw_deg", [FRONT, BACK])
def test_lateral_lean_to_the_persons_right_is_positive(lateral: float, yaw_deg: float) -> None:
    assert read(LATERAL_LEAN, Stance(lateral=lateral), yaw_deg) == pytest.approx(lateral, abs=0.2)


@pytest.mark.parametrize("yaw_deg", [FRONT, BACK])
def test_pelvic_obliquity_is_positive_towards_the_higher_side(yaw_deg: float) -> None:
    stance = Stance(hike_left=14.0)
    assert read(PELVIC_OBLIQUITY, stance, yaw_deg, Side.LEFT) == pytest.approx(14.0, abs=0.2)
    assert read(PELVIC_OBLIQUITY, stance, yaw_deg, Side.RIGHT) == pytest.approx(-14.0, abs=0.2)


@pytest.mark.parametrize(("hike", "shown"), [(30.0, True), (60.0, False)])
def test_hips_behind_one_another_show_no_lean_to_the_side(hike: float, shown: bool) -> None:
    found = read(LATERAL_LEAN, Stance(lateral=10.0, hike_left=hike), FRONT)
    assert found == (pytest.approx(10.0, abs=0.5) if shown else math.inf)
