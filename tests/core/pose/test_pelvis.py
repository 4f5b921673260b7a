from __future__ import annotations

import math

import pytest

from formcheck.core.pose.pelvis import (
    AWAY_DEG,
    PelvisReading,
    TagNeutral,
    middle_turn_deg,
    reading_between,
    turned_deg,
)

NAN = math.nan


@pytest.mark.parametrize(
    ("start", "end", "turn"),
    [(0, 10, 10), (10, 0, -10), (175, -175, 10), (-175, 175, -10), (0, 180, 180), (NAN, 1, NAN)],
)
def test_a_turn_goes_the_shorter_way(start: float, end: float, turn: float) -> None:
    assert turned_deg(start, end) == pytest.approx(turn, nan_ok=True)


@pytest.mark.parametrize(
    ("turns", "middle"),
    [
        ([1.0, 2.0, 30.0], 2.0),
        ([179.0, -179.0, -178.0], -179.0),
        ([NAN, 90.0, NAN], 90.0),
        ([NAN], NAN),
        ([], NAN),
    ],
)
def test_the_middle_of_directions_does_not_hang_on_where_the_circle_is_cut(
    turns: list[float], middle: float
) -> None:
    assert middle_turn_deg(turns) == pytest.approx(middle, nan_ok=True)


def test_numbers_come_back_as_a_reading_and_nothing_as_none() -> None:
    reading = PelvisReading(turn_deg=12.0, facing=0.9, middle_px=(3.0, 4.0), size_px=20.0)
    assert PelvisReading.of(reading.numbers) == reading
    assert PelvisReading.of(PelvisReading().numbers) is None
    doubtful = PelvisReading.of(PelvisReading().numbers, "bent")
    assert doubtful is not None and doubtful.doubt == "bent" and not doubtful.is_read


def test_between_two_readings_it_turns_the_shorter_way_and_doubts_stay() -> None:
    before = PelvisReading(turn_deg=178.0, facing=1.0, middle_px=(0.0, 0.0), size_px=20.0)
    after = PelvisReading(turn_deg=-178.0, facing=0.8, middle_px=(4.0, 8.0), size_px=24.0)
    middle = reading_between(before, after, 0.25)
    assert middle is not None
    assert middle.numbers == pytest.approx((179.0, 0.95, 1.0, 2.0, 21.0))
    bent = PelvisReading(doubt="bent")
    assert reading_between(before, bent, 0.5) == bent
    assert reading_between(None, after, 0.5) is None


@pytest.mark.parametrize("away_deg", [0.0, AWAY_DEG, AWAY_DEG + 1.0])
def test_a_tag_that_is_turned_too_far_away_does_not_face_the_camera(away_deg: float) -> None:
    assert TagNeutral(turn_deg=0.0, away_deg=away_deg).faces_camera is (away_deg <= AWAY_DEG)
