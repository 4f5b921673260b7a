"""`history` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from formcheck.history.store import History
from formcheck.training.stored_session import StoredSet
from tests.cli.running import SLUG, Run
from tests.history.made import MORNING, reps, stored


@pytest.fixture
def three(data: Path) -> Path:
    """Three sessions, a week apart; the last one hurt and is of another exercise."""
    hurt = StoredSet(number=1, reps=reps(2), load="light band", pain=5)
    with History(data) as history:
        history.add_all(
            [
                stored(),
                stored(MORNING + timedelta(days=7), ended_at=None),
                stored(MORNING + timedelta(days=14), sets=[hurt], exercise="supine-marching"),
            ]
        )
    return data


def test_nothing_yet(formcheck: Run, data: Path) -> None:
    ended = formcheck("history")
    assert (ended.code, ended.out, ended.err) == (0, "", "formcheck: No session yet.\n")
    assert not data.exists()


def test_the_list(formcheck: Run, three: Path) -> None:
    ended = formcheck("history")
    assert (ended.code, ended.err) == (0, "")
    rows = [line.split() for line in ended.out.splitlines()[1:4]]
    assert [row[:4] for row in rows] == [
        ["1", "2026-03-02", "07:30", SLUG],
        ["2!", "2026-03-09", "07:30", SLUG],
        ["3", "2026-03-16", "07:30", "supine-marching"],
    ]
    assert "3 of 4" in ended.out
    assert "!: cut off" in ended.out
    assert "light band" in ended.out


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (["--exercise", SLUG], ["1", "2"]),
        (["--since", "2026-03-09"], ["2", "3"]),
        (["--since", "2026-03-03", "--until", "2026-03-09"], ["2"]),
        (["--since", "today"], []),
        (["--since", "1d"], []),
    ],
)
def test_the_list_filtered(
    formcheck: Run, three: Path, asked: list[str], numbers: list[str]
) -> None:
    ended = formcheck("history", *asked)
    assert ended.code == 0
    listed = [line for line in ended.out.splitlines() if "2026-" in line]
    assert [line.split()[0].strip("!") for line in listed] == numbers
    assert ("no such sessions" in ended.err) is (not numbers)


def test_one_in_full(formcheck: Run, three: Path) -> None:
    ended = formcheck("history", "show", 3)
    assert (ended.code, ended.err) == (0, "")
    assert "Session 3 · Monday 16 March 2026, 07:30" in ended.out
    assert "Asked for: 3 sets, 8 repetitions each, 60 s rest" in ended.out
    assert "Set 1: 2 clean of 2 · load: light band · pain 5 of 10" in ended.out
    assert "pose_landmarker_full" in ended.out
    assert "✓ clean" in ended.out


def test_faults_in_full(formcheck: Run, three: Path) -> None:
    ended = formcheck("history", "show", 2)
    assert "leaning back 14° (limit 10°) at 3.5 s" in ended.out
    assert "The run was cut off" in ended.out


def test_deleting(formcheck: Run, three: Path) -> None:
    formcheck("history", "delete", 1, 2).refuses(2, "Delete session 1, 2", "--yes")
    ended = formcheck("history", "delete", 1, 2, "--yes")
    assert (ended.code, ended.out) == (0, "2 deleted.\n")
    formcheck("history", "show", 1).refuses(2, "There is no session 1")
    formcheck("history", "delete", 3, 9, "--yes").refuses(2, "There is no session 9")
    assert formcheck("history", "show", 3).code == 0


def test_somebody_at_a_terminal_is_asked_before_anything_is_gone(
    formcheck: Run, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed, code, left in (("n", 1, 3), ("y", 0, 2)):
        terminal = io.StringIO(f"{typed}\n")
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", terminal)
        ended = formcheck("history", "delete", 1)
        assert ended.code == code
        assert "Delete session 1 for good?" in ended.out
        with History(three) as history:
            assert len(history.sessions()) == left


def test_out_and_into_another_folder(formcheck: Run, three: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "all.json", tmp_path / "other"
    assert formcheck("history", "export", "--out", path).code == 0
    ended = formcheck("history", "import", path, "--data", other)
    assert ended.out == f"{path}: 3 sessions imported.\n"
    ended = formcheck("history", "import", path, "--data", other)
    assert ended.out == f"{path}: 0 sessions imported, 3 already there.\n"
    there = json.loads(formcheck("history", "export", "--data", other).out)["sessions"]
    assert there == json.loads(path.read_text(encoding="utf-8"))["sessions"]


def test_a_table_of_some(formcheck: Run, three: Path, tmp_path: Path) -> None:
    path = tmp_path / "some.CSV"
    formcheck("history", "export", "-o", path, "--exercise", "supine-marching")
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert [row["session"] for row in rows] == ["3", "3"]
    printed = formcheck("history", "export", "--format", "csv").out
    assert printed.count("\n") == 11


def test_where_it_is(formcheck: Run, data: Path, tmp_path: Path) -> None:
    assert formcheck("history", "path").out == f"{data / 'history.db'}\n"
    assert formcheck("history", "path", "--data", tmp_path).out == f"{tmp_path / 'history.db'}\n"


def test_forgetting(formcheck: Run, three: Path) -> None:
    formcheck("history", "forget").refuses(2, "Remove history.db", "--yes")
    ended = formcheck("history", "forget", "--yes")
    assert (ended.code, ended.err) == (0, "")
    assert not three.exists()
    assert "nothing to forget" in formcheck("history", "forget", "--yes").err


REFUSED: dict[str, tuple[list[str], int, str]] = {
    "a day": (["--since", "yesterdayish"], 2, "is no day"),
    "a day that was never": (["--since", "2026-02-30"], 2, "is no day"),
    "before everything": (["--since", "9999w"], 0, ""),
    "an exercise": (["--exercise", "squat"], 2, "There is no exercise 'squat'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(formcheck: Run, three: Path, case: str) -> None:
    asked, code, words = REFUSED[case]
    if code:
        formcheck("history", *asked).refuses(code, words)
    else:
        assert formcheck("history", *asked).code == 0


def test_a_damaged_history(formcheck: Run, three: Path) -> None:
    (three / "history.db").write_text("nonsense", encoding="utf-8")
    formcheck("history").refuses(1, "is damaged", "formcheck history import")


def test_a_broken_import(formcheck: Run, three: Path, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text("{}", encoding="utf-8")
    formcheck("history", "import", tmp_path / "in.json").refuses(1, "'schema' is missing")
