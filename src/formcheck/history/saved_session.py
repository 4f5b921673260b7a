"""Sessions from files that lie beside the history: a saved session, the journal of a run.

Neither file names an identity, so the identity comes from the content: a second import of the same
file finds its session in the history.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from formcheck.core.checker.session import Rep
from formcheck.core.coaching.settings import RunSettings
from formcheck.files.checked_fields import Fields
from formcheck.files.run_journal import JournalledRun, read_journal
from formcheck.files.session_fields import read_session
from formcheck.training.stored_session import LOAD, PAIN, StoredSession, StoredSet


def saved_session(fields: Fields, changed_at: datetime) -> StoredSession:
    """Returns the session of a file written with `--json` or `--out`.

    The file does not say when the session was; the session ends when the file was last changed.
    """
    session = read_session(fields)
    sets: dict[int, list[Rep]] = {}
    for rep in session.reps:
        # Repetitions that name no set are one set.
        sets.setdefault(rep.set_number or 1, []).append(rep)
    return StoredSession(
        uid=identity(fields.value),
        started_at=changed_at - timedelta(seconds=session.source.duration_s or 0.0),
        ended_at=changed_at,
        exercise=session.exercise,
        origin="analyze",
        source=session.source,
        settings=RunSettings(sets=0, reps=0, rest_s=0.0, hold_s=session.hold_target_s),
        view=session.view,
        sides=session.sides,
        sets=tuple(StoredSet(number=n, reps=tuple(reps)) for n, reps in sorted(sets.items())),
        problems=session.problems,
        formcheck=session.formcheck,
        rules=session.rules,
    )


def journal_session(lines: Iterable[bytes]) -> StoredSession:
    """Returns the run that the lines of a journal tell of; see `read_journal`."""
    run = read_journal(lines)
    sets, notes = _sets_and_notes(run)
    return StoredSession(
        uid=identity(run.first_line),
        started_at=run.header.started_at,
        ended_at=None,
        exercise=run.header.exercise,
        origin="run",
        source=run.session.source,
        settings=run.header.settings,
        view=run.session.view,
        sides=run.session.sides,
        sets=sets,
        problems=run.session.problems,
        notes=notes,
        model=run.header.model,
        formcheck=run.header.formcheck,
        rules=run.session.rules or run.header.rules,
    )


def _sets_and_notes(
    run: JournalledRun,
) -> tuple[tuple[StoredSet, ...], dict[str, str | float]]:
    """Returns the sets with their loads and pains, and what else was noted of the run.

    A load holds for the sets that begin after it, a pain for the set before it.
    """
    reps: dict[int, list[Rep]] = {}
    loads: dict[int, str] = {}
    pains: dict[int, int] = {}
    notes: dict[str, str | float] = {}
    load = ""
    for entry in run.entries:
        if isinstance(entry, Rep):
            number = entry.set_number or 1
            reps.setdefault(number, []).append(entry)
            loads.setdefault(number, load)
        elif entry.name == LOAD:
            load = str(entry.value)
        elif entry.name == PAIN:
            pains[max(reps, default=1)] = round(float(entry.value))
        else:
            notes[entry.name] = entry.value
    _add_late(reps, run.session.reps)
    return tuple(
        StoredSet(
            number=number,
            reps=tuple(reps.get(number, ())),
            load=loads.get(number, ""),
            pain=pains.get(number),
        )
        for number in sorted({*reps, *pains})
    ), notes


def _add_late(by_set: dict[int, list[Rep]], reps: Iterable[Rep]) -> None:
    """Adds the repetitions that have no line of their own: they ended only with the run."""
    known = {(rep.side, rep.start_s) for found in by_set.values() for rep in found}
    for rep in reps:
        if (rep.side, rep.start_s) not in known:
            number = rep.set_number or max(by_set, default=1)
            by_set.setdefault(number, []).append(rep)


def identity(content: object) -> str:
    """Returns an identity that the same content always has."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]
