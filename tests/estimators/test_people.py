"""Who is who among several people, on made-up poses."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.pose.pose import Pose
from formcheck.estimators.people import (
    Crowd,
    Spot,
    distinct,
    found_again,
    is_theirs,
    nearest_to_centre,
    settled_people,
)
from tests.stickman import SIZE, Stance, pose

SOMEBODY = replace(pose(Stance(), 0.0), visibility=np.full(33, 0.9))
FIRST = Spot.of(SOMEBODY)
assert FIRST is not None
TRUNK_PX = FIRST.trunk_px
HIPS_PX = FIRST.hips_px
LOOKS = 12


def at(trunks: float, *, larger: float = 1.0, sure: float = 0.9) -> Pose:
    """Somebody whose hips are so many trunk lengths to the right of the picture's left edge."""
    points = (SOMEBODY.image_px - HIPS_PX) * larger + [trunks * TRUNK_PX, HIPS_PX[1]]
    return replace(SOMEBODY, image_px=points, visibility=np.full(33, sure))


def spot(trunks: float) -> Spot:
    found = Spot.of(at(trunks))
    assert found is not None
    return found


def places(people: tuple[Spot, ...]) -> list[float]:
    """Where they are, in trunk lengths from the left."""
    return [round(float(one.hips_px[0]) / TRUNK_PX, 1) for one in people]


apart = st.lists(st.integers(1, 9), min_size=1, max_size=5).map(
    lambda steps: [2.0 * float(step) for step in np.cumsum(steps)]
)


@given(apart, st.randoms())
def test_people_are_numbered_from_the_left_however_they_are_found(
    where: list[float], random: Random
) -> None:
    shuffled = list(where)
    random.shuffle(shuffled)
    people = settled_people([[at(x) for x in shuffled]] * LOOKS)
    assert places(people) == where
    for number, x in enumerate(where, 1):
        crowd = Crowd(people=people, number=number)
        assert places((crowd.chosen,)) == [x]
        assert places(crowd.others) == [other for other in where if other != x]


@given(apart, st.integers(0, 11))
def test_no_bad_look_decides(where: list[float], bad: int) -> None:
    looks = [[at(x) for x in where]] * LOOKS
    looks = [*looks[:bad], [], *looks[bad + 1 :]]
    assert places(settled_people(looks)) == where
    looks[bad] = [at(x) for x in [*where, where[-1] + 4.0]]
    assert places(settled_people(looks)) == where


def test_somebody_found_twice_is_one() -> None:
    assert places(distinct([at(3.0), at(3.3, sure=0.95), at(8.0)])) == [3.3, 8.0]


def test_who_is_hardly_seen_or_far_in_the_background_is_not_meant() -> None:
    assert places(distinct([at(3.0), at(6.0, sure=0.3), at(9.0, larger=0.3)])) == [3.0]
    assert places(distinct([at(3.0), at(9.0, larger=0.5)])) == [3.0, 9.0]
    assert distinct([Pose.unseen(0.0, SIZE)]) == ()


def test_somebody_who_walks_by_stays_nowhere() -> None:
    walking = [[at(3.0), at(4.5 + 0.6 * number)] for number in range(LOOKS)]
    assert places(settled_people(walking)) == [3.0]


def test_who_moves_in_their_place_stays_there() -> None:
    looks = [[at(3.0 + 0.5 * (-1) ** number), at(8.0)] for number in range(LOOKS)]
    found = settled_people(looks)
    assert places(found) in ([2.5, 8.0], [3.0, 8.0], [3.5, 8.0])
    assert found[0].low_px[0] <= spot(2.5).low_px[0] and found[0].high_px[0] >= spot(3.5).high_px[0]


@pytest.mark.parametrize(("where", "nearest"), [((1.0, 5.0), 1), ((1.0, 2.0, 9.0), 1), ((4.0,), 0)])
def test_the_nearest_to_the_centre(where: tuple[float, ...], nearest: int) -> None:
    size_px = (round(8 * TRUNK_PX), SIZE[1])
    assert nearest_to_centre([spot(x) for x in where], size_px) == nearest


@given(apart.filter(lambda where: len(where) > 1), st.data())
def test_the_nearest_to_the_centre_is_nearest(where: list[float], data: st.DataObject) -> None:
    width = data.draw(st.floats(2.0, 40.0))
    people = [spot(x) for x in where]
    middles = [float((one.low_px + one.high_px)[0]) / 2 for one in people]
    chosen = nearest_to_centre(people, (round(width * TRUNK_PX), SIZE[1]))
    centre = round(width * TRUNK_PX) / 2
    assert abs(middles[chosen] - centre) == min(abs(middle - centre) for middle in middles)


def again(*found: float, people: int = 2) -> float | None:
    """Where somebody who was at 3 is found again, with others at 7 and 9."""
    others = [spot(7.0), spot(9.0)][: people - 1]
    where = found_again(spot(3.0), others, [spot(x) for x in found], people)
    return None if where is None else round(float(where.hips_px[0]) / TRUNK_PX, 1)


def test_whoever_is_in_the_place_is_the_one() -> None:
    assert again(3.4) == 3.4
    assert again(2.6, 3.4, 7.0) in (2.6, 3.4)


def test_who_moved_is_known_by_the_others_being_where_they_were() -> None:
    assert again(11.0, 7.0) == 11.0
    assert again(11.0, 7.2, 9.1, people=3) == 11.0


@pytest.mark.parametrize("found", [(), (7.0,), (11.0,), (11.0, 13.0), (11.0, 13.0, 7.0)])
def test_nobody_is_guessed_at(found: tuple[float, ...]) -> None:
    assert again(*found) is None


def test_between_two_places_the_nearer_counts() -> None:
    assert is_theirs(spot(3.0), [spot(4.2)], spot(3.5))
    assert not is_theirs(spot(3.0), [spot(4.2)], spot(3.7))
    assert is_theirs(spot(3.0), [], spot(3.7))
