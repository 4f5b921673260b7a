"""What was decided about the plan, by the rule or by the user, and why: kept, so that it is known.

A decision that moved an exercise to another step also says since when the step is in force: only
what was trained after it counts for the next one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from formcheck.errors import FormcheckError
from formcheck.history.database import HistoryError, foreign_content, transaction, translated
from formcheck.history.document import printable, read_exercise
from formcheck.history.fields import Fields
from formcheck.history.plan import Entry
from formcheck.history.plan_file import read_entry
from formcheck.history.progression import Step
from formcheck.history.store import History

RULE, USER = "rule", "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that was made.

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
        """Whether what was trained before it counts no longer."""
        return self.made_by == USER or not self.before.same_step(self.after)

    @property
    def matters(self) -> bool:
        """Whether it changed something, or stopped the plan."""
        return self.moved or self.step is Step.STOP


def keep_decision(history: History, decided: Decided) -> None:
    """Write a decision down; one of the same moment and exercise is replaced."""
    with translated(history.path), transaction(history.connection):
        _insert(history.connection, decided, "REPLACE")


def add_decisions(history: History, decided: Iterable[Decided]) -> int:
    """Add decisions, all or none, but for those there already; return how many were new."""
    with translated(history.path), transaction(history.connection):
        return sum(_insert(history.connection, each, "IGNORE") for each in decided)


def _insert(
    connection: sqlite3.Connection, decided: Decided, otherwise: Literal["REPLACE", "IGNORE"]
) -> int:
    """Insert a decision; return 1, or 0 where it was there already and is left as it is."""
    values = {
        "made_at": decided.made_at.isoformat(),
        "made_s": decided.made_at.timestamp(),
        "made_by": decided.made_by,
        "step": decided.step.value,
        "exercise": decided.after.name,
        "before": json.dumps(asdict(decided.before)),
        "after": json.dumps(asdict(decided.after)),
        "reasons": json.dumps([printable(reason) for reason in decided.reasons]),
    }
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    return connection.execute(
        f"INSERT OR {otherwise} INTO decisions ({columns}) VALUES ({marks})",
        tuple(values.values()),
    ).rowcount


def decisions(history: History, exercise: str | None = None) -> list[Decided]:
    """Return what was decided, in order of time; of one exercise if given."""
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
    """Return the last decision about an exercise that changed something; None if none did."""
    changed = [each for each in decisions(history, exercise) if each.matters]
    return changed[-1] if changed else None


def read_decided(fields: Fields) -> Decided:
    """Return the decision that a table describes; a `FieldError` says what is wrong in it."""
    read_exercise(fields)
    return Decided(
        made_at=fields.moment("made_at"),
        made_by=fields.choice("made_by", (RULE, USER)),
        step=Step(fields.choice("step", [step.value for step in Step])),
        before=read_entry(fields.table("before")),
        after=read_entry(fields.table("after")),
        reasons=fields.texts("reasons"),
    )


def decision_documents(history: History) -> list[dict[str, Any]]:
    """Return every decision as plain values, for an export."""
    with translated(history.path):
        rows = history.connection.execute("SELECT * FROM decisions ORDER BY made_s, id").fetchall()
        return [_document(row) for row in rows]


def _document(row: sqlite3.Row) -> dict[str, Any]:
    plain = {name: row[name] for name in ("made_at", "made_by", "step", "exercise")}
    return plain | {name: json.loads(row[name]) for name in ("before", "after", "reasons")}
