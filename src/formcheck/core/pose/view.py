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

from formcheck.core.pose.geometry import Point, Vector, length, midpoint, vector
from formcheck.core.pose.pose import LEG, FloatArray, Landmark, Points, Pose

SHOULDER_SEPARATION = 0.73
SIDE_BELOW = 0.25
FRONT_ABOVE = 0.63


class View(str, Enum):
    """Where the camera stands: at the person's side, in front (or behind), between, or unclear."""

    SIDE = "side"
    FRONT = "front"
    OBLIQUE = "oblique"
    UNKNOWN = "unknown"


class Position(str, Enum):
    """How the body lies to gravity in an exercise."""

    UPRIGHT = "upright"
    SUPINE = "supine"
    PRONE = "prone"
    HANGING = "hanging"

    @property
    def level(self) -> bool:
        """Whether the trunk is nearer to level than to upright."""
        return self in (Position.SUPINE, Position.PRONE)


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
        Side and oblique views: the sign that makes flexion positive; 0 unknown. Upright, +1 faces
        the picture's right. A lying body keeps the sign that it has before it is tipped over: on
        the back +1 has the head at the left, in a plank at the right.
    trunk_px : float
        Length of the line from mid-hip to mid-shoulder; NaN when unknown.
    thigh_px : (float, float)
        Length of the left and the right thigh as seen hanging straight down; NaN when unknown.
    drop_px : (float, float)
        How far the left and the right knee then lie below mid-hip; NaN when unknown.
    position : Position
        How the body lies to gravity.
    """

    view: View = View.UNKNOWN
    yaw_deg: float = math.nan
    facing: int = 0
    trunk_px: float = math.nan
    thigh_px: tuple[float, float] = (math.nan, math.nan)
    drop_px: tuple[float, float] = (math.nan, math.nan)
    position: Position = Position.UPRIGHT


def middle(points: Points, left: Landmark, right: Landmark) -> Point:
    """Returns the midpoint of a left and a right landmark."""
    return midpoint(points[left], points[right])


def seen_middle(points: Points, left: Landmark, right: Landmark) -> Point:
    """Returns the midpoint of both landmarks, or the place of the only one that is seen."""
    if math.isnan(points[left][0]):
        return points[right]
    return points[left] if math.isnan(points[right][0]) else middle(points, left, right)


def middle_trunk(points: Points) -> Vector:
    """Returns the line from mid-hip to mid-shoulder, y up."""
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return vector(hips, middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER))


def shoulder_separation(points: Points, position: Position = Position.UPRIGHT) -> float:
    """Returns the distance of the shoulders as a share of the trunk's length.

    Upright it is taken across the trunk: a camera that goes round the person spreads them that way,
    and only a lean spreads them along it. Round a lying person it spreads them along the trunk, and
    from above across it, so there the whole distance counts, against a trunk that is itself
    foreshortened by as much as the shoulders are spread.
    """
    axis = middle_trunk(points)
    between = vector(points[Landmark.LEFT_SHOULDER], points[Landmark.RIGHT_SHOULDER])
    trunk = length(axis)
    if not trunk > 0.0:
        return math.nan
    if position.level:
        spread = length(between)
        return SHOULDER_SEPARATION * spread / math.hypot(spread, SHOULDER_SEPARATION * trunk)
    return abs(axis[0] * between[1] - axis[1] * between[0]) / trunk**2


def forward_px(points: Points) -> float:
    """Returns how far feet and nose point to the picture's right, in pixels; NaN if unseen."""
    ears = middle(points, Landmark.LEFT_EAR, Landmark.RIGHT_EAR)
    parts = (
        points[Landmark.LEFT_FOOT_INDEX][0] - points[Landmark.LEFT_HEEL][0],
        points[Landmark.RIGHT_FOOT_INDEX][0] - points[Landmark.RIGHT_HEEL][0],
        points[Landmark.NOSE][0] - ears[0],
    )
    seen = [part for part in parts if not math.isnan(part)]
    return sum(seen) if seen else math.nan


def facing_px(points: Points, position: Position) -> float:
    """Returns a length whose sign is that of `Scene.facing`, in pixels; NaN if unseen.

    Upright it is how far feet and nose point to the picture's right; lying, how far the head lies
    from the hips along the picture.
    """
    if not position.level:
        return forward_px(points)
    towards_head = middle_trunk(points)[0]
    return -towards_head if position is Position.SUPINE else towards_head


def classify(separation: float) -> tuple[View, float]:
    """Returns the view and the yaw in degrees for a shoulder separation in trunk lengths."""
    if math.isnan(separation):
        return View.UNKNOWN, math.nan
    yaw_deg = math.degrees(math.asin(min(1.0, separation / SHOULDER_SEPARATION)))
    if separation < SIDE_BELOW:
        return View.SIDE, yaw_deg
    return (View.FRONT if separation > FRONT_ABOVE else View.OBLIQUE), yaw_deg


def _drop_px(points: Points, knee: Landmark) -> float:
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return vector(points[knee], hips)[1]


def _median(values: Sequence[float] | FloatArray) -> float:
    seen = np.asarray(values, dtype=float)
    seen = seen[np.isfinite(seen)]
    return float(np.median(seen)) if seen.size else math.nan


def scene_of(poses: Sequence[Pose], position: Position = Position.UPRIGHT) -> Scene:
    """Returns the scene that a stretch of poses in the start posture shows.

    Medians over the stretch; a quantity seen in no frame is NaN, the view then `UNKNOWN`.
    """
    # A few numbers of each pose, and not its points: the stretch may be an hour.
    rows = np.array([_row(pose.points(), position) for pose in poses]).reshape(-1, 7)
    separation, forward, trunk, *legs = (_median(column) for column in rows.T)
    view, yaw_deg = classify(separation)
    return Scene(
        view=view,
        yaw_deg=yaw_deg,
        facing=0 if math.isnan(forward) else (1 if forward > 0 else -1),
        trunk_px=trunk,
        thigh_px=(legs[0], legs[1]),
        drop_px=(legs[2], legs[3]),
        position=position,
    )


def _row(points: Points, position: Position) -> tuple[float, ...]:
    """Returns what one pose tells of the scene: separation, facing, trunk, thighs, knees' drops."""
    return (
        shoulder_separation(points, position),
        facing_px(points, position),
        length(middle_trunk(points)),
        *(length(vector(points[hip], points[knee])) for hip, knee, _ in LEG.values()),
        *(_drop_px(points, knee) for _, knee, _ in LEG.values()),
    )
