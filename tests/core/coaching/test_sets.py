from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.coaching.sets import OneSet, RunSets, full_range
from formcheck.core.pose.pose import Side
from tests.overlay.scenes import rep

LEGS = (Side.LEFT, Side.RIGHT)
SIDE = {"l": Side.LEFT, "r": Side.RIGHT, "b": Side.BOTH}


def reps(done: str) -> list[Rep]:
    """A clean repetition for each small letter, a partial one for each capital."""
    return [
        rep(
            Verdict.CLEAN if letter.islower() else Verdict.PARTIAL,
            side=SIDE[letter.lower()],
            end_s=10.0 + index,
        )
        for index, letter in enumerate(done)
    ]


def filled(done: str, sides: tuple[Side, ...] = LEGS, target: int = 2) -> OneSet:
    one = OneSet(1, sides, target, 3.0)
    for number, each in enumerate(reps(done), 1):
        one.add(each, number)
    return one


@pytest.mark.parametrize(
    ("done", "sides", "reached"),
    [
        ("", LEGS, False),
        ("ll", LEGS, False),
        ("llr", LEGS, False),
        ("llrr", LEGS, True),
        ("lrlr", LEGS, True),
        ("llrR", LEGS, False),
        ("ll", (Side.LEFT,), True),
        ("b", (Side.BOTH,), False),
        ("bb", (Side.BOTH,), True),
    ],
)
def test_a_set_is_reached_once_every_leg_has_its_clean_repetitions(
    done: str, sides: tuple[Side, ...], reached: bool
) -> None:
    assert filled(done, sides).reached is reached


@pytest.mark.parametrize(
    ("done", "target", "sides", "called"),
    [
        ("l", 2, LEGS, None),
        ("ll", 2, LEGS, Side.RIGHT),
        ("rr", 2, LEGS, Side.LEFT),
        ("ll", 2, (Side.LEFT,), None),
        ("bb", 2, (Side.BOTH,), None),
        # Alternating legs are one repetition apart and need no call.
        ("lrl", 2, LEGS, None),
        ("l", 1, LEGS, Side.RIGHT),
    ],
)
def test_the_other_leg_is_called_once(
    done: str, target: int, sides: tuple[Side, ...], called: Side | None
) -> None:
    one = filled(done, sides, target)
    ended = SIDE[done[-1].lower()]
    assert one.leg_to_call(ended) is called
    assert one.called is called
    assert called is None or one.leg_to_call(ended) is None


@pytest.mark.parametrize(
    ("done", "sides", "switches", "reached"),
    [
        ("l", LEGS, [Side.RIGHT], False),
        ("r", LEGS, [Side.LEFT], False),
        ("", LEGS, [Side.RIGHT], False),
        ("l", LEGS, [Side.RIGHT, None], True),
        ("llr", LEGS, [None], True),
        ("l", (Side.LEFT,), [None], False),
    ],
)
def test_a_switch_gives_up_a_leg(
    done: str, sides: tuple[Side, ...], switches: list[Side | None], reached: bool
) -> None:
    one = filled(done, sides)
    assert [one.switch() for _ in switches] == switches
    assert one.reached is reached


@pytest.mark.parametrize("verdict", Verdict)
def test_a_full_range_is_clean_or_compensated(verdict: Verdict) -> None:
    expected = verdict in (Verdict.CLEAN, Verdict.COMPENSATED)
    assert full_range(rep(verdict)) is expected


def test_a_result_never_ends_before_it_began() -> None:
    one = OneSet(2, LEGS, 2, 30.0)
    one.add(replace(reps("l")[0], end_s=28.0), 7)
    result = one.result(28.0)
    assert (result.number, result.start_s, result.end_s) == (2, 30.0, 30.0)
    assert (result.counts.clean, result.target) == (1, 2)


def test_repetitions_are_numbered_through_the_run_and_know_their_set() -> None:
    sets = RunSets(LEGS, 2)
    for each in reps("ll"):
        sets.add(each)
    assert list(sets.over) == [] and [one.counts.clean for one in sets.with_current(15.0)] == [2]
    sets.end()
    late = sets.add_late(replace(reps("r")[0], end_s=14.0))
    assert (late.number, late.set_number) == (3, 1)
    assert [(counted.counts.attempts, counted.end_s) for counted in sets.over] == [(3, 14.0)]
    sets.begin(2, 40.0)
    assert sets.with_current(41.0) == sets.over
    sets.add(reps("r")[0])
    assert [(each.number, each.set_number) for each in sets.reps] == [
        (1, 1), (2, 1), (3, 1), (4, 2),
    ]  # fmt: skip
    assert [one.number for one in sets.with_current(41.0)] == [1, 2]
