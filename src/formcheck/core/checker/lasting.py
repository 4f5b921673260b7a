"""How long something lasts, and how much of it was seen, at any cadence and with any jitter.

Between two neighbouring samples a signal is taken to run straight, as long as they are no further
apart than the rule itself allows; so the same movement has the same length whether a camera gives 8
frames a second or 60, and whether they come evenly or not. A longer gap proves nothing.
"""

from __future__ import annotations

import math
from typing import NamedTuple


def crossing_s(before: tuple[float, float], after: tuple[float, float], level: float) -> float:
    """Returns when the line through two samples `(time_s, value)` crosses a level.

    Never outside the two times; the later one where the line is level or a value is NaN.
    """
    (before_s, low), (after_s, high) = before, after
    if math.isnan(low) or low == high:
        return after_s
    share = (level - low) / (high - low)
    return before_s + (after_s - before_s) * min(1.0, max(0.0, share))


def time_above_s(before: tuple[float, float], after: tuple[float, float], level: float) -> float:
    """Returns how long the line through two samples is at or above a level; 0 if one is NaN."""
    low, high = sorted((before[1], after[1]))
    if not high >= level or math.isnan(low):
        return 0.0
    if low >= level:
        return after[0] - before[0]
    cross_s = crossing_s(before, after, level)
    return after[0] - cross_s if after[1] >= level else cross_s - before[0]


class Cadence:
    """How many frames a second come in, as a moment picked at random finds it.

    Every gap weighs as long as it lasts: two frames at once every half a second are two frames a
    second and not four, and one long stall counts for more than one short one.
    """

    def __init__(self) -> None:
        self._last_s: float | None = None
        self._sum_s = self._sum_of_squares = 0.0

    def note(self, time_s: float) -> None:
        """Takes note of a frame."""
        if self._last_s is not None:
            self.note_gap(time_s - self._last_s)
        self._last_s = time_s

    def note_gap(self, gap_s: float) -> None:
        """Takes note of the time between two frames."""
        self._sum_s += gap_s
        self._sum_of_squares += gap_s**2

    @property
    def fps(self) -> float:
        """Frames a second; infinite before the second frame."""
        return self._sum_s / self._sum_of_squares if self._sum_of_squares > 0.0 else math.inf


def frames_are(fps: float) -> str:
    """Returns a rate of frames and its verb: `5 frames a second are`.

    Examples
    --------
    >>> frames_are(4.9), frames_are(0.3)
    ('5 frames a second are', 'less than 1 frame a second is')
    """
    if not fps >= 0.95:
        return "less than 1 frame a second is"
    return "1 frame a second is" if fps < 1.5 else f"{fps:.0f} frames a second are"


class _Sample(NamedTuple):
    time_s: float
    excess: float
    counts: bool


class Run:
    """The stretch without a break, up to now, in which a signal is at or above zero.

    It begins and ends where the line between neighbouring samples crosses zero. Where watching
    begins or ends between two samples it is taken to do so half-way.

    Parameters
    ----------
    bridge_s : float
        How far apart two samples may be to be neighbours.

    Attributes
    ----------
    since_s : float | None
        When the run in progress began; None where there is none.
    """

    def __init__(self, bridge_s: float) -> None:
        self.since_s: float | None = None
        self._bridge_s = bridge_s
        self._last: _Sample | None = None

    def update(self, time_s: float, excess: float, *, counts: bool = True) -> float:
        """Takes in a sample; returns the length of the run it belongs to or ends, in seconds.

        A sample that does not count only shows where its neighbour's run begins or ends. Without a
        run the length is 0.
        """
        before, now = self._last, _Sample(time_s, excess, counts)
        self._last = now
        # A hair's breadth for times that were rounded.
        if before is None or time_s - before.time_s > self._bridge_s + 1e-9:
            self.since_s = time_s if counts and excess >= 0.0 else None
            return 0.0
        begin_s, end_s = _above_zero(before, now)
        if begin_s > end_s:
            self.since_s = None
            return 0.0
        if self.since_s is None or begin_s > before.time_s:
            self.since_s = begin_s
        length_s = end_s - self.since_s
        if end_s < time_s:
            self.since_s = None
        return length_s


def _above_zero(before: _Sample, now: _Sample) -> tuple[float, float]:
    """Returns the watched part of the line between two samples at or above zero, as two times.

    The first is later than the second where there is none.
    """
    begin_s, end_s = before.time_s, now.time_s
    half_s = (begin_s + end_s) / 2
    if not (before.counts or now.counts) or max(before.excess, now.excess) < 0.0:
        return math.inf, -math.inf
    cross_s = crossing_s(before[:2], now[:2], 0.0)
    if before.excess < 0.0:
        begin_s = cross_s
    elif now.excess < 0.0:
        end_s = cross_s
    if not before.counts:
        begin_s = max(begin_s, half_s)
    elif not now.counts:
        end_s = min(end_s, half_s)
    return begin_s, end_s


class Coverage:
    """How much of the time in which something was watched it was seen.

    Parameters
    ----------
    bridge_s : float
        What lies between two moments no further apart than this counts as seen.

    Attributes
    ----------
    frames, seen : Cadence
        How many frames a second came while it was watched, from the frame before to the frame
        after; in how many of them it was seen, where it was not out of sight for longer than
        `bridge_s`.
    """

    def __init__(self, bridge_s: float) -> None:
        self.frames, self.seen = Cadence(), Cadence()
        self._bridge_s = bridge_s
        self._ever_seen = False
        self._watched_s = self._unseen_s = self._longest_s = 0.0
        self._begun_s: float | None = None
        self._seen_s: float | None = None
        self._frame_s = math.nan
        self._before_s: float | None = None

    def update(self, time_s: float, *, seen: bool) -> None:
        """Takes note of a frame in which it is watched."""
        self._note_frame(time_s)
        if self._begun_s is None:
            self._begun_s = time_s
        else:
            self._watched_s += time_s - self._frame_s
        self._frame_s = time_s
        if not seen:
            return
        self._ever_seen = True
        gap_s = self._open_s
        if self._seen_s is None or gap_s > self._bridge_s + 1e-9:
            self._miss(gap_s)
        else:
            self.seen.note_gap(gap_s)
        self._seen_s = time_s

    def pause(self, time_s: float) -> None:
        """Takes note of a frame in which it is not watched."""
        if self._begun_s is not None:
            self._note_frame(time_s)
            self._miss(self._open_s)
        self._begun_s = self._seen_s = None
        self._before_s = time_s

    def _note_frame(self, time_s: float) -> None:
        if self._before_s is not None:
            self.frames.note_gap(time_s - self._before_s)
        self._before_s = time_s

    def _miss(self, gap_s: float) -> None:
        self._unseen_s += gap_s
        self._longest_s = max(self._longest_s, gap_s)

    @property
    def _open_s(self) -> float:
        """Time up to the last frame since it was last seen, or since watching began."""
        if self._begun_s is None:
            return 0.0
        return self._frame_s - (self._begun_s if self._seen_s is None else self._seen_s)

    @property
    def watched_s(self) -> float:
        """For how long it was watched, from frame to frame."""
        return self._watched_s

    @property
    def ever_seen(self) -> bool:
        """Whether it was seen at all."""
        return self._ever_seen

    @property
    def longest_gap_s(self) -> float:
        """The longest time for which it was out of sight."""
        return max(self._longest_s, self._open_s)

    @property
    def missing(self) -> float:
        """Share of the time in which it was out of sight, 0 to 1."""
        return (self._unseen_s + self._open_s) / self._watched_s if self._watched_s > 0.0 else 0.0
