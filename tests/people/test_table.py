"""The table of scenarios: split once and for all, every kind of row there."""

from __future__ import annotations

from collections import defaultdict

import pytest

from draw import sampled
from people.clip import key
from people.manners import ASIDES, FAULTS, MANNERS
from people.scenario import Rep, words
from people.shipped import SHIPPED
from people.table import SCENARIOS, TEST, TUNING, camera_for

ROWS = [row for row in SCENARIOS.values() if row not in SHIPPED]


def test_no_body_and_no_seed_is_in_both_splits() -> None:
    bodies, seeds = defaultdict(set), defaultdict(set)
    for row in SCENARIOS.values():
        bodies[row.split].add(row.body)
        seeds[row.split].add(row.seed)
    assert set(bodies) == {"tuning", "test"}
    assert not bodies["tuning"] & bodies["test"]
    assert not seeds["tuning"] & seeds["test"]
    assert (bodies["tuning"], bodies["test"]) == (set(TUNING), set(TEST))


@pytest.mark.parametrize("split", ["tuning", "test"])
def test_every_exercise_and_every_fault_is_in_each_split(split: str) -> None:
    rows = [row for row in ROWS if row.split == split]
    assert {row.exercise for row in rows} == set(MANNERS)
    acted = {
        (row.exercise, code)
        for row in rows
        for rep in words(row.script)
        if isinstance(rep, Rep)
        for code, _ in rep.faults
    }
    assert {code for _, code in acted} == set(FAULTS)
    assert {row.fps for row in rows} >= {8, 10, 15, 24, 30, 60}
    assert {row.arms for row in rows} == {"flank", "overhead", "chest", "forearms"}
    yaws = {round(90.0 - abs(row.camera.yaw_deg)) for row in rows}
    assert yaws >= {0, 15, 30, 45, 60}
    assert {row.camera.roll_deg for row in rows} >= {0.0, 5.0, 10.0}


def test_every_word_of_every_script_means_something() -> None:
    places = ("walk-in", "lie-down", "turn-round", "walk-out", "get-up")
    for row in SCENARIOS.values():
        for word in words(row.script):
            if isinstance(word, str) and not word.startswith("wait="):
                assert word in places or word.removeprefix("~") in ASIDES, row.name


def test_eighteen_clips_ship_with_bodies_to_tune_on() -> None:
    assert len(SHIPPED) == 18
    assert {row.split for row in SHIPPED} == {"tuning"}


def test_a_sample_is_spread_over_the_exercises_and_the_same_again() -> None:
    some = sampled(ROWS, 16, seed=3)
    assert some == sampled(ROWS, 16, seed=3)
    assert {row.exercise for row in some} == set(MANNERS)
    assert some != sampled(ROWS, 16, seed=4)


def test_keys_tell_scenarios_apart() -> None:
    assert len({key(row) for row in ROWS}) == len(ROWS)


def test_a_view_of_unknown_words_is_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        camera_for("mountain-climbers", "sideways", 1.7)
