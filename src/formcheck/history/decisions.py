"""Changes of the training plan: the rule proposes, the user accepts or overrules.

Every decision is stored with its reasons.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from formcheck.errors import FormcheckError, UsageError
from formcheck.exercises import get_exercise
from formcheck.files.checked_fields import Fields, printable
from formcheck.history.database import HistoryError, foreign_content, transaction, translated
from formcheck.history.plan_file import change_entry, plain_entry, read_past_entry, read_plan
from formcheck.history.store import History
from formcheck.training.plan import Entry, Plan, above, below, first_entry
from formcheck.training.progression import Decision, Step, decide

RULE, USER = "rule", "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision about one exercise of the plan, as the history stores it.

    Attributes
    ----------
    made_at : datetime
        With its time zone.
    made_by : str
        `rule` or `user`.
    step : Step
        Which way.
    before, after : Entry
        The plan's entry before and after it.
    reasons : tuple of str
        In whole sentences; the user's own words where the user decided.
    """

    made_at: datetime
    made_by: str
    step: Step
    before: Entry
    after: Entry
    reasons: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether training before the decision no longer counts for the next step."""
        return self.made_by == USER or not self.before.same_step(self.after)

    @property
    def matters(self) -> bool:
        """Whether the decision changed the plan, or stopped it."""
        return self.moved or self.step is Step.STOP


def store_decision(history: History, decided: Decided) -> None:
    """Stores a decision, replacing a decision of the same moment and exercise."""
    with translated(history.path), transaction(history.connection):
        _insert(history.connection, decided, "REPLACE")


def add_decisions(history: History, decided: Iterable[Decided]) -> int:
    """Adds the decisions that are new, all or none; returns how many."""
    with translated(history.path), transaction(history.connection):
        return sum(_insert(history.connection, each, "IGNORE") for each in decided)


def _insert(
    connection: sqlite3.Connection, decided: Decided, otherwise: Literal["REPLACE", "IGNORE"]
) -> int:
    """Inserts a decision; returns 1, or 0 if the history has the decision and ignores it."""
    values = {
        "made_at": decided.made_at.isoformat(),
        "made_s": decided.made_at.timestamp(),
        "made_by": decided.made_by,
        "step": decided.step.value,
        "exercise": decided.after.name,
        "before": json.dumps(plain_entry(decided.before)),
        "after": json.dumps(plain_entry(decided.after)),
        "reasons": json.dumps([printable(reason) for reason in decided.reasons]),
    }
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    return connection.execute(
        f"INSERT OR {otherwise} INTO decisions ({columns}) VALUES ({marks})",
        tuple(values.values()),
    ).rowcount


def decisions(history: History, exercise: str | None = None) -> list[Decided]:
    """Returns the decisions in order of time; only those of an exercise if given."""
    where, values = ("WHERE exercise = ?", (exercise,)) if exercise else ("", ())
    with translated(history.path):
        rows = history.connection.execute(
            f"SELECT * FROM decisions {where} ORDER BY made_s, id", values
        ).fetchall()
        plain = [_document(row) for row in rows]
    try:
        return [read_decided(Fields(each)) for each in plain]
    except FormcheckError as error:
        raise HistoryError(foreign_content(history.path, error)) from error


def last_decided(history: History, exercise: str) -> Decided | None:
    """Returns the last decision about an exercise that changed something; None if none did."""
    changed = [each for each in decisions(history, exercise) if each.matters]
    return changed[-1] if changed else None


def read_decided(fields: Fields) -> Decided:
    """Returns the decision that a table describes; a `FieldError` names the wrong key."""
    fields.text("exercise", least=1, most=60)
    return Decided(
        made_at=fields.moment("made_at"),
        made_by=fields.choice("made_by", (RULE, USER)),
        step=Step(fields.choice("step", [step.value for step in Step])),
        before=read_past_entry(fields.table("before")),
        after=read_past_entry(fields.table("after")),
        reasons=fields.texts("reasons"),
    )


def decision_documents(history: History) -> list[dict[str, Any]]:
    """Returns every decision as plain values, for an export."""
    with translated(history.path):
        rows = history.connection.execute("SELECT * FROM decisions ORDER BY made_s, id").fetchall()
        return [_document(row) for row in rows]


def _document(row: sqlite3.Row) -> dict[str, Any]:
    plain = {name: row[name] for name in ("made_at", "made_by", "step", "exercise")}
    return plain | {name: json.loads(row[name]) for name in ("before", "after", "reasons")}


class Overruling(str, Enum):
    """What the user wants instead of the rule's decision."""

    UP = "up"
    BACK = "back"
    STAY = "stay"
    RESUME = "resume"

    @property
    def step(self) -> Step:
        """The step that the wish comes to."""
        return Step.STAY if self is Overruling.RESUME else Step(self.value)


def propose(history: History, plan: Plan, path: Path) -> list[Decision]:
    """Returns what the rule says about every exercise of the plan; changes nothing.

    Parameters
    ----------
    history : History
        Past training and past decisions.
    plan : Plan
        The plan in the file.
    path : Path
        The file: a step that the user changed by hand counts from the file's last change.
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
    """Returns the moment from which on training counts for the next step; None for all of it."""
    last = last_decided(history, entry.name)
    if last is None:
        return None
    if not last.after.same_step(entry):
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return last.made_at if last.moved else None


def accept(
    history: History, path: Path, proposed: Sequence[Decision], made_at: datetime
) -> list[Decided]:
    """Stores decisions of the rule, and writes their changes into the plan's file."""
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
        store_decision(history, decided)
        done.append(decided)
    return done


def overrule(
    history: History, path: Path, name: str, wanted: Overruling, why: str, made_at: datetime
) -> Decided:
    """Puts the user's wish in place of the rule's decision, in the plan and in the history.

    `STAY` takes back the last change of the rule; `RESUME` goes on after a stop.

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
    store_decision(history, decided)
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
