from __future__ import annotations

import numpy as np
import pytest

from formcheck.sensors.marker import AWAY, BENT, LENIENT, STRICT, Square, find
from tests.sensors.pictures import frame, square

MIDDLE = (321.3, 243.6)


@pytest.mark.parametrize("away_deg", [0.0, 25.0, 45.0])
@pytest.mark.parametrize("turn_deg", [-170.0, -90.0, -12.0, 0.0, 4.0, 33.0, 91.0])
def test_the_turn_is_exact_however_the_tag_faces(turn_deg: float, away_deg: float) -> None:
    reading = Square(square(MIDDLE, 20.0, turn_deg, away_deg)).read()
    assert reading.turn_deg == pytest.approx(turn_deg)
    assert reading.facing == pytest.approx(np.cos(np.radians(away_deg)))
    assert reading.middle_px == pytest.approx(MIDDLE)
    assert reading.size_px == pytest.approx(20.0, rel=0.3)


def test_a_bent_card_and_one_seen_edge_on_are_doubted() -> None:
    corners = square(MIDDLE, 20.0, 5.0)
    corners[2] += (-4.0, -4.0)
    assert Square(corners).read().doubt == BENT
    assert Square(square(MIDDLE, 20.0, 5.0, away_deg=70.0)).read().doubt == AWAY
    assert not Square(corners).read().is_read


@pytest.mark.parametrize(
    ("size_px", "rate", "most_deg"),
    [(12.0, 0.5, 1.2), (16.0, 0.9, 0.7), (20.0, 0.97, 0.5), (28.0, 1.0, 0.4), (50.0, 1.0, 0.25)],
)
def test_tags_of_all_sizes_are_found_and_read_through_a_webcam(
    size_px: float, rate: float, most_deg: float
) -> None:
    errors = []
    for number in range(30):
        turn_deg = -30.0 + 2.1 * number
        middle = np.array((320.0 + 0.37 * number, 240.0 - 0.21 * number))
        shown = frame(square(tuple(middle), size_px, turn_deg), index=number)
        assert shown.image is not None
        leniency = LENIENT if number % 2 else STRICT
        found = find(shown.image, middle + 3.0, 2.0 * size_px, size_px, leniency)
        errors += [abs(one.read().turn_deg - turn_deg) for one in found]
        for one in found:
            assert np.hypot(*(one.middle - middle)) < 0.6
    assert len(errors) >= rate * 30
    assert float(np.mean(errors)) < most_deg


def test_no_other_tag_and_no_noise_is_taken_for_it() -> None:
    import cv2

    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    chance = np.random.default_rng(5)
    for number in range(1, 20):
        picture = chance.integers(0, 255, (120, 120, 3), dtype=np.uint8)
        other = cv2.aruco.generateImageMarker(family, number, 48)
        picture[36:84, 36:84] = other[..., None]
        assert find(picture, np.array((60.0, 60.0)), 55.0, 48.0, LENIENT) == []


def test_a_piece_outside_the_picture_holds_nothing() -> None:
    shown = frame(square(MIDDLE, 30.0, 0.0))
    assert shown.image is not None
    assert find(shown.image, np.array((-500.0, 90.0)), 60.0, 20.0, STRICT) == []
