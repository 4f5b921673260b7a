"""The measures over time, as a report plots them: curves, limits, and when they were crossed.

The counted measure is plotted as the checker judges it. Measures with faults are plotted as changes
from the person's own start posture, as their limits are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from formcheck.core.checker.faults import SHOWN_S, WIDEST, bound_in_force
from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.session import FrameReport, Session
from formcheck.core.exercise.exercise import Exercise, Fault, Leg, Phase
from formcheck.core.measures import (
    HIP_FLEXION,
    HIP_FLEXION_PELVIS,
    PELVIC_OBLIQUITY,
    PELVIC_TILT,
    TORSO_LEAN,
    Measure,
    Scope,
)
from formcheck.core.pose.pose import FloatArray, Side

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One measure of one side over time; NaN where it was not seen.

    `side` is None for a measure of the whole body.
    """

    side: Side | None
    values: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A level to be reached, or a limit not to be crossed; `fault` is the limit's code."""

    level: float
    words: str
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A plot of one measure.

    Attributes
    ----------
    measure : Measure
        The measure.
    curves : tuple of Curve
        In the measure's unit.
    lines : tuple of Line
        In the same unit.
    from_neutral : bool
        Whether curves and lines are changes from the start posture.
    supporting : bool
        Whether a leg's curve shows only while the leg carries the body.
    judged : bool
        Whether the measure decides about repetitions; otherwise it is only shown.
    crossed : mapping of str to list of (start, end)
        The times of each fault, in seconds.
    """

    measure: Measure
    curves: tuple[Curve, ...]
    lines: tuple[Line, ...] = ()
    from_neutral: bool = False
    judged: bool = True
    supporting: bool = False
    crossed: dict[str, list[Span]] = field(default_factory=dict)


def charts(session: Session, reports: Sequence[FrameReport], exercise: Exercise) -> list[Chart]:
    """Returns the plots: the counted measure first, then measures with faults, then the others.

    Leaves out a measure that the view does not show, or that was never seen.
    """
    calibration = session.calibration
    if calibration is None:
        return []
    table = _Table(reports, calibration)
    found = [_counted(table, exercise)]
    by_measure: dict[str, list[Fault]] = {}
    for fault in exercise.faults_in(calibration.scene):
        # The plot of the counted measure shows the limits of this measure.
        if fault.shown_in(calibration.scene) and fault.measure is not exercise.cycle.measure:
            by_measure.setdefault(fault.measure.name, []).append(fault)
    found += [_voiding(table, rules, session.sides) for rules in by_measure.values()]
    for measure in (HIP_FLEXION, TORSO_LEAN, PELVIC_OBLIQUITY, PELVIC_TILT, HIP_FLEXION_PELVIS):
        if measure in exercise.measures and measure.name not in by_measure:
            curves = table.curves(measure, from_neutral=False)
            found.append(Chart(measure=measure, curves=curves, judged=False))
    seen: dict[tuple[str, bool], Chart] = {}
    for chart in found:
        if chart.curves and chart.measure.seen_in(calibration.scene):
            if not chart.judged and any(c.measure is chart.measure for c in seen.values()):
                continue
            seen.setdefault((chart.measure.name, chart.from_neutral), chart)
    return list(seen.values())


class _Table:
    """The measures of all frames, with their neutral."""

    def __init__(self, reports: Sequence[FrameReport], calibration: Calibration) -> None:
        self.reports = reports
        self.calibration = calibration

    def curves(
        self, measure: Measure, *, from_neutral: bool, supporting: bool = False
    ) -> tuple[Curve, ...]:
        """Returns a measure's curves; with `supporting` only while the other leg is lifted."""
        found = []
        for side in measure.sides:
            column = measure.column(side)
            values = np.array([r.measures.get(column, math.nan) for r in self.reports])
            if supporting:
                lifted = [
                    r.phases.get(side.other, Phase.REST) is not Phase.REST for r in self.reports
                ]
                values = np.where(lifted, values, math.nan)
            if from_neutral:
                values = values - self.calibration.neutral.get(column, math.nan)
            if np.isfinite(values).any():
                own = side if measure.scope is Scope.LEG else None
                found.append(Curve(side=own, values=values))
        return tuple(found)

    def crossed(self, fault: Fault) -> list[Span]:
        """Returns the times of a fault that lasted long enough to count."""
        spans: list[Span] = []
        start_s = last_s = None
        for report in self.reports:
            if any(finding.code == fault.code for finding in report.active_faults):
                start_s = report.time_s - SHOWN_S if start_s is None else start_s
                last_s = report.time_s
            elif start_s is not None and last_s is not None:
                spans.append((start_s, last_s))
                start_s = last_s = None
        if start_s is not None and last_s is not None:
            spans.append((start_s, last_s))
        return [(start, end) for start, end in spans if end - start >= fault.lasting_s]


def _counted(table: _Table, exercise: Exercise) -> Chart:
    cycle = exercise.cycle
    curves = table.curves(cycle.measure, from_neutral=cycle.from_neutral)
    lines = [Line(level=cycle.top, words="full range")]
    crossed = {}
    column = cycle.measure.column(Side.LEFT)
    zero = 0.0 if cycle.from_neutral else table.calibration.neutral.get(column, math.nan)
    for fault in exercise.faults:
        if fault.measure is cycle.measure:
            lines += [
                Line(level=line.level + zero, words=line.words, fault=line.fault)
                for line in _limits(table, fault, (Side.LEFT,))
            ]
            crossed[fault.code] = table.crossed(fault)
    return Chart(
        measure=cycle.measure,
        curves=curves,
        lines=tuple(lines),
        from_neutral=cycle.from_neutral,
        crossed=crossed,
    )


def _voiding(table: _Table, rules: Sequence[Fault], sides: Sequence[Side]) -> Chart:
    lines = [line for rule in rules for line in _limits(table, rule, sides)]
    supporting = all(rule.leg is Leg.SUPPORT for rule in rules)
    return Chart(
        measure=rules[0].measure,
        curves=table.curves(rules[0].measure, from_neutral=True, supporting=supporting),
        lines=tuple(_once(lines)),
        from_neutral=True,
        # Without a limit in force the measure voids no repetition.
        judged=bool(lines),
        supporting=supporting,
        crossed={rule.code: table.crossed(rule) for rule in rules},
    )


def _limits(table: _Table, fault: Fault, sides: Sequence[Side]) -> list[Line]:
    """Returns the limits in force: an unsteady start posture widens or suspends a limit."""
    lines = []
    for side in sides:
        sd = table.calibration.sd.get(fault.measure.column(fault.side(side)), math.nan)
        bound = bound_in_force(fault, sd)
        if math.isnan(bound) or bound > WIDEST * abs(fault.limit.value):
            continue
        for direction in (1.0, -1.0) if fault.limit.either else (fault.limit.value,):
            level = math.copysign(bound, direction)
            lines.append(Line(level=level, words=fault.name, fault=fault.code))
    return lines


def _once(lines: Iterable[Line]) -> list[Line]:
    """Returns the limits without those that would be drawn over each other."""
    return list({(line.fault, round(line.level, 3)): line for line in lines}.values())
