"""A picture that lies on its side, hangs too far, or shows the wrong view, and what to do about it.

A phone that forgets how it was held gives a film in which a standing person lies and a lying person
stands. No start posture is found in it, and asking for one helps nobody: the advice names the turn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.geometry import from_up_deg, vector
from formcheck.core.pose.pose import Landmark, Points, Pose
from formcheck.core.pose.roll import MOST_ROLL_DEG
from formcheck.core.pose.trunk import middle, middle_trunk, seen_middle
from formcheck.core.pose.view import Position, Scene, View, forward_px

ACROSS_DEG = 60.0
"""A body whose trunk and legs both lie further than this from where they should is turned by a
quarter: nobody stands so, and a lying person who sits up bends at the hips."""


def picture_advice(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> str | None:
    """Returns how to turn the picture or the camera; None where neither needs it.

    Parameters
    ----------
    poses : sequence of Pose
        A stretch of poses; a landmark that may not be believed is NaN.
    scene : Scene
        What the stretch shows of the camera.
    exercise : Exercise
        Says how the body should lie to gravity.
    """
    shown = [pose.points() for pose in poses]
    legs_deg = _median([from_up_deg(_axis(points)) for points in shown])
    trunk_deg = _median([from_up_deg(middle_trunk(points)) for points in shown])
    level = exercise.position.level
    across = [_across(lean_deg, level=level) for lean_deg in (legs_deg, trunk_deg)]
    if all(across):
        clockwise = _clockwise_deg(trunk_deg, shown, exercise.position)
        posture = "stand" if level else "lie"
        return (
            f"You seem to {posture}: if the picture lies on its side, turn it with --rotate"
            f" {clockwise}."
        )
    if MOST_ROLL_DEG < abs(scene.roll_deg) <= ACROSS_DEG:
        return f"Level the camera: the picture hangs by {abs(scene.roll_deg):.0f}°."
    return None


def _axis(points: Points) -> tuple[float, float]:
    feet = seen_middle(points, Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)
    return vector(feet, middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER))


def _across(lean_deg: float, *, level: bool) -> bool:
    """Whether a line lies a quarter from where it should: NaN does not."""
    off_deg = 90.0 - abs(90.0 - abs(lean_deg)) if not level else abs(90.0 - abs(lean_deg))
    return off_deg > ACROSS_DEG


def _clockwise_deg(trunk_deg: float, shown: Sequence[Points], position: Position) -> int:
    """Returns the turn that puts the head up, or the belly where it belongs."""
    if not position.level:
        return 270 if trunk_deg > 0.0 else 90
    # A body that stands in the picture faces one of its edges: up on the back, down in a plank.
    faces_right = _median([forward_px(points) for points in shown]) > 0.0
    return 270 if faces_right == (position is Position.SUPINE) else 90


def _median(values: Sequence[float]) -> float:
    seen = np.asarray(values, dtype=float)
    seen = seen[np.isfinite(seen)]
    return float(np.median(seen)) if seen.size else math.nan


def turn_advice(scene: Scene, exercise: Exercise) -> str | None:
    """Returns how to turn so that the exercise can be judged; None where the view is right."""
    if exercise.judged_in(scene) or scene.view is View.UNKNOWN:
        return None
    return turn_to_camera(exercise)


def turn_to_camera(exercise: Exercise) -> str:
    """Returns how a person has to turn for the exercise to be judged."""
    if View.FRONT in exercise.views:
        return "Turn your side, or your front, straight to the camera."
    if exercise.position.level:
        return "Put the camera low and straight at your side."
    return "Turn your side straight to the camera."


def view_complaint(scene: Scene, exercise: Exercise) -> str | None:
    """Return how to turn where the repetitions could not even be counted from this view."""
    if exercise.cycle.measure.seen_in(scene):
        return None
    return turn_advice(scene, exercise)
