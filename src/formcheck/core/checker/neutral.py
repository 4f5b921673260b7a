"""The neutral: what a person's own start posture looks like to this camera.

Every fault is a change from it. A start posture only refuses another posture (sitting for
standing); what is unusual within the right one is this person's own, is taken and told. A neutral
comes from frames that were seen: time that passed while the camera stalled proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.core.checker.sideways import picture_advice, view_complaint
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.exercise.rules import Posture
from formcheck.core.measures import (
    PLANK_LINE,
    SIDEWAYS,
    TRUNK_PITCH,
    Measure,
    Scope,
    columns,
    measure_all,
)
from formcheck.core.measures.filtering import Conditioner
from formcheck.core.measures.pelvis import with_tag
from formcheck.core.pose.pose import FloatArray, Landmark, Pose, Side
from formcheck.core.pose.view import Position, Scene, View, scene_of
from formcheck.core.pose.visibility import SeenPose

STILL_S = 2.0
MIN_VALID = 0.8
SEEN_S, SEEN_FRAMES = 1.5, 8
"""Seconds of seen time, and frames, from which a neutral is taken: of two still seconds, half a
second may be lost."""
STEP_S = 0.4
"""A longer gap between two frames was not seen."""
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
        By column, the model's error in the start posture where anatomy tells it: `neutral` is
        without it, and so are later readings, as far as the error is left there.
    doubts : mapping of str to str
        By column, why nothing within the limit can be vouched for, though the column is seen.
    lent : frozenset of str
        The columns of a leg that was hidden in the start posture: their neutral is the other leg's.
    calm : bool
        False when the person never stood still and the baseline comes from frames in motion.
    notes : tuple of str
        What is unusual about the start posture, and which neutrals were held to a usual value.
    hints : tuple of str
        What to do about each of them.
    after_cuts_s : tuple of float
        The times at which a film is cut to where this neutral holds.
    """

    start_s: float
    end_s: float
    scene: Scene
    neutral: Mapping[str, float]
    sd: Mapping[str, float]
    offsets: Mapping[str, float] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    lent: frozenset[str] = frozenset()
    calm: bool = True
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    after_cuts_s: tuple[float, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a neutral at all: without one movements are found, but not judged."""
        return any(math.isfinite(value) for value in self.neutral.values())


def observed_s(times_s: Sequence[float]) -> float:
    """Returns for how long something was seen, given the times of the frames that show it.

    A gap of more than 0.4 s between two frames was not seen.
    """
    return float(sum(step for step in np.diff(times_s) if step <= STEP_S))


def enough(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> bool:
    """Returns whether gated poses show the counted measure for long enough to take a neutral."""
    counted = exercise.cycle.measure
    seen_s = [
        pose.time_s
        for pose in poses
        if any(map(math.isfinite, counted.compute_each(pose, exercise.moving, scene)))
    ]
    # A hundredth of slack: sums of frame times must not hang on how they are rounded.
    return len(seen_s) >= SEEN_FRAMES and observed_s(seen_s) >= SEEN_S - 0.01


def assess(poses: Sequence[Pose], exercise: Exercise) -> Calibration | str:
    """Returns the neutral from a stretch of gated poses, or what the person should change."""
    scene = scene_of(poses, exercise.position)
    refused = start_complaint(poses, scene, exercise)
    return refused or baseline(poses, scene, exercise, calm=True)


def start_complaint(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> str | None:
    """Returns what keeps a stretch of gated poses from being a neutral; None where nothing does."""
    if scene.view is View.UNKNOWN or math.isnan(scene.trunk_px):
        return exercise.step_in
    if scene.view is View.SIDE and scene.facing == 0:
        return SHOW_FACING
    complaint = picture_advice(poses, scene, exercise)
    complaint = complaint or view_complaint(scene, exercise)
    complaint = complaint or posture_complaint(poses, scene, exercise)
    if complaint is None and sway(poses, scene.trunk_px) > MAX_SWAY:
        return STAND_STILL
    return complaint


def sway(poses: Sequence[Pose], trunk_px: float) -> float:
    """Returns the largest spread of the body's main points, in trunk lengths; inf if unseen."""
    points = np.array([p.image_px[_WATCHED] for p in poses])
    seen = np.isfinite(points[:, :, 0]).mean(axis=0) >= MIN_VALID
    if seen.sum() < len(_WATCHED) // 2:
        return math.inf
    return float(np.nanstd(points[:, seen], axis=0).max()) / trunk_px


def posture_complaint(poses: Sequence[Pose], scene: Scene, exercise: Exercise) -> str | None:
    """Returns what to change where gated poses show another posture than the start posture."""
    for posture in exercise.posture:
        if not posture.measure.seen_in(scene):
            continue
        medians = _observed_medians(poses, scene, posture.measure)
        if not medians and not posture.optional:
            return f"Your {posture.measure.needs} must be in the picture."
        if medians and not posture.met(medians):
            return posture.say
    return None


def _observed_medians(poses: Sequence[Pose], scene: Scene, measure: Measure) -> list[float]:
    """Returns the median of a measure for each side that was seen in most of the poses."""
    medians = []
    for values in np.array([measure.compute_each(p, measure.sides, scene) for p in poses]).T:
        if np.isfinite(values).mean() >= MIN_VALID:
            medians.append(float(np.nanmedian(values)))
    return medians


def baseline(poses: Sequence[Pose], scene: Scene, exercise: Exercise, *, calm: bool) -> Calibration:
    """Returns the medians and spreads of a stretch of gated poses, taken as the neutral.

    The spread is that of filtered values, which are what is judged: at 15 frames a second the
    filter halves the noise of a still body. Poses in motion follow each other too loosely for it.
    """
    names = columns(exercise.measures)
    scene = with_tag(scene, poses)
    rows = np.array([measure_all(SeenPose.trusted(p), scene, exercise.measures) for p in poses])
    conditioner = Conditioner.of_columns(names, exercise.smoothing)
    times_s = [pose.time_s for pose in poses]
    steady = np.array([conditioner.update(t, row) for t, row in zip(times_s, rows, strict=True)])
    neutral = dict(zip(names, _medians(rows), strict=True))
    noisy = steady if calm else rows
    deviations = np.abs(noisy - _medians(noisy))
    spread = dict(zip(names, _medians(1.4826 * deviations), strict=True))
    span_s = (times_s[0], times_s[-1])
    return calibration_of(span_s, with_plank(scene, poses), neutral, spread, exercise, calm=calm)


def _medians(rows: FloatArray) -> list[float]:
    """Returns the median of each column; NaN where less than half of it, or of three, was seen."""
    fewest = max(3, len(rows) // 2)
    seen = [values[np.isfinite(values)] for values in rows.T]
    # Always the same NaN: mappings are equal where they hold one object, as calibrations must be.
    return [float(np.median(values)) if values.size >= fewest else math.nan for values in seen]


def calibration_of(
    span_s: tuple[float, float],
    scene: Scene,
    neutral: dict[str, float],
    spread: dict[str, float],
    exercise: Exercise,
    *,
    calm: bool,
) -> Calibration:
    """Returns a calibration; its neutral is held to what a start posture can be, and says so.

    Parameters
    ----------
    span_s : (float, float)
        First and last second it was taken from.
    scene : Scene
        What the camera saw then.
    neutral, spread : dict of str to float
        By column; changed in place.
    exercise : Exercise
        Gives the start posture.
    calm : bool
        Whether the person kept still.
    """
    lent = _borrow(neutral, exercise)
    _borrow(spread, exercise)
    # A person in motion is in no posture that anatomy knows the angles of.
    offsets = _offsets(neutral, scene, exercise) if calm else {}
    neutral |= {name: neutral[name] - error for name, error in offsets.items()}
    notes, hints = [], []
    for posture in exercise.posture:
        own = (posture.measure.column(side) for side in posture.measure.sides)
        unusual = {c: neutral[c] for c in own if not posture.usual(neutral.get(c, math.nan))}
        if unusual:
            notes.append(_unusual(posture, max(unusual.values(), key=posture.beyond)))
            hints.append(posture.say)
        neutral |= {column: posture.cap(value) for column, value in unusual.items()}
    return Calibration(
        start_s=span_s[0],
        end_s=span_s[1],
        scene=scene,
        neutral=neutral,
        sd=spread,
        offsets=offsets,
        lent=lent,
        calm=calm,
        notes=tuple(notes),
        hints=tuple(hints),
    )


def with_plank(scene: Scene, poses: Sequence[Pose]) -> Scene:
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


def _unusual(posture: Posture, value: float) -> str:
    """Returns the sentence about a neutral outside the usual band."""
    side, bound = ("up to", posture.usual_high)
    if value < posture.usual_low:
        side, bound = ("from", posture.usual_low)
    against = "that bound" if posture.capped else "your own posture"
    here, usual = (shown(number, posture.measure) for number in (value, bound))
    return (
        f"Unusual start posture: {posture.measure.name.replace('_', ' ')} {here}, usual {side}"
        f" {usual}; changes are measured from {against}. {posture.say}"
    )


def shown(value: float, measure: Measure) -> str:
    """Returns a value with its unit: whole degrees, or per cent of the trunk."""
    return f"{value:.0f}°" if measure.unit == "deg" else f"{100 * value:.1f} % of the trunk"


def _borrow(values: dict[str, float], exercise: Exercise) -> frozenset[str]:
    """Gives a leg that was hidden in the start posture the other leg's value; returns which.

    From the side the near leg hides the far one while both stand alike; the far one shows as soon
    as the near one lifts.
    """
    legs = [measure for measure in exercise.measures if measure.scope is Scope.LEG]
    pairs = [(measure.column(Side.LEFT), measure.column(Side.RIGHT)) for measure in legs]
    lent = {
        own: values[other]
        for pair in pairs
        for own, other in (pair, pair[::-1])
        if math.isnan(values[own]) and not math.isnan(values[other])
    }
    values |= lent
    return frozenset(lent)
