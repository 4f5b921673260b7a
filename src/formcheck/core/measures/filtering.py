"""Filters over time for a row of measures: the jump gate and the One Euro filter.

Both work on all columns at once, keep time in seconds (never in frames), look only backwards, and
let NaN through as NaN. The recorded and the live way use these same filters, so that the same
frames give the same repetitions.
"""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.pose.pose import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothing:
    """How hard to filter.

    Attributes
    ----------
    min_cutoff_hz : float
        Cut-off of the One Euro filter at rest.
    beta : float
        How much the cut-off rises with speed, in Hz per unit a second.
    max_speed : float
        Units a second that a body can reach; a faster change is a jump of the tracker.
    jump_lasts_s : float
        A jump that stays this long is believed after all.
    derivative_cutoff_hz : float
        Cut-off of the speed itself. It must lie above the movement's own pace, or the speed of a
        leg that goes to and fro averages out and the filter lags.
    """

    min_cutoff_hz: float = 1.5
    beta: float = 0.05
    max_speed: float = 450.0
    jump_lasts_s: float = 0.20
    derivative_cutoff_hz: float = 1.0


SLOW = Smoothing()
BRISK = Smoothing(max_speed=900.0, beta=0.20, derivative_cutoff_hz=3.0)
"""Slow but for the start: legs thrown up from a bar reach 1000 degrees a second."""
FAST = Smoothing(
    min_cutoff_hz=3.0, beta=0.40, max_speed=900.0, jump_lasts_s=0.15, derivative_cutoff_hz=6.0
)

JUMP_ALLOWANCE = 12.0
FORGET_AFTER_S = 0.4


class JumpGate:
    """Rejects values that changed faster than a body can, unless they stay.

    A value is rejected, that is turned into NaN, when it differs from the last accepted one by more
    than `max_speed * dt + 12`; once rejected values have lasted `jump_lasts_s` they are accepted.

    Parameters
    ----------
    columns : int
        How many values a row has.
    smoothing : Smoothing
        Gives the speed and the time.
    scale : (columns,) float64
        Units of each column per degree: 1 for degrees, smaller for lengths.
    """

    def __init__(self, columns: int, smoothing: Smoothing, scale: FloatArray) -> None:
        self._max_speed = smoothing.max_speed * scale
        self._allowance = JUMP_ALLOWANCE * scale
        self._lasts_s = smoothing.jump_lasts_s
        self._accepted = np.full(columns, np.nan)
        self._accepted_s = np.full(columns, np.nan)
        self._since_s = np.full(columns, np.nan)

    def update(self, time_s: float, row: FloatArray) -> FloatArray:
        """Returns the row with the jumps turned into NaN."""
        seen = np.isfinite(row)
        limit = self._max_speed * (time_s - self._accepted_s) + self._allowance
        # A column without an accepted value compares as false, so its first value is accepted.
        jumped = seen & (np.abs(row - self._accepted) > limit)
        self._since_s = np.where(jumped & np.isnan(self._since_s), time_s, self._since_s)
        rejected = jumped & (time_s - self._since_s < self._lasts_s)
        accepted = seen & ~rejected
        self._since_s[accepted] = np.nan
        self._accepted[accepted] = row[accepted]
        self._accepted_s[accepted] = time_s
        return np.where(rejected, np.nan, row)


class OneEuro:
    """The One Euro filter (Casiez, Roussel, Vogel 2012) over a row of values.

    A low-pass whose cut-off rises with speed: steady when still, quick when moving. A column unseen
    for more than 0.4 s starts afresh.
    """

    def __init__(self, columns: int, smoothing: Smoothing, scale: FloatArray) -> None:
        self._min_cutoff_hz = smoothing.min_cutoff_hz
        self._beta = smoothing.beta / scale
        self._derivative_cutoff_hz = np.asarray(smoothing.derivative_cutoff_hz)
        self._value = np.full(columns, np.nan)
        self._speed = np.zeros(columns)
        self._seen_s = np.full(columns, -math.inf)

    def update(self, time_s: float, row: FloatArray) -> FloatArray:
        """Returns the filtered row; NaN where the row is NaN."""
        seen = np.isfinite(row)
        fresh = seen & (time_s - self._seen_s > FORGET_AFTER_S)
        going_on = seen & ~fresh & (time_s > self._seen_s)
        dt = np.where(going_on, time_s - self._seen_s, 1.0)
        value = np.where(fresh, row, self._value)
        raw_speed = np.where(fresh, 0.0, (row - value) / dt)
        speed = np.where(fresh, 0.0, self._speed)
        speed = speed + _weight(self._derivative_cutoff_hz, dt) * (raw_speed - speed)
        cutoff_hz = self._min_cutoff_hz + self._beta * np.abs(speed)
        value = value + _weight(cutoff_hz, dt) * (row - value)
        self._value = np.where(seen, value, self._value)
        self._speed = np.where(seen, speed, self._speed)
        self._seen_s = np.where(seen, time_s, self._seen_s)
        return np.where(seen, value, np.nan)


def _weight(cutoff_hz: FloatArray, dt_s: FloatArray) -> FloatArray:
    turn = 2.0 * math.pi * cutoff_hz * dt_s
    return np.asarray(turn / (turn + 1.0))


class FrameRate:
    """Measures how many frames a second come in: the median over the last 90 frames.

    Frames of one and the same time stamp count as one.

    Attributes
    ----------
    looks : int
        Number of frames so far that were looked at.
    """

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=90)
        self.looks = 0

    def note(self, time_s: float, *, looked_at: bool = True) -> None:
        """Adds a frame's time stamp."""
        self._times.append(time_s)
        self.looks += looked_at

    @property
    def fps(self) -> float:
        """Frames a second; infinite until the frames span a second."""
        times = np.array(self._times)
        steps = np.diff(times)
        if (steps < 0.0).any():
            times = np.sort(times)
            steps = np.diff(times)
        if not len(steps) or times[-1] - times[0] < 1.0:
            return math.inf
        return 1.0 / float(statistics.median(steps[steps > 0.0].tolist()))


TRUNKS_PER_DEG = 0.02
"""Lengths in trunk units move about a fiftieth as much as angles in degrees."""


class Conditioner:
    """Jump gate, then One Euro: one row in, one row out."""

    def __init__(self, columns: int, smoothing: Smoothing, scale: FloatArray) -> None:
        self._gate = JumpGate(columns, smoothing, scale)
        self._smooth = OneEuro(columns, smoothing, scale)

    def update(self, time_s: float, row: FloatArray) -> FloatArray:
        """Returns the believable, smoothed row; NaN where nothing believable was seen."""
        return self._smooth.update(time_s, self._gate.update(time_s, row))

    @classmethod
    def of_columns(cls, names: Sequence[str], smoothing: Smoothing) -> Conditioner:
        """Returns the conditioner of some columns, each scaled by the unit at its name's end."""
        scale = np.array([1.0 if name.endswith("_deg") else TRUNKS_PER_DEG for name in names])
        return cls(len(names), smoothing, scale)
