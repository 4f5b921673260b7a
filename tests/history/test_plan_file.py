"""The plan's file: what it says, every mistake in it, and what changes when a step does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises import get_exercise, slugs
from formcheck.history.plan_file import PlanError, change_entry, read_plan, write_file
from formcheck.training.plan import DAYS, LEVELS, Entry, first_entry, level_entries, level_text

WHOLE = """\
level = "mine"            # any name
days = ["thu", "mon"]
between_s = 30

[[exercise]]
name = "standing-hip-flexion"
sets = 3
reps = 8
rest_s = 45.5
loads = ["no load", "light band", "strong band"]
load = ["light band", "light band", "no load"]  # tired by then

[[exercise]]
name = "supine-marching"  # on the mat
sets = 2
reps = 6
hold_s = 5
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "routine.toml"


def test_a_plan_is_read_as_written(path: Path) -> None:
    path.write_text(WHOLE, encoding="utf-8")
    plan = read_plan(path)
    assert (plan.level, plan.days, plan.between_s) == ("mine", ("mon", "thu"), 30.0)
    standing, marching = plan.entries
    assert standing == Entry(
        name="standing-hip-flexion",
        sets=3,
        reps=8,
        rest_s=45.5,
        loads=("no load", "light band", "strong band"),
        load=("light band", "light band", "no load"),
    )
    assert standing.text == "3 sets of 8 a side, light band, then no load"
    assert marching.text == "2 sets of 6 holds of 5 s a side"
    assert marching.exercise.cycle.hold_target_s == 5.0
    assert plan.is_due(date(2026, 3, 2))
    assert not plan.is_due(date(2026, 3, 3))


@pytest.mark.parametrize("level", LEVELS)
def test_the_levels_are_whole_plans(path: Path, level: str) -> None:
    path.write_text(level_text(level), encoding="utf-8")
    plan = read_plan(path)
    assert plan.entries == level_entries(level)
    assert plan.level == level
    assert 2 <= len(plan.days) <= 3
    gaps = [DAYS.index(b) - DAYS.index(a) for a, b in zip(plan.days, plan.days[1:], strict=False)]
    assert min([*gaps, 7 - sum(gaps)]) >= 2, "a day of rest between any two"


def test_the_levels_are_the_articles() -> None:
    foundational = {entry.name for entry in level_entries("foundational")}
    advanced = {entry.name for entry in level_entries("advanced")}
    assert foundational == {
        "supine-marching", "straight-leg-raise", "alternating-leg-raises", "standing-hip-flexion",
    }  # fmt: skip
    assert advanced >= {
        "hanging-leg-raises", "front-support-hip-flexion", "mountain-climbers", "high-knee-runs",
    }  # fmt: skip
    assert any(entry.hold_s >= 5 for entry in level_entries("advanced"))
    assert any(entry.load != ("no load",) * entry.sets for entry in level_entries("advanced"))
    for entry in level_entries("foundational"):
        dose = get_exercise(entry.name).dose
        assert (entry.sets, entry.reps) == (dose.sets, dose.reps_low)


MISTAKES: dict[str, tuple[str, str, str]] = {
    "a slip in a key": (
        "between_s",
        "betwen_s",
        "'betwen_s' is not known: did you mean 'between_s'",
    ),
    "a key of another": (
        "rest_s",
        "pause",
        "'exercise[0].pause' is not known: known are name, sets",
    ),
    "no days": (
        'days = ["thu", "mon"]\n',
        "",
        "'days' is missing; allowed is a list of days from mon",
    ),
    "a day in full": ('"thu"', '"thursday"', "'days' names 'thursday'; allowed is a list of days"),
    "a day twice": ('"thu"', '"mon"', "'days' is a list of 2; allowed"),
    "days as text": ('["thu", "mon"]', '"thu"', "'days' is 'thu'; allowed is a list of days"),
    "days as numbers": ('["thu", "mon"]', "[1, 4]", "'days' is a list of 2; allowed"),
    "an exercise": ("supine-marching", "supine-marchin", "did you mean 'supine-marching'"),
    "no name": ('name = "supine-marching"  # on the mat', "", "'exercise[1].name' is missing"),
    "no sets": (
        "sets = 3\n",
        "",
        "'exercise[0].sets' is missing; allowed is a whole number from 1 to 20",
    ),
    "too many sets": (
        "sets = 3",
        "sets = 30",
        "'exercise[0].sets' is 30; allowed is a whole number",
    ),
    "half a set": ("sets = 3", "sets = 2.5", "'exercise[0].sets' is 2.5"),
    "sets in words": ("sets = 3", 'sets = "three"', "'exercise[0].sets' is 'three'"),
    "sets as truth": ("sets = 3", "sets = true", "'exercise[0].sets' is True"),
    "no repetition": (
        "reps = 8",
        "reps = 0",
        "'exercise[0].reps' is 0; allowed is a whole number from 1",
    ),
    "a long hold": (
        "hold_s = 5",
        "hold_s = 999",
        "'exercise[1].hold_s' is 999; allowed is a number from 1 to 300",
    ),
    "endless rest": (
        "rest_s = 45.5",
        "rest_s = inf",
        "'exercise[0].rest_s' is inf; allowed is a number from 0 to 900",
    ),
    "no number": ("rest_s = 45.5", "rest_s = nan", "'exercise[0].rest_s' is nan"),
    "negative rest": ("between_s = 30", "between_s = -1", "'between_s' is -1"),
    "a load not listed": (
        '"no load"]  #',
        '"a dog"]  #',
        "'exercise[0].load' names 'a dog'; allowed is one of no load",
    ),
    "loads too few": (
        '["light band", "light band", "no load"]',
        '["light band"]',
        "one for each of the 3 sets",
    ),
    "a load as number": (
        '["light band", "light band", "no load"]',
        "5",
        "'exercise[0].load' is 5; allowed is one of",
    ),
    "one load, wrong": (
        '["light band", "light band", "no load"]',
        '"light bend"',
        "did you mean 'light band'",
    ),
    "a load twice": (
        '"strong band"]',
        '"light band"]',
        "'exercise[0].loads' is a list of 3; allowed is a list of different",
    ),
    "no loads": (
        '["no load", "light band", "strong band"]',
        "[]",
        "'exercise[0].loads' is a list of 0",
    ),
    "an exercise twice": (
        "supine-marching",
        "standing-hip-flexion",
        "'standing-hip-flexion' is in it twice",
    ),
    "exercise as one": (
        '[[exercise]]\nname = "standing',
        '[exercise]\nname = "standing',
        "is not TOML",
    ),
    "a dangling bracket": ("]", "", "is not TOML"),
    "a key twice": ("between_s = 30", "between_s = 30\nbetween_s = 40", "is not TOML"),
    "a level as number": ('"mine"', "7", "'level' is 7; allowed is a text"),
    "a level over lines": ('"mine"', '"a\\nb"', "'level' is 'a\\nb'; allowed is a text"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_named_with_its_key_and_what_is_allowed(path: Path, case: str) -> None:
    old, new, words = MISTAKES[case]
    assert old in WHOLE
    path.write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PlanError) as refused:
        read_plan(path)
    said = str(refused.value)
    assert words in said
    assert str(path) in said
    assert "\n" not in said


NO_PLAN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "'exercise' is missing"),
    "no exercise": (b'days = ["mon"]', "'exercise' is missing"),
    "empty list": (b'days = ["mon"]\nexercise = []', "at least one [[exercise]]"),
    "binary": (b"\xff\xfe\x00", "not text in UTF-8"),
    "endless": (b"# " + b"a" * 1_100_000, "far too large"),
    "nested": (b"a = " + b"[" * 50_000, "is not TOML"),
}


@pytest.mark.parametrize("case", NO_PLAN)
def test_a_file_that_is_no_plan(path: Path, case: str) -> None:
    raw, words = NO_PLAN[case]
    path.write_bytes(raw)
    with pytest.raises(PlanError) as refused:
        read_plan(path)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_plan_yet(path: Path) -> None:
    with pytest.raises(PlanError, match="'formcheck routine init' writes one"):
        read_plan(path)


def test_a_folder_in_its_place(path: Path) -> None:
    path.mkdir()
    with pytest.raises(PlanError, match="can't be read"):
        read_plan(path)


def test_a_step_changes_the_dose_and_nothing_else(path: Path) -> None:
    path.write_text(WHOLE, encoding="utf-8")
    entry = read_plan(path).entries[1]
    change_entry(path, entry.name, entry.at(entry.rungs[0]))
    changed = path.read_text(encoding="utf-8")
    expected = WHOLE.replace("sets = 2\nreps = 6\nhold_s = 5\n", "sets = 3\nreps = 10\n")
    assert changed == expected


def test_a_new_load_and_a_new_exercise(path: Path) -> None:
    path.write_text(WHOLE, encoding="utf-8")
    entry = read_plan(path).entries[0]
    heavier = entry.at(entry.rungs[-1])
    change_entry(path, entry.name, heavier)
    assert read_plan(path).entries[0] == heavier
    harder = first_entry("front-support-hip-flexion")
    change_entry(path, entry.name, harder)
    assert read_plan(path).entries[0].name == harder.name
    assert "# on the mat" in path.read_text(encoding="utf-8")
    with pytest.raises(PlanError, match="has no exercise"):
        change_entry(path, entry.name, heavier)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_step_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("plan") / "routine.toml"
    level = data.draw(st.sampled_from(LEVELS))
    path.write_text(level_text(level), encoding="utf-8")
    entry = data.draw(st.sampled_from(read_plan(path).entries))
    other = first_entry(data.draw(st.sampled_from(slugs())))
    to = other.at(data.draw(st.sampled_from(other.rungs)))
    planned = [e.name for e in read_plan(path).entries if e.name != entry.name]
    if to.name not in planned:
        change_entry(path, entry.name, to)
        assert read_plan(path).entry(to.name) == to


def test_a_plan_that_can_not_be_written_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlanError, match="can't be written"):
        write_file(tmp_path / "file" / "routine.toml", "")
