"""`routine` as a user meets it: writing a plan, seeing what comes next, deciding otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.history.store import History
from formcheck.training.plan import first_entry
from tests.cli.running import SLUG, Run
from tests.history.trained import day


@pytest.fixture
def plan(formcheck: Run, data: Path) -> Path:
    assert formcheck("routine", "init").code == 0
    return data / "routine.toml"


def test_writing_a_plan(formcheck: Run, data: Path) -> None:
    ended = formcheck("routine", "init", "--level", "advanced")
    assert (ended.code, ended.err) == (0, "")
    assert str(data / "routine.toml") in ended.out
    assert 'level = "advanced"' in (data / "routine.toml").read_text(encoding="utf-8")
    formcheck("routine", "init").refuses(2, "already", "--force")
    assert formcheck("routine", "init", "--force").code == 0
    assert 'level = "foundational"' in (data / "routine.toml").read_text(encoding="utf-8")


def test_the_plan_shown(formcheck: Run, plan: Path) -> None:
    ended = formcheck("routine", "show")
    assert (ended.code, ended.err) == (0, "")
    for words in ("foundational", "supine-marching", "3 sets of 10 a side", "60 s", "At your side"):
        assert words in ended.out


@pytest.mark.parametrize("command", ["show", "next"])
def test_without_a_plan(formcheck: Run, command: str) -> None:
    formcheck("routine", command).refuses(1, "There is no plan", "formcheck routine init")


def test_a_mistake_in_the_plan(formcheck: Run, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("sets = 3", "sets = 0", 1), encoding="utf-8")
    formcheck("routine", "show").refuses(1, "'exercise[0].sets' is 0", "from 1 to 20")


def test_what_comes_next_and_why(formcheck: Run, plan: Path) -> None:
    entry = first_entry(SLUG)
    with History(plan.parent) as history:
        history.add_all([day(0, entry=entry), day(2, entry=entry)])
    ended = formcheck("routine", "next")
    assert "▲ Standing hip flexion: next time 3 sets of 8 a side" in ended.out
    assert "because: All 3 sets had their 6 clean repetitions on 2 March" in ended.out
    assert "because: Nothing was trained at this step yet." in ended.out
    assert "--accept" in ended.out
    before = plan.read_text(encoding="utf-8")
    assert "The plan is changed." in formcheck("routine", "next", "--accept").out
    assert (
        plan.read_text(encoding="utf-8")
        == before[::-1].replace("reps = 6"[::-1], "reps = 8"[::-1], 1)[::-1]
    )
    ended = formcheck("routine", "overrule", SLUG, "stay", "--why", "a cold")
    assert ended.out == f"= {SLUG}: 3 sets of 6 a side\n"
    assert plan.read_text(encoding="utf-8") == before
    listed = formcheck("routine", "decisions").out
    assert "the rule" in listed and "a cold" in listed


def test_the_steps_of_an_exercise(formcheck: Run, plan: Path) -> None:
    lines = formcheck("routine", "steps", SLUG).out.splitlines()
    assert lines[0] == "→ 3 sets of 6 a side"
    assert lines[-1].strip() == "then a harder exercise: High knee runs"
    other = formcheck("routine", "steps", "mountain-climbers").out.splitlines()
    assert other[0] == "→ 3 sets of 10 a side"


def test_refusals(formcheck: Run, plan: Path) -> None:
    formcheck("routine", "overrule", "mountain-climbers", "up").refuses(2, "has no exercise")
    formcheck("routine", "overrule", SLUG, "back").refuses(2, "no easier step")
    formcheck("routine", "steps", "squat").refuses(2, "There is no exercise 'squat'")


def test_nothing_decided_yet(formcheck: Run) -> None:
    assert formcheck("routine", "decisions").err == "formcheck: Nothing was decided yet.\n"


def test_the_rule_can_be_read(formcheck: Run) -> None:
    ended = formcheck("routine", "rule")
    assert (ended.code, ended.err) == (0, "")
    for words in ("Pain of 4 or more", "50 % of the repetitions", "at most 20 %", "a step up."):
        assert words in ended.out
