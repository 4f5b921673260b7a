"""A live user is whoever is nearest to the centre, and that costs one look."""

from __future__ import annotations

import pytest

from formcheck.estimators.follow_person import SETTLED_S, WINDOW_S, CentredPerson
from tests.estimators.rooms import FPS, Finder, Room, Tracker, watch


def followed(room: Room, until_s: float) -> list[tuple[float, float | None]]:
    """Where whoever was followed is at each time, None where unseen."""
    return watch(CentredPerson(Tracker(room), lambda: Finder(room)), until_s)


def test_the_model_s_favourite_gives_way_to_who_is_in_the_middle() -> None:
    room = Room(lambda time_s: [3.0, 5.2])  # the picture is 6.4 wide
    seen = followed(room, 5.0)
    assert seen[0][1] == 5.2
    assert {where for time_s, where in seen if time_s > SETTLED_S + 2 / FPS} == {3.0}
    assert room.looks == 1


@pytest.mark.parametrize("people", [[3.0], [1.0, 3.2], [1.0, 5.8, 3.2]])
def test_whoever_is_in_the_middle_stays(people: list[float]) -> None:
    room = Room(lambda time_s: people)
    assert {where for _, where in followed(room, 5.0)} == {people[-1]}
    assert room.looks == 1 and room.closed == 2


def test_somebody_who_comes_later_is_not_taken_for_the_user() -> None:
    room = Room(lambda time_s: [4.6] if time_s < 2 else [4.6, 3.2])
    assert {where for _, where in followed(room, 5.0)} == {4.6}


def test_who_settles_after_the_user_has_left_is_looked_at_anew() -> None:
    def people(time_s: float) -> list[float]:
        return (
            [3.2] if time_s < 3 else [] if time_s < 4 else [1.0, 5.0, 2.6, 5.8][: 3 + (time_s > 9)]
        )

    room = Room(people)
    seen = followed(room, 9.0)
    assert seen[-1][1] == 2.6
    assert room.looks <= 2 + round((9.0 - 4.0) / (SETTLED_S + WINDOW_S))
