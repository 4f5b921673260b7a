"""Angles between points in a picture: pure functions, no state.

Points are `(x, y)` in pixels, x to the right, y down, as pictures have them. Every function turns y
up before it computes, so that angles read as on paper. A NaN coordinate gives a NaN angle.
"""

from __future__ import annotations

import math
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Vector: TypeAlias = tuple[float, float]


def vector(start: Point, end: Point) -> Vector:
    """Returns `end - start` with y up."""
    return end[0] - start[0], start[1] - end[1]


def midpoint(a: Point, b: Point) -> Point:
    """Returns the point half-way between two points."""
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def length(v: Vector) -> float:
    """Returns the length of a vector."""
    return math.hypot(v[0], v[1])


def _degrees(sine: float, cosine: float) -> float:
    # atan2 of (0, 0) is 0: two points that coincide have no direction, and must not read as one.
    if sine == 0.0 and cosine == 0.0:
        return math.nan
    return math.degrees(math.atan2(sine, cosine))


def signed_angle_deg(a: Vector, b: Vector) -> float:
    """Returns the turn from `a` to `b` in degrees, counter-clockwise positive, (-180, 180]."""
    return _degrees(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])


def joint_angle_deg(a: Point, joint: Point, b: Point) -> float:
    """Returns the angle at `joint` between the directions to `a` and `b`, in degrees, [0, 180]."""
    return abs(signed_angle_deg(vector(joint, a), vector(joint, b)))


def from_up_deg(v: Vector) -> float:
    """Returns the angle of `v` from straight up, in degrees, towards +x positive, (-180, 180]."""
    return _degrees(v[0], v[1])


def from_down_deg(v: Vector) -> float:
    """Returns the angle of `v` from straight down, in degrees, towards +x positive, (-180, 180]."""
    return _degrees(v[0], -v[1])


def foreshortened_deg(seen: float, true: float) -> float:
    """Returns the angle by which a segment of known length is turned away from vertical.

    Parameters
    ----------
    seen : float
        Its vertical extent, downward positive, in any unit.
    true : float
        Its true length in the same unit.

    Returns
    -------
    float
        In [0, 180]: 0 hanging straight down, 90 level. An extent longer than the segment counts as
        straight. NaN if either is NaN or `true` is not positive.
    """
    if not true > 0.0 or math.isnan(seen):
        return math.nan
    return math.degrees(math.acos(max(-1.0, min(1.0, seen / true))))
