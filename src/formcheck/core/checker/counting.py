"""The repetition state machine: one measure of one leg in, attempts out.

The `RepMachine` decides when an `Attempt` begins and ends.
"""

from __future__ import annotations

import math
from dataclasses import replace

from formcheck.core.checker.attempt import HOLD_DOUBT_DEG, Attempt, Rise
from formcheck.core.checker.lasting import Cadence, crossing_s, time_above_s
from formcheck.core.exercise.exercise import Cycle, Phase

VALLEY = 8.0
"""Degrees that a leg must rise from its lowest value to begin anew, where a fall ended it."""


def raised(cycle: Cycle, by: float, began: float) -> Cycle:
    """Returns the cycle of legs that rest higher by so much, and by `began` before an attempt.

    The top lies at least half a valley over the level at which a leg left its rest: a driven knee
    tips the trunk, and hides the leg that tells where legs rest. With hips raised by 33 degrees a
    whole drive goes up by 25 to 30 from there to where it ends anyway, and `start` is 20 over it.
    """
    top = max(cycle.top, cycle.start + began + VALLEY / 2)
    return replace(cycle, start=cycle.start + by, back=cycle.back + by, top=top)


class RepMachine:
    """Counts the cycles of one leg.

    Parameters
    ----------
    cycle : Cycle
        Levels and times.

    Attributes
    ----------
    too_short : Attempt | None
        The attempt that the last value ended and that was over too soon to be one, or of which
        neither the way up nor the way down was seen; None mostly.

    Notes
    -----
    REST to RISE above `start`; RISE to TOP above `top` for its dwell; TOP to LOWER under `top`
    minus `leave_top`; LOWER to TOP above `top` again (one repetition, not two); RISE or LOWER to
    REST under `back`, or `fall` under the peak, for its dwell; where a fall ends it, one that never
    reached the top needs no dwell. A missing value freezes everything for up to `max_gap_s`, then
    ends the attempt as lost. A leg that is first seen lifted, or comes back lifted after a loss,
    must come down before it is counted again. Where the frames begin or end within an attempt, it
    counts if more than half of its rise or fall was seen, as cut off.
    """

    def __init__(self, cycle: Cycle) -> None:
        self._cycle = self._levels = cycle
        self._phase = Phase.REST
        self._rise: Rise | None = None
        self._armed: bool | None = None
        self._last_s: float | None = None
        self._last_value = math.nan
        self._updated_s: float | None = None
        self._stopped = False
        self._lowest = math.inf
        self._missed = self._was_seen = self._in_sight = False
        self._half_seen = self._began_higher = 0.0
        self.too_short: Attempt | None = None

    @property
    def phase(self) -> Phase:
        """Where in the cycle the leg is."""
        return self._phase

    @property
    def resting(self) -> bool:
        """Whether the leg is down, as far as known."""
        return self._phase is Phase.REST and self._armed is not False

    @property
    def rising_since_s(self) -> float | None:
        """When the attempt in progress began; None at rest."""
        return None if self._rise is None else self._rise.start_s

    @property
    def reached(self) -> bool:
        """Whether the attempt in progress has reached the top."""
        return self._rise is not None and self._rise.reached

    @property
    def half_seen(self) -> float:
        """Share of the attempt in progress, or else of the last, in which it was only followed."""
        rise = self._rise
        if rise is None:
            return self._half_seen
        return rise.share(rise.half_seen_s, self._seen_s())

    @property
    def hold_s(self) -> float:
        """How long the attempt in progress has been held so far."""
        return self._rise.hold_s if self._rise is not None else 0.0

    def update(
        self,
        time_s: float,
        value: float,
        *,
        seen: bool = True,
        stopped: bool = False,
        rests_higher: float = 0.0,
    ) -> Attempt | None:
        """Takes in one value and returns the attempt that it ends; None if it ends none.

        Parameters
        ----------
        time_s : float
            The frame's time stamp; must not decrease.
        value : float
            The measure; NaN if not seen.
        seen : bool
            Whether the value was seen well enough to be believed; if not it is followed, but its
            time counts as half seen.
        stopped : bool
            Whether the clock of the hold stands still.
        rests_higher : float
            By how much more a leg at rest reads at present than in the start posture.
        """
        if self._rise is None or rests_higher < self._began_higher:
            self._began_higher = rests_higher
        self._cycle = (
            self._levels
            if rests_higher <= 0.0
            else raised(self._levels, rests_higher, self._began_higher)
        )
        self._stopped, self.too_short = stopped, None
        span_s = 0.0 if self._updated_s is None else time_s - self._updated_s
        self._updated_s = time_s
        seen &= not math.isnan(value)
        self._in_sight, self._was_seen = self._was_seen and seen, seen
        if math.isnan(value):
            return self._miss(time_s, span_s)
        ended = None
        if self._rise is not None and time_s - self._seen_s() > self._cycle.max_gap_s:
            ended = self._end(self._seen_s(), lost=True)
        if self._rise is None:
            self._rest(time_s, value)
        else:
            if not seen:
                self._rise.half_seen_s += span_s
            ended = self._advance(self._rise, time_s, value)
        self._last_s, self._last_value, self._missed = time_s, value, False
        return ended

    def finish(self) -> Attempt | None:
        """Returns the attempt that was over when the recording ended before its dwell, if any.

        A leg that has come more than half of the way down has made its repetition as well; one
        that is still lifted has made none.
        """
        rise = self._rise
        if rise is None:
            return None
        if rise.under_back_s is not None:
            return self._end(rise.under_back_s, lost=False)
        if not rise.reached or self._last_value > self._half_way:
            return None
        rise.cut_off = True
        return self._end(self._seen_s(), lost=False)

    def _seen_s(self) -> float:
        assert self._last_s is not None
        return self._last_s

    def _miss(self, time_s: float, span_s: float) -> Attempt | None:
        self._missed = True
        if self._armed is None:
            self._armed = True
        if self._rise is None:
            return None
        self._rise.unseen_s += span_s
        if time_s - self._seen_s() <= self._cycle.max_gap_s:
            return None
        return self._end(self._seen_s(), lost=True)

    def _rest(self, time_s: float, value: float) -> None:
        self._lowest = min(self._lowest, value)
        # After a fall that ended above `start`, only a new rise out of the valley counts.
        valley = self._lowest + VALLEY if math.isfinite(self._cycle.fall) else -math.inf
        if value <= max(self._cycle.start, valley):
            self._armed = True
            return
        first = self._armed is None
        if first:
            self._armed = value <= self._half_way
        if self._armed:
            start_s = self._crossing_s(time_s, value, self._cycle.start)
            sprung = self._missed and value >= self._half_way
            self._rise = Rise(start_s=start_s, cut_off=first, sprung=sprung)
            self._phase = Phase.RISE
            self._follow(self._rise, time_s, value)
            self._try_top(self._rise, time_s, value)

    def _crossing_s(self, time_s: float, value: float, level: float) -> float:
        """Returns when the level was crossed between the last sample and this one."""
        if self._last_s is None:
            return time_s
        return crossing_s((self._last_s, self._last_value), (time_s, value), level)

    def _advance(self, rise: Rise, time_s: float, value: float) -> Attempt | None:
        anew = self._begins_anew_above(rise)
        if self._last_value <= anew < value:
            rise.start_s = self._crossing_s(time_s, value, anew)
            rise.unseen_s, rise.half_seen_s, rise.cadence = 0.0, 0.0, Cadence()
            rise.cut_off, rise.sprung = False, False
        if rise.cut_off and not rise.reached and value <= self._cycle.start:
            # It was on its way down already when it was first seen.
            self._rise, self._phase = None, Phase.REST
            return None
        self._follow(rise, time_s, value)
        if self._phase in (Phase.RISE, Phase.LOWER):
            self._try_top(rise, time_s, value)
        elif value < self._cycle.top - self._cycle.leave_top:
            self._phase = Phase.LOWER
            rise.above_top_s = None
        back = max(self._cycle.back, rise.peak - self._cycle.fall)
        if self._phase is Phase.TOP or value >= back:
            rise.under_back_s = None
            return None
        if rise.under_back_s is None:
            rise.under_back_s = self._crossing_s(time_s, value, back)
        # An echo of the other leg must not grow into this one's own step.
        dwells = rise.reached or not math.isfinite(self._cycle.fall)
        if dwells and time_s - rise.under_back_s < self._cycle.back_dwell_s:
            return None
        return self._end(rise.under_back_s, lost=False)

    @property
    def _half_way(self) -> float:
        """The level half of the way between rest and top."""
        return (self._cycle.start + self._cycle.top) / 2

    def _begins_anew_above(self, rise: Rise) -> float:
        """Returns the level above which a leg that only hovered so far begins its rise.

        With raised hips the legs of a plank rest about the start level, and the other leg's drive
        shakes them. Infinite where the leg has left that level for good.
        """
        cycle = self._cycle
        hovering = cycle.start + max(0.0, min(VALLEY, (cycle.top - cycle.start) / 2))
        if rise.peak < hovering:
            return cycle.start
        return hovering if math.isfinite(cycle.fall) and not rise.reached else math.inf

    def _follow(self, rise: Rise, time_s: float, value: float) -> None:
        before = (time_s, math.nan) if self._last_s is None else (self._last_s, self._last_value)
        cycle = self._cycle
        rise.follow(cycle, before, (time_s, value))
        if self._in_sight:
            rise.top_seen_s += time_above_s(before, (time_s, value), cycle.top)
        if not self._stopped:
            rise.hold_s += time_above_s(before, (time_s, value), cycle.hold_at)
            lower = max(cycle.start, cycle.hold_at - HOLD_DOUBT_DEG)
            rise.hold_most_s += time_above_s(before, (time_s, value), lower)

    def _try_top(self, rise: Rise, time_s: float, value: float) -> None:
        since_s, until_s = rise.above_top_s, time_s
        if value >= self._cycle.top:
            if since_s is None:
                since_s = rise.above_top_s = self._crossing_s(time_s, value, self._cycle.top)
        else:
            until_s = self._crossing_s(time_s, value, self._cycle.top)
            rise.above_top_s = None
        if since_s is not None and until_s - since_s >= self._cycle.top_dwell_s:
            rise.reached = True
            self._phase = Phase.TOP if value >= self._cycle.top else Phase.LOWER

    def _end(self, end_s: float, *, lost: bool) -> Attempt | None:
        rise, self._rise = self._rise, None
        assert rise is not None
        self._lowest = self._last_value
        self._phase = Phase.REST
        # After a loss the leg may come back lifted: it has to be seen down first.
        self._armed = not lost
        if rise.peak < self._cycle.partial_from or (rise.cut_off and not rise.reached):
            return None
        attempt = rise.ended(end_s, lost=lost)
        self._half_seen = attempt.half_seen
        glimpsed = lost and rise.sprung
        if glimpsed or (not lost and end_s - rise.start_s < self._cycle.min_duration_s):
            self.too_short = attempt
            return None
        return attempt
