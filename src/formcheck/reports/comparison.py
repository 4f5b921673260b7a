"""Comparisons within a set: left leg against right leg, beginning against end."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.checker.session import FrameReport, Rep, Session, Verdict
from formcheck.core.exercise.exercise import Exercise, Quantity
from formcheck.core.measures import Scope
from formcheck.core.pose.pose import Side
from formcheck.reports.series import Chart
from formcheck.training.fatigue import RANGE_DROP_DEG, ends

NOTABLE = {"deg": RANGE_DROP_DEG, "s": 0.3, "trunk": 0.025}
"""House default: smaller differences between means may be the camera's own error."""

MIN_REPS = 4
"""Repetitions of a leg that a comparison of its first and last repetitions needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """A value that every repetition has.

    Attributes
    ----------
    name : str
        Name in words.
    unit : str
        `deg`, `s` or `trunk`.
    of : callable
        Returns the value of a repetition; NaN where it was not seen.
    """

    name: str
    unit: str
    of: Callable[[Rep], float]

    def notable(self, difference: float) -> bool:
        """Returns whether a difference exceeds the camera's error."""
        return abs(difference) >= NOTABLE[self.unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A trait of two groups of repetitions.

    Attributes
    ----------
    trait : Trait
        The trait.
    side : Side | None
        The leg of both groups; None where the groups are the two legs.
    first, second : float
        Means; first the left leg or the beginning.
    counts : (int, int)
        Number of repetitions behind each mean.
    """

    trait: Trait
    side: Side | None
    first: float
    second: float
    counts: tuple[int, int]

    @property
    def difference(self) -> float:
        """The second mean minus the first."""
        return self.second - self.first


def traits(
    session: Session, reports: Sequence[FrameReport], exercise: Exercise, shown: Sequence[Chart]
) -> list[Trait]:
    """Returns the traits worth comparing: range, times, and how far the body strayed."""
    found = [
        Trait(name=f"peak {exercise.cycle.measure.name.replace('_', ' ')}", unit="deg", of=_peak),
        Trait(name="whole repetition", unit="s", of=lambda rep: rep.end_s - rep.start_s),
    ]
    if any(cue.quantity is Quantity.LOWERING_S for cue in exercise.cues):
        found.append(Trait(name="lowering", unit="s", of=lambda rep: rep.lowering_s))
    if exercise.dose.hold_s > 0:
        found.insert(1, Trait(name="hold", unit="s", of=lambda rep: rep.hold_s))
    times_s = np.array([report.time_s for report in reports])
    for chart in shown:
        if chart.judged and chart.from_neutral and chart.measure.scope is Scope.BODY:
            found.append(_strayed(chart, times_s))
    return [trait for trait in found if any(math.isfinite(trait.of(r)) for r in session.reps)]


def _peak(rep: Rep) -> float:
    return rep.peak_deg


def _strayed(chart: Chart, times_s: np.ndarray) -> Trait:
    """Returns how far a measure strayed from the start posture within a repetition.

    Without a sign where both directions have limits: each leg leans to its own side.
    """
    (curve,) = chart.curves
    ways = {(line.fault, line.level > 0) for line in chart.lines}
    alike = any((fault, not way) in ways for fault, way in ways)

    def of(rep: Rep) -> float:
        within = curve.values[(times_s >= rep.start_s) & (times_s <= rep.end_s)]
        seen = within[np.isfinite(within)]
        if not seen.size:
            return math.nan
        furthest = float(seen[np.abs(seen).argmax()])
        return abs(furthest) if alike else furthest

    words = chart.measure.name.replace("_", " ")
    return Trait(name=f"furthest {words}", unit=chart.measure.unit, of=of)


def legs_compared(session: Session, known: Sequence[Trait]) -> list[Contrast]:
    """Returns the left leg's means against the right leg's; empty unless both legs were seen."""
    left, right = (_seen(session, side) for side in (Side.LEFT, Side.RIGHT))
    contrasts = (_contrast(trait, None, left, right) for trait in known)
    return [contrast for contrast in contrasts if contrast is not None]


def ends_compared(session: Session, known: Sequence[Trait]) -> list[Contrast]:
    """Returns for each leg the means of its first repetitions against those of its last.

    The groups are the leg's `ends`; a leg with fewer than `MIN_REPS` is left out. Each leg is
    compared with itself: a set may train one leg after the other.
    """
    found = []
    for side in session.sides:
        reps = _seen(session, side)
        if len(reps) >= MIN_REPS:
            contrasts = (_contrast(trait, side, *ends(reps)) for trait in known)
            found += [contrast for contrast in contrasts if contrast is not None]
    return found


def _seen(session: Session, side: Side) -> list[Rep]:
    return [
        rep for rep in session.reps if rep.side is side and rep.verdict is not Verdict.UNVERIFIED
    ]


def _contrast(
    trait: Trait, side: Side | None, first: Sequence[Rep], second: Sequence[Rep]
) -> Contrast | None:
    groups = [[v for v in map(trait.of, reps) if math.isfinite(v)] for reps in (first, second)]
    if not all(groups):
        return None
    means = [float(np.mean(group)) for group in groups]
    return Contrast(
        trait=trait,
        side=side,
        first=means[0],
        second=means[1],
        counts=(len(groups[0]), len(groups[1])),
    )
