"""Pain noted with a key: kept, shown, and from 4 on the end of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.files.pose_file import PoseRecording
from formcheck.history.live_writer import HistoryLog
from formcheck.history.store import History
from formcheck.live.keys import PainKeys
from formcheck.live.run import LiveResult, LiveSettings, run_live
from formcheck.sources.playback import ReplaySource
from tests.history.made import header
from tests.live.rig import EXERCISE, EveryFrame, FakeScreen


@pytest.mark.parametrize(
    ("pressed", "noted"),
    [
        ("3", [3]),
        ("0", [0]),
        ("10", [1, 10]),
        ("1 0", [1, None, 0]),
        ("100", [1, 10, 0]),
        ("q", [None]),
    ],
)
def test_digits_say_how_much_it_hurts(pressed: str, noted: list[int | None]) -> None:
    keys, now_s, heard = PainKeys(), 0.0, []
    for key in pressed:
        # A space here is a long breath.
        now_s += 2.0 if key == " " else 0.3
        heard.append(keys.press(None if key == " " else key, now_s))
    assert heard == noted
    assert keys.press(None, now_s) is None


def run(recording: PoseRecording, data: Path, keys: dict[int, str]) -> tuple[LiveResult, list[str]]:
    told: list[str] = []
    result = run_live(
        EveryFrame(ReplaySource(recording), pause_s=0.002),
        RecordedEstimator(recording),
        FormChecker(EXERCISE),
        LiveSettings(
            screen=FakeScreen(keys),
            logs=[HistoryLog(data)],
            header=header(),
            tell=told.append,
            summary_s=0.2,
        ),
    )
    return result, told


def test_a_little_pain_is_kept_and_the_run_goes_on(recording: PoseRecording, data: Path) -> None:
    result, told = run(recording, data, {60: "2"})
    assert result.pain == 2
    assert "Pain 2 of 10 noted." in told
    assert len(result.session.reps) == 2
    with History(data) as history:
        (kept,) = history.sessions()
    assert (kept.pain, len(kept.reps)) == (2, 2)


def test_pain_from_four_on_ends_the_run_and_says_why(recording: PoseRecording, data: Path) -> None:
    result, told = run(recording, data, {40: "7"})
    assert result.pain == 7
    assert not result.ended
    (why,) = [line for line in told if line.startswith("Pain 7")]
    assert "training stops" in why and "physiotherapist" in why
    assert why in result.session.problems
    with History(data) as history:
        (kept,) = history.sessions()
    assert kept.pain == 7
    assert why in kept.problems
