"""A run written down as it goes: killed, doubled, interrupted, it keeps what was handed over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from formcheck.core.checker.session import Verdict
from formcheck.core.coaching.run_log import RunLog
from formcheck.core.pose.view import View
from formcheck.errors import OutputError
from formcheck.history.live_writer import HistoryLog
from formcheck.history.store import History
from tests.history.made import LEANING, MORNING, header, rep, reps, session

WRITER = """
import sys
from pathlib import Path
from formcheck.history.live_writer import HistoryLog
from tests.history.made import header, rep

log = HistoryLog(Path(sys.argv[1]))
log.begin(header())
for number in range(1, int(sys.argv[2]) + 1):
    log.add_rep(1 + number // 50, rep(number))
    print(number, flush=True)
"""


def writer(folder: Path, count: int) -> subprocess.Popen[str]:
    """A process that keeps a run and says each repetition that is safe."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_a_run_from_begin_to_finish(data: Path) -> None:
    log: RunLog = HistoryLog(data, clock=lambda: MORNING + timedelta(minutes=9))
    log.begin(header())
    log.note("load", "light band")
    first = reps(2)
    for each in first:
        log.add_rep(1, each)
    log.note("pain", 2)
    log.note("load", "strong band")
    second = reps(1, 1, first=3)
    log.add_rep(2, second[0])
    log.note("interrupted", "camera unplugged")
    log.finish(session([*first, *second], view=View.SIDE))
    with History(data) as history:
        (stored,) = history.sessions()
    assert [each.reps for each in stored.sets] == [first, second]
    assert [each.load for each in stored.sets] == ["light band", "strong band"]
    assert [each.pain for each in stored.sets] == [2, None]
    assert stored.notes == {"interrupted": "camera unplugged"}
    assert stored.ended_at == MORNING + timedelta(minutes=9)
    assert (stored.view, stored.problems, stored.settings) == (
        View.SIDE,
        ("a note",),
        header().settings,
    )
    assert stored.reps[-1].faults == (LEANING,)


def test_a_run_that_is_under_way_can_be_read(data: Path) -> None:
    log = HistoryLog(data)
    log.begin(header())
    log.add_rep(1, rep(1, Verdict.PARTIAL))
    with History(data) as history:
        (stored,) = history.sessions()
    assert (stored.ended_at, len(stored.reps), stored.counts.partial) == (None, 1, 1)
    log.close()


def test_pain_before_any_repetition_and_out_of_range(data: Path) -> None:
    log = HistoryLog(data)
    log.begin(header())
    log.note("pain", 14)
    log.finish(session([]))
    with History(data) as history:
        assert [each.pain for each in history.sessions()[0].sets] == [10]


def test_nothing_is_kept_of_a_run_that_has_not_begun(data: Path) -> None:
    with pytest.raises(OutputError, match="has not begun"):
        HistoryLog(data).add_rep(1, rep(1))


def test_a_set_that_could_not_be_written_is_written_later(data: Path) -> None:
    log = HistoryLog(data)
    log.begin(header())
    wrong = replace(rep(1), number=0)
    with pytest.raises(OutputError, match="number >= 1"):
        log.add_rep(1, wrong)
    log.add_rep(1, rep(2))
    log.close()
    with History(data) as history:
        (stored,) = history.sessions()
    assert stored.reps == (rep(2),)


def test_killed_while_writing_it_keeps_every_repetition_that_was_handed_over(data: Path) -> None:
    process = writer(data, 100_000)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) == 60:
            break
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    said = [60, *(int(line) for line in process.stdout if line.endswith("\n"))]
    process.wait()
    with History(data) as history:
        (stored,) = history.sessions()
        verdict = history.connection.execute("PRAGMA integrity_check").fetchone()[0]
    assert verdict == "ok"
    numbers = [each.number for each in stored.reps]
    assert numbers == list(range(1, len(numbers) + 1))
    assert said[-1] <= len(numbers) <= said[-1] + 1
    assert stored.ended_at is None


def test_two_processes_write_at_once(data: Path) -> None:
    count = 60
    processes = [writer(data, count) for _ in range(2)]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with History(data) as history:
        runs = history.sessions()
    assert [[each.number for each in run.reps] for run in runs] == [list(range(1, count + 1))] * 2
