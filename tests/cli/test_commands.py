"""Help, version, catalogue, demo and doctor."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli import doctor_command
from formcheck.cli.main import app
from formcheck.errors import ModelError, SoundError
from formcheck.estimators import mediapipe_pose
from formcheck.exercises import get_exercise, slugs
from formcheck.files import bundled
from formcheck.files.bundled import DEMO_NAME
from formcheck.files.pose_file import PoseRecording
from formcheck.sound import espeak, speaker
from formcheck.sources import devices
from formcheck.version import __version__
from tests.cli.running import Run, run_script

COMMANDS = sorted(
    [command.name or "" for command in app.registered_commands]
    + [group.name or "" for group in app.registered_groups]
)
SUBJECTS = ("Python", "OpenCV", "Pose estimation", "Window", "Sound", "Voice", "History", "Camera")
RESULTS = [
    DEMO_NAME.replace(".mp4", ".frames.csv"),
    DEMO_NAME.replace(".mp4", ".report"),
    DEMO_NAME.replace(".mp4", ".session.json"),
]


@pytest.fixture
def shown(
    filmed: Path,
    recording: PoseRecording,
    estimate_from: Callable[[PoseRecording], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Make the stick figure's video the sample."""
    monkeypatch.setattr(bundled, "demo_video", lambda: filmed)
    estimate_from(recording)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_the_version() -> None:
    ended = CliRunner().invoke(app, ["--version"])
    first, *others = ended.output.splitlines()
    assert (ended.exit_code, first) == (0, f"formcheck {__version__}")
    assert [line.split()[0] for line in others] == ["mediapipe", "OpenCV:", "model"]


SHELLS = {
    "bash": {"COMP_WORDS": "formcheck run st", "COMP_CWORD": "2"},
    "zsh": {"_TYPER_COMPLETE_ARGS": "formcheck run st"},
    "fish": {"_TYPER_COMPLETE_ARGS": "formcheck run st", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_completes_an_exercise(shell: str) -> None:
    ended = run_script(**SHELLS[shell], _FORMCHECK_COMPLETE=f"complete_{shell}")
    assert "standing-hip-flexion" in ended.out
    assert "straight-leg-raise" in ended.out
    assert "supine-marching" not in ended.out


def test_the_shell_completes_commands_and_options() -> None:
    words = {"COMP_WORDS": "formcheck an", "COMP_CWORD": "1"}
    assert run_script(**words, _FORMCHECK_COMPLETE="complete_bash").out.split() == ["analyze"]
    words = {"COMP_WORDS": "formcheck analyze --save-p", "COMP_CWORD": "2"}
    assert run_script(**words, _FORMCHECK_COMPLETE="complete_bash").out.split() == ["--save-poses"]


def test_help_lists_every_command() -> None:
    ended = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"})
    assert ended.exit_code == 0
    for name in COMMANDS:
        assert f" {name} " in _plain(ended.output)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of(name: str) -> None:
    ended = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    assert ended.exit_code == 0
    assert f"Usage: formcheck {name}" in _plain(ended.output)


def test_help_names_the_videos_once() -> None:
    ended = CliRunner().invoke(app, ["analyze", "--help"], env={"COLUMNS": "200"})
    assert "......" not in _plain(ended.output).replace("}", "")


def test_help_comes_at_once() -> None:
    spent_s = []
    for _ in range(5):
        started_s = time.perf_counter()
        assert run_script("--help").code == 0
        spent_s.append(time.perf_counter() - started_s)
    print(f"formcheck --help: {min(spent_s):.2f} s at best")
    assert min(spent_s) < 1.0


def test_no_command_shows_how_to_begin(formcheck: Run) -> None:
    ended = formcheck()
    assert (ended.code, ended.err) == (0, "")
    steps = re.findall(r"^  (formcheck (\w+).*?)  ", ended.out, re.MULTILINE)
    assert [command for _, command in steps] == ["demo", "run", "analyze"]
    for line, _ in steps[1:]:
        assert CliRunner().invoke(app, [*line.split()[1:], "--help"]).exit_code == 0


def test_the_catalogue(formcheck: Run) -> None:
    ended = formcheck("exercises")
    assert (ended.code, ended.err) == (0, "")
    for slug in slugs():
        assert slug in ended.out


@pytest.mark.parametrize("slug", slugs())
def test_an_exercise_in_full(formcheck: Run, slug: str) -> None:
    ended = formcheck("exercises", slug)
    exercise = get_exercise(slug)
    assert (ended.code, ended.err) == (0, "")
    for heading in (exercise.title, "How to", "Camera", "What counts", "Dose"):
        assert heading in ended.out
    for code in [*(fault.code for fault in exercise.faults), *(cue.code for cue in exercise.cues)]:
        assert code in ended.out


@pytest.mark.usefixtures("shown")
def test_demo(formcheck: Run, tmp_path: Path) -> None:
    out = tmp_path / "results"
    ended = formcheck("demo", "--out", out)
    assert (ended.code, ended.err) == (0, "")
    assert "clean of" in ended.out
    assert str(out) in ended.out.replace("\n", "")
    assert DEMO_NAME in ended.out.replace("\n", "")
    assert sorted(p.name for p in out.iterdir()) == RESULTS


@pytest.mark.usefixtures("shown")
def test_the_demo_opens_its_report_where_there_is_a_screen(
    formcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    monkeypatch.setattr("formcheck.live.window.require_display", lambda: None)
    ended = formcheck("demo", "--out", tmp_path)
    page = tmp_path / RESULTS[1] / "index.html"
    assert opened == [page.as_uri()] and page.is_file()
    assert f"The report: {page}" in ended.out and "opens in your browser" in ended.out
    assert "your browser" not in formcheck("demo", "--out", tmp_path, "--no-open").out
    assert len(opened) == 1


GOOD, LIMITED, BROKEN = doctor_command.Health
CONCLUSIONS = [
    ({}, doctor_command.READY),
    ({"Camera": LIMITED, "Sound": LIMITED}, doctor_command.LACKING["Camera"]),
    ({"Sound": LIMITED, "Window": LIMITED}, doctor_command.LACKING["Window"]),
    ({"OpenCV": LIMITED}, "Ready; one thing to look at: OpenCV."),
    (
        {"Camera": LIMITED, "Pose estimation": BROKEN},
        "Not ready: Pose estimation as found; the line with ✗ says what to do.",
    ),
]


@pytest.mark.parametrize(("states", "line"), CONCLUSIONS)
def test_the_last_line_of_doctor(states: dict[str, doctor_command.Health], line: str) -> None:
    findings = [
        doctor_command.Diagnosis(subject=name, health=states.get(name, GOOD), found="as found")
        for name in SUBJECTS
    ]
    assert doctor_command.conclusion(findings) == line


@pytest.mark.usefixtures("shown")
def test_demo_where_nothing_can_be_written(
    formcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "file").touch()
    ended = formcheck("demo", "--out", tmp_path / "file")
    assert (ended.code, ended.err) == (0, "")
    match = re.search(r"All results: (.+)/ \(", ended.out)
    assert match is not None
    assert sorted(p.name for p in Path(match[1]).iterdir()) == RESULTS


@pytest.mark.usefixtures("shown")
def test_demo_into_a_folder_with_brackets(
    formcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = formcheck("demo", "--out", "[red]x")
    assert ended.code == 0
    assert "All results: [red]x/" in ended.out


@pytest.mark.slow
def test_demo_for_real(tmp_path: Path) -> None:
    ended = run_script("demo", "--out", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "2 clean of 4, 2 compensated" in ended.out
    session = json.loads((tmp_path / RESULTS[2]).read_text(encoding="utf-8"))
    assert session["counts"]["attempts"] == 4


def test_doctor_without_sound_and_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise SoundError("Nothing plays: plug it in.")

    monkeypatch.setattr(speaker, "default_device", missing)
    monkeypatch.setattr(espeak, "Espeak", missing)
    for found in (doctor_command._sound(), doctor_command._voice()):
        assert found.health is doctor_command.Health.LIMITED  # a set can be done without
        assert (found.found, found.advice) == ("none", "Nothing plays: plug it in.")


@pytest.mark.usefixtures("shown")
def test_doctor_without_screen_and_camera(formcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "list_cameras", lambda: ())
    ended = formcheck("doctor")
    assert (ended.code, ended.err) == (0, "")
    *table, blank, last = ended.out.splitlines()
    assert (blank, last) == ("", doctor_command.LACKING["Camera"])
    begins = [line[:1] + line[1:].split("  ")[1] for line in table if line[0] != " "]
    assert [begin[1:].strip() for begin in begins] == list(SUBJECTS)
    assert begins[-1][0] == "!"
    assert "none found" in ended.out


def test_doctor_when_nobody_can_be_found(formcheck: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(model_path: Path | None = None, *, silhouette: bool = False) -> None:
        raise ModelError("The pose model is missing: reinstall formcheck.")

    monkeypatch.setattr(mediapipe_pose, "MediaPipeEstimator", fail)
    monkeypatch.setattr(devices, "list_cameras", lambda: ())
    ended = formcheck("doctor")
    assert (ended.code, ended.err) == (1, "")
    assert "✗  Pose estimation" in ended.out
    assert "→ The pose model is missing: reinstall formcheck." in ended.out
    assert "Camera" in ended.out, "the rest is looked at all the same"


def test_doctor_on_the_history(data: Path) -> None:
    found = doctor_command._history()
    assert (found.health, found.found) == (
        doctor_command.Health.GOOD,
        f"0 sessions in {data / 'history.db'}",
    )
    assert not data.exists()
    data.mkdir()
    (data / "history.db").write_text("nonsense", encoding="utf-8")
    found = doctor_command._history()
    assert found.health is doctor_command.Health.LIMITED
    assert "is damaged" in found.advice and "files of their own" in found.advice
