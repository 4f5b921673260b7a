"""A run is never lost: in the history, beside it, or wherever there is room."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from formcheck.core.checker.session import Rep
from formcheck.errors import OutputError
from formcheck.history import live_writer
from formcheck.history.exchange import import_file
from formcheck.history.live_writer import LiveWriter
from formcheck.history.rows import insert_rep
from formcheck.history.store import History
from tests.history.disks import Mount
from tests.history.made import MORNING, header, rep, reps, session


def run(safe: LiveWriter, done: tuple[Rep, ...] = reps(3, 1)) -> None:
    safe.begin(header())
    for each in done:
        safe.add_rep(1, each)
    safe.note("pain", 1)
    safe.finish(session(done))


def rescued(place: Path) -> Path:
    (path,) = place.glob("rescued-20260302-073000.jsonl")
    return path


def assert_whole(path: Path, folder: Path) -> None:
    """Check that a rescued run is whole by bringing it into another history."""
    with History(folder) as history:
        import_file(history, path)
        (stored,) = history.sessions()
    assert stored.reps == reps(3, 1)
    assert (stored.pain, stored.sets[0].load) == (1, "light band")
    assert stored.started_at == MORNING
    assert stored.problems == ("a note",)


def test_all_is_well(data: Path) -> None:
    said: list[str] = []
    safe = LiveWriter(data, said.append, loads=["light band"])
    run(safe)
    with History(data) as history:
        (stored,) = history.sessions()
    assert (stored.reps, stored.loads, said) == (reps(3, 1), ("light band",), [])
    assert safe.number == stored.number
    assert list(data.glob("rescued*")) == []


def test_a_damaged_history(data: Path, tmp_path: Path) -> None:
    data.mkdir()
    (data / "history.db").write_text("Dear diary" * 900, encoding="utf-8")
    said: list[str] = []
    safe = LiveWriter(data, said.append, loads=["light band"])
    run(safe)
    (sentence,) = said
    path = rescued(data)
    assert "is damaged" in sentence
    assert f"'formcheck history import {path}'" in sentence
    assert safe.number is None
    assert_whole(path, tmp_path / "other")


def test_a_disk_that_fills_up_in_the_middle(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    safe = LiveWriter(data, said.append, loads=["light band"])
    calls = iter(range(99))

    def full(connection: sqlite3.Connection, set_id: int, each: Rep) -> int:
        if next(calls) >= 2:
            raise sqlite3.OperationalError("database or disk is full")
        return insert_rep(connection, set_id, each)

    monkeypatch.setattr(live_writer, "insert_rep", full)
    run(safe)
    monkeypatch.undo()
    assert len(said) == 1 and "is full: make room" in said[0]
    assert_whole(rescued(data), tmp_path / "other")
    with History(data) as history:
        assert history.sessions()[0].reps == reps(2)


def test_a_full_disk(
    disk: Mount,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = disk(kilobytes=16)
    (place / "photos").write_bytes(bytes(16 * 1024))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    said: list[str] = []
    run(LiveWriter(place, said.append, loads=["light band"]))
    (sentence,) = said
    assert "is full: make room" in sentence
    assert str(rescued(here)) in sentence
    assert_whole(rescued(here), tmp_path / "other")
    assert list(place.glob("rescued*")) == []


def test_a_read_only_disk(
    disk: Mount,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = disk(kilobytes=2000)
    with History(place):
        pass
    disk(place, read_only=True)
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    run(LiveWriter(place, said.append, loads=["light band"]))
    assert len(said) == 1 and "may only be read" in said[0]
    assert_whole(rescued(tmp_path), tmp_path / "other")


def test_nowhere_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_journal(self: object, given: object) -> None:
        raise OutputError("no room")

    monkeypatch.setattr("formcheck.files.run_journal.Journal.begin", no_journal)
    (tmp_path / "data").touch()
    safe = LiveWriter(tmp_path / "data", lambda sentence: None)
    with pytest.raises(OutputError, match="can't be used"):
        run(safe)


def test_a_run_before_it_is_finished_is_in_the_history(data: Path) -> None:
    safe = LiveWriter(data, print)
    safe.begin(header())
    safe.add_rep(1, rep(1))
    safe.add_rep(2, rep(2))
    safe.finish(session([rep(1), rep(2)]))
    with History(data) as history:
        assert [each.number for each in history.sessions()[0].sets] == [1, 2]
