"""`routine` leading through its plan with `run`, on composed recordings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from formcheck.files.pose_file import PoseRecording
from formcheck.history.plan_file import read_plan
from formcheck.history.store import History
from formcheck.sources import opening
from formcheck.sources.playback import ReplaySource
from tests.cli.running import Ended, Run
from tests.history.composed import composed
from tests.history.made import MORNING
from tests.live.rig import EveryFrame

PLAN = """\
days = ["mon", "thu"]   # as it suits
between_s = 0

[[exercise]]
name = "hanging-leg-raises"
sets = 2
reps = 2
rest_s = 3

[[exercise]]
name = "standing-hip-flexion"
sets = 1
reps = 1
loads = ["no load", "light band"]
load = "light band"
"""
HANGING = "hanging-leg-raises-swing"
STANDING = "standing-side-lean-back"


@pytest.fixture(autouse=True)
def _no_frame_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_source(text: str, **_: object) -> EveryFrame:
        return EveryFrame(ReplaySource(PoseRecording.load(Path(text))))

    monkeypatch.setattr(opening, "open_source", open_source)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let it be so many days after Monday, 2 March 2026."""

    def at(days: int) -> None:
        moment: datetime = MORNING + timedelta(days=days)
        monkeypatch.setattr("formcheck.history.days.system_clock", lambda: moment)

    at(0)
    return at


@pytest.fixture
def plan(data: Path) -> Path:
    data.mkdir()
    path = data / "routine.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def train(formcheck: Run, plan: Path, tmp_path: Path) -> Run:
    hanging, standing = tmp_path / "hanging.npz", tmp_path / "standing.npz"
    composed(STANDING, "c").save(standing)

    def go(done: str = "cc......cc", *more: object) -> Ended:
        composed(HANGING, done).save(hanging)
        return formcheck(
            *("routine", "--no-window", "--mute", "--source", hanging, "--source", standing),
            *more,
        )

    return go


def test_led_through_the_plan(train: Run, data: Path, on_day: Callable[[int], None]) -> None:
    ended = train()
    assert ended.code == 0
    told = ended.err
    first = told.index("1 of 2: Hanging leg raises, 2 sets of 2. Camera: ")
    second = told.index("2 of 2: Standing hip flexion, 1 set of 1 a side, light band. Camera: ")
    assert first < told.index("Set 2 of 2 done") < second < told.index("All 2 exercises are done.")
    out = ended.out
    assert "= Hanging leg raises: stays at 2 sets of 2" in out
    assert "A step up needs 2 good days at the same step; this was the first." in out
    with History(data) as history:
        hanging, standing = history.sessions()
    assert [kept.counts.clean for kept in hanging.sets] == [2, 2]
    assert (hanging.settings.sets, hanging.settings.reps, hanging.settings.rest_s) == (2, 2, 3.0)
    assert standing.loads == ("light band",)
    assert hanging.started_at == MORNING


def test_two_good_days_change_the_plan_and_its_comments_stay(
    train: Run, plan: Path, on_day: Callable[[int], None]
) -> None:
    train()
    on_day(3)
    out = train().out
    assert "▲ Hanging leg raises: next time 3 sets of 6 (it was 2 sets of 2)" in out
    assert "The plan is changed." in out
    assert read_plan(plan).entries[0].reps == 6
    assert "# as it suits" in plan.read_text(encoding="utf-8")


def test_the_plan_is_kept_if_wanted(train: Run, plan: Path, on_day: Callable[[int], None]) -> None:
    train()
    on_day(3)
    assert "The plan is unchanged." in train("cc......cc", "--keep-plan").out
    assert plan.read_text(encoding="utf-8") == PLAN


def test_rest_and_days_are_spoken_of(train: Run, on_day: Callable[[int], None]) -> None:
    train("c")
    on_day(1)
    told = train("c", "--from", "hanging-leg-raises").err
    assert "Tuesday is no day of the plan: that trains on Monday and Thursday." in told
    assert "Too little rest: Monday and Tuesday had no day between them." in told


def test_pain_stops_the_plan_until_the_user_says_otherwise(
    train: Run, formcheck: Run, on_day: Callable[[int], None]
) -> None:
    train("c")
    formcheck("history", "note", 1, "--pain", 5)
    on_day(3)
    ended = train("c")
    ended.refuses(1, "The plan has stopped: Pain 5 of 10", "routine overrule")
    formcheck("routine", "overrule", "hanging-leg-raises", "resume", "--why", "it was the bar")
    assert train("c").code == 0


def test_beginning_later_and_refusals(
    formcheck: Run, plan: Path, tmp_path: Path, on_day: Callable[[int], None]
) -> None:
    standing = tmp_path / "standing.npz"
    composed(STANDING, "c").save(standing)
    ended = formcheck(
        *("routine", "--no-window", "--source", standing, "--from", "standing-hip-flexion")
    )
    assert "1 of 1: Standing hip flexion" in ended.err
    formcheck("routine", "--from", "mountain-climbers").refuses(2, "has no exercise")
    formcheck("routine", "--source", "a", "--source", "b", "--source", "c").refuses(
        2, "one for each of the 2 exercises"
    )
    plan.unlink()
    formcheck("routine", "--no-window").refuses(1, "formcheck routine init")
