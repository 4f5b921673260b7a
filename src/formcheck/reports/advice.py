"""What to work on, in sentences for the reader of the report, and the moments to show."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.core.checker.faults import Finding
from formcheck.core.checker.importance import importance, most_important
from formcheck.core.checker.session import Rep, Session, Verdict
from formcheck.core.checker.wording import amount, beside, finding_text, short_of
from formcheck.core.exercise.exercise import Cue, Exercise, Fault
from formcheck.core.pose.pose import Side
from formcheck.reports.still import LimitLines

FURTHER = "Go as far as you can without losing your posture."
STAY = "Stay at the top until the time is up."


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A point to work on: what was seen how often, and what to do about it."""

    what: str
    detail: str
    say: str
    count: int
    voids: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The worst moment of a rejected repetition, and what to draw there.

    `words` say what the picture shows; `limit_words` say what the dashed line is, empty without it.
    """

    rep: Rep
    at_s: float
    limit_lines: LimitLines
    words: str
    say: str
    limit_words: str


def advice(session: Session, exercise: Exercise) -> list[Advice]:
    """Returns what to work on: faults and range first, then cues, the most frequent first.

    Of two equally frequent points the more important comes first.
    """
    faults, cues = _grouped(session, "faults"), _grouped(session, "cues")
    found = [_fault_advice(exercise, code, seen, voids=True) for code, seen in faults.items()]
    short = [rep for rep in session.reps if rep.verdict is Verdict.PARTIAL]
    if short:
        lowest = min(short, key=lambda rep: rep.peak_deg)
        found.append(
            Advice(
                what="cut short" if lowest.peak_deg >= exercise.cycle.top else "not the full range",
                detail=f"for example {short_of(exercise, lowest)}",
                say=STAY if lowest.peak_deg >= exercise.cycle.top else FURTHER,
                count=len(short),
                voids=True,
            )
        )
    found.sort(key=lambda one: -one.count)
    coaching = [_fault_advice(exercise, code, seen, voids=False) for code, seen in cues.items()]
    return found + sorted(coaching, key=lambda one: -one.count)


def _grouped(session: Session, kind: str) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for rep in session.reps:
        for finding in getattr(rep, kind):
            groups.setdefault(finding.code, []).append(finding)
    return dict(sorted(groups.items(), key=lambda group: importance(group[1][0])))


def _fault_advice(exercise: Exercise, code: str, seen: list[Finding], *, voids: bool) -> Advice:
    rule = rule_of(exercise, code)
    worst = max(seen, key=lambda f: abs(f.worst)) if isinstance(rule, Fault) else None
    if worst is None:
        worst = min(seen, key=lambda f: f.worst)
    found, limit = abs(worst.worst), abs(worst.limit)
    bound = "limit" if isinstance(rule, Fault) else "at least"
    return Advice(
        what=rule.name,
        detail=f"at worst {beside(found, limit, worst.unit)} ({bound} {amount(limit, worst.unit)})",
        say=rule.say,
        count=len(seen),
        voids=voids,
    )


def rule_of(exercise: Exercise, code: str, unit: str | None = None) -> Fault | Cue:
    """Returns the rule with a code; of several rules with the code, the rule with this unit."""
    rules: list[Fault | Cue] = [*exercise.faults, *exercise.cues]
    found = [rule for rule in rules if rule.code == code]
    for rule in found:
        if unit is not None and isinstance(rule, Fault) and rule.measure.unit == unit:
            return rule
    return found[0]


def moments(session: Session, exercise: Exercise) -> list[Moment]:
    """Returns a moment for each compensated or partial repetition: its fault at its worst."""
    found = []
    for rep in session.reps:
        first = most_important(f for f in rep.faults if isinstance(_rule(exercise, f), Fault))
        if first is not None:
            found.append(_faulty(exercise, rep, first))
        elif rep.verdict in (Verdict.PARTIAL, Verdict.COMPENSATED):
            found.append(_short(exercise, rep))
    return found


def _rule(exercise: Exercise, finding: Finding) -> Fault | Cue:
    return rule_of(exercise, finding.code, finding.unit)


def _faulty(exercise: Exercise, rep: Rep, worst: Finding) -> Moment:
    rule = _rule(exercise, worst)
    assert isinstance(rule, Fault)
    side = rule.side(rep.side)
    limit = amount(abs(worst.limit), worst.unit)
    name = rule.measure.name
    words = {"plank_line": "straight from shoulder to ankle", "lumbar_gap": "flat on the floor"}
    return Moment(
        rep=rep,
        at_s=worst.at_s,
        limit_lines=LimitLines(measure=rule.measure, side=side, beyond=worst.worst - worst.limit),
        words=finding_text(exercise, worst),
        say=rule.say,
        limit_words=words.get(name, f"where the limit of {limit} lies"),
    )


def _short(exercise: Exercise, rep: Rep) -> Moment:
    cycle = exercise.cycle
    missing = rep.peak_deg - cycle.top
    side = Side.LEFT if rep.side is Side.BOTH else rep.side
    reached = missing >= 0
    cues = "; ".join(finding_text(exercise, finding) for finding in rep.faults)
    return Moment(
        rep=rep,
        at_s=rep.top_s,
        limit_lines=LimitLines(
            measure=cycle.measure, side=side, beyond=math.nan if reached else missing
        ),
        words=cues or short_of(exercise, rep),
        say=STAY if reached and not cues else "" if cues else FURTHER,
        limit_words="" if reached else f"the full range, {cycle.top:.0f}°",
    )
