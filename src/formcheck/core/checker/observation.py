"""One frame as the judges of the legs get it: measured, filtered, with the clues on the legs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures import (
    LUMBAR_EXTENSION,
    LUMBAR_GAP,
    PELVIC_OBLIQUITY,
    PELVIC_TILT,
    columns,
    plausible_ranges,
    readings,
)
from formcheck.core.measures.filtering import Conditioner
from formcheck.core.pose.leg_swaps import LegClues
from formcheck.core.pose.pose import FloatArray, Side
from formcheck.core.pose.view import Scene
from formcheck.core.pose.visibility import SeenPose

_GAP = LUMBAR_GAP.column(Side.BOTH)
_BY_TAG = columns((PELVIC_TILT, LUMBAR_EXTENSION, PELVIC_OBLIQUITY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one frame tells of the exercise.

    Attributes
    ----------
    time_s : float
        The frame's time stamp.
    measures : mapping of str to float
        Filtered, by column name; NaN where not seen.
    followed : mapping of str to float
        Filtered as well, for the columns that are counted by, from half-seen landmarks too.
    legs : LegClues
        What the frame tells of which leg is which.
    doubts : mapping of str to str
        By column name, why a value is NaN, where that is known.
    impossible : mapping of str to float
        By column name, what was read where no body can be so; the value itself is then NaN.
    """

    time_s: float
    measures: Mapping[str, float]
    followed: Mapping[str, float]
    legs: LegClues = field(default_factory=LegClues)
    doubts: Mapping[str, str] = field(default_factory=dict)
    impossible: Mapping[str, float] = field(default_factory=dict)


class Observer:
    """Measures the poses of an exercise and filters the values; a new neutral needs a new one.

    Parameters
    ----------
    exercise : Exercise
        Says what is measured, and how it is smoothed.
    offsets : mapping of str to float
        By column, the model's error at rest. It is taken off every reading, as much of it as is
        left there; see `remaining`.
    neutral : mapping of str to float
        By column, what the start posture reads without that error.
    """

    def __init__(
        self,
        exercise: Exercise,
        offsets: Mapping[str, float] = MappingProxyType({}),
        neutral: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self._exercise = exercise
        self._names = columns(exercise.measures)
        self._counted_by = exercise.counted_by
        self._followed = columns(self._counted_by)
        # Where in a row the followed columns stand.
        self._also = [self._names.index(name) for name in self._followed]
        names = (*self._names, *self._followed)
        ranges = (*plausible_ranges(exercise.measures), *plausible_ranges(self._counted_by))
        self._low, self._high = np.array(ranges).T
        self._offsets = np.array([offsets.get(name, 0.0) for name in names])
        # What the start posture reads with the error; 0 where none is known.
        self._rest = self._offsets + np.array([neutral.get(n, 0.0) for n in names])
        self._conditioner = Conditioner.of_columns(names, exercise.smoothing)

    @property
    def nothing(self) -> dict[str, float]:
        """The measures of a frame in which nothing is measured: NaN in every column."""
        return dict.fromkeys(self._names, math.nan)

    def observe(self, seen: SeenPose, scene: Scene, legs: LegClues) -> Observation:
        """Measures one pose and returns the observation.

        Parameters
        ----------
        seen : SeenPose
            The pose, with what of it may be believed in this scene.
        scene : Scene
            Where the camera stands, from the calibration.
        legs : LegClues
            What the frame tells of which leg is which.
        """
        guessed = seen.half_seen(scene) if self._exercise.counts_half_seen else seen
        row = readings(seen, scene, self._exercise.measures)
        same = guessed.points is seen.points
        also = [row[n] for n in self._also] if same else readings(guessed, scene, self._counted_by)
        raw = np.array(row + also)
        wrong = (raw < self._low) | (raw > self._high)
        impossible = {}
        if wrong.any():
            names = (*self._names, *self._followed)
            impossible = {names[index]: float(raw[index]) for index in np.flatnonzero(wrong)}
            raw[wrong] = np.nan
        steady = self._conditioner.update(
            seen.time_s, raw - remaining(self._offsets, raw - self._rest)
        )
        outline, tag = seen.pose.lumbar_doubt, seen.pose.pelvis
        doubts = {_GAP: outline} if outline else {}
        if tag is not None and tag.doubt:
            doubts |= dict.fromkeys(_BY_TAG, tag.doubt)
        return Observation(
            time_s=seen.time_s,
            measures=_named(self._names, steady[: len(self._names)]),
            followed=_named(self._followed, steady[len(self._names) :]),
            legs=legs,
            doubts=doubts,
            impossible=impossible,
        )


def remaining(offsets: FloatArray, change_deg: FloatArray) -> FloatArray:
    """Returns what is left of errors at rest when the limbs have turned.

    At rest the error is a hip point that lies off the line of the thigh. It stays with the trunk:
    once the thigh is at right angles to where it was, the hip point lies off along the thigh, and
    turns it by nothing. So the error goes with the cosine. Near legs of the tuning bodies were off
    by 2.3 degrees so while hanging, 3.7 with the whole error taken off, 4.2 with none of it.

    Parameters
    ----------
    offsets : (columns,) float64
        The errors at rest, in degrees.
    change_deg : (columns,) float64
        How far each reading is from what it reads at rest; NaN where not seen.

    Returns
    -------
    (columns,) float64
        In degrees; 0 where there is no error at rest.
    """
    turned = np.radians(np.clip(np.abs(change_deg), 0.0, 90.0))
    return np.where(offsets == 0.0, 0.0, offsets * np.cos(turned))


def _named(names: tuple[str, ...], row: FloatArray) -> dict[str, float]:
    return dict(zip(names, row.tolist(), strict=True))
