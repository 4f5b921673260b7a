"""Before and after: two sessions of one exercise, value by value, within the camera's error."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from formcheck.core.checker.session import FrameReport, Rep, Session, Verdict
from formcheck.core.exercise.exercise import Exercise, Quantity
from formcheck.core.pose.pose import FloatArray, Side
from formcheck.reports.comparison import NOTABLE

BETTER, WORSE, SAME, ENOUGH, OPEN = "better", "worse", "the same", "enough", "not comparable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The counted measure through one repetition: seconds since its beginning, and degrees."""

    rep: Rep
    times_s: FloatArray
    values_deg: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One of the two sessions.

    Attributes
    ----------
    name : str
        What it is called on the page.
    session : Session
        The judged session.
    rules : Exercise
        The rules it was judged by.
    courses : tuple of Course
        The repetitions over time; empty where only the session is kept.
    video : str
        Name of the video beside the page; empty without one.
    """

    name: str
    session: Session
    rules: Exercise
    courses: tuple[Course, ...] = ()
    video: str = ""


def courses_of(reports: Sequence[FrameReport], session: Session) -> tuple[Course, ...]:
    """Returns the course of every repetition, from the reports of all frames."""
    times_s = np.array([report.time_s for report in reports])
    found = []
    for rep in session.reps:
        within = np.flatnonzero((times_s >= rep.start_s) & (times_s <= rep.end_s))
        values = [reports[int(i)].counted_deg.get(rep.side, math.nan) for i in within]
        found.append(
            Course(rep=rep, times_s=times_s[within] - rep.start_s, values_deg=np.array(values))
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value before and after.

    Attributes
    ----------
    name : str
        In words, with the leg where there is one.
    unit : str
        `deg`, `s` or `share`.
    before, after : float
        Means, or shares of all repetitions.
    error : float
        The largest difference that may be the measurement's own.
    verdict : str
        `BETTER`, `WORSE`, `SAME` (within the error), `ENOUGH` (what was asked for, both times) or
        `OPEN`.
    """

    name: str
    unit: str
    before: float
    after: float
    error: float
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A value of repetitions, and how far short of what is wanted a mean lies."""

    name: str
    unit: str
    of: Callable[[Rep], float]
    short: Callable[[float], float] = field(repr=False)


def same_view(before: Subject, after: Subject) -> bool:
    """Returns whether both cameras stood alike, so that angles may be compared."""
    return before.session.view is after.session.view


def changes(before: Subject, after: Subject) -> list[Change]:
    """Returns every value that both have: shares first, then range, times and symmetry."""
    found = [*_shares(before, after)]
    comparable = same_view(before, after)
    for wanted in _wanted(after.rules):
        for side in after.session.sides:
            both = [_mean(s, wanted.of, side) for s in (before, after)]
            if all(map(math.isfinite, both)):
                legs = len(after.session.sides) > 1
                name = f"{wanted.name} ({side.value})" if legs else wanted.name
                found.append(_change(name, wanted, both[0], both[1], comparable))
    return [*found, *_symmetry(before, after, comparable)]


def _shares(before: Subject, after: Subject) -> Iterator[Change]:
    """Gives the shares of clean repetitions and of each fault; one repetition is no difference."""
    numbers = [len(s.session.reps) for s in (before, after)]
    if not all(numbers):
        return
    error = 1.0 / min(numbers)
    clean = [s.session.counts.clean / n for s, n in zip((before, after), numbers, strict=True)]
    alike = before.rules == after.rules
    yield _share("clean repetitions", clean[0], clean[1], error, wanted=1.0, comparable=alike)
    named = {fault.code: fault.name for fault in (*before.rules.faults, *after.rules.faults)}
    for code, name in named.items():
        shares = [
            sum(code in {f.code for f in rep.faults} for rep in s.session.reps) / n
            for s, n in zip((before, after), numbers, strict=True)
        ]
        if any(shares):
            same_limit = _limits(before.rules, code) == _limits(after.rules, code)
            yield _share(name, shares[0], shares[1], error, wanted=0.0, comparable=same_limit)


def _limits(rules: Exercise, code: str) -> list[float]:
    return [fault.limit.value for fault in rules.faults if fault.code == code]


def _share(
    name: str, before: float, after: float, error: float, *, wanted: float, comparable: bool
) -> Change:
    return Change(
        name=name,
        unit="share",
        before=before,
        after=after,
        error=error,
        verdict=_verdict(before, after, lambda share: abs(wanted - share), error, comparable),
    )


def _change(name: str, wanted: Wanted, before: float, after: float, comparable: bool) -> Change:
    error = NOTABLE[wanted.unit]
    open_to = comparable or wanted.unit != "deg"
    return Change(
        name=name,
        unit=wanted.unit,
        before=before,
        after=after,
        error=error,
        verdict=_verdict(before, after, wanted.short, error, open_to),
    )


def _verdict(
    before: float, after: float, short: Callable[[float], float], error: float, comparable: bool
) -> str:
    if not comparable:
        return OPEN
    if abs(after - before) <= error + 1e-9:
        return SAME
    gain = short(before) - short(after)
    if abs(gain) <= error + 1e-9:
        return ENOUGH
    return BETTER if gain > 0 else WORSE


def _wanted(rules: Exercise) -> list[Wanted]:
    """Returns the values worth comparing, with what the rules want of each."""

    def short_of(level: float) -> Callable[[float], float]:
        return lambda value: max(0.0, level - value)

    measure = rules.cycle.measure.name.replace("_", " ").removesuffix(" both")
    found = [
        Wanted(
            name=f"peak {measure}",
            unit="deg",
            of=lambda rep: rep.peak_deg,
            short=short_of(rules.cycle.aim),
        )
    ]
    hold_s = rules.cycle.hold_target_s or rules.dose.hold_s
    if hold_s:
        found.append(
            Wanted(name="hold", unit="s", of=lambda rep: rep.hold_s, short=short_of(hold_s))
        )
    for cue in rules.cues:
        if cue.quantity is Quantity.LOWERING_S:
            short = short_of(cue.at_least)
            found.append(
                Wanted(name="lowering", unit="s", of=lambda rep: rep.lowering_s, short=short)
            )
    return found


def _mean(subject: Subject, of: Callable[[Rep], float], side: Side) -> float:
    """Returns the mean over a leg's repetitions that could be judged; NaN without one."""
    seen = [
        of(rep)
        for rep in subject.session.reps
        if rep.side is side and rep.verdict is not Verdict.UNVERIFIED and math.isfinite(of(rep))
    ]
    return sum(seen) / len(seen) if seen else math.nan


def _symmetry(before: Subject, after: Subject, comparable: bool) -> list[Change]:
    """Returns how far apart the legs' peaks are; nothing unless both legs moved both times."""
    apart = [abs(_mean(s, _peak, Side.LEFT) - _mean(s, _peak, Side.RIGHT)) for s in (before, after)]
    if not all(map(math.isfinite, apart)):
        return []
    wanted = Wanted(name="", unit="deg", of=_peak, short=abs)
    return [_change("legs apart at the peak", wanted, apart[0], apart[1], comparable)]


def _peak(rep: Rep) -> float:
    return rep.peak_deg
