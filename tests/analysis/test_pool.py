"""Processes side by side, one of which may die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from formcheck.analysis.pool import Lost, Pool
from formcheck.errors import SourceError, UnknownExercise

Progress = Callable[[float, "float | None"], None]


def double(value: int, progress: Progress) -> int:
    progress(10.0, 20.0)
    return 2 * value


def refuse(message: str, progress: Progress) -> None:
    raise SourceError(message)


def not_known(slug: str, progress: Progress) -> None:
    raise UnknownExercise(slug, ["supine-marching"])


def die(progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(marker: Path, progress: Progress) -> str:
    if not marker.exists():
        marker.touch()
        die(progress)
    return "after all"


def linger(progress: Progress) -> str:
    time.sleep(0.5)
    return "slow"


@pytest.mark.slow
def test_every_outcome_under_its_number(tmp_path: Path) -> None:
    told: list[tuple[int, float, float | None]] = []
    with Pool(2, lambda *said: told.append(said)) as pool:
        pool.submit(0, double, 21)
        pool.submit(1, refuse, "it is empty")
        pool.submit(2, die)
        pool.submit(3, die_once, tmp_path / "died")
        pool.submit(4, linger)
        pool.submit(5, not_known, "squat")
        outcomes: dict[int, Any] = dict(pool.outcomes())
    assert outcomes[0] == 42
    assert isinstance(outcomes[1], SourceError)
    assert str(outcomes[1]) == "it is empty"
    assert isinstance(outcomes[2], Lost)
    assert (outcomes[3], outcomes[4]) == ("after all", "slow")
    assert isinstance(outcomes[5], UnknownExercise)
    assert "supine-marching" in str(outcomes[5])
    assert (0, 10.0, 20.0) in told


@pytest.mark.slow
def test_more_work_while_it_runs() -> None:
    outcomes = {}
    with Pool(1, lambda *_: None) as pool:
        pool.submit(0, double, 1)
        for number, outcome in pool.outcomes():
            outcomes[number] = outcome
            if number < 2:
                pool.submit(number + 1, double, outcome)
    assert outcomes == {0: 2, 1: 4, 2: 8}
