"""From what was trained to the next plan, and the user's last word."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from formcheck.errors import UsageError
from formcheck.history.decisions import Overruling, accept, decisions, overrule, propose
from formcheck.history.exchange import import_file, to_json
from formcheck.history.plan_file import change_entry, plan_path, read_plan, write_file
from formcheck.history.store import History
from formcheck.training.plan import Entry, first_entry, level_text
from formcheck.training.progression import Decision, Step
from tests.history.made import MORNING
from tests.history.trained import day, one_set

NAME = "standing-hip-flexion"
FIRST = first_entry(NAME)


class Trainee:
    """Somebody who trains one exercise and asks what comes next."""

    def __init__(self, folder: Path) -> None:
        self.path = plan_path(folder)
        write_file(self.path, level_text("foundational"))
        self.history = History(folder)
        self.day = 0

    @property
    def now(self) -> datetime:
        return MORNING + timedelta(days=self.day, minutes=30)

    @property
    def entry(self) -> Entry:
        entry = read_plan(self.path).entry(NAME)
        assert entry is not None
        return entry

    def train(self, after_days: int, **changed: object) -> None:
        self.day += after_days
        self.history.add(day(self.day, entry=self.entry, **changed))  # type: ignore[arg-type]

    def proposal(self) -> Decision:
        proposed = propose(self.history, read_plan(self.path), self.path)
        return next(each for each in proposed if each.before.name == NAME)

    def accepts(self) -> Decision:
        decision = self.proposal()
        accept(self.history, self.path, [decision], self.now)
        return decision

    def overrules(self, wanted: Overruling, why: str = "") -> None:
        overrule(self.history, self.path, NAME, wanted, why, self.now)


@pytest.fixture
def trainee(data: Path) -> Iterator[Trainee]:
    made = Trainee(data)
    yield made
    made.history.close()


def test_a_step_is_written_into_the_plan_and_kept(trainee: Trainee) -> None:
    trainee.train(0)
    assert trainee.accepts().step is Step.STAY
    trainee.train(2)
    assert trainee.accepts().step is Step.UP
    assert trainee.entry.reps == 8
    stored = decisions(trainee.history)
    assert [(each.step, each.made_by) for each in stored] == [
        (Step.STAY, "rule"),
        (Step.UP, "rule"),
    ]
    assert stored[-1].after == trainee.entry
    assert "All 3 sets" in stored[-1].reasons[0]


def test_only_what_was_trained_at_the_step_counts_for_the_next(trainee: Trainee) -> None:
    trainee.train(0)
    trainee.train(2)
    trainee.accepts()
    assert "Nothing was trained at this step yet." in trainee.proposal().reasons
    trainee.train(2)
    assert trainee.accepts().step is Step.STAY
    trainee.train(2)
    assert trainee.accepts().step is Step.UP
    assert trainee.entry.reps == 10


def test_a_bad_day_leads_back_once(trainee: Trainee) -> None:
    trainee.overrules(Overruling.UP)
    trainee.train(2, sets=[one_set(1, 2, 6)])
    assert trainee.accepts().step is Step.BACK
    assert trainee.entry == FIRST
    assert trainee.accepts().step is Step.STAY
    assert trainee.entry == FIRST


def test_the_user_may_take_a_step_back_again(trainee: Trainee) -> None:
    trainee.train(0)
    trainee.train(2)
    trainee.accepts()
    trainee.overrules(Overruling.STAY, "too hard")
    assert trainee.entry == FIRST
    last = decisions(trainee.history)[-1]
    assert (last.made_by, last.reasons) == ("user", ("too hard",))
    assert "Nothing was trained" in trainee.proposal().reasons[0]


def test_the_user_may_go_on_after_a_stop(trainee: Trainee) -> None:
    trainee.train(0, sets=[one_set(1, 6, pain=6)])
    assert trainee.accepts().step is Step.STOP
    assert trainee.accepts().step is Step.STOP
    trainee.overrules(Overruling.RESUME, "it was the shoe")
    assert trainee.proposal().step is Step.STAY
    assert trainee.entry == FIRST


def test_going_on_after_a_stop_takes_no_step_back(trainee: Trainee) -> None:
    trainee.train(0)
    trainee.train(2)
    assert trainee.accepts().step is Step.UP
    trainee.train(2, sets=[one_set(1, 8, pain=4)])
    assert trainee.proposal().step is Step.STOP
    trainee.overrules(Overruling.RESUME)
    assert trainee.entry.reps == 8
    assert trainee.proposal().step is Step.STAY


def test_up_and_back_and_their_ends(trainee: Trainee) -> None:
    with pytest.raises(UsageError, match="no easier step"):
        trainee.overrules(Overruling.BACK)
    trainee.overrules(Overruling.UP)
    assert trainee.entry.reps == 8
    change_entry(trainee.path, NAME, FIRST.at(FIRST.rungs[-1]))
    trainee.overrules(Overruling.UP)
    assert read_plan(trainee.path).entry("high-knee-runs") == first_entry("high-knee-runs")
    with pytest.raises(UsageError, match="has no exercise"):
        trainee.overrules(Overruling.UP)


def test_a_change_by_hand_counts_from_when_it_was_made(trainee: Trainee) -> None:
    trainee.train(0)
    trainee.train(2)
    trainee.accepts()
    text = trainee.path.read_text(encoding="utf-8")
    before, after = text.split(f'name = "{NAME}"')
    write_file(trainee.path, before + f'name = "{NAME}"' + after.replace("reps = 8", "reps = 5"))
    stamp = (trainee.now + timedelta(hours=1)).timestamp()
    os.utime(trainee.path, (stamp, stamp))
    assert trainee.proposal().before.reps == 5
    assert "Nothing was trained" in trainee.proposal().reasons[0]
    trainee.train(2)
    trainee.train(2)
    assert trainee.proposal().after.reps == 6


def test_a_change_of_rest_is_no_new_step(trainee: Trainee) -> None:
    trainee.overrules(Overruling.UP)
    trainee.train(2)
    trainee.train(2)
    text = trainee.path.read_text(encoding="utf-8")
    write_file(trainee.path, text.replace("rest_s = 60", "rest_s = 90"))
    assert trainee.proposal().step is Step.UP


def test_decisions_move_with_an_export(trainee: Trainee, tmp_path: Path) -> None:
    trainee.train(0)
    trainee.train(2)
    trainee.accepts()
    trainee.day += 1
    trainee.overrules(Overruling.STAY, "a cold")
    path = tmp_path / "all.json"
    path.write_text(to_json(trainee.history, trainee.history.numbers(), MORNING), encoding="utf-8")
    with History(tmp_path / "other") as other:
        assert import_file(other, path).decisions == 2
        assert import_file(other, path).decisions == 0
        assert decisions(other) == decisions(trainee.history)
