"""Recognises the exercise of a recording from the movement.

Every exercise of the catalogue is tried on the poses. Its start posture says how the body lies to
gravity: only exercises that fit are tried further. Repetitions of full range, at the exercise's
pace and with its bend of the knee, speak for it; attempts without any of these speak against it.
The fits of all, and a share that is always reserved for "something else", make the confidence.
Nothing here knows a single exercise, so a new one is recognised too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.recorded_neutrals import find_neutrals
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.exercise.exercise import Exercise, Leg
from formcheck.core.measures import KNEE_FLEXION, REACH
from formcheck.core.measures.filtering import FAST
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import FloatArray, Pose, Side
from formcheck.core.pose.view import Position, Scene
from formcheck.core.pose.visibility import gate
from formcheck.errors import NotRecognised
from formcheck.exercises import built_in, get_exercise

AUTO = "auto"
"""What asks for recognition where an exercise is named."""
RECOGNISED = "The exercise was recognised from the movement: {} ({:.0f} % sure)."
SURE = 0.70
"""The least confidence with which an exercise is recognised."""
PROOF = 0.6
"""The least fit: a single repetition gives 0.5 at best, and anybody lifts a leg now and then."""
ELSE = 0.15
"""Weight of "something else", against at most 1 for each exercise."""
STEP_S, LIFT_S, WIDTH = 1.0, 0.7, 0.2
"""Times from one top to the next, and of one lift: shorter is fast, longer is slow. The width, in
log seconds, is how quickly that gets clear: at 1.2 times the bound it is 3 to 1."""
HASTE_S = 0.22
"""A person steps four or five times a second at most; quicker, the model trades a held leg's name
to and fro."""
BENT_DEG = 40.0
"""A knee bent more than this at the top is no straight leg."""
NEAR_S = 0.10
"""The bend of the knee is read within this time of the top."""
HANDS_UP, HANDS_DOWN = 0.35, -0.45
"""Trunk lengths: a person who hangs has the hands this far above the shoulders (as the start
posture asks), a person in a plank this far below them. The bounds are house defaults."""
BEYOND = 1.4
"""At so many times an upper limit the lift is another exercise's rather than a faulty one."""
UNLIKE = 0.1
"""The weight of a repetition with one trait of another exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An exercise that the recording may show.

    Attributes
    ----------
    slug : str
        The exercise.
    fit : float
        How well the movement fits it, 0 to 1.
    share : float
        Its share of the fits of all and of something else.
    """

    slug: str
    fit: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The exercises that a movement may be.

    Attributes
    ----------
    candidates : tuple of Candidate
        Those with any fit, the best first.
    """

    candidates: tuple[Candidate, ...]

    @property
    def confidence(self) -> float:
        """Share of the best, 0 to 1; 0 where nothing fits."""
        return self.candidates[0].share if self.candidates else 0.0

    @property
    def slug(self) -> str | None:
        """The exercise; None where the movement leaves a doubt."""
        sure = self.confidence >= SURE and self.candidates[0].fit >= PROOF
        return self.candidates[0].slug if sure else None

    def require(self, path: str) -> str:
        """Returns the exercise's slug.

        Raises
        ------
        NotRecognised
            The movement leaves a doubt; the error names the nearest exercises.
        """
        if self.slug is not None:
            return self.slug
        raise NotRecognised(path, [(one.slug, one.share) for one in self.candidates[:3]], SURE)


def recognise(poses: Sequence[Pose], own: Sequence[Exercise] = ()) -> Recognition:
    """Returns the exercises that the poses of a recording may show.

    Parameters
    ----------
    poses : sequence of Pose
        In order of time; estimated with outlines and turned pictures.
    own : sequence of Exercise
        Exercises from elsewhere that it may show beside formcheck's own.
    """
    known = [*(get_exercise(slug) for slug in built_in()), *own]
    evidence = {exercise.slug: _evidence(poses, exercise) for exercise in known}
    most = max((like for like, _ in evidence.values()), default=0.0)
    # Two repetitions are three quarters of a proof, three are seven eighths. Attempts that are like
    # nothing speak against it, and so do repetitions that it passes over and another one sees.
    fits = {
        slug: (1.0 - 0.5**like) * (like / attempts) * (like / most)
        for slug, (like, attempts) in evidence.items()
        if like > 0.0
    }
    total = ELSE + sum(fits.values())
    found = [
        Candidate(slug=slug, fit=value, share=value / total)
        for slug, value in fits.items()
        if value > 0.01
    ]
    return Recognition(candidates=tuple(sorted(found, key=lambda one: -one.fit)))


def recognised(poses: Sequence[Pose], path: str, own: Sequence[Exercise] = ()) -> tuple[str, str]:
    """Returns the slug of the exercise that poses show, and the remark that it was recognised.

    Raises
    ------
    NotRecognised
        The movement leaves a doubt; the error names the recording by its path.
    """
    found = recognise(poses, own)
    slug = found.require(path)
    titles = {exercise.slug: exercise.title for exercise in own}
    title = titles.get(slug) or get_exercise(slug).title
    return slug, RECOGNISED.format(title, 100 * found.confidence)


def _evidence(poses: Sequence[Pose], exercise: Exercise) -> tuple[float, int]:
    """Returns how many repetitions there are like those of an exercise, and how many attempts."""
    neutrals = [neutral for neutral in find_neutrals(poses, exercise) if neutral.known]
    if not neutrals:
        return 0.0, 0
    calibration = neutrals[0]
    checker = FormChecker(exercise, calibration=calibration, others=neutrals[1:])
    seen = _Seen(calibration.scene)
    for pose in poses:
        seen.note(pose, checker.update(pose).measures)
    reps = checker.finish(SourceInfo(path="", width=0, height=0)).reps
    full = [rep for rep in reps if rep.peak_deg >= exercise.cycle.top]
    # What could not be judged even once may be anything: nothing of it speaks for the exercise.
    if not full or all(rep.verdict is Verdict.UNVERIFIED for rep in reps):
        return 0.0, len(reps)
    like = sum(_likeness(rep, exercise, seen) for rep in full) * _pace(full, exercise)
    if not _held_by(exercise.position, seen.reach()):
        like *= UNLIKE
    return like, len(reps)


class _Seen:
    """Height of the hands and bend of the knees, over time."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._rows: list[tuple[float, float, float, float]] = []

    def note(self, pose: Pose, measures: Mapping[str, float]) -> None:
        """Takes in one pose and its measures."""
        left, right = (KNEE_FLEXION.column(side) for side in (Side.LEFT, Side.RIGHT))
        self._rows.append(
            (
                pose.time_s,
                measures.get(left, math.nan),
                measures.get(right, math.nan),
                REACH.compute(gate(pose), Side.BOTH, self._scene),
            )
        )

    def reach(self) -> float:
        """Returns the median height of the hands over the shoulders; NaN if they were not seen."""
        return _median(np.array(self._rows)[:, 3])

    def bend_deg(self, time_s: float, side: Side) -> float:
        """Returns how bent a knee, or both, were around a moment; NaN if unseen."""
        rows = np.array(self._rows)
        near = rows[np.abs(rows[:, 0] - time_s) <= NEAR_S]
        legs = {Side.LEFT: [1], Side.RIGHT: [2], Side.BOTH: [1, 2]}[side]
        return _median(near[:, legs].ravel())


def _median(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else math.nan


def _held_by(position: Position, reach: float) -> bool:
    """Returns whether this height of the hands goes with a position; True if unseen."""
    if math.isnan(reach):
        return True
    if position is Position.HANGING:
        return reach > HANDS_UP
    if position is Position.PRONE:
        return reach < HANDS_DOWN
    return reach > HANDS_DOWN if position is Position.SUPINE else reach < HANDS_UP


def _likeness(rep: Rep, exercise: Exercise, seen: _Seen) -> float:
    """Returns how much a repetition of full range looks like one of this exercise, 0 to 1."""
    straight = any(f.code == "bent-knee" and f.leg is Leg.MOVING for f in exercise.faults)
    if straight and seen.bend_deg(rep.top_s, rep.side) > BENT_DEG:
        return UNLIKE
    if not straight and exercise.position is Position.SUPINE:
        bend_deg = seen.bend_deg(rep.top_s, rep.side)
        if bend_deg <= BENT_DEG:
            return UNLIKE
    # Far beyond an upper limit of the counted measure, a higher movement is meant.
    above = {f.code for f in exercise.faults if f.measure is exercise.cycle.measure}
    beyond = any(f.code in above and f.worst > BEYOND * f.limit > 0 for f in rep.faults)
    return UNLIKE if beyond else 1.0


def _pace(reps: Sequence[Rep], exercise: Exercise) -> float:
    """Returns how well the rhythm fits a fast or a slow exercise, 0 to 1."""
    lift_s = float(np.median([rep.end_s - rep.start_s for rep in reps]))
    tops_s = np.sort([rep.top_s for rep in reps])
    step_s = float(np.median(np.diff(tops_s))) if len(reps) > 1 else math.nan
    # A slow exercise's counter misses most fast steps, so that the steps look long.
    slow = (
        _slow(lift_s, LIFT_S)
        if math.isnan(step_s)
        else min(_slow(lift_s, LIFT_S), _slow(step_s, STEP_S))
    )
    if exercise.smoothing is not FAST:
        return slow
    # Legs that lift together look like quick steps, but each of their lifts is long.
    slow = _slow(lift_s, STEP_S)
    if math.isnan(step_s):
        return 1.0 - slow
    return (1.0 - max(slow, _slow(step_s, STEP_S))) * _slow(step_s, HASTE_S)


def _slow(duration_s: float, bound_s: float) -> float:
    """Returns how surely a duration is long, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-math.log(max(duration_s, 1e-3) / bound_s) / WIDTH))
