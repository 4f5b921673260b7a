"""The log of a session's neutrals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.checker.neutral_log import NeutralLog
from tests.core.checker.made import neutral

SIDE, FRONT = neutral(), replace(neutral(90.0), notes=("leans",))


@pytest.mark.parametrize(
    ("judged", "in_force", "mostly"),
    [
        ([], None, SIDE),
        ([], FRONT, FRONT),
        ([(SIDE, 3), (FRONT, 4)], FRONT, SIDE),
        ([(SIDE, 1), (FRONT, 4)], None, FRONT),
        ([(SIDE, 2), (FRONT, 4)], FRONT, FRONT),
    ],
    ids=["none yet", "in force", "most", "most of an earlier one", "as many"],
)
def test_a_session_has_the_neutral_that_judged_most(
    judged: list[tuple[object, int]], in_force: object, mostly: object
) -> None:
    log = NeutralLog([SIDE])
    for calibration, repetitions in judged:
        log.credit(calibration, repetitions)  # type: ignore[arg-type]
    assert log.mostly_used(in_force) is mostly  # type: ignore[arg-type]


def test_a_neutral_is_known_once_until_it_is_forgotten() -> None:
    log = NeutralLog([SIDE])
    log.add(FRONT)
    log.add(SIDE)
    assert log.known == (SIDE, FRONT)
    log.forget()
    assert not log.known


def test_what_was_unusual_is_told_once_and_only_of_what_was_used() -> None:
    log = NeutralLog([SIDE, FRONT])
    assert log.told(SIDE) == []
    log.credit(FRONT, 2)
    assert log.told(SIDE) == log.told(FRONT) == ["leans"]


@pytest.mark.parametrize(
    ("away_s", "spans"),
    [
        ([], []),
        ([(1.0, 1.5)], []),
        ([(1.0, 4.0)], [(1.0, 4.0)]),
        ([(1.0, 4.0), (5.0, 5.5), (6.5, 9.0)], [(1.0, 4.0), (6.5, 9.0)]),
    ],
)
def test_spans_worth_naming_are_kept(
    away_s: list[tuple[float, float]], spans: list[tuple[float, float]]
) -> None:
    log = NeutralLog(())
    for half in range(20):
        time_s = half / 2
        log.note(time_s, away=any(a <= time_s <= b for a, b in away_s))
    assert log.spans == spans
    assert len(log.told(None)) == len(spans)
