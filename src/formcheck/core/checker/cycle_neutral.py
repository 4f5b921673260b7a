"""The neutral of somebody who never keeps still: read off the phases of the cycle.

A run on the spot shows no second of stillness, but it passes through the rest of each leg in every
step. The trunk's neutral is its median while both legs are down, or over all of the movement where
one leg is always up; each leg's neutral is what it shows in its own lowest fifth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.checker.neutral import (
    SEEN_S,
    Calibration,
    calibration_of,
    observed_s,
    with_plank,
)
from formcheck.core.exercise.exercise import Cycle, Exercise
from formcheck.core.exercise.rules import Posture
from formcheck.core.measures import (
    FOOT_LIFT,
    HIP_LEAD,
    KNEE_FLEXION,
    LEG_LEAD,
    PLANK_LINE,
    Measure,
    Scope,
    columns,
    measure_all,
)
from formcheck.core.measures.pelvis import with_tag
from formcheck.core.pose.geometry import length, vector
from formcheck.core.pose.pose import LEG, FloatArray, Landmark, Pose, Side
from formcheck.core.pose.trunk import middle
from formcheck.core.pose.view import Position, Scene, View, scene_of
from formcheck.core.pose.visibility import BoolArray, SeenPose

LOW_SHARE = 0.20
"""The share of its values in which a leg is at its lowest."""
LOW_S = 0.5
"""Seconds of seen time at rest from which a phase tells a neutral."""
WIDEST_REST = 12.0
"""Units over its level at rest up to which a leg may lie and still rest."""
SHOWN_SHARE = 0.5
"""The share of frames that must show what tells an attempt."""
KNEELS_BELOW = 0.1
"""Share of the frames that show a leg stretched out behind, under which nobody holds a plank."""
ALTERNATING = 2
"""So many times as often one leg is up as both are, where they rise one at a time. In filmed squats
it is a tenth as often, in runs and marches 2.6 times and more: of a near runner the model mixes the
legs at times."""
PAIRED = (FOOT_LIFT, HIP_LEAD, LEG_LEAD)
"""What compares one leg with the other: 0 where both are down."""


def rest_tolerance(cycle: Cycle) -> float:
    """Returns how far over its level at rest a leg may lie and still be at rest.

    Half of what begins a repetition: 2 degrees for a straight leg raise, which begins at 4.
    """
    return min(WIDEST_REST, 0.5 * cycle.start)


def counted_rows(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> FloatArray:
    """Returns the counted measure of gated poses, (poses, moving sides); NaN where not seen."""
    measure = exercise.cycle.measure
    rows = [measure.compute_each(pose, exercise.moving, scene) for pose in poses]
    return np.array(rows, dtype=float).reshape(-1, len(exercise.moving))


def rises(values: FloatArray, level: float, cycle: Cycle) -> int:
    """Returns how often one leg's counted measure rises from a level of rest to an attempt."""
    low = level + rest_tolerance(cycle)
    high = level + cycle.partial_from
    if not cycle.from_neutral:
        high = max(cycle.partial_from, low + rest_tolerance(cycle))
    marks = np.where(values >= high, 1, np.where(values <= low, -1, 0))
    marks = marks[marks != 0]
    return int(((marks[1:] == 1) & (marks[:-1] == -1)).sum())


def risen(poses: Sequence[Pose], found: Calibration, exercise: Exercise) -> int:
    """Returns how often the legs rise from a neutral to an attempt, over all moving sides.

    Where there is no neutral, they rise from the lowest fifth.
    """
    total = 0
    rows = counted_rows(poses, found.scene, exercise)
    for side, values in zip(exercise.moving, rows.T, strict=True):
        seen = values[np.isfinite(values)]
        level = found.neutral[exercise.cycle.measure.column(side)]
        if math.isnan(level) and seen.size:
            level = float(np.quantile(seen, LOW_SHARE))
        total += rises(values, level, exercise.cycle)
    return total


def shows_attempts(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> bool:
    """Returns whether poses show enough to tell an attempt from another movement.

    Either all that the exercise asks of an attempt is in the picture, or the legs rise one at a
    time, as they do in no squat; a near view may cut the feet off. On all fours nothing is shown.
    """
    if on_all_fours(poses, scene):
        return False
    rows = [measure_all(SeenPose.trusted(p), scene, exercise.counted_by) for p in _spread(poses)]
    shown = dict(zip(columns(exercise.counted_by), np.isfinite(rows).mean(axis=0), strict=True))
    whole = all(
        max(shown[measure.column(side)] for side in measure.sides) >= SHOWN_SHARE
        for measure in exercise.counted_by
    )
    return whole or _one_at_a_time(counted_rows(poses, scene, exercise), exercise.cycle)


def on_all_fours(poses: Sequence[Pose], scene: Scene) -> bool:
    """Returns whether no leg is ever stretched out behind, though one is mostly seen whole.

    A plank has its line from the trunk to the foot in every picture in which a foot is seen; who
    kneels on the floor has none.
    """
    if scene.position is not Position.PRONE or not PLANK_LINE.seen_in(scene):
        return False
    some = _spread(poses)
    knees = [KNEE_FLEXION.compute_each(p, KNEE_FLEXION.sides, scene) for p in some]
    whole = np.isfinite(knees).any(axis=1)
    lines = [math.isfinite(PLANK_LINE.compute(pose, Side.BOTH, scene)) for pose in some]
    return float(np.mean(whole)) >= SHOWN_SHARE and float(np.mean(lines)) < KNEELS_BELOW


def _one_at_a_time(counted: FloatArray, cycle: Cycle) -> bool:
    """Returns whether, where a leg is up and the other one is seen, that one mostly is not."""
    both_seen = counted[np.isfinite(counted).all(axis=1)]
    if both_seen.shape[1] < 2 or not len(both_seen):
        return False
    rest = np.quantile(both_seen, LOW_SHARE, axis=0) if cycle.from_neutral else 0.0
    up = (both_seen - rest >= cycle.partial_from).sum(axis=1)
    one, both = int((up == 1).sum()), int((up == 2).sum())
    return one > 0 and one >= ALTERNATING * both


def _spread(poses: Sequence[Pose], most: int = 200) -> Sequence[Pose]:
    """Returns up to about so many of some poses, spread evenly."""
    return poses[:: max(1, len(poses) // most)]


def from_cycle(poses: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    """Returns the neutral that gated poses of a person in motion show, `calm` False.

    None where the view does not show the counted measure, where it was seen for less than 1.5 s or
    no leg was at rest for half a second in all, or where the rest belongs to another posture.
    """
    scene = _hanging(scene_of(poses, exercise.position), poses)
    if not _measurable(scene, exercise) or not shows_attempts(poses, scene, exercise):
        return None
    times_s = np.array([pose.time_s for pose in poses])
    counted = counted_rows(poses, scene, exercise)
    low = _low(counted, exercise.cycle)
    seen_s = observed_s(times_s[np.isfinite(counted).any(axis=1)].tolist())
    if seen_s < SEEN_S or all(observed_s(times_s[leg].tolist()) < LOW_S for leg in low.T):
        return None
    phases = _Phases(times_s, low, exercise)
    if not all(_fits(posture, poses, scene, phases) for posture in exercise.posture):
        return None
    lows = [poses[n] for n in np.flatnonzero(low.any(axis=1)).tolist()]
    scene = with_tag(scene, lows)
    rows = np.array([measure_all(SeenPose.trusted(p), scene, exercise.measures) for p in poses])
    neutral, spread = {}, {}
    owners = [(measure, side) for measure in exercise.measures for side in measure.sides]
    for (measure, side), values in zip(owners, rows.T, strict=True):
        name = measure.column(side)
        neutral[name], spread[name] = phases.neutral(values, measure, side)
    span_s = (float(times_s[0]), float(times_s[-1]))
    return calibration_of(span_s, with_plank(scene, lows), neutral, spread, exercise, calm=False)


def _measurable(scene: Scene, exercise: Exercise) -> bool:
    """Returns whether the counted measure shows from where the camera stands."""
    if scene.view is View.UNKNOWN or not exercise.cycle.measure.seen_in(scene):
        return False
    return scene.view is not View.SIDE or scene.facing != 0


class _Phases:
    """Which frames show whose rest."""

    def __init__(self, times_s: FloatArray, low: BoolArray, exercise: Exercise) -> None:
        self._low: dict[Side, BoolArray] = dict(zip(exercise.moving, low.T, strict=True))
        self._counted = exercise.cycle.measure
        both: BoolArray = np.logical_and.reduce(low, axis=1)
        # Where one leg is always up, the trunk is judged by all of the movement.
        enough = observed_s(times_s[both].tolist()) >= LOW_S
        self._trunk = both if enough else np.ones(len(low), dtype=bool)

    def frames(self, measure: Measure, side: Side) -> BoolArray:
        """Returns which frames tell the neutral of a measure's column, as booleans."""
        own = side if measure.scope is Scope.LEG else Side.BOTH
        if measure.scope is Scope.LEG or measure is self._counted:
            return self._low.get(own, self._trunk)
        return self._trunk

    def neutral(self, values: FloatArray, measure: Measure, side: Side) -> tuple[float, float]:
        """Returns neutral and spread of a column's values."""
        if measure in PAIRED:
            return 0.0, 0.0
        frames = self.frames(measure, side)
        seen = values[frames & np.isfinite(values)]
        if seen.size < 3 or 2 * seen.size < frames.sum():
            return math.nan, math.nan
        return float(np.median(seen)), _noise(values)


def _noise(values: FloatArray) -> float:
    """Returns the spread of a column's noise, without what its movement spreads.

    From second differences, in which a steady movement cancels; those of white noise spread by the
    square root of 6 times its own spread.
    """
    bends = np.abs(np.diff(values, 2))
    seen = bends[np.isfinite(bends)]
    return 1.4826 * float(np.median(seen)) / math.sqrt(6.0) if seen.size else math.nan


def _fits(posture: Posture, poses: Sequence[Pose], scene: Scene, phases: _Phases) -> bool:
    """Returns whether the phases of rest do not contradict the start posture."""
    measure = posture.measure
    if not measure.seen_in(scene) or measure in PAIRED:
        return True
    medians = []
    for side in measure.sides:
        numbers = _some(phases.frames(measure, side))
        values = [measure.compute(poses[n], side, scene) for n in numbers]
        seen = np.array(values)[np.isfinite(values)]
        medians += [float(np.median(seen))] if seen.size else []
    return not medians or posture.met(medians)


def _some(frames: BoolArray, most: int = 60) -> list[int]:
    """Returns the numbers of up to so many of some frames, spread evenly."""
    numbers: list[int] = np.flatnonzero(frames).tolist()
    return numbers[:: max(1, len(numbers) // most)]


def _low(counted: FloatArray, cycle: Cycle) -> BoolArray:
    """Returns in which frames each leg is at its lowest, (poses, sides) of booleans."""
    low = np.zeros(counted.shape, dtype=bool)
    for column, values in enumerate(counted.T):
        seen = values[np.isfinite(values)]
        if seen.size:
            low[:, column] = values <= np.quantile(seen, LOW_SHARE) + rest_tolerance(cycle)
    return low


def _hanging(scene: Scene, poses: Sequence[Pose]) -> Scene:
    """Returns the scene with the legs as they look when they hang, not half way up."""
    thighs, drops, legs = [], [], []
    shown = [scene.levelled(pose.points(), pose.frame_size_px) for pose in poses]
    hips = [middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP) for points in shown]
    for side in (Side.LEFT, Side.RIGHT):
        hip, knee, ankle = LEG[side]
        thighs.append(_upper([length(vector(p[hip], p[knee])) for p in shown]))
        drops.append(_upper([vector(p[knee], h)[1] for p, h in zip(shown, hips, strict=True)]))
        legs.append(_upper([length(vector(h, p[ankle])) for p, h in zip(shown, hips, strict=True)]))
    return replace(
        scene,
        thigh_px=(thighs[0], thighs[1]),
        drop_px=(drops[0], drops[1]),
        leg_px=(legs[0], legs[1]),
        at_rest=False,
    )


def _upper(values: Sequence[float]) -> float:
    seen = np.array(values)[np.isfinite(values)]
    return float(np.quantile(seen, 1.0 - LOW_SHARE)) if seen.size else math.nan
