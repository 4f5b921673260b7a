"""The named measures: what is read off one pose, in which unit, with which sign, from which view.

A measure that the view does not show is NaN, never a guess. The trunk is the line from mid-hip to
mid-shoulder in every view: on the drawn side clips it follows the true lean more closely than the
near hip and shoulder alone, because the model's errors on both sides partly cancel. Definitions
follow the project's measurement page; the hip angle is thigh against *trunk* (a camera does not see
the pelvis), so it holds lumbar motion as well: 13-37 % of it in healthy people (Murray 2002;
Bohannon 1985).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from formcheck.geometry import (
    Vector,
    foreshortened_deg,
    from_down_deg,
    from_up_deg,
    joint_angle_deg,
    length,
    signed_angle_deg,
    vector,
)
from formcheck.pose import Landmark, Points, Pose, Side
from formcheck.view import Scene, View, middle, middle_trunk

SIDE_VIEW = frozenset({View.SIDE})
FRONT_VIEW = frozenset({View.FRONT})
ANY_VIEW = frozenset({View.SIDE, View.FRONT, View.OBLIQUE})


class Scope(Enum):
    """Of what a measure has one value.

    `BODY` one for the body; `LEG` one for each leg; `TOWARD` one for the body, with a sign that is
    positive towards the side asked for, so that the right side's value is minus the left side's.
    """

    BODY = "body"
    LEG = "leg"
    TOWARD = "toward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One quantity read off a pose.

    Attributes
    ----------
    name : str
        The field's term, without unit.
    unit : str
        `deg`, or `trunk` for lengths in trunk lengths.
    scope : Scope
        Whether each leg has its own value.
    views : frozenset of View
        From where it can be seen; NaN from anywhere else.
    formula : callable
        `(points, side, scene) -> float`.
    meaning : str
        Zero and sign, for people.
    needs : str
        What must be in the picture, for the sentence that says why it could not be measured.
    """

    name: str
    unit: str
    scope: Scope
    views: frozenset[View]
    formula: Callable[[Points, Side, Scene], float]
    meaning: str
    needs: str

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that have a column of their own; a measure of the body uses the left's."""
        return (Side.LEFT, Side.RIGHT) if self.scope is Scope.LEG else (Side.LEFT,)

    def compute(self, pose: Pose, side: Side, scene: Scene) -> float:
        """Return the value for a side of the body; NaN if the view or the pose does not show it."""
        if scene.view not in self.views:
            return math.nan
        return self.formula(pose.points(), side, scene)

    def column(self, side: Side) -> str:
        """Return the name of the column that holds this measure for a side, unit included."""
        if self.scope is Scope.LEG:
            return f"{self.name}_{side.value}_{self.unit}"
        return f"{self.name}_{self.unit}"

    def sign(self, side: Side) -> float:
        """Return what the column's value is multiplied by to read it for a side."""
        return -1.0 if self.scope is Scope.TOWARD and side is Side.RIGHT else 1.0


_LEG = {
    Side.LEFT: (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    Side.RIGHT: (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
}


def _thigh(points: Points, side: Side) -> Vector:
    hip, knee, _ = _LEG[side]
    return vector(points[hip], points[knee])


def _facing(scene: Scene) -> float:
    return float(scene.facing) if scene.facing else math.nan


def _hip_flexion(points: Points, side: Side, scene: Scene) -> float:
    trunk = middle_trunk(points)
    return _facing(scene) * signed_angle_deg((-trunk[0], -trunk[1]), _thigh(points, side))


def _thigh_elevation(points: Points, side: Side, scene: Scene) -> float:
    thigh = _thigh(points, side)
    if scene.view is View.SIDE:
        return from_down_deg((_facing(scene) * thigh[0], thigh[1]))
    # From the front the thigh points at the camera: its height is left, its direction is not. The
    # height is taken from mid-hip, because the model lifts the hip of a lifted leg too.
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    knee = points[_LEG[side][1]]
    return foreshortened_deg(-vector(hips, knee)[1], scene.drop_px[side is Side.RIGHT])


def _knee_flexion(points: Points, side: Side, scene: Scene) -> float:
    hip, knee, ankle = (points[landmark] for landmark in _LEG[side])
    return 180.0 - joint_angle_deg(hip, knee, ankle)


def _foot_lift(points: Points, side: Side, scene: Scene) -> float:
    own, other = points[_LEG[side][2]], points[_LEG[side.other][2]]
    return vector(other, own)[1] / scene.trunk_px if scene.trunk_px > 0 else math.nan


def _thigh_length(points: Points, side: Side, scene: Scene) -> float:
    return length(_thigh(points, side)) / scene.trunk_px if scene.trunk_px > 0 else math.nan


def _torso_lean(points: Points, side: Side, scene: Scene) -> float:
    trunk = middle_trunk(points)
    return from_up_deg((_facing(scene) * trunk[0], trunk[1]))


def _lateral_lean(points: Points, side: Side, scene: Scene) -> float:
    left, right = points[Landmark.LEFT_HIP], points[Landmark.RIGHT_HIP]
    trunk = middle_trunk(points)
    return from_up_deg((math.copysign(trunk[0], trunk[0] * (right[0] - left[0])), trunk[1]))


def _pelvic_obliquity(points: Points, side: Side, scene: Scene) -> float:
    right_to_left = vector(points[Landmark.RIGHT_HIP], points[Landmark.LEFT_HIP])
    angle = signed_angle_deg((1.0, 0.0), (abs(right_to_left[0]), right_to_left[1]))
    return angle if side is not Side.RIGHT else -angle


HIP_FLEXION = Measure(
    name="hip_flexion",
    unit="deg",
    scope=Scope.LEG,
    views=SIDE_VIEW,
    formula=_hip_flexion,
    meaning="thigh against trunk; 0 in line, flexion positive",
    needs="shoulder, hip and knee",
)
THIGH_ELEVATION = Measure(
    name="thigh_elevation",
    unit="deg",
    scope=Scope.LEG,
    views=ANY_VIEW,
    formula=_thigh_elevation,
    meaning="thigh from straight down, forward positive; 90 parallel to the floor",
    needs="hip and knee",
)
KNEE_FLEXION = Measure(
    name="knee_flexion",
    unit="deg",
    scope=Scope.LEG,
    views=SIDE_VIEW,
    formula=_knee_flexion,
    meaning="0 straight, bent positive",
    needs="hip, knee and ankle",
)
FOOT_LIFT = Measure(
    name="foot_lift",
    unit="trunk",
    scope=Scope.LEG,
    views=ANY_VIEW,
    formula=_foot_lift,
    meaning="height of this ankle over the other one, in trunk lengths",
    needs="both ankles",
)
THIGH_LENGTH = Measure(
    name="thigh_length",
    unit="trunk",
    scope=Scope.LEG,
    views=ANY_VIEW,
    formula=_thigh_length,
    meaning="length of the thigh as seen, in trunk lengths; short when it points at the camera",
    needs="hip and knee",
)
TORSO_LEAN = Measure(
    name="torso_lean",
    unit="deg",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_torso_lean,
    meaning="trunk from the vertical; forward positive, back negative",
    needs="shoulder and hip",
)
LATERAL_LEAN = Measure(
    name="lateral_lean",
    unit="deg",
    scope=Scope.BODY,
    views=FRONT_VIEW,
    formula=_lateral_lean,
    meaning="trunk from the vertical; to the person's right positive",
    needs="both shoulders and both hips",
)
PELVIC_OBLIQUITY = Measure(
    name="pelvic_obliquity",
    unit="deg",
    scope=Scope.TOWARD,
    views=FRONT_VIEW,
    formula=_pelvic_obliquity,
    meaning="hip line from the horizontal; positive when the side asked for is higher"
    " (the column: the left side)",
    needs="both hips",
)

MEASURES: tuple[Measure, ...] = (
    HIP_FLEXION, THIGH_ELEVATION, KNEE_FLEXION, FOOT_LIFT, TORSO_LEAN, LATERAL_LEAN,
    PELVIC_OBLIQUITY,
)  # fmt: skip


def columns(measures: tuple[Measure, ...] = MEASURES) -> tuple[str, ...]:
    """Return the column names of some measures, each once, in order."""
    return tuple(measure.column(side) for measure in measures for side in measure.sides)


def measure_all(pose: Pose, scene: Scene, measures: tuple[Measure, ...] = MEASURES) -> list[float]:
    """Return the values of `columns(measures)` for one pose."""
    points = pose.points()
    values = []
    for measure in measures:
        seen = scene.view in measure.views
        values += [measure.formula(points, s, scene) if seen else math.nan for s in measure.sides]
    return values
