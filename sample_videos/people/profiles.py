"""Courses in time that every movement is built from: a rise, a stay and a fall; a slow sway."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from people.vectors import Array


def smooth(share: float) -> float:
    """Progress 0..1 of a minimum-jerk movement (Flash and Hogan 1985) at a share of its time."""
    share = min(1.0, max(0.0, share))
    return share**3 * (10.0 - 15.0 * share + 6.0 * share**2)


def steady(share: float, easing: float) -> float:
    """Progress 0..1 of a movement with an even pace between its start and its end.

    ``easing`` is the share of the time spent on speeding up, and again on slowing down: 0.5 comes
    close to minimum jerk, 0.15 is a leg that is lowered under control.
    """
    share = min(1.0, max(0.0, share))
    if share > 0.5:
        return 1.0 - steady(1.0 - share, easing)
    if share >= easing:
        return (share - easing / 2) / (1.0 - easing)
    part = share / easing
    return easing * (part**3 - part**4 / 2) / (1.0 - easing)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """A level that goes from 0 to 1, stays, and comes back to 0.

    Times are seconds. A pulse without a fall (``fall_s`` infinite) stays at 1.
    """

    start_s: float
    rise_s: float
    stay_s: float = 0.0
    fall_s: float = 0.5
    rise_easing: float = 0.42
    fall_easing: float = 0.42

    @property
    def top_end_s(self) -> float:
        """When the level begins to fall."""
        return self.start_s + self.rise_s + self.stay_s

    @property
    def end_s(self) -> float:
        """When the level is back at 0."""
        return self.top_end_s + self.fall_s

    def level(self, time_s: float) -> float:
        """Level 0..1 at a time."""
        if time_s <= self.start_s or time_s >= self.end_s:
            return 0.0
        if time_s < self.top_end_s:
            return steady((time_s - self.start_s) / self.rise_s, self.rise_easing)
        return 1.0 - steady((time_s - self.top_end_s) / self.fall_s, self.fall_easing)


class Sway:
    """Slow drift that never quite repeats, such as a person who stands still shows.

    Parameters
    ----------
    generator
        Source of the phases: the same state of the generator gives the same sway.
    amplitude
        Standard deviation of `at`, in the unit of the swaying quantity.
    """

    def __init__(self, generator: np.random.Generator, amplitude: float) -> None:
        hertz = np.geomspace(0.08, 0.6, 5) * generator.uniform(0.85, 1.15, 5)
        self._turns: Array = 2 * math.pi * hertz
        self._phases: Array = generator.uniform(0.0, 2 * math.pi, 5)
        weights = hertz**-0.5
        self._weights: Array = amplitude * weights * math.sqrt(2) / np.linalg.norm(weights)

    def at(self, time_s: float) -> float:
        """Deviation at a time."""
        return float(self._weights @ np.sin(self._turns * time_s + self._phases))
