"""Faults that last: a watch for each fault over one attempt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from formcheck.core.checker.lasting import Coverage, Run, frames_are
from formcheck.core.checker.neutral import Calibration, shown
from formcheck.core.exercise.exercise import Fault, Leg, Phase
from formcheck.core.pose.pelvis import NO_TAG, TURNED_AWAY
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View

NOISE_FACTOR = 2.5
WIDEST = 1.5
SHOWN_S = 0.1
"""How long a bound must be crossed for the fault to be shown as present."""
MAX_GAP_S = 0.4
MAX_UNSEEN = 0.30
MAX_IMPOSSIBLE = 0.10
"""Share of the frames whose readings may lie beyond what a body can do: a slip of the tracker now
and then is forgotten, more of them make what lies between them worth nothing."""
IMPOSSIBLE = "the model placed the body as no body can be"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault or a cue, with its proof.

    Attributes
    ----------
    code : str
        Which.
    worst : float
        The worst value: for a fault the change from neutral, for a cue the quantity itself.
    limit : float
        The bound it crossed, in the same unit and sense.
    unit : str
        `deg`, `trunk` or `s`.
    at_s : float
        When it was at its worst.
    """

    code: str
    worst: float
    limit: float
    unit: str
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """A check that could not be made, and why."""

    check: str
    reason: str


def bound_in_force(fault: Fault, sd: float) -> float:
    """Returns the size of a fault's bound after widening for noise; NaN if `sd` is NaN.

    Parameters
    ----------
    fault : Fault
        Gives the nominal limit and the unit.
    sd : float
        Spread of the measure during calibration, in its unit.
    """
    spread = math.hypot(sd, fault.measure.noise_floor)
    return max(abs(fault.limit.value), NOISE_FACTOR * spread) + 0.0 * sd


Extreme: TypeAlias = tuple[float, float, float]
"""How far beyond the bound a change was, the change from neutral itself, and when."""


class FaultWatch:
    """Watches one fault while one leg moves.

    Parameters
    ----------
    fault : Fault
        What to watch.
    moving : Side
        The leg that lifts.
    calibration : Calibration | None
        The neutral; without one the fault can't be checked.
    """

    def __init__(self, fault: Fault, moving: Side, calibration: Calibration | None) -> None:
        side = fault.side(moving)
        self.fault = fault
        self.column = fault.measure.column(side)
        self._sign = fault.measure.sign(side)
        self._blocked = _blocked(fault, self.column, calibration)
        self._neutral = math.nan if calibration is None else calibration.neutral[self.column]
        sd = math.nan if calibration is None else calibration.sd[self.column]
        self._bound = bound_in_force(fault, sd)
        doubts = {} if calibration is None else calibration.doubts
        veil = fault.veil if self._neutral < fault.veiled_below else ""
        self._vague = doubts.get(self.column, veil)
        lent = frozenset() if calibration is None else calibration.lent
        self._lent = fault.leg is Leg.SUPPORT and self.column in lent
        self._run = Run(fault.lasting_s)
        self._run_worst: Extreme | None = None
        self._worst: Extreme | None = None
        self._near = Run(fault.lasting_s)
        self._nearly = self._beyond = False
        self._coverage = Coverage(fault.lasting_s)
        self._seen_s = self._delta = self._delta_s = math.nan
        self._doubt = ""
        self._frames = self._impossible = self._veiled = 0

    @property
    def present(self) -> Finding | None:
        """The change from neutral in this frame, whether it is beyond the bound or not.

        None where it is not watched or not seen.
        """
        seen = not math.isnan(self._delta)
        return self._as_finding((0.0, self._delta, self._delta_s)) if seen else None

    @property
    def strain(self) -> float:
        """How far towards its bound the present change is: 1 at the bound; NaN if not seen."""
        return 1.0 + self.fault.limit.excess(self._delta, self._bound) / self._bound

    @property
    def finding(self) -> Finding | None:
        """The fault, once it has lasted; None as well where its readings are worth nothing."""
        if self._worst is None or self._not_to_be_believed or self._lent:
            return None
        return self._as_finding(self._worst)

    @property
    def suspected(self) -> bool:
        """Whether a fault lasted that may be a slip of the model: neither told nor ruled out."""
        return bool(self._suspicion)

    @property
    def _suspicion(self) -> str:
        """Why a fault that lasted may be a slip of the model; empty where there is none such.

        Beside a knee that is driven the model bends the far leg of a plank, which was hidden at
        rest: of five such bends of tuning bodies two were drawn.
        """
        if self._worst is None or not self._lent:
            return ""
        bend = shown(self._worst[1], self.fault.measure)
        return f"a leg hidden in the start posture seems to bend by {bend}, or is mistaken"

    @property
    def _not_to_be_believed(self) -> bool:
        return self._impossible > MAX_IMPOSSIBLE * self._frames

    @property
    def active(self) -> Finding | None:
        """The fault as it is now, if the bound is crossed now and long enough to be shown."""
        since_s, worst = self._run.since_s, self._run_worst
        if since_s is None or worst is None or self._lent or self._seen_s - since_s < SHOWN_S:
            return None
        return self._as_finding(worst)

    def _as_finding(self, worst: Extreme) -> Finding:
        _, delta, at_s = worst
        return Finding(
            code=self.fault.code,
            worst=delta,
            limit=self.fault.limit.signed(delta, self._bound),
            unit=self.fault.measure.unit,
            at_s=at_s,
        )

    def update(
        self,
        time_s: float,
        phase: Phase | None,
        value: float,
        doubt: str = "",
        *,
        impossible: bool = False,
    ) -> None:
        """Takes in the filtered value of the watched column; if NaN, `doubt` may say why.

        It is `impossible` where what was read is beyond what a body can do. In a phase that is not
        watched (None: in no phase) the value only shows where a change that is watched began or
        ended.
        """
        self._doubt = doubt or self._doubt
        self._delta, self._delta_s = math.nan, time_s
        if self._blocked is not None:
            return
        watched, seen = phase in self.fault.phases, not math.isnan(value)
        if watched:
            self._frames += 1
            self._impossible += impossible
            self._coverage.update(time_s, seen=seen)
        else:
            self._coverage.pause(time_s)
        if not seen:
            return
        delta = self._sign * (value - self._neutral)
        excess = self.fault.limit.excess(delta, self._bound)
        if self._run.since_s is None:
            self._run_worst = None
        lasted_s = self._run.update(time_s, excess, counts=watched)
        if watched:
            self._delta, self._seen_s = delta, time_s
            self._veiled += value < self.fault.veiled_below
            if excess >= 0.0:
                self._beyond = True
                self._run_worst = _further(self._run_worst, (excess, delta, time_s))
        # Sums of frame times: a hair's breadth for how they are rounded.
        long_s = self.fault.lasting_s - 1e-9
        if lasted_s >= long_s and self._run_worst is not None:
            self._worst = _further(self._worst, self._run_worst)
        if short := self.fault.reads_short:
            self._nearly |= self._near.update(time_s, excess + short, counts=watched) >= long_s

    @property
    def waits(self) -> bool:
        """Whether the fault shows only at rest, which is still to come when a repetition ends."""
        return self._blocked is None and self.fault.phases == {Phase.REST}

    @property
    def too_slow(self) -> str | None:
        """Why the camera was too slow to show the fault, where it was watched; None if it was not.

        Frames that are half as far apart as the fault must last show it whenever it is there.
        """
        fps = self._coverage.frames.fps
        if self._blocked is not None or fps >= self.fault.needs_fps - 1e-6:
            return None
        lasting_s = self.fault.lasting_s
        return f"{frames_are(fps)} too few to show a fault of {lasting_s:g} s"

    @property
    def unchecked(self) -> str | None:
        """Why the absence of the fault can't be vouched for; None if it can."""
        why = f" ({self._doubt})" if self._doubt else ""
        if self._blocked is not None:
            return self._blocked + why
        if self.too_slow is not None:
            return self.too_slow
        if self._not_to_be_believed:
            return IMPOSSIBLE
        if open_question := self._vague or self._open_question:
            return open_question
        unseen = self._unseen()
        return None if unseen is None else f"{self.fault.measure.needs} {unseen}{why}"

    @property
    def _open_question(self) -> str:
        """Why a change that was not told may have been the fault; empty where it was none."""
        if self._veiled > self._frames / 2:
            return self.fault.veil
        if self._suspicion:
            return self._suspicion
        limit = shown(self._bound, self.fault.measure)
        if self._beyond and self._coverage.watched_s < self.fault.lasting_s - 1e-9:
            return f"beyond the limit of {limit}, in too short a time to show that it lasts"
        if self._nearly:
            least = shown(self._bound - self.fault.reads_short, self.fault.measure)
            return f"more than {least}, too near to the limit of {limit} to tell"
        return ""

    def _unseen(self) -> str | None:
        """Returns how the watched column was out of sight for too long; None if it was not."""
        coverage = self._coverage
        if not coverage.ever_seen:
            return "not seen"
        if coverage.longest_gap_s > MAX_GAP_S:
            return f"not seen for {coverage.longest_gap_s:.1f} s"
        if coverage.missing > MAX_UNSEEN:
            return f"not seen in {100 * coverage.missing:.0f} % of the repetition"
        if (often := coverage.seen.fps) < self.fault.needs_fps - 1e-6:
            return f"seen only {often:.0f} times a second" if often >= 1.5 else "hardly ever seen"
        return None


def _further(known: Extreme | None, new: Extreme) -> Extreme:
    """Returns which of two lies further beyond the bound, the known one of equals."""
    return new if known is None or new[0] > known[0] else known


def article(view: View) -> str:
    """Returns the view's name with its article: "a side", "an oblique"."""
    return f"a{'n' if view.value[0] in 'ou' else ''} {view.value}"


def _blocked(fault: Fault, column: str, calibration: Calibration | None) -> str | None:
    """Return why a fault can't be checked at all in this session, or None."""
    if calibration is None or not calibration.known:
        return "no neutral posture was seen to compare with"
    view = calibration.scene.view
    if not fault.measure.seen_in(calibration.scene):
        return f"not visible in {article(view)} view"
    if not fault.shown_in(calibration.scene):
        return NO_TAG if calibration.scene.tag is None else TURNED_AWAY
    if math.isnan(calibration.neutral[column]):
        return f"{fault.measure.needs} not seen in the start posture"
    if bound_in_force(fault, calibration.sd[column]) > WIDEST * abs(fault.limit.value):
        spread = shown(calibration.sd[column], fault.measure)
        return f"the tracking is too unsteady (spread {spread} at rest)"
    return None
