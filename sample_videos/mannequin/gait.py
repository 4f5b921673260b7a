"""A few steps forward into place."""

from __future__ import annotations

import math

import numpy as np

from mannequin.motion import glide
from mannequin.scenario import Side

STEP_S = 0.56
STEP_M = 0.36
#: Hips of a walker keep below their standing height (metres), or they would bob at every step.
SINK_M = 0.028
CLEARANCE_M = 0.09


class WalkIn:
    """Foot and hip paths of a person who walks forward and stops with both feet at ``x = 0``.

    Parameters
    ----------
    duration_s
        From the first frame to the last foot's coming to rest.
    """

    def __init__(self, duration_s: float) -> None:
        self.duration_s = duration_s
        self._steps = max(2, round(duration_s / STEP_S))
        self._step_s = duration_s / self._steps

    def _step(self, side: Side, time_s: float) -> tuple[float, float]:
        """Where the ankle is along ``x`` (ends at 0), and progress of the step under way."""
        first = 0 if side == "left" else 1
        place = self._landing(first - 2)
        for step in range(first, self._steps, 2):
            share = time_s / self._step_s - step
            if share <= 0.0:
                break
            place += (self._landing(step) - place) * glide(share)
            if share < 1.0:
                return place, share
        return place, 0.0

    def _landing(self, step: int) -> float:
        """Where a step lands: each one passes the other foot, only the last draws level."""
        return min(0.0, -STEP_M * (self._steps - 2 - step))

    def foot(self, side: Side, time_s: float) -> tuple[float, float, float]:
        """Ankle's place along ``x``, its height above rest, and the toes-down pitch (degrees)."""
        place, progress = self._step(side, time_s)
        lift = CLEARANCE_M * math.sin(math.pi * glide(progress)) if progress > 0 else 0.0
        return place, lift, 130.0 * lift

    def hips_x(self, time_s: float) -> float:
        """Mid-hip's distance from its place: between the feet, smoothed over a step."""
        moments = time_s + self._step_s * np.linspace(-0.55, 0.55, 15)
        feet = [(self._step("left", t)[0] + self._step("right", t)[0]) / 2 for t in moments]
        return float(np.mean(feet))

    def sink(self, time_s: float) -> float:
        """How far the hips are held below their standing height, coming up after the last step."""
        return SINK_M * (1.0 - glide((time_s - self.duration_s + 0.3) / 0.6))

    def swing(self, time_s: float) -> float:
        """Arm swing -1..1 (left arm forward positive), fading out with the last step."""
        fade = 1.0 - glide((time_s / self.duration_s - 0.7) / 0.3)
        return fade * math.sin(math.pi * time_s / self._step_s)
