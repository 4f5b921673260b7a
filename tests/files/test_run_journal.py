from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli.main import app
from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Session
from formcheck.core.coaching.run_log import RunHeader
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import SourceInfo
from formcheck.errors import JournalError, OutputError
from formcheck.exercises import get_exercise
from formcheck.files.run_journal import CUT_SHORT, Journal, fresh_path, journal_path, recover
from formcheck.files.session_json import SESSION_SCHEMA, to_dict
from tests.stickman import Lift, Stance, clip

EXERCISE = get_exercise("standing-hip-flexion")
HEADER = RunHeader(
    exercise=EXERCISE.slug,
    started_at=datetime(2026, 3, 1, 7, 30, tzinfo=UTC),
    source="camera 0",
    settings=RunSettings(sets=3, reps=10, rest_s=60.0),
)


@pytest.fixture(scope="module")
def session() -> Session:
    checker = FormChecker(EXERCISE)
    for pose in clip([Lift(), Lift(at_top=Stance(lean=-18.0)), Lift(side="right")], fps=15.0):
        checker.update(pose)
    judged = checker.finish(SourceInfo(path="camera 0", width=1280, height=960))
    reps = tuple(replace(rep, set_number=1 + (rep.number > 2)) for rep in judged.reps)
    return replace(judged, reps=reps)


@pytest.fixture
def path(tmp_path: Path, session: Session) -> Path:
    """The journal of a run that was killed after its third repetition."""
    path = tmp_path / "set.json.journal"
    journal = Journal(path)
    journal.begin(HEADER)
    journal.note("view", "side")
    for rep in session.reps:
        journal.add_rep(rep.set_number or 1, rep)
    return path


def test_a_run_cut_short_gives_its_repetitions(path: Path, session: Session) -> None:
    found, whole = recover(path), to_dict(session)
    same = ("schema", "formcheck", "exercise", "view", "hold_target_s", "counts", "by_side", "reps")
    assert {key: found[key] for key in same} == {key: whole[key] for key in same}
    assert found["source"]["path"] == "camera 0"
    assert [one["counts"]["attempts"] for one in found["sets"]] == [2, 1]
    assert found["problems"] == [CUT_SHORT]


def test_a_journal_of_version_1_is_recovered_as_todays_session(
    path: Path, session: Session
) -> None:
    text = path.read_text(encoding="utf-8")
    assert "pelvic_obliquity_deg" in text
    text = text.replace('"pelvic_tilt_deg": null, ', "")
    old = text.replace("journal@2", "journal@1").replace("pelvic_obliquity_deg", "pelvic_tilt_deg")
    path.write_text(old, encoding="utf-8")
    found = recover(path)
    assert (found["schema"], found["reps"]) == (SESSION_SCHEMA, to_dict(session)["reps"])


def test_cut_at_any_byte_it_loses_no_whole_repetition(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    lines = whole.splitlines()
    ends = [whole.index(line) + len(line) for line in lines]
    rep_ends = [end for end, line in zip(ends, lines, strict=True) if b'"kind": "rep"' in line]
    cut = tmp_path / "cut.journal"
    for length in sorted({*range(0, len(whole) + 1, 7), *ends}):
        cut.write_bytes(whole[:length])
        if length < ends[0]:
            with pytest.raises(JournalError, match="not a journal"):
                recover(cut)
        else:
            found = recover(cut)
            assert found["problems"] == [CUT_SHORT]
            assert len(found["reps"]) == sum(end <= length for end in rep_ends)


def test_a_finished_run_gives_the_whole_session(path: Path, session: Session) -> None:
    journal = Journal(path)
    journal.begin(HEADER)
    journal.finish(session)
    assert recover(path) == to_dict(session)
    journal.remove()
    assert not path.exists()


def test_a_journal_left_over_is_not_written_over(tmp_path: Path) -> None:
    first = journal_path(tmp_path / "set.json")
    assert fresh_path(first) == first == tmp_path / "set.json.journal"
    first.touch()
    second = fresh_path(first)
    assert second == tmp_path / "set.json.journal.2"


def test_where_nothing_can_be_written_the_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="can't be written"):
        Journal(tmp_path / "file" / "set.journal").begin(HEADER)


def test_a_start_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(HEADER, started_at=datetime(2026, 3, 1))


def test_the_command_prints_or_writes_what_it_found(path: Path, tmp_path: Path) -> None:
    printed = CliRunner().invoke(app, ["recover", str(path)])
    assert printed.exit_code == 0
    assert json.loads(printed.stdout)["counts"]["attempts"] == 3
    target = tmp_path / "set.json"
    written = CliRunner().invoke(app, ["recover", str(path), "--json", str(target)])
    assert written.exit_code == 0 and written.stdout == ""
    assert json.loads(target.read_text(encoding="utf-8")) == json.loads(printed.stdout)


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "set.json"
    other.write_text("{}\n", encoding="utf-8")
    for path in (other, tmp_path / "missing"):
        result = CliRunner().invoke(app, ["recover", str(path)])
        assert isinstance(result.exception, JournalError)
