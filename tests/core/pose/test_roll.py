"""A camera's roll is told from a still body, and undone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.pose.pose import Landmark, Points
from formcheck.core.pose.roll import (
    MOST_ROLL_DEG,
    SURE_ROLL_DEG,
    body_roll_deg,
    levelled,
    roll_in_force,
)
from tests.stickman import Stance, hidden, pose, rolled

SIZE = (640, 480)


@pytest.mark.parametrize("roll_deg", [-15.0, -8.0, 0.0, 8.0, 15.0])
@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0, 180.0])
def test_a_standing_body_shows_the_roll(roll_deg: float, yaw_deg: float) -> None:
    shown = rolled(pose(Stance(), yaw_deg=yaw_deg), roll_deg)
    assert body_roll_deg(shown.points(), lying=False) == pytest.approx(roll_deg, abs=1.0)


def test_the_near_leg_is_enough() -> None:
    shown = hidden(rolled(pose(Stance()), 8.0), Landmark.RIGHT_ANKLE, Landmark.RIGHT_KNEE)
    shown.image_px[Landmark.RIGHT_ANKLE] = math.nan
    assert body_roll_deg(shown.points(), lying=False) == pytest.approx(8.0, abs=1.0)


@pytest.mark.parametrize("stance", [Stance(lean=25.0), Stance(thigh_left=60.0), Stance(lean=-20.0)])
def test_a_bow_or_a_lifted_leg_shows_no_roll(stance: Stance) -> None:
    assert math.isnan(body_roll_deg(pose(stance).points(), lying=False))


@pytest.mark.parametrize("head_left", [True, False])
@pytest.mark.parametrize("roll_deg", [-9.0, 0.0, 9.0])
def test_a_lying_body_shows_the_roll(head_left: bool, roll_deg: float) -> None:
    points: Points = [(320.0, 300.0)] * 33
    near, far = (100.0, 540.0) if head_left else (540.0, 100.0)
    for landmark in (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER):
        points[landmark] = (near, 300.0)
    for landmark in (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE):
        points[landmark] = (far, 300.0)
    for landmark in (Landmark.LEFT_HIP, Landmark.RIGHT_HIP):
        points[landmark] = (near + 0.4 * (far - near), 302.0)
    turned = levelled(points, -roll_deg, SIZE)
    assert body_roll_deg(turned, lying=True) == pytest.approx(roll_deg, abs=1e-6)


@pytest.mark.parametrize("roll_deg", [-9.0, 0.0, 9.0])
@pytest.mark.parametrize("lifted_deg", [0.0, 3.0, 25.0, 70.0])
def test_a_leg_that_is_up_turns_no_roll(lifted_deg: float, roll_deg: float) -> None:
    lying = pose(Stance(pitch=-90.0, thigh_left=0.0, thigh_right=lifted_deg)).points()
    still = body_roll_deg(pose(Stance(pitch=-90.0)).points(), lying=True)
    found = body_roll_deg(levelled(lying, -roll_deg, SIZE), lying=True)
    # Legs hardly apart are told by their middle.
    assert found - roll_deg == pytest.approx(still, abs=2.0)


def test_legs_that_are_up_show_no_roll() -> None:
    lying = Stance(pitch=-90.0, thigh_left=80.0, thigh_right=80.0)
    assert math.isnan(body_roll_deg(pose(lying).points(), lying=True))


def test_levelling_undoes_the_roll_about_the_middle_of_the_picture() -> None:
    shown = pose(Stance())
    back = levelled(rolled(shown, 11.0).points(), 11.0, shown.frame_size_px)
    assert np.allclose(back, shown.image_px, equal_nan=True)
    middle = (SIZE[0] / 2, SIZE[1] / 2)
    assert levelled([middle], 11.0, SIZE)[0] == pytest.approx(middle)


@pytest.mark.parametrize(
    ("roll_deg", "in_force"),
    [
        (math.nan, 0.0),
        (SURE_ROLL_DEG, 0.0),
        (-2.0, 0.0),
        (5.0, 5.0),
        (-MOST_ROLL_DEG, -MOST_ROLL_DEG),
        (MOST_ROLL_DEG + 1.0, 0.0),
    ],
)
def test_only_a_sure_and_believable_roll_is_undone(roll_deg: float, in_force: float) -> None:
    assert roll_in_force(roll_deg) == in_force
