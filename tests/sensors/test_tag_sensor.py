from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.pose.pose import Pose
from formcheck.sensors import marker, tag_sensor
from formcheck.sensors.tag_sensor import SEARCH_EVERY_S, SECOND_EVERY_S, TWICE, TagSensor
from tests.sensors.pictures import frame, person, square

BODY = person()
HIP = (326.0, 215.0)


def turns(sensor: TagSensor, *frames, body: Pose = BODY) -> list[float | None]:  # type: ignore[no-untyped-def]
    found = [sensor.read(one, body) for one in frames]
    return [None if reading is None else reading.turn_deg for reading in found]


def test_a_tag_on_the_hip_is_followed_through_turns_and_moves() -> None:
    sensor = TagSensor()
    for number in range(20):
        turn_deg, middle = 2.0 * number, (HIP[0] + 2.0 * number, HIP[1] - number)
        reading = sensor.read(frame(square(middle, 19.0, turn_deg), index=number), BODY)
        assert reading is not None
        assert reading.turn_deg == pytest.approx(turn_deg, abs=1.5)
        assert reading.middle_px == pytest.approx(middle, abs=0.7)


@pytest.mark.parametrize(
    ("middle", "size_px"),
    [((320.0, 430.0), 19.0), ((520.0, 220.0), 19.0), (HIP, 60.0), ((60.0, 60.0), 40.0)],
    ids=["on the floor", "on a wall", "too large", "elsewhere"],
)
def test_a_tag_that_is_not_on_the_pelvis_is_not_the_persons(
    middle: tuple[float, float], size_px: float
) -> None:
    sensor = TagSensor()
    shown = [frame(square(middle, size_px, 5.0), index=n) for n in range(3)]
    assert turns(sensor, *shown) == [None] * 3


def test_nobody_wears_no_tag_and_a_recording_of_poses_has_none() -> None:
    shown = frame(square(HIP, 19.0, 0.0))
    nobody = Pose.unseen(0.0, BODY.frame_size_px)
    assert TagSensor().read(shown, nobody) is None
    assert TagSensor().read(replace(shown, image=None), BODY) is None
    assert TagSensor().read(shown, BODY) is not None


def test_a_second_tag_is_told_and_forgotten_when_it_has_gone() -> None:
    sensor = TagSensor()
    one, other = square(HIP, 19.0, 0.0), square((350.0, 250.0), 19.0, 40.0)
    every = int(30 * SECOND_EVERY_S) + 2
    first = sensor.read(frame(one, other), BODY)
    assert first is not None and first.doubt == TWICE and not first.is_read
    for number in range(1, every):
        last = sensor.read(frame(one, index=number), BODY)
    assert last is not None and last.is_read
    for number in range(every, 2 * every):
        last = sensor.read(frame(one, other, index=number), BODY)
    assert last is not None and last.doubt == TWICE


def test_a_covered_tag_is_not_read_and_found_again() -> None:
    sensor = TagSensor()
    shown = [frame(square(HIP, 19.0, 3.0), index=n) for n in range(4)]
    covered = [frame(index=n) for n in range(4, 30)]
    again = [frame(square(HIP, 19.0, 3.0), index=30)]
    found = turns(sensor, *shown, *covered, *again)
    assert all(turn is not None for turn in found[:4])
    assert found[4:-1] == [None] * 26
    assert found[-1] == pytest.approx(3.0, abs=1.5)


def test_a_person_without_a_tag_is_searched_now_and_then_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[float] = []
    plain = marker.find

    def noted(image, middle, half_px, tag_px, leniency):  # type: ignore[no-untyped-def]
        searched.append(half_px)
        return plain(image, middle, half_px, tag_px, leniency)

    monkeypatch.setattr(tag_sensor, "find", noted)
    sensor = TagSensor()
    assert turns(sensor, *(frame(index=n) for n in range(60))) == [None] * 60
    assert len(searched) == pytest.approx(2.0 / SEARCH_EVERY_S, abs=1)


def test_an_earlier_time_begins_another_recording() -> None:
    sensor = TagSensor()
    assert sensor.read(frame(square(HIP, 19.0, 3.0), index=50), BODY) is not None
    again = sensor.read(frame(square((300.0, 215.0), 19.0, 3.0), index=0), BODY)
    assert again is not None and again.middle_px == pytest.approx((300.0, 215.0), abs=0.7)


@pytest.mark.parametrize("scale", [0.7, 1.6, 2.0])
def test_near_and_far_people_are_read_alike(scale: float) -> None:
    body = person(trunk_px=110.0 * scale)
    sensor, found = TagSensor(), []
    for number in range(10):
        shown = frame(square((322.0, 220.0), 19.0 * scale, 1.0 * number), index=number)
        reading = sensor.read(shown, body)
        found.append(np.nan if reading is None else reading.turn_deg - number)
    assert np.isfinite(found).mean() >= 0.9
    assert np.nanmean(np.abs(found)) < 1.0
