"""What a body may do from one frame to the next, and what only a cut of the film does."""

from __future__ import annotations

import math

import pytest

from formcheck.core.pose.cuts import Place, is_cut, place_of
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.view import Position
from tests.stickman import Stance, pose

BEFORE = Place(1.0, 400.0, 300.0, 100.0, 50.0)
NAN = math.nan


@pytest.mark.parametrize(
    ("after", "cut"),
    [
        pytest.param(Place(1.03, 430.0, 310.0, 104.0, 45.0), False, id="a step"),
        pytest.param(Place(1.03, 480.0, 300.0, 100.0, 50.0), True, id="elsewhere"),
        pytest.param(Place(1.5, 600.0, 300.0, 100.0, 50.0), False, id="half a second of a run"),
        pytest.param(Place(1.5, 750.0, 300.0, 100.0, 50.0), True, id="too far for half a second"),
        pytest.param(Place(1.03, 400.0, 300.0, 130.0, 50.0), True, id="nearer"),
        pytest.param(Place(1.03, 400.0, 300.0, 75.0, 50.0), True, id="farther"),
        pytest.param(Place(1.5, 400.0, 300.0, 75.0, 50.0), False, id="bent since"),
        pytest.param(Place(1.03, 400.0, 300.0, 100.0, -50.0), True, id="the other way round"),
        pytest.param(Place(1.03, 400.0, 300.0, 100.0, -5.0), False, id="seen from the front"),
        pytest.param(Place(1.03, NAN, NAN, NAN, NAN), False, id="unseen"),
        pytest.param(Place(1.03, 400.0, 300.0, 100.0, NAN), False, id="facing unseen"),
    ],
)
def test_what_no_body_does_is_a_cut(after: Place, cut: bool) -> None:
    assert is_cut(BEFORE, after) is cut


def test_the_place_of_a_body_is_that_of_its_hips_and_trunk() -> None:
    found = place_of(pose(Stance(), 2.0))
    assert found.is_known and found.time_s == 2.0
    assert found.trunk_px > 0.0 and found.facing_px < 0.0
    # On the back the head tells the direction, and not the feet.
    assert place_of(pose(Stance(pitch=-90.0), 0.0), Position.SUPINE).facing_px != 0.0
    assert not place_of(Pose.unseen(0.0, (640, 480))).is_known
