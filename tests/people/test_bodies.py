"""Proportions of the bodies, as kept: a human's, and a population's."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from people.body import SIDES, Body, bodies
from people.rooms import ROOMS
from people.wardrobe import OUTFITS, dressed

BODIES = list(bodies().values())


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.name)
@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        # Shares of stature round those that Winter (2009) and de Leva (1996) give.
        ("thigh_m", 0.21, 0.26),
        ("shank_m", 0.22, 0.27),
        ("upper_arm_m", 0.155, 0.19),
        ("forearm_m", 0.135, 0.165),
        ("ankle_height_m", 0.035, 0.062),
        ("hand_m", 0.10, 0.13),
    ],
)
def test_lengths_are_a_humans(body: Body, measure: str, low: float, high: float) -> None:
    assert low < getattr(body, measure) / body.stature_m < high


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.name)
def test_hip_centres_are_a_humans(body: Body) -> None:
    """0.10 to 0.11 of stature apart, and midway between the seat and the belly's foot."""
    assert 0.095 < 2 * body.left_hip_m[1] / body.stature_m < 0.12
    assert -0.14 < body.buttock_m[0] < -0.08
    left, right = (body.hip_offset(side) for side in SIDES)
    assert left + right == pytest.approx(np.zeros(3))


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.name)
def test_the_back_is_hollow_between_seat_and_ribs(body: Body) -> None:
    loin = body.loin_m[0] + body.lumbar_m[0]
    ribs = body.back_m[0] + body.thorax_m[0] + body.lumbar_m[0]
    assert loin > min(body.buttock_m[0], ribs) + 0.02
    assert loin > ribs


def test_the_people_differ() -> None:
    trunks = sorted(b.lumbar_m[2] + b.thorax_m[2] + b.neck_m[2] for b in BODIES)
    hollows = sorted(b.loin_m[0] + b.lumbar_m[0] - b.buttock_m[0] for b in BODIES)
    bellies = sorted(b.belly_m[0] for b in BODIES)
    assert len(BODIES) >= 8
    assert trunks[-1] - trunks[0] > 0.08
    assert hollows[-1] - hollows[0] > 0.03
    assert bellies[-1] - bellies[0] > 0.05
    assert all(a < b for a, b in pairwise(sorted(b.stature_m for b in BODIES)))


@pytest.mark.parametrize("outfit", OUTFITS)
def test_every_outfit_fits_every_body_with_its_own_hair(outfit: str) -> None:
    worn = [dressed(body.name, outfit) for body in BODIES]
    assert len({(one.hair, one.skin) for one in worn}) == len(BODIES)
    assert len({one.shirt for one in worn}) == 1


def test_no_furniture_stands_where_people_move() -> None:
    for room in ROOMS.values():
        for thing in room.things:
            assert thing.at_m[1] - thing.size_m[1] / 2 > 0.8
            assert thing.at_m[1] + thing.size_m[1] / 2 <= room.wall_m + 0.01
