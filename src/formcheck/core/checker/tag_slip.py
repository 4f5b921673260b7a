"""Whether the tag on the pelvis came back to its place around an attempt, or slipped.

Cloth creeps. A pelvis that moved comes back to where it was when the leg is down; a tag that slid
does not. So a tag is believed in an attempt only if it was near its neutral at rest before it, and
no longer beyond a fault's limit when the leg is down again, or about to be back: a hip that was
hiked may come down after the thigh.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.observation import Observation
from formcheck.core.exercise.rules import Phase
from formcheck.core.measures.pelvis import PELVIC_OBLIQUITY, PELVIC_TILT
from formcheck.core.pose.pose import Side

REST_DEG = 4.0
"""House default: degrees off the neutral that a tag may be at rest. People who stand at ease sway
by 1 or 2; the smallest limit is 5."""
END_DEG = 5.0
"""The same while the leg comes down: then the pelvis may still be on its way back."""
AHEAD_S = 0.3
"""House default: seconds in which a tag that is on its way back has to be there, at its speed."""
REST_S, END_S = 1.0, 0.15
"""Seconds at rest before an attempt, and at its end, that are looked at."""
SLIPPED = "the pelvis tag slipped: it did not come back to its place"


class TagSlip:
    """Follows a tag through the attempts of one leg.

    Parameters
    ----------
    calibration : Calibration | None
        Gives the neutral, and which turn the view shows.
    """

    def __init__(self, calibration: Calibration | None) -> None:
        self._column, self._neutral = "", math.nan
        if calibration is not None and calibration.scene.tag is not None:
            measures = (PELVIC_TILT, PELVIC_OBLIQUITY)
            shown = [m.column(Side.BOTH) for m in measures if m.seen_in(calibration.scene)]
            self._column = shown[0] if shown else ""
            self._neutral = calibration.neutral.get(self._column, math.nan)
        self._rest: deque[tuple[float, float]] = deque()
        self._end: deque[tuple[float, float]] = deque()
        self._moves = False
        self.began_off = False

    def update(self, seen: Observation, phase: Phase) -> None:
        """Takes in a frame and the leg's phase in it."""
        change = seen.measures.get(self._column, math.nan) - self._neutral
        if phase is Phase.REST:
            self._moves = False
            self._note(self._rest, REST_S, seen.time_s, change)
            return
        if not self._moves:
            self._moves = True
            self.began_off = _least_off(self._rest) > REST_DEG
            self._rest.clear()
            self._end.clear()
        # A leg that is lost from sight at its top has not come down: its tag has not slipped.
        if phase is Phase.LOWER:
            self._note(self._end, END_S, seen.time_s, change)

    @property
    def slipped(self) -> bool:
        """Whether the tag can't be believed in the attempt that is over or in progress."""
        ended_off = _least_off(self._end, share=0.5) > END_DEG
        return self.began_off or (ended_off and _off_soon(self._end) > END_DEG)

    @staticmethod
    def _note(values: deque[tuple[float, float]], span_s: float, time_s: float, new: float) -> None:
        values.append((time_s, new))
        while time_s - values[0][0] > span_s:
            values.popleft()


def _off_soon(values: deque[tuple[float, float]]) -> float:
    """Returns how far off it will be at the speed at which it comes back; 0 once it is there."""
    seen = [(time_s, abs(value)) for time_s, value in values if not math.isnan(value)]
    (first_s, first), (last_s, last) = seen[0], seen[-1]
    back_per_s = (first - last) / (last_s - first_s) if last_s > first_s else 0.0
    return max(0.0, last - max(0.0, back_per_s) * AHEAD_S)


def _least_off(values: deque[tuple[float, float]], share: float = 0.25) -> float:
    """Returns how far off even the nearest share is; NaN without any, which exceeds no limit.

    While one leg rests the other one may lift, and take the pelvis along for a while.
    """
    seen = np.abs([value for _, value in values])
    seen = seen[np.isfinite(seen)]
    return float(np.quantile(seen, share)) if seen.size else math.nan
