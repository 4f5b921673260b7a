"""The camera's roll: told from a still body, and undone before anything is measured.

A camera that hangs by some degrees turns every direction by as much. Standing still, the line from
mid-ankles to mid-shoulders is vertical within 2 to 3 degrees; lying, the line from mid-shoulders to
mid-ankles is level within 2. What the still body shows beyond that is the camera's roll.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from formcheck.core.pose.geometry import Vector, from_up_deg, vector
from formcheck.core.pose.pose import Landmark, Points
from formcheck.core.pose.trunk import middle, middle_trunk, seen_middle

SURE_ROLL_DEG = 3.0
"""Smaller ones are somebody's habit as likely as the camera's."""
MOST_ROLL_DEG = 15.0
"""House default: a camera that hangs further than this is to be levelled by hand."""
AGREE_DEG = 9.0
"""Trunk, legs and the line over both lean apart by up to this much in people who stand straight; a
lunge or a bow spreads them by 20 and more."""
ONE_UP = 0.12
"""Share of the way from the shoulders to the feet by which one foot of a lying body is higher than
the other where that leg is lifted: the foot that stays on the floor tells the roll then. From 1.9 m
above the floor a far foot that rests looks higher by 0.1."""
ENOUGH_LEANS = 3
"""The line over all, the trunk, and one leg: from the side the near leg hides the other."""


def body_roll_deg(points: Points, *, lying: bool) -> float:
    """Returns how far a still body is turned in the picture, clockwise positive.

    Parameters
    ----------
    points : list of (float, float)
        The positions of one pose, in pixels, y down.
    lying : bool
        Whether the body lies; else it stands.

    Returns
    -------
    float
        Degrees. NaN where the body does not show it: parts that are not seen, or limbs that lean
        apart.
    """
    # From the side the near ankle hides the far one.
    feet = seen_middle(points, Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)
    shoulders = middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    if not lying:
        axis_deg = from_up_deg(vector(feet, shoulders))
        return _agreed([axis_deg, from_up_deg(middle_trunk(points)), *_legs(points)])
    left, right = points[Landmark.LEFT_ANKLE], points[Landmark.RIGHT_ANKLE]
    if abs(left[1] - right[1]) > ONE_UP * math.dist(feet, shoulders):
        feet = max(left, right, key=lambda ankle: ankle[1])
    # Legs that are both up turn the line over all, and not the trunk.
    turns_deg = [_from_level_deg(vector(feet, shoulders)), _from_level_deg(middle_trunk(points))]
    return turns_deg[0] if abs(turns_deg[0] - turns_deg[1]) <= AGREE_DEG else math.nan


def _from_level_deg(line: Vector) -> float:
    """Returns how far a line is turned from level: clockwise its right end sinks."""
    along = line if line[0] >= 0.0 else (-line[0], -line[1])
    return from_up_deg((-along[1], along[0]))


def _legs(points: Points) -> list[float]:
    sides = (
        (Landmark.LEFT_HIP, Landmark.LEFT_ANKLE),
        (Landmark.RIGHT_HIP, Landmark.RIGHT_ANKLE),
    )
    return [from_up_deg(vector(points[ankle], points[hip])) for hip, ankle in sides]


def _agreed(leans_deg: Sequence[float]) -> float:
    """Returns the first lean if it, the second and at least one other agree; NaN else."""
    seen = [lean for lean in leans_deg if not math.isnan(lean)]
    if len(seen) < ENOUGH_LEANS or math.isnan(leans_deg[0]) or math.isnan(leans_deg[1]):
        return math.nan
    return leans_deg[0] if max(seen) - min(seen) <= AGREE_DEG else math.nan


def roll_in_force(roll_deg: float) -> float:
    """Returns the roll that is corrected: 0 where it is unknown, or as small as a habit."""
    return roll_deg if SURE_ROLL_DEG < abs(roll_deg) <= MOST_ROLL_DEG else 0.0


def levelled(points: Points, roll_deg: float, size_px: tuple[int, int]) -> Points:
    """Returns the positions as a level camera sees them: turned about the picture's centre.

    Parameters
    ----------
    points : list of (float, float)
        In pixels, y down.
    roll_deg : float
        How far the picture is turned, clockwise positive.
    size_px : (int, int)
        Width and height of the picture.
    """
    if roll_deg == 0.0:
        return points
    sine, cosine = math.sin(math.radians(roll_deg)), math.cos(math.radians(roll_deg))
    x0, y0 = size_px[0] / 2, size_px[1] / 2
    return [
        (x0 + cosine * (x - x0) + sine * (y - y0), y0 - sine * (x - x0) + cosine * (y - y0))
        for x, y in points
    ]
