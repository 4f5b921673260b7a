"""Where a film is cut from one camera to another, as its poses tell.

What comes after a cut is another camera's: it needs a neutral of its own, and a leg that is up then
was never seen to rise.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formcheck.core.pose.cuts import Place, is_cut, place_of
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.view import Position

SIDES = 3
"""Poses on either side of which the medians must differ as well: a slip of the model is no cut."""


def cut_numbers(poses: Sequence[Pose], position: Position) -> list[int]:
    """Returns the numbers of the poses before which the film was cut, in order.

    Parameters
    ----------
    poses : sequence of Pose
        The whole recording; a pose that shows nobody, or only lies between two others, tells
        nothing.
    position : Position
        How the body lies to gravity.
    """
    numbers: list[int] = []
    places: list[Place] = []
    for number, pose in enumerate(poses):
        place = place_of(pose, position)
        if place.is_known and not pose.interpolated:
            numbers.append(number)
            places.append(place)
    return [numbers[n] for n in range(1, len(places)) if _is_cut(places, n)]


def _is_cut(places: Sequence[Place], number: int) -> bool:
    """Returns whether the film is cut between a place and the one before it."""
    before, after = places[number - 1], places[number]
    if not is_cut(before, after):
        return False
    usual_before = _usual(places[max(0, number - SIDES) : number], before.time_s)
    return is_cut(usual_before, _usual(places[number : number + SIDES], after.time_s))


def _usual(places: Sequence[Place], time_s: float) -> Place:
    """Returns the median of some places, as the place at one moment."""
    x, y, trunk_px, facing_px = np.median([place[1:] for place in places], axis=0).tolist()
    return Place(time_s, x, y, trunk_px, facing_px)
