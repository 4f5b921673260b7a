"""`run` without a window: repetitions on stderr, the result on stdout."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.core.coaching.events import CoachingEvent, Finished
from formcheck.files.pose_file import PoseRecording
from formcheck.sound.feedback import Feedback
from formcheck.sources import devices
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

    monkeypatch.setattr("formcheck.sound.feedback.Feedback", Silent)
    assert formcheck("run", SLUG, "--no-window", "--source", poses, *flags).code == 0
    assert opened == [(bool(flags), bool(flags))]
    assert isinstance(heard[-1], Finished)


def test_sets_end_by_their_repetitions_and_are_in_the_session(formcheck: Run, poses: Path) -> None:
    ended = formcheck(
        *("run", SLUG, "--no-window", "--mute", "--source", poses, "--json", "-"),
        *("--sets", 2, "--reps", 1, "--rest", 0, "--side", "left"),
    )
    assert ended.code == 0
    session = json.loads(ended.out)
    assert session["sets"][0]["number"] == 1 and session["sets"][0]["target"] == 1
    assert session["sets"][0]["counts"]["clean"] >= 1
    assert {rep["set"] for rep in session["reps"]} >= {1}
    assert "Set 1 of 2 done" in ended.err


def test_each_step_of_a_frame_is_timed(formcheck: Run, poses: Path) -> None:
    ended = formcheck("run", SLUG, "--no-window", "--mute", "--source", poses, "--stats")
    assert ended.code == 0
    for step in ("find and judge", "camera to verdict"):
        assert re.search(rf"{step} +[0-9.]+ ms, 95 % within +[0-9.]+ ms", ended.err), ended.err


def test_what_the_window_would_show_is_recorded(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    film = tmp_path / "set.mp4"
    began_s = time.monotonic()
    ended = formcheck("run", SLUG, "--no-window", "--mute", "--source", poses, "--record", film)
    assert time.monotonic() - began_s < 15.0, "nobody is there to read the summary"
    assert ended.code == 0
    assert film.read_bytes()[4:8] == b"ftyp"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--record", "set.avi"), "set.mp4"),
        (("--record-raw", "set.mp4"), "no pictures"),
    ],
)
def test_what_cannot_be_recorded_is_refused(
    formcheck: Run, poses: Path, options: tuple[str, ...], word: str
) -> None:
    formcheck("run", SLUG, "--no-window", "--mute", "--source", poses, *options).refuses(2, word)


def test_the_cameras_are_listed_without_an_exercise(
    formcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (devices.CameraDevice(index=2, name="Desk camera"),)
    monkeypatch.setattr(devices, "list_cameras", lambda: found)
    ended = formcheck("run", "--camera-list")
    assert ended.code == 0 and ended.out == "2  Desk camera\n"
    monkeypatch.setattr(devices, "list_cameras", lambda: ())
    ended = formcheck("run", "--camera-list")
    assert ended.code == 1 and "No camera was found" in ended.err


def test_a_journal_left_behind_is_kept_and_told_of(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    left = tmp_path / "set.json.journal"
    left.write_text("{}\n", encoding="utf-8")
    ended = formcheck(
        "run", SLUG, "--no-window", "--mute", "--source", poses, "--json", tmp_path / "set.json"
    )
    assert ended.code == 0
    assert "cut short" in ended.err and "formcheck recover" in ended.err
    assert left.read_text(encoding="utf-8") == "{}\n"
    assert sorted(path.name for path in tmp_path.glob("set.json*")) == [
        "set.json", "set.json.journal",
    ]  # fmt: skip


def test_the_help_names_the_extra_for_the_voice(formcheck: Run) -> None:
    ended = formcheck("run", "--help")
    assert ended.code == 0 and "formcheck[voice]" in ended.out
