"""From the plan and what was trained to the next plan: proposing, accepting, overruling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.exercises import get_exercise
from formcheck.history.decisions import RULE, USER, Decided, keep_decision, last_decided
from formcheck.history.ladder import above, below
from formcheck.history.levels import first_entry
from formcheck.history.plan import Entry, Plan
from formcheck.history.plan_file import change_entry, read_plan
from formcheck.history.progression import Decision, Step, decide
from formcheck.history.store import History


class Overruling(str, Enum):
    """What the user wants instead."""

    UP = "up"
    BACK = "back"
    STAY = "stay"
    RESUME = "resume"

    @property
    def step(self) -> Step:
        """The step it is."""
        return Step.STAY if self is Overruling.RESUME else Step(self.value)


def propose(history: History, plan: Plan, path: Path) -> list[Decision]:
    """Return what the rule says about every exercise of the plan; nothing is changed.

    Parameters
    ----------
    history : History
        What was trained, and decided before.
    plan : Plan
        As it is in the file.
    path : Path
        The file: where it was changed by hand, the new step counts from that moment.
    """
    everything = history.sessions()
    others = [session.started_at.date() for session in everything if session.reps]
    planned = [entry.name for entry in plan.entries]
    decisions = []
    for entry in plan.entries:
        since = _since(history, entry, path)
        sessions = [
            session
            for session in everything
            if session.exercise == entry.name and (since is None or session.started_at > since)
        ]
        decisions.append(decide(entry, sessions, others=others, planned=planned))
    return decisions


def _since(history: History, entry: Entry, path: Path) -> datetime | None:
    """Return the moment from which on training counts for the next step; None for all of it."""
    last = last_decided(history, entry.name)
    if last is None:
        return None
    if not last.after.same_step(entry):
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return last.made_at if last.moved else None


def accept(
    history: History, path: Path, proposed: Sequence[Decision], made_at: datetime
) -> list[Decided]:
    """Write decisions of the rule down, and what they change into the plan's file."""
    done = []
    for decision in proposed:
        decided = Decided(
            made_at=made_at,
            made_by=RULE,
            step=decision.step,
            before=decision.before,
            after=decision.after,
            reasons=decision.reasons,
        )
        if decision.before != decision.after:
            change_entry(path, decision.before.name, decision.after)
        keep_decision(history, decided)
        done.append(decided)
    return done


def overrule(
    history: History, path: Path, name: str, wanted: Overruling, why: str, made_at: datetime
) -> Decided:
    """Put the user's wish in the place of the rule's, in the plan and in the history.

    Staying takes back the last change that the rule made; resuming goes on after a stop.

    Raises
    ------
    UsageError
        The plan has no such exercise, or there is no step that way.
    """
    entry = read_plan(path).entry(get_exercise(name).slug)
    if entry is None:
        raise UsageError(f"The plan has no exercise '{name}': 'formcheck routine show' lists them.")
    after = _wanted(history, entry, wanted)
    decided = Decided(
        made_at=made_at,
        made_by=USER,
        step=wanted.step,
        before=entry,
        after=after,
        reasons=(why or "No reason was given.",),
    )
    if after != entry:
        change_entry(path, entry.name, after)
    keep_decision(history, decided)
    return decided


def _wanted(history: History, entry: Entry, wanted: Overruling) -> Entry:
    if wanted is Overruling.RESUME:
        return entry
    if wanted is Overruling.STAY:
        last = last_decided(history, entry.name)
        undo = last is not None and last.made_by == RULE and last.after == entry
        return last.before if last is not None and undo else entry
    nearest = above if wanted is Overruling.UP else below
    rung = nearest(entry.rungs, entry.rung)
    if rung is not None:
        return entry.at(rung)
    harder = get_exercise(entry.name).harder
    if wanted is Overruling.UP and harder:
        return first_entry(harder)
    end = "harder" if wanted is Overruling.UP else "easier"
    raise UsageError(f"There is no {end} step of '{entry.name}' than {entry.text}.")
