"""An attempt at a repetition: while it goes on, and when it is over."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.exercise import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One rise and fall of the measure, or as much of it as was seen.

    Attributes
    ----------
    start_s, top_s, end_s : float
        When it rose above `start`, was at its peak, and came under `back` (or was last seen).
    peak : float
        Highest value.
    reached : bool
        Whether the top was held for its dwell time.
    lost : bool
        Whether tracking was lost for too long before it ended.
    hold_s : float
        Time at or above `hold_at`.
    lowering_s : float
        Time from the last moment within `leave_top` of the peak until under `back`; NaN if lost.
    missing : float
        Share of its time in which the measure was not seen, 0 to 1.
    frames : int
        In how many frames it was seen.
    """

    start_s: float
    top_s: float
    end_s: float
    peak: float
    reached: bool
    lost: bool
    hold_s: float
    lowering_s: float
    missing: float
    frames: int


@dataclass(slots=True)
class Rise:
    """An attempt in progress: as much of it as was seen so far.

    Attributes
    ----------
    start_s : float
        When it rose above `start`.
    peak, peak_s : float
        Highest value so far, and when it was.
    near_peak_s : float
        The last moment within `leave_top` of the peak.
    above_top_s, under_back_s : float | None
        Since when it is above the top, and since when it is back under `back`; None if it is not.
    reached, hold_s, frames : bool, float, int
        As in `Attempt`.
    unseen_s : float
        How long the measure was not seen.
    """

    start_s: float
    peak: float = -math.inf
    peak_s: float = math.nan
    near_peak_s: float = math.nan
    above_top_s: float | None = None
    under_back_s: float | None = None
    reached: bool = False
    hold_s: float = 0.0
    unseen_s: float = 0.0
    frames: int = 0

    def follow(self, cycle: Cycle, time_s: float, value: float) -> None:
        """Take in one value that was seen."""
        self.frames += 1
        if value > self.peak:
            self.peak, self.peak_s = value, time_s
        # A peak just over the start level has its "near" below `back`, where it is over already.
        if value >= max(self.peak - cycle.leave_top, cycle.back):
            self.near_peak_s = time_s

    def ended(self, end_s: float, *, lost: bool) -> Attempt:
        """Return it as an attempt that is over, or that was lost from sight."""
        duration_s = max(end_s - self.start_s, 1e-9)
        return Attempt(
            start_s=self.start_s,
            top_s=self.peak_s,
            end_s=end_s,
            peak=self.peak,
            reached=self.reached,
            lost=lost,
            hold_s=self.hold_s,
            lowering_s=math.nan if lost else end_s - self.near_peak_s,
            missing=min(1.0, self.unseen_s / duration_s),
            frames=self.frames,
        )
