"""What a measure is: one quantity read off a pose, with its unit, sign, and the views it shows in.

A measure that the view does not show is NaN, never a guess.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from formcheck.core.pose.geometry import Vector, vector
from formcheck.core.pose.pose import LEG, Points, Pose, Side
from formcheck.core.pose.view import Scene, View
from formcheck.core.pose.visibility import SeenPose

SIDE_VIEW = frozenset({View.SIDE})
FRONT_VIEW = frozenset({View.FRONT})
SIDEWAYS = frozenset({View.SIDE, View.OBLIQUE})
ANY_VIEW = frozenset({View.SIDE, View.FRONT, View.OBLIQUE})

Formula: TypeAlias = Callable[[SeenPose, Side, Scene], float]


class Scope(Enum):
    """What a measure has a value of.

    `BODY`: the body. `LEG`: each leg. `TOWARD`: the body, with a sign that is positive towards the
    side asked for, so that the right side's value is minus the left side's.
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
        From where the camera shows it; NaN from any other view.
    formula : callable
        `(seen, side, scene) -> float`: reads a `SeenPose`, its `points` or its `pose`; NaN where
        the pose does not show it.
    meaning : str
        Zero and sign, for people.
    needs : str
        What must be in the picture, for the sentence that says why it could not be measured.
    """

    name: str
    unit: str
    scope: Scope
    views: frozenset[View]
    formula: Formula
    meaning: str
    needs: str

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that have a column of their own; a measure of the body uses the left's."""
        return (Side.LEFT, Side.RIGHT) if self.scope is Scope.LEG else (Side.LEFT,)

    def compute(self, pose: Pose, side: Side, scene: Scene) -> float:
        """Returns the value for a side of the body; NaN if the view or the pose does not show it.

        Every landmark that is not NaN is believed. For many measures of one pose use `measure_all`.
        """
        if scene.view not in self.views:
            return math.nan
        return self.formula(SeenPose.trusted(pose), side, scene)

    def column(self, side: Side) -> str:
        """Returns the name of the column that holds this measure for a side, unit included."""
        if self.scope is Scope.LEG:
            return f"{self.name}_{side.value}_{self.unit}"
        return f"{self.name}_{self.unit}"

    def sign(self, side: Side) -> float:
        """Returns the factor that turns the column's value into the value for a side: 1 or -1."""
        return -1.0 if self.scope is Scope.TOWARD and side is Side.RIGHT else 1.0


def thigh(points: Points, side: Side) -> Vector:
    """Returns the line from hip to knee, y up."""
    hip, knee, _ = LEG[side]
    return vector(points[hip], points[knee])


def facing(scene: Scene) -> float:
    """Returns the sign that makes flexion positive; NaN where it is unknown."""
    return float(scene.facing) if scene.facing else math.nan


def columns(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Returns the column names of some measures, in the order of `measure_all`."""
    return tuple(measure.column(side) for measure in measures for side in measure.sides)


def measure_all(seen: SeenPose, scene: Scene, measures: Iterable[Measure]) -> list[float]:
    """Returns the values of `columns(measures)` for one pose; NaN where it does not show them."""
    values: list[float] = []
    for measure in measures:
        if scene.view not in measure.views:
            values += [math.nan] * len(measure.sides)
        else:
            values += [measure.formula(seen, side, scene) for side in measure.sides]
    return values
