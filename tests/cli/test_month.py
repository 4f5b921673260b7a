"""A month of training through the real commands: drawn clips of shifting quality, a set clock.

To look at its page: `pytest -m slow tests/cli/test_month.py --basetemp /tmp/month`.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from formcheck.files.pose_file import PoseRecording
from formcheck.history.plan_file import read_plan
from formcheck.sources import opening
from formcheck.sources.playback import ReplaySource
from tests.cli.running import Ended, Run
from tests.history.composed import composed
from tests.history.made import MORNING
from tests.live.rig import EveryFrame

pytestmark = pytest.mark.slow

PLAN = """\
level = "mine"
days = ["mon", "wed", "fri"]
between_s = 0

[[exercise]]
name = "hanging-leg-raises"
sets = 3
reps = 8
rest_s = 2
"""
HANGING, STANDING = "hanging-leg-raises", "standing-hip-flexion"
PAUSE = "....."


class Month:
    """Somebody who trains for a month, and the commands that this takes."""

    def __init__(
        self, formcheck: Run, monkeypatch: pytest.MonkeyPatch, data: Path, folder: Path
    ) -> None:
        self.formcheck = formcheck
        self.folder = folder
        self.plan = data / "routine.toml"
        self._monkeypatch = monkeypatch
        self._set_day(0)
        monkeypatch.setattr(opening, "open_source", self._open)

    def _open(self, text: str, **_: object) -> EveryFrame:
        return EveryFrame(ReplaySource(PoseRecording.load(Path(text))))

    def _set_day(self, days: int) -> None:
        self.now: datetime = MORNING + timedelta(days=days)
        self._monkeypatch.setattr("formcheck.history.days.system_clock", lambda: self.now)

    @property
    def reps(self) -> int:
        return read_plan(self.plan).entries[0].reps

    def hangs(self, days: int, *sets: str) -> Ended:
        """Train the plan with `routine` on a day, each set as its text says."""
        self._set_day(days)
        path = self.folder / f"hanging-{days}.npz"
        composed("hanging-leg-raises-swing", PAUSE.join(sets), name=path.name).save(path)
        return self.formcheck("routine", "--no-window", "--mute", "--source", path)

    def hangs_well(self, days: int) -> Ended:
        return self.hangs(days, *["c" * self.reps] * 3)

    def stands(self, days: int, done: str, load: str) -> None:
        """Record both legs on a day and save what `analyze` finds."""
        self._set_day(days)
        for other_leg in (False, True):
            path = self.folder / f"standing-{days}-{other_leg}.npz"
            clip = composed("standing-side-lean-back", done, other_leg=other_leg, name=path.name)
            clip.save(path)
            ended = self.formcheck(
                *("analyze", path, "-e", STANDING, "--save", "--load", load),
                *("--recorded", f"{self.now:%Y-%m-%d} 18:30"),
            )
            assert ended.code == 0


@pytest.fixture
def month(formcheck: Run, monkeypatch: pytest.MonkeyPatch, data: Path, tmp_path: Path) -> Month:
    data.mkdir()
    (data / "routine.toml").write_text(PLAN, encoding="utf-8")
    return Month(formcheck, monkeypatch, data, tmp_path)


def test_a_month(month: Month, data: Path) -> None:
    first_weeks(month)
    weeks_with_pain(month)
    records(month)
    formcheck = month.formcheck
    page = month.folder / "page"
    ended = formcheck("report", "--since", "2026-03-02", "--out", page)
    assert ended.code == 0
    assert "4 weeks in a row met the goal" in ended.out
    text = (page / "index.html").read_text(encoding="utf-8")
    for words in (
        "Hanging leg raises", "Standing hip flexion", "Step up", "Step back", "Stay</b>, by you",
        "Pain was noted: 5 of 10 on 16 March.", "it was the bar", "Swinging", "Leaning back",
        "light band",
    ):  # fmt: skip
        assert words in text, words
    content = json.loads(formcheck("history", "export").out)
    again = month.folder / "again.json"
    again.write_text(json.dumps(content), encoding="utf-8")
    brought = formcheck("history", "import", again, "--data", month.folder / "other")
    assert f"{len(content['sessions'])} sessions imported" in brought.out


def first_weeks(month: Month) -> None:
    """Too much at first: a step back, then two steps up; too little rest is said."""
    poor = month.hangs(0, "cxxcxxcx", "xxcxxc", "xcxxc")
    assert "▼ Hanging leg raises: a step back: 3 sets of 6 (it was 3 sets of 8)" in poor.out
    assert month.reps == 6
    assert "stays at 3 sets of 6" in month.hangs(2, "cxccccc", "cccccc", "cccccc").out
    assert "▲ Hanging leg raises: next time 3 sets of 8" in month.hangs_well(4).out
    assert "stays at 3 sets of 8" in month.hangs_well(7).out
    hurried = month.hangs_well(8)
    assert "Tuesday is no day of the plan" in hurried.err
    assert "Two days without a day of rest between them count as one." in hurried.out
    assert "Too little rest" in hurried.out
    assert "▲ Hanging leg raises: next time 3 sets of 10" in month.hangs_well(11).out


def weeks_with_pain(month: Month) -> None:
    """Pain stops the plan; the user goes on, and is held back by fatigue."""
    month.hangs_well(14)
    listed = month.formcheck("history").out.splitlines()
    number = next(line.split()[0] for line in reversed(listed) if HANGING in line)
    month.formcheck("history", "note", number, "--pain", 5)
    month.hangs_well(16).refuses(1, "The plan has stopped: Pain 5 of 10 was noted on 16 March")
    month.formcheck("routine", "overrule", HANGING, "resume", "--why", "it was the bar")
    assert "this was the first" in month.hangs_well(18).out
    tired = month.hangs(21, "c" * 10, "c" * 10, "cccccccxxccxx")
    assert "Fatigue on 23 March: in set 3" in tired.out
    assert "stays at 3 sets of 10" in tired.out


def records(month: Month) -> None:
    """Standing, filmed and analysed: worse at first, with a band at last."""
    quality = ["cxxcxc", "cxcxcc", "cxccxc", "ccxccc", "cccxcc", "cccccc", "ccxccc", "cccccc"]
    for week, (early, late) in enumerate(zip(quality[::2], quality[1::2], strict=True)):
        load = "no load" if week < 3 else "light band"
        month.stands(7 * week + 1, early, load)
        month.stands(7 * week + 4, late, load)
    month._set_day(25)
