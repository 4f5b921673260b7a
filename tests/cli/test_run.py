"""`run` without a window: repetitions on stderr, the result on stdout."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.coaching_events import CoachingEvent, Finished
from formcheck.feedback.feedback import Feedback
from formcheck.recording import PoseRecording
from tests.cli.running import SLUG, Run

pytestmark = pytest.mark.usefixtures("every_frame")


def test_saved_poses(formcheck: Run, poses: Path, tmp_path: Path) -> None:
    table, again = tmp_path / "frames.csv", tmp_path / "again.npz"
    ended = formcheck(
        *("run", SLUG, "--no-window", "--mute", "--source", poses, "--json", "-"),
        *("--csv", table, "--save-poses", again),
    )
    assert ended.code == 0
    session = json.loads(ended.out)
    assert [rep["verdict"] for rep in session["reps"]] == ["clean", "compensated", "clean"]
    assert "rep 1 left" in ended.err
    assert "Traceback" not in ended.err
    frames = len(PoseRecording.load(again).poses)
    assert len(table.read_text(encoding="utf-8").splitlines()) == frames + 1


def test_the_summary_and_a_file(formcheck: Run, poses: Path, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    ended = formcheck("run", SLUG, "--no-window", "--source", poses, "--json", path)
    assert ended.code == 0
    assert "2 clean of 3" in ended.out
    assert "rep 1" not in ended.out
    assert json.loads(path.read_text(encoding="utf-8"))["counts"]["attempts"] == 3


def test_nobody_was_seen(formcheck: Run, empty_room: Path) -> None:
    ended = formcheck("run", SLUG, "--no-window", "--source", empty_room, "--json", "-")
    assert ended.code == 1
    assert "formcheck: Nobody was seen." in ended.err.splitlines()
    assert json.loads(ended.out)["reps"] == []


def test_nobody_was_seen_is_told_on_stderr_without_json_too(
    formcheck: Run, empty_room: Path
) -> None:
    ended = formcheck("run", SLUG, "--no-window", "--source", empty_room)
    assert ended.code == 1
    assert "formcheck: Nobody was seen." in ended.err.splitlines()


def test_an_address_of_saved_poses(formcheck: Run, poses: Path) -> None:
    assert formcheck("run", SLUG, "--no-window", "--source", poses.as_uri()).code == 0


@pytest.mark.parametrize("flags", [(), ("--mute", "--voice")])
def test_the_course_of_the_run_is_heard_as_asked_for(
    formcheck: Run, poses: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    opened: list[tuple[bool, bool]] = []
    heard: list[CoachingEvent] = []

    class Silent(Feedback):
        def __init__(self, *, voice: bool, muted: bool, report: Callable[[str], None]) -> None:
            opened.append((voice, muted))
            super().__init__(voice=False, muted=True, report=report)

        def hear(self, event: CoachingEvent) -> None:
            heard.append(event)

    monkeypatch.setattr("formcheck.feedback.feedback.Feedback", Silent)
    assert formcheck("run", SLUG, "--no-window", "--source", poses, *flags).code == 0
    assert opened == [(bool(flags), bool(flags))]
    assert isinstance(heard[-1], Finished)
