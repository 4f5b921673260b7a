"""`run` leaves its session in the history, whatever state that is in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formcheck.history.store import History
from formcheck.wording import SAFETY
from tests.cli.running import SLUG, Run

pytestmark = pytest.mark.usefixtures("every_frame")


def test_what_was_printed_was_kept(formcheck: Run, poses: Path, data: Path) -> None:
    ended = formcheck(
        *("run", SLUG, "--no-window", "--mute", "--source", poses, "--json", "-"),
        *("--sets", 2, "--reps", 5, "--rest", 10, "--load", "light band"),
    )
    assert ended.code == 0
    assert SAFETY in ended.err
    printed = json.loads(ended.out)
    with History(data) as history:
        (kept,) = history.sessions()
    assert [rep.verdict.value for rep in kept.reps] == [r["verdict"] for r in printed["reps"]]
    assert [rep.peak_deg for rep in kept.reps] == pytest.approx(
        [r["peak_deg"] for r in printed["reps"]], abs=1e-3
    )
    assert (kept.exercise, kept.origin, kept.view.value) == (SLUG, "run", printed["view"])
    asked = kept.settings
    assert (asked.sets, asked.reps, asked.rest_s) == (2, 5, 10.0)
    assert kept.ended_at is not None and kept.ended_at >= kept.started_at
    assert (kept.calibration is None) is (printed["calibration"] is None)
    assert all(each.load == "light band" for each in kept.sets)


def test_the_warning_comes_before_the_first_session_only(
    formcheck: Run, poses: Path, data: Path
) -> None:
    with History(data):
        pass
    ended = formcheck("run", SLUG, "--no-window", "--source", poses)
    assert SAFETY not in ended.err


def test_nothing_is_kept_if_not_wanted(formcheck: Run, poses: Path, data: Path) -> None:
    assert formcheck("run", SLUG, "--no-window", "--source", poses, "--no-history").code == 0
    assert not data.exists()


def test_a_damaged_history_costs_nothing(formcheck: Run, poses: Path, data: Path) -> None:
    data.mkdir()
    (data / "history.db").write_text("nonsense" * 99, encoding="utf-8")
    ended = formcheck("run", SLUG, "--no-window", "--source", poses, "--json", "-")
    assert ended.code == 0
    assert "is damaged" in ended.err and "formcheck history import" in ended.err
    (path,) = data.glob("rescued-*.jsonl")
    (data / "history.db").unlink()
    brought = formcheck("history", "import", path)
    assert brought.out == f"{path}: 1 sessions imported.\n"
    with History(data) as history:
        (kept,) = history.sessions()
    assert len(kept.reps) == len(json.loads(ended.out)["reps"])


def test_the_help_says_what_to_beware_of(formcheck: Run) -> None:
    said = " ".join(formcheck("run", "--help").out.split())
    assert "Stop at sharp pain in the back or groin." in said
    assert "see a physiotherapist first" in said
