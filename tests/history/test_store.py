"""What goes into the history comes out of it; what is taken out is gone."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from formcheck.history.store import History, NoSuchSession, forget
from formcheck.training.stored_session import StoredSession, StoredSet
from tests.history.made import MORNING, any_session, rep, stored


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(any_session())
def test_a_session_comes_back_as_it_was(data: Path, session: StoredSession) -> None:
    with History(data) as history:
        number = history.add(session)
        assert number is not None
        assert history.session(number) == replace(session, number=number)
        history.delete([number])


def test_what_was_not_observed_stays_so(data: Path) -> None:
    unseen = rep(1, lowering_s=math.nan, peak_deg=math.nan, pelvic_obliquity_deg=math.nan)
    with History(data) as history:
        number = history.add(stored(sets=[StoredSet(number=1, reps=(unseen,))]))
        (read,) = history.session(number or 0).reps
    assert math.isnan(read.lowering_s) and math.isnan(read.peak_deg)
    assert math.isnan(read.pelvic_obliquity_deg)
    assert read.hold_s == unseen.hold_s


def test_names_in_other_encodings_are_kept_readable(data: Path) -> None:
    session = stored()
    odd = replace(session, source=replace(session.source, path="a\udcff\x1b[2Jb\n"))
    with History(data) as history:
        number = history.add(odd)
        assert history.session(number or 0).source.path == "a??[2Jb?"


def test_filters_by_exercise_and_by_the_day_where_it_was(data: Path) -> None:
    late = MORNING.replace(hour=23, minute=50)
    with History(data) as history:
        history.add_all(
            [
                stored(late + timedelta(days=7)),
                stored(late),
                stored(MORNING, exercise="supine-marching"),
                stored(MORNING - timedelta(days=1)),
            ]
        )
        everything = history.sessions()
        assert [s.started_at for s in everything] == sorted(s.started_at for s in everything)
        of_day = history.sessions(since=date(2026, 3, 2), until=date(2026, 3, 2))
        assert [s.exercise for s in of_day] == ["supine-marching", "standing-hip-flexion"]
        assert len(history.sessions(exercise="supine-marching")) == 1
        assert len(history.sessions(since=date(2026, 3, 3))) == 1
        assert history.sessions(until=date(2020, 1, 1)) == []


def test_the_same_session_is_there_once(data: Path) -> None:
    session = stored()
    with History(data) as history:
        first = history.add(session)
        assert history.add(session) is None
        better = replace(session, problems=("again",))
        again = history.add(better, anew=True)
        assert again is not None and again != first
        assert [s.problems for s in history.sessions()] == [("again",)]


def test_all_or_none_are_added(data: Path) -> None:
    broken = stored(sets=[StoredSet(number=1), StoredSet(number=1)])
    with History(data) as history:
        with pytest.raises(Exception, match="UNIQUE"):
            history.add_all([stored(), broken])
        assert history.sessions() == []


def test_deleting_takes_out_all_that_belongs_to_it(data: Path) -> None:
    with History(data) as history:
        first = history.add(stored(sets=[StoredSet(number=1, reps=(rep(1),), load="secret band")]))
        second = history.add(stored())
        assert history.delete([first or 0]) == 1
        for table in ("sets", "reps", "findings", "unchecked"):
            (orphans,) = history.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert orphans == {"sets": 1, "reps": 4, "findings": 1, "unchecked": 0}[table]
        assert [s.number for s in history.sessions()] == [second]
    for path in data.iterdir():
        assert b"secret band" not in path.read_bytes()


def test_deleting_what_is_not_there_deletes_nothing(data: Path) -> None:
    with History(data) as history:
        number = history.add(stored())
        with pytest.raises(NoSuchSession, match="There is no session 99"):
            history.delete([number or 0, 99])
        assert len(history.sessions()) == 1


def test_numbers_are_never_used_again(data: Path) -> None:
    with History(data) as history:
        first = history.add(stored())
        history.delete([first or 0])
        assert history.add(stored()) != first


def test_looking_makes_nothing(data: Path) -> None:
    with History(data, create=False) as history:
        assert history.sessions() == []
    assert not data.exists()


def test_forgetting_leaves_nothing_but_what_is_not_ours(data: Path) -> None:
    with History(data) as history:
        history.add(stored())
    (data / "routine.toml").touch()
    (data / "rescued-1.jsonl").touch()
    (data / "letter.txt").touch()
    gone = {path.name for path in forget(data)}
    assert {"history.db", "routine.toml", "rescued-1.jsonl"} <= gone
    assert [path.name for path in data.iterdir()] == ["letter.txt"]
    (data / "letter.txt").unlink()
    with History(data) as history:
        assert history.sessions() == []
    forget(data)
    assert not data.exists()
