"""`analyze --save`: recordings in the history, under the day they were made."""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from formcheck.history.store import History
from tests.cli.running import SLUG, Run

VERDICTS = ["clean", "compensated", "clean"]


def test_a_recording_is_kept_under_the_day_it_was_made(
    formcheck: Run, poses: Path, data: Path
) -> None:
    stamp = datetime(2026, 3, 5, 19, 0).timestamp()
    os.utime(poses, (stamp, stamp))
    ended = formcheck("analyze", poses, "-e", SLUG, "--save", "--load", "light band", "--strict")
    assert (ended.code, ended.err) == (0, "")
    with History(data) as history:
        (stored,) = history.sessions()
    assert [rep.verdict.value for rep in stored.reps][1:] == VERDICTS[1:]
    assert stored.ended_at is not None and stored.ended_at.timestamp() == pytest.approx(
        stamp, abs=1
    )
    assert (stored.origin, stored.loads, stored.settings.strict) == (
        "analyze",
        ("light band",),
        True,
    )
    assert "r: from a recording" in formcheck("history").out


@pytest.mark.parametrize(
    ("said", "meant"),
    [("2026-03-05", "2026-03-05T12:00"), ("2026-03-05 07:15", "2026-03-05T07:15")],
)
def test_or_under_the_day_that_is_said(
    formcheck: Run, poses: Path, data: Path, said: str, meant: str
) -> None:
    assert formcheck("analyze", poses, "-e", SLUG, "--save", "--recorded", said).code == 0
    with History(data) as history:
        (stored,) = history.sessions()
    assert stored.started_at.isoformat().startswith(meant)
    formcheck("analyze", poses, "-e", SLUG, "--save", "--recorded", "soon").refuses(2, "is no day")
    with History(data) as history:
        assert len(history.sessions()) == 1


def test_the_same_recording_is_kept_once_another_exercise_apart(
    formcheck: Run, poses: Path, data: Path, tmp_path: Path
) -> None:
    again = shutil.copy(poses, tmp_path / "again.npz")
    for path in (poses, poses, again):
        assert formcheck("analyze", path, "-e", SLUG, "--save").code == 0
    formcheck("analyze", poses, "-e", "high-knee-runs", "--save")
    with History(data) as history:
        assert [stored.exercise for stored in history.sessions()].count(SLUG) == 1
        assert len(history.sessions()) == 2


def test_nothing_is_kept_unasked(formcheck: Run, poses: Path, data: Path) -> None:
    assert formcheck("analyze", poses, "-e", SLUG).code == 0
    assert not data.exists()


def test_a_damaged_history_costs_nothing(formcheck: Run, poses: Path, data: Path) -> None:
    data.mkdir()
    (data / "history.db").write_text("nonsense", encoding="utf-8")
    ended = formcheck("analyze", poses, "-e", SLUG, "--save", "--json", "-")
    assert ended.code == 0
    assert len(json.loads(ended.out)["reps"]) == 3
    assert "is damaged" in ended.err and "formcheck history import" in ended.err
    (path,) = data.glob("rescued-*.json")
    (data / "history.db").unlink()
    assert "1 sessions imported" in formcheck("history", "import", path).out


def test_noting_pain_and_load_afterwards(formcheck: Run, poses: Path, data: Path) -> None:
    formcheck("analyze", poses, "-e", SLUG, "--save")
    ended = formcheck("history", "note", 1, "--pain", 5, "--load", "strong band")
    assert ended.code == 0
    assert "Pain 5 of 10 was noted; from 4 on training stops." in ended.err
    with History(data) as history:
        (stored,) = history.sessions()
    assert (stored.pain, stored.loads) == (5, ("strong band",))
    assert formcheck("history", "note", 1, "--pain", 0).err == ""
    formcheck("history", "note", 1).refuses(2, "Say what to note")
    formcheck("history", "note", 1, "--pain", 1, "--set", 9).refuses(2, "has no set 9")
    formcheck("history", "note", 7, "--pain", 1).refuses(2, "There is no session 7")
