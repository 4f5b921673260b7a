"""An attempt: what happens between leaving and reaching the start level again."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypeAlias

from formcheck.core.checker.lasting import Cadence, crossing_s
from formcheck.core.exercise.exercise import Cycle

Sample: TypeAlias = tuple[float, float]
"""A frame's time stamp in seconds, and the measure in it."""


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
    hold_most_s : float
        Time at or above a level that is lower by `HOLD_DOUBT_DEG`: the hold may have been so long.
    lowering_s : float
        Time from the last moment within `leave_top` of the peak until under `back`; NaN if lost.
    missing : float
        Share of its time in which the measure was not seen, 0 to 1.
    half_seen : float
        Share of its time in which the measure was followed, though not seen well enough, 0 to 1.
    fps : float
        Frames a second in which it was seen, long gaps weighing as long as they last.
    cut_off : bool
        Whether the frames began or ended within it.
    top_seen_s : float
        Time at or above the top in which the measure was seen well, and not only followed.
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
    half_seen: float
    fps: float
    cut_off: bool = False
    hold_most_s: float = 0.0
    top_seen_s: float = 0.0


HOLD_DOUBT_DEG = 15.0
"""So far under the level of a hold the leg may still have been up: in clips from a messenger, or
filmed by hand, the model takes a held thigh for lower. Of 105 holds of drawn people that were long
enough 25 read too short, some by two seconds; at this level none is voided, and of short ones (0.8
to 0.9 s) 29 of 40 still are, the others being partial or unverified (tests/accuracy/holds.py; the
level was chosen with all of them in sight)."""


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
    reached, hold_s, hold_most_s : bool, float, float
        As in `Attempt`.
    cadence : Cadence
        Of the frames in which it was seen.
    unseen_s, half_seen_s : float
        How long the measure was not seen, or only followed.
    top_seen_s : float
        As in `Attempt`.
    cut_off : bool
        Whether the frames began within it.
    sprung : bool
        Whether it came up unseen: the leg was at rest, out of sight, and then more than half way
        up.
    """

    start_s: float
    peak: float = -math.inf
    peak_s: float = math.nan
    near_peak_s: float = math.nan
    above_top_s: float | None = None
    under_back_s: float | None = None
    reached: bool = False
    hold_s: float = 0.0
    hold_most_s: float = 0.0
    unseen_s: float = 0.0
    half_seen_s: float = 0.0
    top_seen_s: float = 0.0
    cadence: Cadence = field(default_factory=Cadence)
    cut_off: bool = False
    sprung: bool = False

    def follow(self, cycle: Cycle, before: Sample, now: Sample) -> None:
        """Takes in one value that was seen, and the one before it."""
        time_s, value = now
        self.cadence.note(time_s)
        if value > self.peak:
            self.peak, self.peak_s = value, time_s
        # A peak just over the start level has its "near" below `back`, where it is over already.
        near = max(self.peak - cycle.leave_top, cycle.back)
        if value >= near:
            self.near_peak_s = time_s
        elif before[1] >= near:
            self.near_peak_s = crossing_s(before, now, near)

    def share(self, part_s: float, until_s: float) -> float:
        """Returns which share of the time up to a moment a part of it is, 0 to 1."""
        return min(1.0, part_s / max(until_s - self.start_s, 1e-9))

    def ended(self, end_s: float, *, lost: bool) -> Attempt:
        """Returns the attempt when it is over, or was lost from sight."""
        return Attempt(
            start_s=self.start_s,
            top_s=self.peak_s,
            end_s=end_s,
            peak=self.peak,
            reached=self.reached,
            lost=lost,
            hold_s=self.hold_s,
            lowering_s=math.nan if lost else end_s - self.near_peak_s,
            missing=self.share(self.unseen_s, end_s),
            half_seen=self.share(self.half_seen_s, end_s),
            fps=self.cadence.fps,
            cut_off=self.cut_off,
            hold_most_s=self.hold_most_s,
            top_seen_s=self.top_seen_s,
        )
