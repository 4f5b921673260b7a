"""The neutral baseline: what a person's own start posture looks like to this camera.

Every fault is a change from it. Live it is taken from the first stretch of standing still; from a
recording the calmest stretch is taken, wherever it is.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.exercise import Exercise
from formcheck.filtering import FAST
from formcheck.framing import cut_off
from formcheck.gating import gate
from formcheck.measures import Measure, Scope, columns, measure_all
from formcheck.pose import Landmark, Pose, Side
from formcheck.view import Scene, View, observe

STILL_S = 2.0
GLANCE_S = 0.5
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A person's neutral posture in front of one camera.

    Attributes
    ----------
    start_s, end_s : float
        The stretch it was taken from.
    scene : Scene
        View, facing and body lengths during it.
    neutral : mapping of str to float
        Median of each column; NaN where it was not observed.
    sd : mapping of str to float
        Spread of each column, 1.4826 times its median absolute deviation.
    calm : bool
        False when the person never stood still and the baseline comes from scattered frames.
    """

    start_s: float
    end_s: float
    scene: Scene
    neutral: Mapping[str, float]
    sd: Mapping[str, float]
    calm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationProgress:
    """How far a live calibration is.

    Attributes
    ----------
    prompt : str
        What the person should do now.
    remaining_s : float | None
        Seconds of stillness still needed; None while the posture is not right yet.
    calibration : Calibration | None
        Set when done.
    """

    prompt: str
    remaining_s: float | None = None
    calibration: Calibration | None = None


def assess(poses: Sequence[Pose], exercise: Exercise) -> Calibration | str:
    """Return the baseline that a stretch of gated poses gives, or what the person should change."""
    scene = observe(poses, exercise.position)
    if scene.view is View.UNKNOWN or math.isnan(scene.trunk_px):
        return exercise.step_in
    if scene.view is View.SIDE and scene.facing == 0:
        return "Show your feet or your face to the camera."
    complaint = _view_complaint(scene, exercise) or _posture_complaint(poses, scene, exercise)
    if complaint is None and sway(poses, scene.trunk_px) > MAX_SWAY:
        complaint = STAND_STILL
    if complaint is not None:
        return complaint
    return _baseline(poses, scene, exercise, calm=True)


def sway(poses: Sequence[Pose], trunk_px: float) -> float:
    """Return the largest spread of the body's main points, in trunk lengths; inf if unseen."""
    points = np.array([p.image_px[_WATCHED] for p in poses])
    seen = np.isfinite(points[:, :, 0]).mean(axis=0) >= MIN_VALID
    if seen.sum() < len(_WATCHED) // 2:
        return math.inf
    return float(np.nanstd(points[:, seen], axis=0).max()) / trunk_px


def turn_advice(view: View, exercise: Exercise) -> str | None:
    """Return how to turn so that the exercise can be judged; None where the view is right."""
    if view in exercise.views or view is View.UNKNOWN:
        return None
    if View.FRONT in exercise.views:
        return "Turn your side, or your front, straight to the camera."
    if exercise.position.level:
        return "Put the camera low and straight at your side."
    return "Turn your side straight to the camera."


def _view_complaint(scene: Scene, exercise: Exercise) -> str | None:
    """Return how to turn where the repetitions could not even be counted from this view."""
    if scene.view in exercise.cycle.measure.views:
        return None
    return turn_advice(scene.view, exercise)


def _posture_complaint(
    poses: Sequence[Pose], scene: Scene, exercise: Exercise, *, either: bool = False
) -> str | None:
    """Return what is wrong with the posture; with `either`, one leg's posture is enough."""
    enough = any if either else all
    for posture in exercise.posture:
        if scene.view not in posture.measure.views:
            continue
        medians = _observed_medians(poses, scene, posture.measure)
        if not medians and not posture.optional:
            return f"Your {posture.measure.needs} must be in the picture."
        if medians and not enough(posture.low <= value <= posture.high for value in medians):
            return posture.say
    return None


def _observed_medians(poses: Sequence[Pose], scene: Scene, measure: Measure) -> list[float]:
    """Return the median of a measure for each side that was seen in most of the poses."""
    medians = []
    for side in measure.sides:
        values = np.array([measure.compute(p, side, scene) for p in poses])
        if np.isfinite(values).mean() >= MIN_VALID:
            medians.append(float(np.nanmedian(values)))
    return medians


def _baseline(
    poses: Sequence[Pose], scene: Scene, exercise: Exercise, *, calm: bool
) -> Calibration:
    rows = np.array([measure_all(p, scene, exercise.measures) for p in poses])
    neutral, spread = {}, {}
    for name, values in zip(columns(exercise.measures), rows.T, strict=True):
        seen = values[np.isfinite(values)]
        enough = seen.size >= max(3, len(values) // 2)
        middle = float(np.median(seen)) if enough else math.nan
        neutral[name] = middle
        spread[name] = 1.4826 * float(np.median(np.abs(seen - middle))) if enough else math.nan
    _borrow(neutral, exercise)
    _borrow(spread, exercise)
    return Calibration(
        start_s=poses[0].time_s,
        end_s=poses[-1].time_s,
        scene=scene,
        neutral=neutral,
        sd=spread,
        calm=calm,
    )


def _borrow(values: dict[str, float], exercise: Exercise) -> None:
    """Give a leg that was hidden in the start posture the other leg's value.

    From the side the near leg hides the far one while both stand alike; the far one shows as soon
    as the near one lifts.
    """
    for measure in exercise.measures:
        if measure.scope is Scope.LEG:
            left, right = measure.column(Side.LEFT), measure.column(Side.RIGHT)
            for own, other in ((left, right), (right, left)):
                if math.isnan(values[own]):
                    values[own] = values[other]


class Calibrator:
    """Takes the baseline live: waits for the start posture, counts down, measures.

    Parameters
    ----------
    exercise : Exercise
        Gives the start posture.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._poses: deque[Pose] = deque()
        self._cut_off: str | None = None
        self._right_since_s: float | None = None
        self._checked_s = -math.inf
        self._progress = CalibrationProgress(prompt=exercise.step_in)

    def update(self, pose: Pose) -> CalibrationProgress:
        """Take in one pose, not gated yet, and return how far the calibration is."""
        self._cut_off = cut_off(pose, self._exercise.position)
        self._poses.append(gate(pose))
        while pose.time_s - self._poses[0].time_s > STILL_S:
            self._poses.popleft()
        # Ten looks a second are plenty, and leave the frame's time to the rest.
        if pose.time_s - self._checked_s >= 0.1:
            self._checked_s = pose.time_s
            self._progress = self._check(pose.time_s)
        return self._progress

    def _check(self, now_s: float) -> CalibrationProgress:
        glance = [p for p in self._poses if now_s - p.time_s <= GLANCE_S]
        verdict = assess(glance, self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationProgress(prompt=self._advice(verdict))
        if self._right_since_s is None:
            self._right_since_s = glance[0].time_s
        remaining_s = STILL_S - (now_s - self._right_since_s)
        # A tenth less than the window holds, or the window would never be full.
        if remaining_s > 0.1:
            return CalibrationProgress(
                prompt=self._exercise.start_prompt, remaining_s=round(remaining_s, 2)
            )
        verdict = assess(tuple(self._poses), self._exercise)
        if isinstance(verdict, str):
            self._right_since_s = None
            return CalibrationProgress(prompt=self._advice(verdict))
        return CalibrationProgress(prompt="Go.", remaining_s=0.0, calibration=verdict)

    def _advice(self, complaint: str) -> str:
        """Return the complaint in the words that help most."""
        if self._cut_off is not None:
            return self._cut_off
        return self._exercise.start_prompt if complaint == STAND_STILL else complaint


def calmest(poses: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    """Return the baseline from a recording's calmest stretch in the start posture.

    Stretches of 2 s are tried from the stillest on. If the person never stands still in the start
    posture, the frames in which the posture is right are taken together, however scattered: their
    larger spread then widens every limit, and `calm` is False. None if there are too few of those.
    """
    gated = [gate(p) for p in poses]
    times = np.array([p.time_s for p in gated])
    stretches = []
    for start_s in np.arange(times[0], max(times[0], times[-1] - STILL_S) + 1e-9, 0.25):
        first, last = np.searchsorted(times, [start_s, start_s + STILL_S + 1e-9])
        stretch = gated[first:last]
        if len(stretch) >= 8 and stretch[-1].time_s - stretch[0].time_s >= 0.75 * STILL_S:
            trunk_px = observe(stretch[:: max(1, len(stretch) // 8)], exercise.position).trunk_px
            stillness = sway(stretch, trunk_px) if trunk_px > 0 else math.inf
            if stillness <= MAX_SWAY:
                stretches.append((stillness, int(first), int(last)))
    for _, first, last in sorted(stretches):
        verdict = assess(gated[first:last], exercise)
        if isinstance(verdict, Calibration):
            return verdict
    return _scattered(gated, exercise)


def _scattered(gated: Sequence[Pose], exercise: Exercise) -> Calibration | None:
    seen = [p for p in gated if p.is_seen]
    if len(seen) < 15:
        return None
    scene = observe(seen, exercise.position)
    if scene.view is View.UNKNOWN or _view_complaint(scene, exercise) is not None:
        return None
    # In fast exercises one leg is always on its way: the other one's posture then has to do.
    either = exercise.smoothing is FAST
    right = [p for p in seen if _posture_complaint((p,), scene, exercise, either=either) is None]
    if len(right) < 15:
        return None
    # Body lengths and facing once more, from the frames that count.
    return _baseline(right, observe(right, exercise.position), exercise, calm=False)


def complaint(poses: Sequence[Pose], exercise: Exercise) -> str:
    """Return what most often kept a recording from showing the start posture."""
    seen = [p for p in poses if p.is_seen]
    framing = [cut_off(p, exercise.position) for p in seen[::5]]
    gated = [gate(p) for p in seen]
    scene = observe(gated, exercise.position)
    if scene.view is View.UNKNOWN:
        return _most(framing) or exercise.step_in
    said = [
        cut or _view_complaint(scene, exercise) or _posture_complaint((p,), scene, exercise)
        for cut, p in zip(framing, gated[::5], strict=True)
    ]
    return _most([complaint or STAND_STILL for complaint in said]) or STAND_STILL


def _most(said: Sequence[str | None]) -> str | None:
    """Return what was said most often."""
    return max(sorted(set(said), key=str), key=said.count) if said else None
