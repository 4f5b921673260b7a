"""`run` leaves its session in the history, whatever state that is in."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from formcheck.core.coaching.pain import SAFETY
from formcheck.history.store import History
from tests.cli.running import SCRIPT, SLUG, Run
from tests.history.composed import composed

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
        (stored,) = history.sessions()
    assert [rep.verdict.value for rep in stored.reps] == [r["verdict"] for r in printed["reps"]]
    assert [rep.peak_deg for rep in stored.reps] == pytest.approx(
        [r["peak_deg"] for r in printed["reps"]], abs=1e-3
    )
    assert (stored.exercise, stored.origin, stored.view.value) == (SLUG, "run", printed["view"])
    asked = stored.settings
    assert (asked.sets, asked.reps, asked.rest_s) == (2, 5, 10.0)
    assert stored.ended_at is not None and stored.ended_at >= stored.started_at
    assert (stored.calibration is None) is (printed["calibration"] is None)
    assert all(each.load == "light band" for each in stored.sets)


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
        (stored,) = history.sessions()
    assert len(stored.reps) == len(json.loads(ended.out)["reps"])


def test_the_help_says_what_to_beware_of(formcheck: Run) -> None:
    said = " ".join(formcheck("run", "--help").out.split())
    assert "Stop at sharp pain in the back or groin." in said
    assert "see a physiotherapist first" in said


class Terminal(io.StringIO):
    """Somebody at a terminal who has typed something."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "noted"), [("3", 3), ("", None), ("11", None), ("ow", None)])
def test_somebody_at_a_terminal_is_asked_how_much_it_hurt(
    formcheck: Run,
    poses: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    noted: int | None,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(f"{typed}\n"))
    ended = formcheck("run", SLUG, "--no-window", "--mute", "--source", poses)
    assert ended.code == 0
    assert "Pain, 0 (none) to 10?" in ended.out
    with History(data) as history:
        assert history.sessions()[0].pain == noted


@pytest.mark.slow
def test_a_run_that_is_killed_is_in_the_history_with_every_repetition_it_told_of(
    data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "set.npz"
    composed("standing-side-lean-back", "cxcccccc").save(path)
    process = subprocess.Popen(
        [str(SCRIPT), "run", SLUG, "--no-window", "--mute", "--source", str(path)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("rep 2"):
            break
    time.sleep(0.1)
    process.kill()
    process.wait()
    with History(data) as history:
        (stored,) = history.sessions()
    assert [rep.verdict.value for rep in stored.reps[:2]] == ["clean", "compensated"]
    assert stored.ended_at is None


@pytest.mark.slow
def test_two_runs_at_once_are_both_whole(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "set.npz"
    composed("standing-side-lean-back", "cxc").save(path)
    command = [str(SCRIPT), "run", SLUG, "--no-window", "--mute", "--source", str(path)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in processes:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0
        assert "rescued" not in said
    with History(data) as history:
        runs = history.sessions()
    assert len(runs) == 2
    assert all(run.ended_at is not None and len(run.reps) == 3 for run in runs)
