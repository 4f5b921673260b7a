"""Days of training made up for the rule: so many clean, so many compensated, such a pain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.pose import Side
from formcheck.training.plan import Entry
from formcheck.training.stored_session import StoredSession, StoredSet
from tests.history.made import MORNING, rep, stored

ENTRY = Entry(
    name="standing-hip-flexion",
    sets=3,
    reps=8,
    loads=("no load", "light band"),
    load=("no load",),
)


def one_set(
    number: int,
    clean: int,
    compensated: int = 0,
    *,
    unverified: int = 0,
    load: str = "no load",
    pain: int | None = None,
) -> StoredSet:
    """So many repetitions of each leg: compensated ones first, so that fatigue is no matter."""
    verdicts = [Verdict.COMPENSATED] * compensated + [Verdict.UNVERIFIED] * unverified
    verdicts += [Verdict.CLEAN] * clean
    return of_verdicts(number, verdicts, load=load, pain=pain)


def of_verdicts(
    number: int, verdicts: Sequence[Verdict], *, load: str = "no load", pain: int | None = None
) -> StoredSet:
    """A set in which both legs do the same."""
    done: list[Rep] = []
    for verdict in verdicts:
        for side in (Side.LEFT, Side.RIGHT):
            done.append(rep(len(done) + 1, verdict, side=side))
    return StoredSet(number=number, reps=tuple(done), load=load, pain=pain)


def day(
    after_days: int,
    sets: Sequence[StoredSet] | None = None,
    *,
    entry: Entry = ENTRY,
    **changed: object,
) -> StoredSession:
    """A session so many days after the first; every set full if none are given."""
    load = entry.load[0]
    done = sets or [one_set(n + 1, entry.reps, load=load) for n in range(entry.sets)]
    asked = RunSettings(sets=entry.sets, reps=entry.reps, rest_s=60.0, hold_s=entry.hold_s)
    session = stored(
        MORNING + timedelta(days=after_days),
        sets=done,
        exercise=entry.name,
        settings=asked,
        **changed,
    )
    return replace(session, ended_at=session.started_at + timedelta(minutes=9))
