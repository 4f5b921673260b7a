"""Which way the camera looks at the person, and which way the person faces.

The shoulders' separation across the trunk, as a share of the trunk's length, gives the yaw:
people's shoulder joints are about 0.73 trunk lengths apart, so `yaw = asin(separation / 0.73)`. The
bounds and the 0.73 are house defaults, checked on the drawn clips.

A person turned away from the side view by a yaw `y` looks narrower by `cos y`: a direction in the
sagittal plane has `tan(true) = tan(image) / cos y` against the vertical. `sagittal` undoes that.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from formcheck.core.pose.geometry import length, vector
from formcheck.core.pose.pelvis import TagNeutral
from formcheck.core.pose.pose import LEG, Landmark, Points, Pose
from formcheck.core.pose.roll import body_roll_deg, levelled, roll_in_force
from formcheck.core.pose.trunk import middle, middle_trunk

SHOULDER_SEPARATION = 0.73
SIDE_BELOW = 0.25
FRONT_ABOVE = 0.63
ROLL_SHOWN = 0.5
"""Share of a stretch that must show the roll: else the person does not stand or lie straight."""
WIDEST_YAW_DEG = 60.0
"""From here on the picture is so narrow that its noise doubles: `1 / cos 60` is 2."""


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
    leg_px : (float, float)
        How far the left and the right ankle lie from mid-hip in the start posture; NaN when
        unknown.
    position : Position
        How the body lies to gravity.
    roll_deg : float
        How far the camera hangs, by how far the still body is turned in the picture, clockwise
        positive; NaN where the body does not show it.
    plank_deg : (float, float)
        In a plank, the line of the body and the pitch of the trunk in the start posture; NaN when
        unknown.
    yaw_sway_deg : float
        How far the body turns to and fro about that yaw by itself, as in a run; 0 at rest.
    at_rest : bool
        Whether the lengths are those of a body that keeps still; in motion they are only medians.
    tag : TagNeutral | None
        How the tag on the pelvis looked in the start posture; None where none was seen.
    """

    view: View = View.UNKNOWN
    yaw_deg: float = math.nan
    facing: int = 0
    trunk_px: float = math.nan
    thigh_px: tuple[float, float] = (math.nan, math.nan)
    drop_px: tuple[float, float] = (math.nan, math.nan)
    leg_px: tuple[float, float] = (math.nan, math.nan)
    position: Position = Position.UPRIGHT
    roll_deg: float = math.nan
    plank_deg: tuple[float, float] = (math.nan, math.nan)
    yaw_sway_deg: float = 0.0
    at_rest: bool = True
    tag: TagNeutral | None = None

    def levelled(self, points: Points, size_px: tuple[int, int]) -> Points:
        """Returns the positions as a level camera sees them."""
        return levelled(points, roll_in_force(self.roll_deg), size_px)

    @property
    def unforeshortened_trunk_px(self) -> float:
        """The trunk's length as a camera straight at the side sees it; NaN when unknown."""
        oblique = self.view is View.OBLIQUE and self.yaw_deg <= WIDEST_YAW_DEG
        if not (oblique and self.position.level):
            return self.trunk_px
        return self.trunk_px / math.cos(math.radians(self.yaw_deg))


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


def _median(values: Sequence[float]) -> float:
    # Of a few values, as mostly here, it takes a tenth of what NumPy's takes.
    seen = sorted(value for value in values if math.isfinite(value))
    return statistics.median(seen) if seen else math.nan


def scene_of(poses: Sequence[Pose], position: Position = Position.UPRIGHT) -> Scene:
    """Returns the scene that a stretch of poses in the start posture shows.

    Medians over the stretch; a quantity seen in no frame is NaN, the view then `UNKNOWN`.
    """
    # A few numbers of each pose, and not the poses: the stretch may be an hour.
    roll_deg = _usual_roll_deg([_roll_deg(pose, position) for pose in poses])
    turned_deg = roll_in_force(roll_deg)
    return _scene(roll_deg, [_row(pose, position, turned_deg) for pose in poses], position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What one pose tells of the scene, worked out once for all stretches that it is part of.

    Attributes
    ----------
    pose : Pose
        The pose.
    roll_deg : float
        How far the body is turned in the picture; NaN where that does not show.
    row : tuple of float
        What the pose tells in a level picture.
    """

    pose: Pose
    roll_deg: float
    row: tuple[float, ...]


def glimpse(pose: Pose, position: Position) -> Glimpse:
    """Returns what a pose tells of the scene."""
    return Glimpse(pose=pose, roll_deg=_roll_deg(pose, position), row=_row(pose, position, 0.0))


def scene_of_glimpses(glimpses: Sequence[Glimpse], position: Position) -> Scene:
    """Returns the scene that a short stretch shows, as `scene_of` does."""
    roll_deg = _usual_roll_deg([one.roll_deg for one in glimpses])
    turned_deg = roll_in_force(roll_deg)
    if turned_deg == 0.0:
        return _scene(roll_deg, [one.row for one in glimpses], position)
    return _scene(roll_deg, [_row(one.pose, position, turned_deg) for one in glimpses], position)


def _usual_roll_deg(rolls_deg: Sequence[float]) -> float:
    """Returns the median; NaN where too few poses show a roll."""
    shown = sum(map(math.isfinite, rolls_deg))
    return _median(rolls_deg) if rolls_deg and shown >= ROLL_SHOWN * len(rolls_deg) else math.nan


def _scene(roll_deg: float, rows: Sequence[tuple[float, ...]], position: Position) -> Scene:
    """Returns the scene of the medians of what poses tell."""
    rows = rows or [(math.nan,) * 9]
    separation, forward, trunk, *legs = map(_median, zip(*rows, strict=True))
    view, yaw_deg = classify(separation)
    return Scene(
        view=view,
        yaw_deg=yaw_deg,
        facing=0 if math.isnan(forward) else (1 if forward > 0 else -1),
        trunk_px=trunk,
        thigh_px=(legs[0], legs[1]),
        drop_px=(legs[2], legs[3]),
        leg_px=(legs[4], legs[5]),
        position=position,
        roll_deg=roll_deg,
    )


def _roll_deg(pose: Pose, position: Position) -> float:
    """Returns the camera's roll as one still body shows it; NaN where it does not.

    A plank's shoulders are higher than its feet, and a body that hangs swings: neither tells.
    """
    if position not in (Position.UPRIGHT, Position.SUPINE):
        return math.nan
    return body_roll_deg(pose.points(), lying=position is Position.SUPINE)


def _row(pose: Pose, position: Position, roll_deg: float) -> tuple[float, ...]:
    """Returns what one pose tells of the scene: separation, facing, trunk, thighs, drops, legs."""
    points = levelled(pose.points(), roll_deg, pose.frame_size_px)
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return (
        shoulder_separation(points, position),
        facing_px(points, position),
        length(middle_trunk(points)),
        *(length(vector(points[hip], points[knee])) for hip, knee, _ in LEG.values()),
        *(_drop_px(points, knee) for _, knee, _ in LEG.values()),
        *(length(vector(hips, points[ankle])) for _, _, ankle in LEG.values()),
    )


def sagittal(points: Points, scene: Scene) -> Points:
    """Returns the positions as a camera straight at the person's side sees the sagittal plane.

    Only an oblique view of up to 60 degrees of yaw is widened; from the side 20 degrees of yaw
    narrow the picture by 6 % at the most, which is less than the yaw itself is known by.
    """
    if scene.view is not View.OBLIQUE or not scene.yaw_deg <= WIDEST_YAW_DEG:
        return points
    wider = 1.0 / math.cos(math.radians(scene.yaw_deg))
    return [(x * wider, y) for x, y in points]
