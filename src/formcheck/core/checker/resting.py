"""Tells the rest from the held top, in the counted measure of a recording.

A held top may be as still as the rest, and last longer. The rest is where the movement rises from,
again and again; where no rest lasts for two seconds, several short ones together show it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcheck.core.checker.cycle_neutral import LOW_S, rest_tolerance, rises
from formcheck.core.checker.neutral import SEEN_S, STEP_S, observed_s
from formcheck.core.exercise.exercise import Cycle, Exercise
from formcheck.core.pose.pose import FloatArray
from formcheck.core.pose.visibility import BoolArray

HIGH_SHARE = 0.95
"""The share of its values under which a leg is not at its highest."""
RISES_SHARE, RESTS_SHARE = 0.8, 0.5
"""Shares of the best stretch: as many rises out of it, as much of the time spent at its level."""
AGAIN = 2
"""So often a lower level is come back to where what lies above it is a top."""
LOW_SHARE = 0.05
"""The share of its values in which a leg is at its very lowest."""


def at_rest(levels: FloatArray, counted: FloatArray, exercise: Exercise) -> list[int]:
    """Returns which stretches are at rest in the counted measure, in the order they came.

    A stretch is at rest if the recording rises from its level about as often as from the best
    stretch's, and spends about as much of its time there. The held top of a straight leg raise is
    as still as its rest, but nothing rises from it.

    Parameters
    ----------
    levels : (stretches, sides) float64
        The counted measure of each moving side in each stretch; NaN where not seen.
    counted : (poses, sides) float64
        The same in every pose of the vantage.
    exercise : Exercise
        Gives the cycle.
    """
    cycle = exercise.cycle
    out_of = np.array([_rises(level, counted, exercise) for level in levels])
    near = np.abs(counted[:, None, :] - levels[None]) <= rest_tolerance(cycle)
    # A side that is not seen says nothing against it.
    there = (near | np.isnan(counted[:, None, :]) | np.isnan(levels[None])).all(axis=2).mean(axis=0)
    rising = out_of >= RISES_SHARE * out_of.max()
    usual = there >= RESTS_SHARE * there[rising].max()
    return np.flatnonzero(rising & usual).tolist()


def _rises(level: FloatArray, counted: FloatArray, exercise: Exercise) -> float:
    """Returns how often the legs rise from a level, times how high: a leg that drifts counts less.

    While one leg is held up the other one may drift by as much as a low attempt rises.
    """
    total = 0.0
    for own, values in zip(level.tolist(), counted.T, strict=True):
        if not math.isnan(own) and np.isfinite(values).any():
            height = float(np.nanquantile(values, HIGH_SHARE)) - own
            total += rises(values, own, exercise.cycle) * max(0.0, height)
    return total


def held_top(
    level: Sequence[float], counted: FloatArray, times_s: FloatArray, exercise: Exercise
) -> bool:
    """Returns whether a still stretch is a held top: the legs come down from it again and again.

    They do so more often than they rise from it: who stretches both legs out before and after a set
    comes down from its rest, too. The legs are looked at together. While one is held up the other
    one sinks by as much as a low attempt rises, but never by as much as the one is lifted.

    Parameters
    ----------
    level : sequence of float
        The counted measure of each moving side in the stretch; NaN where not seen.
    counted : (poses, sides) float64
        The same in every pose of the vantage.
    times_s : (poses,) float64
        When each was seen.
    exercise : Exercise
        Gives the cycle.
    """
    cycle = exercise.cycle
    own = np.array(level)
    if not cycle.from_neutral and not (own >= cycle.partial_from).any():
        return False
    above = np.nansum(counted - own, axis=1)
    low = above <= -_height(cycle)
    if observed_s(times_s[low].tolist()) < LOW_S:
        return False
    falls = _visits(low, above >= -rest_tolerance(cycle))
    climbs = _visits(above >= _height(cycle), above <= rest_tolerance(cycle))
    return falls >= AGAIN and falls > climbs


def _visits(there: BoolArray, back: BoolArray) -> int:
    """Returns how often frames are there, having been back in between."""
    marks = np.where(there, 1, np.where(back, -1, 0))
    marks = marks[marks != 0]
    return int(((marks == 1) & (np.concatenate([[-1], marks[:-1]]) == -1)).sum())


def _height(cycle: Cycle) -> float:
    """Returns how far over the rest a leg is surely up."""
    return cycle.partial_from - (0.0 if cycle.from_neutral else cycle.start)


def short_rests(counted: FloatArray, times_s: FloatArray, exercise: Exercise) -> list[int]:
    """Returns the numbers of the poses in which all legs are at their lowest together.

    That is the level under which they spend half of the time that a neutral takes, and as far over
    it as a leg at rest may lie.

    Parameters
    ----------
    counted : (poses, sides) float64
        The counted measure of each moving side; NaN where not seen.
    times_s : (poses,) float64
        When each was seen.
    exercise : Exercise
        Gives the cycle.
    """
    seen = np.isfinite(counted)
    if not seen.any():
        return []
    lowest = [
        np.nanquantile(values, LOW_SHARE) if some.any() else math.nan
        for values, some in zip(counted.T, seen.T, strict=True)
    ]
    above = np.where(seen.any(axis=1), np.nansum(counted - lowest, axis=1), math.inf)
    order = np.argsort(above)
    frame_s = float(np.median(np.diff(times_s))) if len(times_s) > 1 else STEP_S
    half = order[: max(1, math.ceil(SEEN_S / 2 / max(frame_s, 1e-3)))]
    level = float(above[half[-1]])
    if not math.isfinite(level):
        # The legs were seen for less time than that.
        return []
    at_rest: BoolArray = np.abs(above - level) <= rest_tolerance(exercise.cycle)
    return np.flatnonzero(at_rest).tolist()
