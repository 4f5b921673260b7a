"""Whoever is meant is followed from the first frame, and nobody else instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.closing import ClosesItself
from formcheck.estimators.chosen_person import ANEW_S, ChosenPerson
from formcheck.estimators.crowd import Crowd
from formcheck.estimators.people_finder import PeopleFinder
from formcheck.estimators.same_person import LOOK_S
from formcheck.estimators.spot import Spot
from formcheck.frame import Frame
from formcheck.pose import Pose
from tests.estimators.test_crowd import TRUNK_PX, at, spot
from tests.stickman import SIZE

FPS = 10.0
COLOUR = 200
Where = Callable[[float], list[float]]


class Room:
    """People at places that a script says, in trunk lengths, seen as a model sees them.

    It follows whom it followed; whom it does not know yet it finds in order of liking.
    """

    def __init__(self, people: Where) -> None:
        self.people = people
        self.followed: float | None = None
        self.looks = 0
        self.closed = 0

    def shown(self, frame: Frame) -> list[float]:
        assert frame.image is not None
        return [x for x in self.people(frame.time_s)
                if frame.image[int(SIZE[1] / 2), int(x * TRUNK_PX), 0] == COLOUR]  # fmt: skip


class Tracker(ClosesItself):
    def __init__(self, room: Room) -> None:
        self.room = room

    def estimate(self, frame: Frame) -> Pose:
        shown, last = self.room.shown(frame), self.room.followed
        near = [x for x in shown if last is not None and abs(x - last) < 0.6]
        self.room.followed = min(near, key=lambda x: abs(x - (last or 0.0))) if near else (
            shown[-1] if shown else None)  # fmt: skip
        if self.room.followed is None:
            return Pose.unseen(frame.time_s, frame.size_px)
        return replace(at(self.room.followed), time_s=frame.time_s)

    def close(self) -> None:
        self.room.closed += 1


class Finder(PeopleFinder):
    def __init__(self, room: Room) -> None:
        self.room = room

    def find(self, frame: Frame) -> tuple[Pose, ...]:
        self.room.looks += 1
        return tuple(at(x) for x in self.room.people(frame.time_s))

    def close(self) -> None:
        self.room.closed += 1


def followed(
    room: Room, number: int, until_s: float, *, given: bool = True
) -> tuple[list[tuple[float, float | None]], list[float]]:
    """Where whoever was followed is at each time, None where unseen; and when that changed."""
    crowd = Crowd(people=tuple(map(spot, room.people(0.0))), number=number, given=given)
    changes_s: list[float] = []
    image = np.full((SIZE[1], SIZE[0], 3), COLOUR, dtype=np.uint8)
    seen: list[tuple[float, float | None]] = []
    with ChosenPerson(
        Tracker(room), crowd, lambda: Finder(room), on_change=changes_s.append
    ) as estimator:
        for index in range(round(until_s * FPS)):
            frame = Frame(index=index, time_s=index / FPS, image=image, size_px=SIZE)
            found = Spot.of(estimator.estimate(frame))
            where = None if found is None else round(float(found.hips_px[0]) / TRUNK_PX, 1)
            seen.append((frame.time_s, where))
    return seen, changes_s


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
