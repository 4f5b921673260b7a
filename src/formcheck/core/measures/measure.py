"""What a measure is: one quantity read off a pose, with its unit, sign, and the views it shows in.

A measure that the view does not show is NaN, never a guess.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from formcheck.core.pose.geometry import Vector, from_up_deg
from formcheck.core.pose.pose import Pose, Side
from formcheck.core.pose.view import Scene, View, sagittal
from formcheck.core.pose.visibility import SeenPose

SIDE_VIEW = frozenset({View.SIDE})
FRONT_VIEW = frozenset({View.FRONT})
SIDEWAYS = frozenset({View.SIDE, View.OBLIQUE})
ANY_VIEW = frozenset({View.SIDE, View.FRONT, View.OBLIQUE})
WELL_SEEN_DEG = 40.0
"""Yaw from the side up to which knees, planks and a hanging body are still judged: the picture is
narrowed to 77 %, and the line of a plank is read 1.3 times too steep, which is undone."""
HANGING_SEEN_DEG = 50.0
"""The same for a hanging body, whose swing is the turn of one long line, from hands to hips: at 50
degrees a limit of 15 leans by 9.8 in the picture, three times its noise."""
LYING_SEEN_DEG = 30.0
"""The same for the outline of a lying back, which the near arm and hip hide soon after."""

NOISE_DEG = 3.0
"""Degrees by which angles between a pose model's landmarks scatter, at the least."""

Formula: TypeAlias = Callable[[SeenPose, Side, Scene], float]


class Scope(Enum):
    """What a measure has a value of.

    `BODY`: the body. `LEG`: each leg. `TOWARD`: the body, with a sign that is positive towards the
    side asked for, so that the right side's value is minus the left side's.
    """

    BODY = "body"
    LEG = "leg"
    TOWARD = "toward"


class Plane(Enum):
    """Where a measure's lines lie: in the picture as it is, or in the body's sagittal plane."""

    PICTURE = "picture"
    SAGITTAL = "sagittal"


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
        From where the camera shows it; NaN from any other view.
    formula : callable
        `(seen, side, scene) -> float`: reads a `SeenPose`, its `points` or its `pose`; NaN where
        the pose does not show it, infinite where no body can be so.
    meaning : str
        Zero and sign, for people.
    needs : str
        What must be in the picture, for the sentence that says why it could not be measured.
    plane : Plane
        The plane in which its angles lie: those of the sagittal plane are widened for the yaw.
    plausible : (float, float)
        What a body can do, with a margin for the camera: a reading outside is no measurement.
    oblique_to_deg : float
        The yaw from the side up to which an oblique view shows it, where `views` leaves it out.
    noise : float | None
        Spread of a reading from frame to frame, in the measure's unit; None takes that of a pose
        model.
    """

    name: str
    unit: str
    scope: Scope
    views: frozenset[View]
    formula: Formula
    meaning: str
    needs: str
    plane: Plane = Plane.PICTURE
    plausible: tuple[float, float] = (-math.inf, math.inf)
    oblique_to_deg: float = 0.0
    noise: float | None = None

    @property
    def noise_floor(self) -> float:
        """The least spread that a reading is taken to have: `NOISE_DEG` unless it has its own."""
        if self.noise is not None:
            return self.noise
        return NOISE_DEG if self.unit == "deg" else 0.0

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that have a column of their own; a measure of the body uses the left's."""
        return (Side.LEFT, Side.RIGHT) if self.scope is Scope.LEG else (Side.LEFT,)

    def compute(self, pose: Pose, side: Side, scene: Scene) -> float:
        """Returns the value for a side of the body; NaN if the view or the pose does not show it.

        Every landmark that is not NaN is believed. For many measures of one pose use `measure_all`.
        """
        return self.compute_each(pose, (side,), scene)[0]

    def compute_each(self, pose: Pose, sides: Sequence[Side], scene: Scene) -> list[float]:
        """Returns the value of `compute` for each of some sides."""
        if not self.seen_in(scene):
            return [math.nan] * len(sides)
        flat = _in_planes(SeenPose.trusted(pose), scene)[self.plane]
        return [self.formula(flat, side, scene) for side in sides]

    def seen_in(self, scene: Scene) -> bool:
        """Whether a camera that stands so shows the measure at all."""
        if scene.view in self.views:
            return True
        return scene.view is View.OBLIQUE and scene.yaw_deg <= self.oblique_to_deg

    def column(self, side: Side) -> str:
        """Returns the name of the column that holds this measure for a side, unit included."""
        if self.scope is Scope.LEG:
            return f"{self.name}_{side.value}_{self.unit}"
        return f"{self.name}_{self.unit}"

    def sign(self, side: Side) -> float:
        """Returns the factor that turns the column's value into the value for a side: 1 or -1."""
        return -1.0 if self.scope is Scope.TOWARD and side is Side.RIGHT else 1.0


def facing(scene: Scene) -> float:
    """Returns the sign that makes flexion positive; NaN where it is unknown."""
    return float(scene.facing) if scene.facing else math.nan


def forward_deg(line: Vector, scene: Scene) -> float:
    """Returns how far a line, y up, is turned from the vertical, forward positive."""
    return from_up_deg((facing(scene) * line[0], line[1]))


def columns(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Returns the column names of some measures, in the order of `measure_all`."""
    return tuple(measure.column(side) for measure in measures for side in measure.sides)


def measure_all(seen: SeenPose, scene: Scene, measures: Sequence[Measure]) -> list[float]:
    """Returns the values of `columns(measures)` for one pose.

    NaN where the pose does not show them, and where a reading lies beyond what a body can do.
    """
    found = readings(seen, scene, measures)
    return [
        value if low <= value <= high else math.nan
        for value, (low, high) in zip(found, plausible_ranges(measures), strict=True)
    ]


def readings(seen: SeenPose, scene: Scene, measures: Iterable[Measure]) -> list[float]:
    """Returns what `columns(measures)` read for one pose, plausible or not; NaN where unseen."""
    values: list[float] = []
    shown = _in_planes(seen, scene)
    for measure in measures:
        if not measure.seen_in(scene):
            values += [math.nan] * len(measure.sides)
        else:
            flat = shown[measure.plane]
            values += [measure.formula(flat, side, scene) for side in measure.sides]
    return values


def plausible_ranges(measures: Iterable[Measure]) -> list[tuple[float, float]]:
    """Returns the lowest and the highest plausible value of `columns(measures)`."""
    return [measure.plausible for measure in measures for _ in measure.sides]


def _in_planes(seen: SeenPose, scene: Scene) -> dict[Plane, SeenPose]:
    """Returns the pose as a level camera sees it, and as one straight at the side would."""
    level = scene.levelled(seen.points, seen.pose.frame_size_px)
    flat = sagittal(level, scene)
    picture = seen if level is seen.points else seen.moved(level)
    return {Plane.PICTURE: picture, Plane.SAGITTAL: picture if flat is level else seen.moved(flat)}
