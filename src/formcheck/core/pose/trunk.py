"""Midpoints between left and right landmarks, and the line of the trunk."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.pose.geometry import Point, Vector, length, midpoint, vector
from formcheck.core.pose.pose import Landmark, Points, Pose

_ENDS = np.array(
    [Landmark.LEFT_HIP, Landmark.RIGHT_HIP, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]
)


def middle(points: Points, left: Landmark, right: Landmark) -> Point:
    """Return the midpoint of a left and a right landmark."""
    return midpoint(points[left], points[right])


def seen_middle(points: Points, left: Landmark, right: Landmark) -> Point:
    """Return the midpoint, or the one that is seen: from the side one may hide the other."""
    if math.isnan(points[left][0]):
        return points[right]
    return points[left] if math.isnan(points[right][0]) else middle(points, left, right)


def middle_trunk(points: Points) -> Vector:
    """Return the line from mid-hip to mid-shoulder, y up."""
    # Spelled out: most measures begin here, in every frame.
    left_x, left_y = points[Landmark.LEFT_HIP]
    right_x, right_y = points[Landmark.RIGHT_HIP]
    left_top_x, left_top_y = points[Landmark.LEFT_SHOULDER]
    right_top_x, right_top_y = points[Landmark.RIGHT_SHOULDER]
    return (
        (left_top_x + right_top_x) / 2 - (left_x + right_x) / 2,
        (left_y + right_y) / 2 - (left_top_y + right_top_y) / 2,
    )


def trunk_length_px(pose: Pose) -> float:
    """Return the length of that line, without taking all points of the pose out."""
    left_hip, right_hip, left_shoulder, right_shoulder = pose.image_px[_ENDS].tolist()
    return length(vector(midpoint(left_hip, right_hip), midpoint(left_shoulder, right_shoulder)))


def in_trunks(length_px: float, trunk_px: float) -> float:
    """Return a length in trunk lengths; NaN where the trunk's is not known to be positive."""
    return length_px / trunk_px if trunk_px > 0 else math.nan
