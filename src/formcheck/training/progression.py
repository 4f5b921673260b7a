"""The rule of progression, and its reasons in words.

The rule looks only at the training since the last change of the plan's step, day by day:

1. Pain of 4 or more (0 to 10) on the last day: stop.
2. Compensated repetitions, half of all on the last day or a third on each of the last two: a step
   back.
3. Otherwise, enough clean repetitions in every set on each of the last two days, at most a fifth
   compensated, no sign of fatigue in the last repetitions, pain under 2, and a day of rest between
   the two days: a step up.
4. Otherwise: the same again.

A step is the nearest one on the exercise's ladder: more repetitions, a further set, longer holds,
more resistance, then a harder exercise. The numbers are house defaults. There is no score: every
decision says what it saw, and the user may overrule it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from formcheck.core.coaching.pain import PAIN_STOPS
from formcheck.exercises import get_exercise
from formcheck.training.plan import Entry, above, below, first_entry
from formcheck.training.stored_session import StoredSession
from formcheck.training.training_day import TrainingDay, training_days

ENOUGH_DAYS = 2
BACK_AT_ONCE = 1 / 2
BACK_IF_TWICE = 1 / 3
UP_AT_MOST = 1 / 5
UNSEEN_AT_MOST = 1 / 3
PAIN_WAITS = 2
REST_DAYS = 2
"""Days between two days of training: Monday and Wednesday have a day of rest between them."""
MOST_A_WEEK = 3
LONG_PAUSE_DAYS = 21


RULE = (
    "Only what was trained since the step was last changed counts, day by day:",
    f"1. Pain of {PAIN_STOPS} or more (0 to 10) on the last day: stop.",
    f"2. {100 * BACK_AT_ONCE:.0f} % of the repetitions compensated on the last day, or"
    f" {100 * BACK_IF_TWICE:.0f} % on each of the last {ENOUGH_DAYS}: a step back.",
    f"3. On each of the last {ENOUGH_DAYS} days the clean repetitions asked for in every set and of"
    f" every leg, at most {100 * UP_AT_MOST:.0f} % compensated and {100 * UNSEEN_AT_MOST:.0f} %"
    f" unverified, no sign of fatigue in the last repetitions of a set, pain under {PAIN_WAITS},"
    " and a day of rest between the two: a step up.",
    "4. Otherwise the same again.",
    "A step up is the nearest one: more repetitions, a further set, longer holds, more resistance,"
    " a harder exercise. Every decision says what it saw; you may overrule it.",
)
"""The rule in words, with its current numbers."""


class Step(str, Enum):
    """Direction of a decision on the ladder."""

    UP = "up"
    STAY = "stay"
    BACK = "back"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do next with one exercise, and why.

    Attributes
    ----------
    step : Step
        The direction.
    before, after : Entry
        The plan's entry now, and next time.
    reasons : tuple of str
        Reasons in whole sentences; never empty.
    """

    step: Step
    before: Entry
    after: Entry
    reasons: tuple[str, ...]


def decide(
    entry: Entry,
    sessions: Sequence[StoredSession],
    *,
    others: Sequence[date] = (),
    planned: Collection[str] = (),
) -> Decision:
    """Returns what to do next with an exercise of the plan.

    Parameters
    ----------
    entry : Entry
        The plan's entry now.
    sessions : sequence of StoredSession
        Sessions of the exercise since the last change of its step, in order of time.
    others : sequence of date
        All days with training, for the remarks about rest.
    planned : collection of str
        The exercises of the plan, which are not proposed again.
    """
    days = training_days(sessions)
    remarks = rest_remarks(sorted({*others, *(day.date for day in days)}))
    if not days:
        decision = _stay(entry, "Nothing was trained at this step yet.")
    else:
        last = days[-ENOUGH_DAYS:]
        decision = _stop(entry, last) or _back(entry, last) or _up_or_stay(entry, last, planned)
    return replace(decision, reasons=(*decision.reasons, *remarks))


def rest_remarks(days: Sequence[date]) -> tuple[str, ...]:
    """Returns remarks about rest, from all days of training in order."""
    said = []
    if len(days) >= 2 and (days[-1] - days[-2]).days < REST_DAYS:
        said.append(
            f"Too little rest: {days[-2]:%A} and {days[-1]:%A} had no day between them. The muscle"
            " grows while it rests; leave a day free."
        )
    week = [day for day in days if (days[-1] - day).days < 7]
    if len(week) > MOST_A_WEEK:
        said.append(
            f"{len(week)} days of training within a week: two or three are enough, more only tire."
        )
    if len(days) >= 2 and (days[-1] - days[-2]).days >= LONG_PAUSE_DAYS:
        pause = (days[-1] - days[-2]).days
        said.append(f"After a pause of {pause} days, begin with less if it feels hard.")
    return tuple(said)


def _stay(entry: Entry, *reasons: str) -> Decision:
    return Decision(step=Step.STAY, before=entry, after=entry, reasons=reasons)


def _stop(entry: Entry, days: Sequence[TrainingDay]) -> Decision | None:
    pain = days[-1].pain
    if pain < PAIN_STOPS:
        return None
    reason = (
        f"Pain {pain} of 10 was noted on {day_text(days[-1].date)}; from {PAIN_STOPS} on the plan"
        " stops. Let it settle, and see a physiotherapist before going on."
    )
    return Decision(step=Step.STOP, before=entry, after=entry, reasons=(reason,))


def _back(entry: Entry, days: Sequence[TrainingDay]) -> Decision | None:
    last = days[-1]
    twice = len(days) >= ENOUGH_DAYS and all(day.compensated >= BACK_IF_TWICE for day in days)
    if last.compensated < BACK_AT_ONCE and not twice:
        return None
    those = days if twice else [last]
    shares = " and ".join(f"{100 * d.compensated:.0f} % on {day_text(d.date)}" for d in those)
    many = f"Many repetitions were compensated: {shares}."
    rung = below(entry.rungs, entry.rung)
    if rung is None:
        return _stay(
            entry,
            f"{many} This is the easiest step: do it slower, in a smaller range, or see a"
            " physiotherapist.",
        )
    after = entry.at(rung)
    reasons = (many, f"Form first: {change_text(entry, after)}.")
    return Decision(step=Step.BACK, before=entry, after=after, reasons=reasons)


def _up_or_stay(entry: Entry, days: Sequence[TrainingDay], planned: Collection[str]) -> Decision:
    hindrances = _hindrances(entry, days)
    if hindrances:
        return _stay(entry, *hindrances)
    first, last = (day.date for day in days)
    asked = "holds" if entry.hold_s else "repetitions"
    done = (
        f"All {entry.sets} sets had their {entry.reps} clean {asked} on {day_text(first)} and on"
        f" {day_text(last)}."
    )
    rung = above(entry.rungs, entry.rung)
    harder = get_exercise(entry.name).harder
    if rung is not None:
        after, which = entry.at(rung), "Next step"
    elif harder and harder not in planned:
        after, which = first_entry(harder), "Next step, a harder exercise"
    else:
        in_plan = f" {get_exercise(harder).title} is in the plan already." if harder else ""
        return _stay(entry, done, f"This is the hardest step of the exercise: keep it.{in_plan}")
    reasons = (done, f"{which}: {change_text(entry, after)}.")
    return Decision(step=Step.UP, before=entry, after=after, reasons=reasons)


def _hindrances(entry: Entry, days: Sequence[TrainingDay]) -> tuple[str, ...]:
    """Returns the reasons against a step up; empty without a reason."""
    said = [sentence for day in days for sentence in _hindrances_of(entry, day)]
    if len(days) < ENOUGH_DAYS:
        said.append(
            f"A step up needs {ENOUGH_DAYS} good days at the same step; this was the first."
        )
    elif (days[-1].date - days[-2].date).days < REST_DAYS:
        said.append("Two days without a day of rest between them count as one.")
    return tuple(said)


def _hindrances_of(entry: Entry, day: TrainingDay) -> list[str]:
    on = f"{day_text(day.date)}"
    said = []
    full = day.full_sets(entry)
    if full < entry.sets:
        asked = f"the {entry.reps} clean {'holds' if entry.hold_s else 'repetitions'} asked for"
        said.append(f"On {on} {full} of {entry.sets} sets had {asked}.")
    if day.compensated > UP_AT_MOST:
        said.append(f"On {on} {100 * day.compensated:.0f} % of the repetitions were compensated.")
    if day.unseen > UNSEEN_AT_MOST:
        said.append(
            f"On {on} {100 * day.unseen:.0f} % of the repetitions could not be verified: mind the"
            " camera's place."
        )
    if day.pain >= PAIN_WAITS:
        said.append(f"Pain {day.pain} of 10 was noted on {on}: no more load while it hurts.")
    said += [f"Fatigue on {on}: {sign}." for sign in day.fatigue]
    return said


def change_text(before: Entry, after: Entry) -> str:
    """Returns what changes from one entry to another, in words."""
    if before.name != after.name:
        return f"{get_exercise(after.name).title}, {after.text}"
    return f"{after.text} (it was {before.text})"


def decision_words(decision: Decision) -> str:
    """Returns what a decision comes to, in words, without the exercise's title and the reasons."""
    return {
        Step.UP: f"next time {change_text(decision.before, decision.after)}",
        Step.BACK: f"a step back: {change_text(decision.before, decision.after)}",
        Step.STAY: f"stays at {decision.before.text}",
        Step.STOP: "stop",
    }[decision.step]


def day_text(day: date) -> str:
    """Returns a day in words: `2 March`."""
    return f"{day.day} {day:%B}"
