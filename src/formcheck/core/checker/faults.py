"""Faults that last: a watch for each fault over one attempt, and which fault to tell first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.core.checker.neutral import Calibration
from formcheck.core.exercise.exercise import Fault, Phase
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View

NOISE_FLOOR_DEG = 3.0
NOISE_FACTOR = 2.5
WIDEST = 1.5
BREAK_S = 0.1
MAX_GAP_S = 0.4
MAX_UNSEEN = 0.30


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
    floor = NOISE_FLOOR_DEG if fault.measure.unit == "deg" else 0.0
    return max(abs(fault.limit.value), NOISE_FACTOR * math.hypot(sd, floor)) + 0.0 * sd


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
        self._run_s: float | None = None
        self._run_worst = (-math.inf, math.nan, math.nan)
        self._worst: tuple[float, float, float] | None = None
        self._started_s: float | None = None
        self._seen_s: float | None = None
        self._updated_s: float | None = None
        self._unseen_s = 0.0
        self._longest_gap_s = 0.0
        self._doubt = ""
        self._delta = math.nan
        self._delta_s = math.nan

    @property
    def present(self) -> Finding | None:
        """The change from neutral in this frame, whether it is beyond the bound or not.

        None where it is not watched or not seen.
        """
        if math.isnan(self._delta):
            return None
        return self._as_finding((0.0, self._delta, self._delta_s))

    @property
    def strain(self) -> float:
        """How far towards its bound the present change is: 1 at the bound; NaN if not seen."""
        return 1.0 + self.fault.limit.excess(self._delta, self._bound) / self._bound

    @property
    def finding(self) -> Finding | None:
        """The fault, once it has lasted."""
        return None if self._worst is None else self._as_finding(self._worst)

    @property
    def active(self) -> Finding | None:
        """The fault as it is now, if the bound is crossed now and long enough to be shown."""
        if self._run_s is None or self._seen_s is None or self._seen_s - self._run_s < BREAK_S:
            return None
        return self._as_finding(self._run_worst)

    def _as_finding(self, worst: tuple[float, float, float]) -> Finding:
        _, delta, at_s = worst
        return Finding(
            code=self.fault.code,
            worst=delta,
            limit=self.fault.limit.signed(delta, self._bound),
            unit=self.fault.measure.unit,
            at_s=at_s,
        )

    def update(self, time_s: float, phase: Phase, value: float, doubt: str = "") -> None:
        """Takes in the filtered value of the watched column; if NaN, `doubt` may say why."""
        self._doubt = doubt or self._doubt
        self._delta, self._delta_s = math.nan, time_s
        if self._blocked is not None or phase not in self.fault.phases:
            self._run_s = None
            return
        if self._started_s is None:
            self._started_s = time_s
        elif math.isnan(value) and self._updated_s is not None:
            self._unseen_s += time_s - self._updated_s
        self._updated_s = time_s
        gap_s = time_s - (self._started_s if self._seen_s is None else self._seen_s)
        if math.isnan(value):
            self._longest_gap_s = max(self._longest_gap_s, gap_s)
            return
        delta = self._delta = self._sign * (value - self._neutral)
        excess = self.fault.limit.excess(delta, self._bound)
        if excess < 0.0 or gap_s > BREAK_S:
            self._run_s = None
        if excess >= 0.0:
            self._extend(time_s, excess, delta)
        self._seen_s = time_s

    def _extend(self, time_s: float, excess: float, delta: float) -> None:
        if self._run_s is None:
            self._run_s = time_s
            self._run_worst = (-math.inf, math.nan, math.nan)
        if excess > self._run_worst[0]:
            self._run_worst = (excess, delta, time_s)
        if time_s - self._run_s >= self.fault.lasting_s and (
            self._worst is None or self._run_worst[0] > self._worst[0]
        ):
            self._worst = self._run_worst

    @property
    def waits(self) -> bool:
        """Whether the fault shows only at rest, which is still to come when a repetition ends."""
        return self._blocked is None and self.fault.phases == {Phase.REST}

    @property
    def unchecked(self) -> str | None:
        """Why the absence of the fault can't be vouched for; None if it can."""
        why = f" ({self._doubt})" if self._doubt else ""
        if self._blocked is not None:
            return self._blocked + why
        needs = self.fault.measure.needs
        if self._started_s is None or self._updated_s is None or self._seen_s is None:
            return f"{needs} not seen{why}"
        span_s = self._updated_s - self._started_s
        if self._longest_gap_s > MAX_GAP_S:
            return f"{needs} not seen for {self._longest_gap_s:.1f} s{why}"
        if self._unseen_s > MAX_UNSEEN * span_s:
            share = 100 * self._unseen_s / span_s
            return f"{needs} not seen in {share:.0f} % of the repetition{why}"
        return None


def article(view: View) -> str:
    """Returns the view's name with its article: "a side", "an oblique"."""
    return f"a{'n' if view.value[0] in 'ou' else ''} {view.value}"


def _blocked(fault: Fault, column: str, calibration: Calibration | None) -> str | None:
    """Returns why a fault can't be checked at all in this session, or None."""
    if calibration is None:
        return "no neutral posture was seen to compare with"
    view = calibration.scene.view
    if not fault.measure.seen_in(calibration.scene):
        return f"not visible in {article(view)} view"
    if fault.blind:
        return fault.blind
    if math.isnan(calibration.neutral[column]):
        return f"{fault.measure.needs} not seen in the start posture"
    if bound_in_force(fault, calibration.sd[column]) > WIDEST * abs(fault.limit.value):
        return f"the tracking is too unsteady (spread {calibration.sd[column]:.1f} at rest)"
    return None


FIRST_TOLD: tuple[str, ...] = (
    # What loads the lower back.
    "back-arch",
    "pelvis-lift",
    "lean-back",
    "swing",
    # What the rest of the trunk does.
    "lean-forward",
    "lateral-lean",
    "leaning",
    "pelvic-hike",
    "pelvic-drop",
    "hips-raised",
    # What the legs do.
    "support-knee-bent",
    "bent-knee",
    "too-high",
    # Coaching: the repetition counts.
    "fast-lowering",
    "short-hold",
    "low-peak",
)
"""House default: the safety of the back first, then the trunk, the legs, and what only coaches."""

_RANK = {code: rank for rank, code in enumerate(FIRST_TOLD)}
# A fault of an exercise that was added later voids as well, so it goes before all coaching.
_UNKNOWN = _RANK["fast-lowering"] - 0.5


def importance(finding: Finding) -> tuple[float, float]:
    """Returns the key that sorts findings by what to tell first, the earliest of equals first."""
    return _RANK.get(finding.code, _UNKNOWN), finding.at_s


def most_important(findings: Iterable[Finding]) -> Finding | None:
    """Returns the one finding to say and show, the earliest of equals; None without findings.

    Voice, screen and report all choose with this function, so that they name the same fault for
    the same repetition.
    """
    return min(findings, key=importance, default=None)
