"""What makes a movement an attempt at the exercise: watched over one rise."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from formcheck.calibration import Calibration
from formcheck.exercise import Cycle
from formcheck.faults import MAX_UNSEEN
from formcheck.pose import Side

ENOUGH = 0.30
"""Share of the upper part of a rise that is enough to tell another movement by; to be sure of this
one takes more."""


class RequirementWatch:
    """Watches a cycle's requirements while one leg moves.

    Parameters
    ----------
    cycle : Cycle
        Gives the requirements, and from where on the rise they must be met.
    side : Side
        The leg that moves.
    calibration : Calibration | None
        The neutral.
    """

    def __init__(self, cycle: Cycle, side: Side, calibration: Calibration | None) -> None:
        self._cycle = cycle
        self._seen: list[list[float]] = [[] for _ in cycle.requirements]
        self._columns = [r.measure.column(side) for r in cycle.requirements]
        self._zeros = []
        for requirement, column in zip(cycle.requirements, self._columns, strict=True):
            neutral = math.nan if calibration is None else calibration.neutral[column]
            # A leg hidden at rest is taken to lie beside the other one.
            absolute = requirement.absolute or math.isnan(neutral)
            self._zeros.append(0.0 if absolute else neutral)

    def note(self, value: float, measures: Mapping[str, float]) -> bool:
        """Take in a frame's counted value and measures; return whether all are met now."""
        met = True
        for index, requirement in enumerate(self._cycle.requirements):
            change = measures[self._columns[index]] - self._zeros[index]
            if value >= self._cycle.partial_from:
                self._seen[index].append(change)
            met &= requirement.met(change)
        return met

    def unmet(self) -> str | None:
        """Return "" if this was another movement, a reason if that can't be told, else None."""
        reason = None
        for requirement, values in zip(self._cycle.requirements, self._seen, strict=True):
            seen = [value for value in values if not math.isnan(value)]
            share = len(seen) / max(1, len(values))
            told = share >= ENOUGH and len(seen) > 0
            if told and not requirement.met(float(np.quantile(seen, requirement.quantile))):
                return ""
            if share < 1 - MAX_UNSEEN:
                reason = f"{requirement.measure.needs} not seen, so this may be another movement"
        return reason
