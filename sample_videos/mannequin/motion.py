"""Smooth profiles in time, from which the exercise scripts build their movements."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mannequin.vectors import Array


def glide(share: float, easing: float = 0.5) -> float:
    """Progress 0..1 of a movement that speeds up, cruises and slows down.

    ``easing`` is the share of the time spent on each of speeding up and slowing down: 0.5 is a bell
    of speed close to minimum jerk, less gives a steadier movement, as when lowering under control.
    """
    share = min(1.0, max(0.0, share))
    if share > 0.5:
        return 1.0 - glide(1.0 - share, easing)
    cruise = 1.0 / (1.0 - easing)
    if share >= easing:
        return cruise * (share - easing / 2)
    u = share / easing
    return cruise * easing * (u**3 - u**4 / 2)


def glide_share(progress: float, easing: float = 0.5) -> float:
    """Share of the time at which `glide` reaches ``progress``."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if glide(middle, easing) < progress:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """A level that goes from 0 to 1, stays, and comes back.

    Times are seconds; ``start_s`` is when it leaves 0.
    """

    start_s: float
    rise_s: float
    stay_s: float
    fall_s: float
    rise_easing: float = 0.5
    fall_easing: float = 0.5

    @property
    def end_s(self) -> float:
        """When the level is back at 0."""
        return self.start_s + self.rise_s + self.stay_s + self.fall_s

    def level(self, time_s: float) -> float:
        """Level 0..1 at a time."""
        since = time_s - self.start_s
        if since < self.rise_s + self.stay_s:
            return glide(since / self.rise_s, self.rise_easing)
        fallen = (since - self.rise_s - self.stay_s) / self.fall_s
        return 1.0 - glide(fallen, self.fall_easing)


class Sway:
    """Slow, never quite repeating drift, such as a person standing still shows.

    Parameters
    ----------
    generator
        Source of the phases: the same generator state gives the same sway.
    amplitude
        Standard deviation of `at`, in the unit of the swaying quantity.
    slowest_hz, fastest_hz
        Range of the frequencies.
    """

    def __init__(
        self,
        generator: np.random.Generator,
        amplitude: float,
        slowest_hz: float = 0.08,
        fastest_hz: float = 0.55,
    ) -> None:
        spread = np.geomspace(slowest_hz, fastest_hz, 5)
        self._frequencies: Array = spread * generator.uniform(0.85, 1.15, 5)
        self._phases: Array = generator.uniform(0.0, 2 * math.pi, 5)
        weights = spread**-0.5
        self._weights: Array = amplitude * weights * math.sqrt(2) / np.linalg.norm(weights)

    def at(self, time_s: float) -> float:
        """Deviation at a time."""
        angles = 2 * math.pi * self._frequencies * time_s + self._phases
        return float(self._weights @ np.sin(angles))
