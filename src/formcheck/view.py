"""Which way the camera looks at the person, and which way the person faces.

The shoulders' separation across the trunk, as a share of the trunk's length, gives the yaw:
people's shoulder joints are about 0.73 trunk lengths apart, so `yaw = asin(separation / 0.73)`. The
bounds and the 0.73 are house defaults, checked on the drawn clips.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from formcheck.geometry import Point, Vector, length, midpoint, vector
from formcheck.pose import FloatArray, Landmark, Points, Pose, Side

SHOULDER_SEPARATION = 0.73
SIDE_BELOW = 0.25
FRONT_ABOVE = 0.63


class View(str, Enum):
    """Where the camera stands: at the person's side, in front (or behind), between, or unclear."""

    SIDE = "side"
    FRONT = "front"
    OBLIQUE = "oblique"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What has to be known about camera and person before a picture's angles mean anything.

    Attributes
    ----------
    view : View
        Where the camera stands.
    yaw_deg : float
        0 from the side, 90 from the front; NaN when unknown.
    facing : int
        Side and oblique views: +1 if the person faces the picture's right, -1 the left, 0 unknown.
    trunk_px : float
        Length of the line from mid-hip to mid-shoulder; NaN when unknown.
    thigh_px : (float, float)
        Length of the left and the right thigh as seen hanging straight down; NaN when unknown.
    drop_px : (float, float)
        How far the left and the right knee then lie below mid-hip; NaN when unknown.
    """

    view: View = View.UNKNOWN
    yaw_deg: float = math.nan
    facing: int = 0
    trunk_px: float = math.nan
    thigh_px: tuple[float, float] = (math.nan, math.nan)
    drop_px: tuple[float, float] = (math.nan, math.nan)

    @property
    def near_side(self) -> Side:
        """The side of the body turned to the camera: who faces right shows the right side."""
        return Side.RIGHT if self.facing >= 0 else Side.LEFT


def middle(points: Points, left: Landmark, right: Landmark) -> Point:
    """Return the midpoint of a left and a right landmark."""
    return midpoint(points[left], points[right])


def middle_trunk(points: Points) -> Vector:
    """Return the line from mid-hip to mid-shoulder, y up."""
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return vector(hips, middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER))


def shoulder_separation(points: Points) -> float:
    """Return the shoulders' distance across the trunk's axis, as a share of the trunk's length."""
    axis = middle_trunk(points)
    across = vector(points[Landmark.LEFT_SHOULDER], points[Landmark.RIGHT_SHOULDER])
    trunk = length(axis)
    if not trunk > 0.0:
        return math.nan
    return abs(axis[0] * across[1] - axis[1] * across[0]) / trunk**2


def forward_px(points: Points) -> float:
    """Return how far feet and nose point to the picture's right, in pixels; NaN if unseen."""
    ears = middle(points, Landmark.LEFT_EAR, Landmark.RIGHT_EAR)
    parts = (
        points[Landmark.LEFT_FOOT_INDEX][0] - points[Landmark.LEFT_HEEL][0],
        points[Landmark.RIGHT_FOOT_INDEX][0] - points[Landmark.RIGHT_HEEL][0],
        points[Landmark.NOSE][0] - ears[0],
    )
    seen = [part for part in parts if not math.isnan(part)]
    return sum(seen) if seen else math.nan


def classify(separation: float) -> tuple[View, float]:
    """Return the view and the yaw in degrees for a shoulder separation in trunk lengths."""
    if math.isnan(separation):
        return View.UNKNOWN, math.nan
    yaw_deg = math.degrees(math.asin(min(1.0, separation / SHOULDER_SEPARATION)))
    if separation < SIDE_BELOW:
        return View.SIDE, yaw_deg
    return (View.FRONT if separation > FRONT_ABOVE else View.OBLIQUE), yaw_deg


_THIGHS = (
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
    (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
)


def _drop_px(points: Points, knee: Landmark) -> float:
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return vector(points[knee], hips)[1]


def _median(values: Sequence[float] | FloatArray) -> float:
    seen = np.asarray(values, dtype=float)
    seen = seen[np.isfinite(seen)]
    return float(np.median(seen)) if seen.size else math.nan


def observe(poses: Sequence[Pose]) -> Scene:
    """Return the scene that a stretch of poses in the start posture shows.

    Medians over the stretch; a quantity seen in no frame is NaN, the view then `UNKNOWN`.
    """
    shown = [pose.points() for pose in poses]
    view, yaw_deg = classify(_median([shoulder_separation(p) for p in shown]))
    forward = _median([forward_px(p) for p in shown])
    thighs = [_median([length(vector(p[hip], p[knee])) for p in shown]) for hip, knee in _THIGHS]
    drops = [_median([_drop_px(p, knee) for p in shown]) for _, knee in _THIGHS]
    return Scene(
        view=view,
        yaw_deg=yaw_deg,
        facing=0 if math.isnan(forward) else (1 if forward > 0 else -1),
        trunk_px=_median([length(middle_trunk(p)) for p in shown]),
        thigh_px=(thighs[0], thighs[1]),
        drop_px=(drops[0], drops[1]),
    )
