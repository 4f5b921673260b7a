"""Steps over the floor: into the picture, round on the spot, out of it; no planted foot slides."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from people.body import SIDES
from people.posture import Channels
from people.profiles import smooth

STEP_S, CLEARANCE_M = 0.52, 0.085
#: Hips of a walker stay below their standing height (metres), or they would bob at every step.
SINK_M = 0.03

Place = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk along a path: place (metres) and heading (degrees) as a function of progress 0..1."""

    start_s: float
    duration_s: float
    path: Callable[[float], Place]

    @property
    def end_s(self) -> float:
        """When the last foot has come to rest."""
        return self.start_s + self.duration_s

    @property
    def _steps(self) -> int:
        return max(2, round(self.duration_s / STEP_S))

    def _at(self, steps: float) -> Place:
        """Place on the path after a number of steps; the last one only draws the feet level."""
        share = steps / (self._steps - 1.5)
        return self.path(min(1.0, max(0.0, share)))

    def _foot(self, side: str, time_s: float) -> tuple[Place, float]:
        """Where a foot is, and the progress 0..1 of the step it makes."""
        step_s, first = self.duration_s / self._steps, SIDES.index(side)
        at, progress = self._at(first - 1.5), 0.0
        for step in range(first, self._steps, 2):
            progress = (time_s - self.start_s) / step_s - step
            if progress <= 0.0:
                break
            to, share = self._at(step + 0.5), smooth(progress)
            at = tuple(a + share * (b - a) for a, b in zip(at, to, strict=True))  # type: ignore[assignment]
            if progress < 1.0:
                return at, progress
        return at, 0.0

    def add(self, s: Channels, time_s: float) -> None:
        """Set the channels of feet and hips at a time within the walk, or before or after it."""
        steps = (time_s - self.start_s) / (self.duration_s / self._steps)
        s["x"], s["y"], s["heading"] = self._at(steps - 1.0)
        s["walks"] = 1.0
        for side in SIDES:
            (x, y, turn), progress = self._foot(side, time_s)
            lift = CLEARANCE_M * math.sin(math.pi * smooth(progress))
            s[f"{side}.foot_x"], s[f"{side}.foot_y"], s[f"{side}.foot_turn"] = x, y, turn
            s[f"{side}.foot_up"], s[f"{side}.foot_pitch"] = lift, 120.0 * lift
        busy = smooth((time_s - self.start_s + 0.3) / 0.4) * smooth(
            (self.end_s + 0.3 - time_s) / 0.6
        )
        s["dip"] += SINK_M * busy
        swing = 15.0 * busy * math.sin(math.pi * (steps - 0.5))
        s["left.shoulder"] += swing
        s["right.shoulder"] -= swing


def straight(from_m: float, to_m: float) -> Callable[[float], Place]:
    """Walk ahead along the own heading, which is world ``x``."""
    return lambda share: (from_m + share * (to_m - from_m), 0.0, 0.0)


def turning(from_deg: float, to_deg: float) -> Callable[[float], Place]:
    """Turn round on the spot."""
    return lambda share: (0.0, 0.0, from_deg + share * (to_deg - from_deg))
