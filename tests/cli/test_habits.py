"""What people are used to from other commands, and brackets in everything that is printed."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from formcheck import errors
from formcheck.cli import doctor_command
from formcheck.cli.command import ALSO_CALLED, OTHER, Commands
from formcheck.cli.doctor_command import Diagnosis, Health
from formcheck.cli.main import app
from formcheck.errors import FormcheckError
from formcheck.reports import terminal
from tests.cli.running import SCRIPT, SLUG, Run

BRACKETED = "see [bold]this[/bold] and pip install 'formcheck[voice]' [1]"
WIDE = {"COLUMNS": "400", "TERMINAL_WIDTH": "400", "NO_COLOR": "1"}


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(below, (*path, name))


ALL = dict(_commands(typer.main.get_command(app)))


def _squeezed(text: str) -> str:
    return re.sub(r"[│\s]+", "", text)


def _texts(command: Any) -> Iterator[str]:
    """Give every text in a command's help: paragraphs, and what is said of each option."""
    for text in (command.help, command.epilog, *(param.help for param in command.params)):
        yield from (text or "").split("\n\n")


@pytest.mark.parametrize("path", ALL, ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_says_every_text_as_it_was_written(path: tuple[str, ...], option: str) -> None:
    ended = CliRunner().invoke(app, [*path, option], env=WIDE)
    assert ended.exit_code == 0
    shown = _squeezed(ended.output)
    for text in _texts(ALL[path]):
        assert _squeezed(text) in shown


def test_help_has_brackets_to_lose() -> None:
    texts = " ".join(text for command in ALL.values() for text in _texts(command))
    assert {"formcheck[voice]", "formcheck[cluster]"} <= set(re.findall(r"formcheck\[\w+\]", texts))


def test_a_command_added_later_keeps_its_brackets() -> None:
    added = Commands()

    @added.command("one", epilog=BRACKETED)
    def one(x: bool = typer.Option(False, help=BRACKETED)) -> None:
        pass

    @added.command("two", help=BRACKETED)
    def two() -> None:
        pass

    for line in (["--help"], ["one", "--help"], ["two", "-h"], ["one", "-h"]):
        assert _squeezed(BRACKETED) in _squeezed(CliRunner().invoke(added, line, env=WIDE).output)


ERRORS = sorted(
    {
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, FormcheckError)
    },
    key=lambda each: each.__name__,
)


def _made(error: type[FormcheckError]) -> FormcheckError:
    if issubclass(error, errors.UnknownExercise):
        return error(BRACKETED, ["a"])
    return error(BRACKETED, []) if issubclass(error, errors.NotRecognised) else error(BRACKETED)


@pytest.mark.parametrize("error", ERRORS, ids=lambda each: each.__name__)
def test_an_error_is_said_as_it_was_written(
    formcheck: Run, monkeypatch: pytest.MonkeyPatch, error: type[FormcheckError]
) -> None:
    def fail(*_: object) -> None:
        raise _made(error)

    monkeypatch.setattr(terminal, "explanation", fail)
    ended = formcheck("exercises", SLUG)
    assert ended.code == error.exit_code
    assert BRACKETED in ended.err


def test_a_usage_error_is_said_as_it_was_written(formcheck: Run) -> None:
    ended = formcheck("analyze", "a.mp4", "--from", "[bold]1[/bold]")
    assert ended.code == 2
    assert "'[bold]1[/bold]'" in ended.err


def test_doctor_says_findings_as_they_were_written(
    formcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = f"{BRACKETED} :smile:"
    found = Diagnosis(subject="[red]", health=Health.LIMITED, found=said, advice=said)
    monkeypatch.setattr(doctor_command, "diagnose", lambda: iter([found]))
    ended = formcheck("doctor")
    assert ended.out.count(said) == 2
    assert "[red]" in ended.out


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_of_run_and_analyze_has_its_panel(path: tuple[str, ...]) -> None:
    options = [p for p in ALL[path].params if p.param_type_name == "option"]
    panels = [getattr(option, "rich_help_panel", None) for option in options]
    if path in (("run",), ("analyze",), ("routine",)):
        assert None not in panels
        together = [panel for panel, _ in itertools.groupby(panels)]
        assert len(together) == len(set(together)), "options of one panel stand together"
    context = ALL[path].make_context("formcheck", [], resilient_parsing=True)
    assert ALL[path].get_help_option(context).rich_help_panel == OTHER


UNKNOWN = [
    (("analyze", "a.mp4", "--jsn", "x"), "Did you mean --json"),
    (("analyze", "a.mp4", "--save_poses", "x"), "Did you mean --save-poses?"),
    (("analyze", "a.mp4", "--Strict"), "Did you mean --strict?"),
    (("analyze", "a.mp4", "--start", "5"), "Did you mean --from?"),
    (("analyze", "a.mp4", "--output=x"), "Did you mean --out?"),
    (("run", SLUG, "--camera", "1"), "Did you mean --source?"),
    (("run", SLUG, "--report"), "`formcheck analyze` has --report."),
    (("run", "--hlep"), "Did you mean --help or"),
    (("run", SLUG, "--quxbar"), "`formcheck run --help` lists those there are."),
    (("history", "--sinc", "4w"), "Did you mean --since?"),
    (("anlyze",), "Did you mean 'analyze'?"),
    (("history", "shw"), "Did you mean 'show'?"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "hint"), UNKNOWN, ids=[" ".join(line) for line, _ in UNKNOWN])
def test_what_does_not_exist_leads_to_what_does(
    formcheck: Run, line: tuple[str, ...], hint: str
) -> None:
    ended = formcheck(*line)
    assert ended.code == 2
    assert hint in ended.err


def test_other_programs_words_lead_to_options_there_are() -> None:
    there = {name for command in ALL.values() for param in command.params for name in param.opts}
    assert set(ALSO_CALLED.values()) <= there
    assert not there & set(ALSO_CALLED)


@pytest.mark.parametrize(
    "typed", ["Standing-Hip-Flexion", "standing_hip_flexion", " STANDING hip flexion"]
)
def test_an_exercise_may_be_spelt_as_people_spell_it(
    formcheck: Run, poses: Path, typed: str
) -> None:
    ended = formcheck("analyze", poses, "-e", typed, "--json", "-")
    assert json.loads(ended.out)["exercise"] == SLUG
    assert "Standing hip flexion" in formcheck("exercises", typed).out


def test_choices_may_be_in_capitals(formcheck: Run, poses: Path) -> None:
    assert formcheck("analyze", poses, "-e", SLUG, "--side", "LEFT").code == 0
    ended = formcheck("analyze", poses, "-e", "Auto", "--json", "-")
    assert json.loads(ended.out)["exercise"] == SLUG


def test_times_as_a_clock_shows_them(formcheck: Run, poses: Path) -> None:
    line = ("analyze", poses, "-e", SLUG, "--json", "-")
    seconds = formcheck(*line, "--from", "2", "--to", "6.5").out
    assert json.loads(seconds)["source"]["to_s"] == 6.5
    assert formcheck(*line, "--from", "0:02", "--to", "0:06.5").out == seconds


def test_the_table_of_frames_is_printed(formcheck: Run, poses: Path, tmp_path: Path) -> None:
    file = tmp_path / "frames.csv"
    line = ("analyze", poses, "-e", SLUG, "--csv")
    assert formcheck(*line, file).code == 0
    ended = formcheck(*line, "-")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_table_of_frames_of_a_live_run_is_printed(formcheck: Run, poses: Path) -> None:
    live = formcheck(
        "run", SLUG, "--source", poses, "--no-window", "--mute", "--no-history", "--csv", "-"
    )
    rows = list(csv.DictReader(io.StringIO(live.out)))
    assert live.code == 0 and len(rows) > 10 and None not in rows[0]


def test_two_results_at_once_are_not_printed(formcheck: Run, poses: Path) -> None:
    formcheck("analyze", poses, "-e", SLUG, "--csv", "-", "--json", "-").refuses(2, "mixed up")


def test_a_reader_who_leaves_costs_no_file(poses: Path, tmp_path: Path) -> None:
    out = tmp_path / "session.json"
    command = [str(SCRIPT), "analyze", str(poses), "-e", SLUG, "--json", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")
    assert json.loads(out.read_text(encoding="utf-8"))["counts"]["attempts"] == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_behind_stdout_costs_no_file(poses: Path, tmp_path: Path) -> None:
    out = tmp_path / "session.json"
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [str(SCRIPT), "analyze", str(poses), "-e", SLUG, "--json", str(out)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr == (
        "formcheck: The output can't be written (No space left on device): choose another place.\n"
    )
    assert out.is_file()


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_a_narrow_terminal_keeps_number_and_verdict(
    formcheck: Run, poses: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ended = formcheck("analyze", poses, "-e", SLUG)
    rows = re.findall(r"^(\d) +left.* (clean|compensated)|^(\d) +right", ended.out, re.MULTILINE)
    assert len(rows) == 3
    assert max(map(len, ended.out.splitlines())) <= columns
    assert ("lowering" in ended.out) == (columns >= 60)


def test_several_recordings_on_a_narrow_terminal(
    formcheck: Run, poses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    second = tmp_path / "a second one.npz"
    second.write_bytes(poses.read_bytes())
    ended = formcheck("analyze", poses, second, "-e", SLUG, "--out", tmp_path / "o")
    lines = ended.out.splitlines()
    assert lines[0].split() == ["video", "✓", "✗", "◐", "?"]
    assert lines[1].split() == ["stick", "2", "1", "0", "0"]


def test_the_command_is_at_hand_as_a_module() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "formcheck", "-h"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0 and "Usage:" in ended.stdout


def test_a_quoted_home_folder_is_the_home_folder(
    formcheck: Run, poses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    ended = formcheck(
        "analyze", f"~/{poses.name}", "-e", SLUG, "--json=~/a.json", "--csv", "~/a.csv"
    )
    assert ended.code == 0
    assert (tmp_path / "a.json").is_file() and (tmp_path / "a.csv").is_file()
    assert not (poses.parent / "~").exists()
