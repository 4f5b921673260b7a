"""Reads a measure off a stick figure whose angles are known exactly."""

from __future__ import annotations

from formcheck.core.measures import Measure
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Position, scene_of
from tests.stickman import Stance, pose

LEFT_VIEW, FRONT, RIGHT_VIEW, BACK = 0.0, 90.0, 180.0, 270.0


def read(
    measure: Measure,
    stance: Stance,
    yaw_deg: float,
    side: Side = Side.LEFT,
    *,
    start: Stance = Stance(),  # noqa: B008
    position: Position = Position.UPRIGHT,
) -> float:
    """Returns the value of a stance, in the scene that the start posture shows."""
    scene = scene_of([pose(start, yaw_deg=yaw_deg)], position)
    return measure.compute(pose(stance, yaw_deg=yaw_deg), side, scene)
