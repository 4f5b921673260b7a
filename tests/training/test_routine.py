"""Through a plan with a run that is only pretended."""

from __future__ import annotations

import pytest

from formcheck.exercises import get_exercise
from formcheck.training.plan import Entry, level_entries
from formcheck.training.routine import Ended, announcement, train_in_order

ENTRIES = level_entries("foundational")


class Pretended:
    """Runs that end as they are told, and everything in the order it happened."""

    def __init__(self, *ended: Ended) -> None:
        self._ended = iter(ended)
        self.happened: list[str] = []

    def train(self, entry: Entry) -> Ended:
        self.happened.append(f"train {entry.name}")
        return next(self._ended)

    def train_all(self) -> list[tuple[Entry, Ended]]:
        return train_in_order(
            ENTRIES,
            self.train,
            between_s=90.0,
            say=self.happened.append,
            wait=lambda seconds: self.happened.append(f"wait {seconds:.0f}"),
        )


def test_all_exercises_in_order_each_announced_before_the_rest() -> None:
    pretended = Pretended(*[Ended.DONE] * len(ENTRIES))
    assert pretended.train_all() == [(entry, Ended.DONE) for entry in ENTRIES]
    expected = []
    for number, entry in enumerate(ENTRIES, 1):
        expected.append(announcement(entry, number, len(ENTRIES)))
        expected += ["wait 90"] if number > 1 else []
        expected.append(f"train {entry.name}")
    assert pretended.happened == [*expected, "All 4 exercises are done."]


@pytest.mark.parametrize("entry", [*ENTRIES, *level_entries("advanced")])
def test_what_comes_next_and_where_the_camera_goes(entry: Entry) -> None:
    said = announcement(entry, 2, 4)
    exercise = get_exercise(entry.name)
    assert said.startswith(f"2 of 4: {exercise.title}, {entry.text}. Camera: ")
    assert exercise.camera[0][1:] in said
    assert exercise.start_prompt[1:] in said


@pytest.mark.parametrize(
    ("how", "words", "goes_on"),
    [
        (Ended.QUIT, "Stopped, at Straight leg raise: 1 of 4 exercises done.", True),
        (Ended.PAIN, "Stopped, because it hurts, at Straight leg raise", False),
        (Ended.FAILED, "because the run broke off", True),
    ],
)
def test_it_stops_where_a_run_does_not_end_well(how: Ended, words: str, goes_on: bool) -> None:
    pretended = Pretended(Ended.DONE, how)
    assert [each for _, each in pretended.train_all()] == [Ended.DONE, how]
    last = pretended.happened[-1]
    assert words in last
    assert ("--from straight-leg-raise" in last) is goes_on


def test_who_has_had_enough_in_a_rest_may_leave() -> None:
    def leave(seconds: float) -> None:
        raise KeyboardInterrupt

    said: list[str] = []
    ended = train_in_order(
        ENTRIES, lambda entry: Ended.DONE, between_s=1.0, say=said.append, wait=leave
    )
    assert [how for _, how in ended] == [Ended.DONE, Ended.QUIT]
    assert "Stopped, at Straight leg raise: 1 of 4" in said[-1]
