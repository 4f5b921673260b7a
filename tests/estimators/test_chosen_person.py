"""Whoever is meant is followed from the first frame, and nobody else instead."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.pose.frame import Frame
from formcheck.estimators.follow_person import ANEW_S, LOOK_S, ChosenPerson
from formcheck.estimators.people import Crowd, Spot
from tests.estimators.rooms import COLOUR, FPS, Finder, Room, Tracker, watch
from tests.estimators.test_people import TRUNK_PX, spot
from tests.stickman import SIZE


def followed(
    room: Room, number: int, until_s: float, *, given: bool = True
) -> tuple[list[tuple[float, float | None]], list[float]]:
    """Where whoever was followed is at each time, None where unseen; and when that changed."""
    crowd = Crowd(people=tuple(map(spot, room.people(0.0))), number=number, given=given)
    changes_s: list[float] = []
    estimator = ChosenPerson(Tracker(room), crowd, lambda: Finder(room), on_change=changes_s.append)
    return watch(estimator, until_s), changes_s


@pytest.mark.parametrize("number", [1, 2, 3])
def test_whoever_is_asked_for_is_followed_from_the_first_frame(number: int) -> None:
    room = Room(lambda time_s: [0.8, 2.2, 3.6])
    seen, _ = followed(room, number, 3.0)
    assert {where for _, where in seen} == {[0.8, 2.2, 3.6][number - 1]}
    assert room.looks == 0 and room.closed == 1


def test_a_model_that_goes_astray_comes_back() -> None:
    room = Room(lambda time_s: [0.8, 3.0] if not 1.95 < time_s < 2.15 else [3.0])
    seen, changes_s = followed(room, 1, 4.0)
    assert {where for _, where in seen} == {0.8, None}
    assert [time_s for time_s, where in seen if where is None] == pytest.approx([2.0, 2.1])
    assert changes_s == []


def test_who_walks_away_is_known_by_the_other_who_stays() -> None:
    room = Room(lambda time_s: [0.8 if time_s < 2 else 4.4, 3.0])
    seen, changes_s = followed(room, 1, 5.0)
    assert {where for time_s, where in seen if time_s < 2} == {0.8}
    assert 3.0 not in {where for _, where in seen}
    back_s = min(time_s for time_s, where in seen if where == 4.4)
    assert back_s <= 2.0 + LOOK_S + 3 / FPS
    assert changes_s == [] and room.closed == 2


def test_who_was_asked_for_and_left_is_not_replaced() -> None:
    room = Room(lambda time_s: [0.8, 3.0] if time_s < 2 or time_s > 8 else [3.0])
    seen, changes_s = followed(room, 1, 10.0)
    assert {where for _, where in seen} == {0.8, None}
    assert all(where is None for time_s, where in seen if 2.1 < time_s < 7.9)
    assert seen[-1][1] == 0.8 and changes_s == []
    assert room.looks <= 13  # now and then, not in every frame


def test_who_was_only_nearest_is_replaced_after_a_while_and_that_is_told() -> None:
    room = Room(lambda time_s: [0.8, 3.0] if time_s < 2 else [3.0])
    seen, changes_s = followed(room, 1, 8.0, given=False)
    assert all(where is None for time_s, where in seen if 2.05 < time_s < 2.0 + ANEW_S)
    assert seen[-1][1] == 3.0
    assert len(changes_s) == 1 and 2.0 + ANEW_S <= changes_s[0] <= 2.7 + ANEW_S


def test_nobody_at_all_is_nobody() -> None:
    room = Room(lambda time_s: [0.8, 3.0] if time_s < 1 else [])
    seen, changes_s = followed(room, 2, 6.0, given=False)
    assert {where for time_s, where in seen if time_s > 1} == {None}
    assert changes_s == []


def test_another_recording_begins_with_the_same_choice() -> None:
    room = Room(lambda time_s: [0.8, 3.0])
    crowd = Crowd(people=(spot(0.8), spot(3.0)), number=1)
    estimator = ChosenPerson(Tracker(room), crowd, lambda: Finder(room))
    image = np.full((SIZE[1], SIZE[0], 3), COLOUR, dtype=np.uint8)
    for time_s in (0.0, 0.1, 0.2, 0.0):
        room.followed = 3.0 if time_s == 0.0 else room.followed
        frame = Frame(index=0, time_s=time_s, image=image, size_px=SIZE)
        found = Spot.of(estimator.estimate(frame))
        assert found is not None and float(found.hips_px[0]) / TRUNK_PX == pytest.approx(0.8)
