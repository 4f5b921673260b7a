"""The neutral: what a person's own start posture looks like to this camera.

Every fault is a change from the neutral. Live it is taken from the first stretch of standing still,
in a recording from the calmest stretch, wherever that is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.core.checker.sideways import picture_advice
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures import (
    PLANK_LINE,
    SIDEWAYS,
    TRUNK_PITCH,
    Measure,
    Scope,
    columns,
    measure_all,
)
from formcheck.core.pose.pose import Landmark, Pose, Side
from formcheck.core.pose.view import Position, Scene, View, scene_of
from formcheck.core.pose.visibility import SeenPose

STILL_S = 2.0
MIN_VALID = 0.8
MAX_SWAY = 0.04
"""Trunk lengths: a knee that strays this far has swung the thigh by about 3 degrees."""

_WATCHED = np.array(
    [
        Landmark.LEFT_SHOULDER,
        Landmark.RIGHT_SHOULDER,
        Landmark.LEFT_HIP,
        Landmark.RIGHT_HIP,
        Landmark.LEFT_KNEE,
        Landmark.RIGHT_KNEE,
        Landmark.LEFT_ANKLE,
        Landmark.RIGHT_ANKLE,
    ]
)

STAND_STILL = "Keep still."
SHOW_FACING = "Show your feet or your face to the camera."


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A person's neutral posture in front of one camera.

    Attributes
    ----------
    start_s, end_s : float
        The stretch of time it was taken from.
    scene : Scene
        View, facing and body lengths during it.
    neutral : mapping of str to float
        Median of each column; NaN where it was not observed.
    sd : mapping of str to float
        Spread of each column, 1.4826 times its median absolute deviation.
    offsets : mapping of str to float
        By column, the model's error in the start posture where anatomy tells it: it is taken off
        every reading, `neutral` included.
    calm : bool
        False when the person never stood still and the neutral comes from scattered frames.
    """

    start_s: float
    end_s: float
    scene: Scene
    neutral: Mapping[str, float]
    sd: Mapping[str, float]
    offsets: Mapping[str, float] = field(default_factory=dict)
    calm: bool = True


def assess(poses: Sequence[Pose], exercise: Exercise) -> Calibration | str:
    """Returns the neutral from a stretch of gated poses, or what the person should change."""
    scene = scene_of(poses, exercise.position)
    if scene.view is View.UNKNOWN or math.isnan(scene.trunk_px):
        return exercise.step_in
    if scene.view is View.SIDE and scene.facing == 0:
        return SHOW_FACING
    complaint = picture_advice(poses, scene, exercise)
    complaint = complaint or view_complaint(scene, exercise)
    complaint = complaint or posture_complaint(poses, scene, exercise)
    if complaint is None and sway(poses, scene.trunk_px) > MAX_SWAY:
        complaint = STAND_STILL
    if complaint is not None:
        return complaint
    return baseline(poses, scene, exercise, calm=True)


def sway(poses: Sequence[Pose], trunk_px: float) -> float:
    """Returns the largest spread of the body's main points, in trunk lengths; inf if unseen."""
    points = np.array([p.image_px[_WATCHED] for p in poses])
    seen = np.isfinite(points[:, :, 0]).mean(axis=0) >= MIN_VALID
    if seen.sum() < len(_WATCHED) // 2:
        return math.inf
    return float(np.nanstd(points[:, seen], axis=0).max()) / trunk_px


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


def posture_complaint(
    poses: Sequence[Pose], scene: Scene, exercise: Exercise, *, either: bool = False
) -> str | None:
    """Returns what is wrong with the posture; with `either`, one leg's posture is enough."""
    enough = any if either else all
    for posture in exercise.posture:
        if not posture.measure.seen_in(scene):
            continue
        medians = _observed_medians(poses, scene, posture.measure)
        if not medians and not posture.optional:
            return f"Your {posture.measure.needs} must be in the picture."
        if medians and not enough(posture.low <= value <= posture.high for value in medians):
            return posture.say
    return None


def _observed_medians(poses: Sequence[Pose], scene: Scene, measure: Measure) -> list[float]:
    """Returns the median of a measure for each side that was seen in most of the poses."""
    medians = []
    for side in measure.sides:
        values = np.array([measure.compute(p, side, scene) for p in poses])
        if np.isfinite(values).mean() >= MIN_VALID:
            medians.append(float(np.nanmedian(values)))
    return medians


def baseline(poses: Sequence[Pose], scene: Scene, exercise: Exercise, *, calm: bool) -> Calibration:
    """Returns the neutral as the medians and spreads over a stretch of gated poses."""
    rows = np.array([measure_all(SeenPose.trusted(p), scene, exercise.measures) for p in poses])
    neutral, spread = {}, {}
    for name, values in zip(columns(exercise.measures), rows.T, strict=True):
        seen = values[np.isfinite(values)]
        enough = seen.size >= max(3, len(values) // 2)
        middle = float(np.median(seen)) if enough else math.nan
        neutral[name] = middle
        spread[name] = 1.4826 * float(np.median(np.abs(seen - middle))) if enough else math.nan
    _borrow(neutral, exercise)
    _borrow(spread, exercise)
    # Scattered frames are no still posture that anatomy knows the angles of.
    offsets = _offsets(neutral, scene, exercise) if calm else {}
    neutral = {name: value - offsets.get(name, 0.0) for name, value in neutral.items()}
    return Calibration(
        start_s=poses[0].time_s,
        end_s=poses[-1].time_s,
        scene=_with_plank(scene, poses),
        neutral=neutral,
        sd=spread,
        offsets=offsets,
        calm=calm,
    )


def _with_plank(scene: Scene, poses: Sequence[Pose]) -> Scene:
    """Returns the scene with line and pitch of the plank, where the poses hold one."""
    if scene.position is not Position.PRONE:
        return scene
    both = np.array(
        [[m.compute(p, Side.LEFT, scene) for m in (PLANK_LINE, TRUNK_PITCH)] for p in poses]
    )
    seen = both[np.isfinite(both).all(axis=1)]
    if not len(seen):
        return scene
    line_deg, pitch_deg = np.median(seen, axis=0).tolist()
    return replace(scene, plank_deg=(line_deg, pitch_deg))


MOST_OFFSET_DEG = 15.0
"""House default: a start posture further than this from what anatomy says is another posture, such
as the low end of a lunge, and no error of the model."""


def _offsets(neutral: Mapping[str, float], scene: Scene, exercise: Exercise) -> dict[str, float]:
    """Returns by how much the model misreads the start posture, by column.

    Most of the error in a lifted thigh's angle is the person's own and stands already at rest: on
    rendered people 8.6 degrees became 3.8 as a change from neutral. Only from the side and
    obliquely, where the angle is read in its own plane.
    """
    if scene.view not in SIDEWAYS:
        return {}
    found = {}
    for measure in exercise.measures:
        low, high = exercise.at_rest.get(measure.name, (-math.inf, math.inf))
        for side in measure.sides:
            value = neutral[measure.column(side)]
            error = value - min(high, max(low, value))
            # NaN fails the comparison.
            if 0.0 < abs(error) <= MOST_OFFSET_DEG:
                found[measure.column(side)] = error
    return found


def _borrow(values: dict[str, float], exercise: Exercise) -> None:
    """Gives a leg that was hidden in the start posture the other leg's value.

    From the side the near leg hides the far one while both stand alike; the far one shows as soon
    as the near one lifts.
    """
    for measure in exercise.measures:
        if measure.scope is Scope.LEG:
            left, right = measure.column(Side.LEFT), measure.column(Side.RIGHT)
            for own, other in ((left, right), (right, left)):
                if math.isnan(values[own]):
                    values[own] = values[other]
