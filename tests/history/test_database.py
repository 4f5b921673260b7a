"""Older, newer, foreign, damaged, read-only, full: one sentence each, and nothing lost."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.history.database import HistoryError, connect
from formcheck.history.migrations import APPLICATION_ID, STEPS
from formcheck.history.store import History
from tests.history.disks import Mount
from tests.history.made import stored

OLD_ROWS = """
INSERT INTO sessions VALUES (7, 'old-session', '2026-01-05T18:00:00+01:00', 1767632400.0,
    '2026-01-05T18:09:00+01:00', 'supine-marching', 'run',
    '{"path": "camera 0", "width": 1280, "height": 720, "fps": null, "frames": null,
      "duration_s": null}', 'side', '["left", "right"]',
    '{"sets": 3, "reps": 10, "rest_s": 60.0, "hold_s": 0.0, "side": null, "strict": false}',
    NULL, '[]', 'full', '0.1.0');
INSERT INTO sets VALUES (1, 7, 1);
INSERT INTO reps VALUES (1, 1, 0, 1, 'left', 1.0, 2.0, 3.0, 'clean', 91.5, 0.4, NULL, 4.5);
"""


def old_database(folder: Path, version: int) -> Path:
    """A database as version `version` left it."""
    folder.mkdir(parents=True)
    path = folder / "history.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript("".join(STEPS[:version]) + OLD_ROWS)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    return path


def test_an_older_database_is_brought_up_to_date(data: Path) -> None:
    path = old_database(data, 1)
    with History(data) as history:
        old = history.session(7)
        assert (old.exercise, len(old.reps), old.pain, old.notes) == (
            "supine-marching",
            1,
            None,
            {},
        )
        assert old.reps[0].pelvic_obliquity_deg == 4.5
        assert history.add(stored()) == 8
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_an_older_and_a_new_database_have_the_same_shape(tmp_path: Path) -> None:
    def shape(path: Path) -> list[tuple[str, ...]]:
        connection = connect(path)
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master ORDER BY 1")]
        found = [
            (
                table,
                *(column["name"] for column in connection.execute(f"PRAGMA table_info({table})")),
            )
            for table in tables
        ]
        connection.close()
        return found

    assert shape(old_database(tmp_path / "old", 1)) == shape(tmp_path / "new" / "history.db")


def test_a_step_that_fails_leaves_the_older_version_whole(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_database(data, 1)
    broken = (STEPS[0], "ALTER TABLE sets ADD COLUMN load TEXT; SELECT nonsense")
    monkeypatch.setattr("formcheck.history.database.STEPS", broken)
    with pytest.raises(HistoryError, match="can't be used"):
        History(data)
    monkeypatch.undo()
    with History(data) as history:
        assert history.session(7).reps


def test_many_open_a_new_database_at_once(data: Path) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with History(data) as history:
                history.add(stored())
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must fail with it
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with History(data) as history:
        assert len(history.sessions()) == 8


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def _another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (address TEXT)")
    connection.close()


def _text(path: Path) -> None:
    path.write_text("Dear diary, today I trained.\n" * 300, encoding="utf-8")


def _cut_in_half(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(size // 2 + 100)


def _scribbled_over(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 8192)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "newer": (_newer, "newer formcheck"),
    "another program's": (_another_program, "another program's"),
    "text": (_text, "is damaged"),
    "cut in half": (_cut_in_half, "is damaged"),
    "scribbled over": (_scribbled_over, "is damaged"),
    "a folder": (_folder, "is not a file"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_what_can_not_be_used_is_said_and_left_alone(data: Path, case: str) -> None:
    damage, words = DAMAGE[case]
    with History(data) as history:
        history.add_all(stored() for _ in range(30))
    path = data / "history.db"
    damage(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(HistoryError, match=words) as refused:
        History(data)
    assert str(refused.value).count("\n") == 0
    assert str(path) in str(refused.value)
    assert before == (path.read_bytes() if path.is_file() else b"")


def test_an_empty_file_is_a_new_history(data: Path) -> None:
    data.mkdir()
    (data / "history.db").touch()
    with History(data) as history:
        assert history.add(stored()) == 1


def test_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(HistoryError, match="Choose another folder with --data"):
        History(tmp_path / "data")


def test_a_full_database_keeps_what_it_has(data: Path) -> None:
    with History(data) as history:
        history.add(stored())
        (pages,) = history.connection.execute("PRAGMA page_count").fetchone()
        history.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(HistoryError, match="is full: make room"):
            history.add_all(stored() for _ in range(200))
        assert len(history.sessions()) == 1


def test_a_full_disk(disk: Mount) -> None:
    place = disk(kilobytes=400)
    with History(place) as history:
        history.add(stored())
        with pytest.raises(HistoryError, match="full"):
            for _ in range(500):
                history.add(stored())
        whole = len(history.sessions())
        assert whole >= 1
    with History(place) as history:
        assert len(history.sessions()) == whole
        assert all(len(session.reps) == 4 for session in history.sessions())


def test_a_disk_that_is_full_from_the_start(disk: Mount) -> None:
    place = disk(kilobytes=16)
    (place / "photos").write_bytes(bytes(16 * 1024))
    with pytest.raises(HistoryError, match="full"):
        History(place)


def test_a_read_only_disk_can_be_read_and_not_written(disk: Mount) -> None:
    place = disk(kilobytes=2000)
    with History(place) as history:
        number = history.add(stored()) or 0
    disk(place, read_only=True)
    with History(place) as history:
        assert len(history.session(number).reps) == 4
        with pytest.raises(HistoryError, match="may only be read: allow writing"):
            history.add(stored())


def test_foreign_keys_are_on(data: Path) -> None:
    with History(data) as history, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        history.connection.execute("INSERT INTO sets (session_id, number) VALUES (99, 1)")


def test_it_writes_ahead_and_waits_for_others(data: Path) -> None:
    with History(data) as history:
        assert history.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        (wait_ms,) = history.connection.execute("PRAGMA busy_timeout").fetchone()
        assert wait_ms >= 5000


def test_a_history_held_by_another_program(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.history.database.BUSY_S", 0.05)
    with History(data) as one, History(data) as other:
        one.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="held by another program"):
            other.add(stored())
        one.connection.execute("ROLLBACK")
        assert other.add(stored(sets=())) is not None
