"""Sessions from files that were written beside the history: a saved session, the journal of a run.

Neither has an identity of its own, so it is made from the content: the same file brought in twice
is known the second time.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from formcheck.core.checker.session import Rep
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import View
from formcheck.files.checked_fields import FieldError, Fields
from formcheck.history.document import (
    DAY_S,
    MOST_SETS,
    SIDES,
    read_exercise,
    read_rep,
    read_settings,
    read_source,
)
from formcheck.training.stored_session import LOAD, PAIN, StoredSession, StoredSet

SESSION_SCHEMA = "formcheck/session@1"
JOURNAL_SCHEMA = "formcheck/journal@1"
CUT_SHORT = "The run was cut short."


def saved_session(fields: Fields, changed_at: datetime) -> StoredSession:
    """Return the session of a file written with `--json` or `--out`.

    It does not say when it was: it counts from the moment its file was last changed.
    """
    fields.choice("schema", (SESSION_SCHEMA,))
    source = read_source(fields.table("source"))
    return StoredSession(
        uid=identity(fields.value),
        started_at=changed_at - timedelta(seconds=source.duration_s or 0.0),
        ended_at=changed_at,
        exercise=read_exercise(fields),
        origin="analyze",
        source=source,
        settings=RunSettings(
            sets=0,
            reps=0,
            rest_s=0.0,
            hold_s=fields.number("hold_target_s", 0, DAY_S) if "hold_target_s" in fields else 0.0,
        ),
        view=View(fields.choice("view", [view.value for view in View])),
        sides=_sides(fields),
        sets=_in_sets(fields),
        problems=fields.texts("problems"),
        formcheck=fields.text("formcheck", most=50),
    )


def journal_session(text: str) -> StoredSession:
    """Return the run that a journal tells of, as far as it goes; a torn last line is left out."""
    lines = _lines(text)
    head = lines[0]
    head.choice("kind", ("begin",))
    told = _Told()
    for line in lines[1:]:
        told.hear(line)
    last = told.finished
    return StoredSession(
        uid=identity(head.value),
        started_at=head.moment("started_at"),
        ended_at=None,
        exercise=read_exercise(head),
        origin="run",
        source=_named_source(head) if last is None else read_source(last.table("source")),
        settings=read_settings(head.table("settings")),
        view=View.UNKNOWN if last is None else View(last.choice("view", [v.value for v in View])),
        sides=() if last is None else _sides(last),
        sets=told.sets(),
        problems=(CUT_SHORT,) if last is None else last.texts("problems"),
        notes=told.notes,
        model=head.text("model"),
        formcheck=head.text("formcheck", most=50),
    )


class _Told:
    """What the lines of a journal tell after its first."""

    def __init__(self) -> None:
        self.notes: dict[str, str | float] = {}
        self.finished: Fields | None = None
        self._reps: dict[int, list[Rep]] = {}
        self._loads: dict[int, str] = {}
        self._pains: dict[int, int] = {}
        self._load = ""

    def hear(self, line: Fields) -> None:
        """Take in one line."""
        kind = line.choice("kind", ("rep", "note", "finish"))
        if kind == "rep":
            number = line.whole("set", 1, MOST_SETS)
            self._reps.setdefault(number, []).append(read_rep(line.table("rep")))
            self._loads.setdefault(number, self._load)
        elif kind == "finish":
            self.finished = line.table("session")
        else:
            self._note(line)

    def _note(self, line: Fields) -> None:
        name = line.text("name")
        if name == LOAD:
            self._load = line.text("value", most=100)
        elif name == PAIN:
            self._pains[max(self._reps, default=1)] = round(line.number("value", 0, 10))
        elif line.is_text("value"):
            self.notes[name] = line.text("value")
        else:
            self.notes[name] = line.number("value", -1e9, 1e9)

    def sets(self) -> tuple[StoredSet, ...]:
        """Return the sets, with the repetitions that only the end of the run tells of."""
        if self.finished is not None:
            known = {(rep.side, rep.start_s) for reps in self._reps.values() for rep in reps}
            late = self.finished.each("reps", read_rep)
            last = self._reps.setdefault(max(self._reps, default=1), [])
            last += [rep for rep in late if (rep.side, rep.start_s) not in known]
        return tuple(
            StoredSet(
                number=number,
                reps=tuple(self._reps.get(number, ())),
                load=self._loads.get(number, ""),
                pain=self._pains.get(number),
            )
            for number in sorted({*self._reps, *self._pains})
        )


def identity(content: object) -> str:
    """Return an identity that the same content always has."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _in_sets(fields: Fields) -> tuple[StoredSet, ...]:
    """Return a saved session's repetitions by the sets they name; those that name none are one."""
    found: dict[int, list[Rep]] = {}

    def read(each: Fields) -> None:
        number = each.whole("set", 1, MOST_SETS) if "set" in each else 1
        found.setdefault(number, []).append(read_rep(each))

    fields.each("reps", read)
    return tuple(StoredSet(number=n, reps=tuple(reps)) for n, reps in sorted(found.items()))


def _sides(fields: Fields) -> tuple[Side, ...]:
    counted = fields.table("by_side")
    counted.only(SIDES)
    return tuple(Side(name) for name in counted.names())


def _named_source(head: Fields) -> SourceInfo:
    return SourceInfo(path=head.text("source"), width=0, height=0)


def _lines(text: str) -> list[Fields]:
    """Return the whole lines; only the last may be torn."""
    written = text.splitlines()
    tables = []
    for number, line in enumerate(written, 1):
        try:
            tables.append(Fields(json.loads(line), f"line {number}"))
        except RecursionError:
            raise FieldError(f"line {number} is nested too deeply.") from None
        except ValueError:
            if number == 1 or number < len(written):
                raise FieldError(f"line {number} is not JSON.") from None
    return tables
