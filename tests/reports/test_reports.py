"""The session on paper: the JSON contract, the CSV, the words."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import FrameReport, Session
from formcheck.core.checker.wording import counts_text, rep_text
from formcheck.core.pose.frame import SourceInfo
from formcheck.errors import OutputError
from formcheck.exercises import get_exercise
from formcheck.files.checked_fields import Fields
from formcheck.files.frames_csv import to_csv
from formcheck.files.session_fields import read_session
from formcheck.files.session_json import to_dict, to_json
from formcheck.files.writing import write_text
from formcheck.reports.terminal import catalogue, explanation, summary
from tests.stickman import Lift, Stance, clip

EXERCISE = get_exercise("standing-hip-flexion")


@pytest.fixture(scope="module")
def judged() -> tuple[Session, tuple[FrameReport, ...]]:
    checker = FormChecker(EXERCISE)
    lifts = [Lift(), Lift(at_top=Stance(lean=-18.0)), Lift(peak=62.0), Lift(hold_s=0.6)]
    reports = tuple(checker.update(p) for p in clip(lifts))
    source = SourceInfo(path="set.mp4", width=1280, height=960, fps=20.0, frames=600, duration_s=30)
    return checker.finish(source, ["a note"]), reports


def text(renderable: object, width: int = 120) -> str:
    console = Console(width=width, file=io.StringIO())
    console.print(renderable)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_the_json_keeps_the_contract(judged: tuple[Session, tuple[FrameReport, ...]]) -> None:
    data = json.loads(to_json(judged[0]))
    assert data["schema"] == "formcheck/session@2"
    assert set(data) == {
        "schema", "formcheck", "exercise", "source", "view", "calibration", "counts", "by_side",
        "reps", "problems", "hold_target_s", "frames_judged", "rules",
    }  # fmt: skip
    assert set(data["source"]) == {"path", "width", "height", "fps", "frames", "duration_s"}
    assert data["frames_judged"] == len(judged[1])
    assert data["counts"] == {
        "attempts": 4, "clean": 2, "compensated": 1, "partial": 1, "unverified": 0,
    }  # fmt: skip
    assert set(data["by_side"]) == {"left", "right"}
    rep = data["reps"][1]
    assert set(rep) == {
        "number", "side", "start_s", "top_s", "end_s", "verdict", "peak_deg", "hold_s",
        "lowering_s", "pelvic_obliquity_deg", "pelvic_tilt_deg", "faults", "cues", "unchecked",
    }  # fmt: skip
    (fault,) = rep["faults"]
    assert set(fault) == {"code", "worst", "limit", "unit", "at_s"}
    assert (fault["code"], fault["limit"], fault["unit"]) == ("lean-back", -10.0, "deg")
    assert fault["worst"] == pytest.approx(-18.0, abs=1.0)
    assert {"check": "lateral-lean", "reason": "not visible in a side view"} in rep["unchecked"]
    assert data["problems"] == ["a note"]


def test_what_was_not_observed_is_null_never_nan(
    judged: tuple[Session, tuple[FrameReport, ...]],
) -> None:
    assert "NaN" not in to_json(judged[0])
    assert to_dict(judged[0])["calibration"]["neutral"]["lateral_lean_deg"] is None


def test_the_csv_has_a_row_a_frame_units_in_names_and_empty_cells_for_the_unseen(
    judged: tuple[Session, tuple[FrameReport, ...]],
) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(judged[1]))))
    assert len(rows) == len(judged[1])
    assert list(rows[0])[:2] == ["frame", "time_s"]
    expected = {
        "hip_flexion_left_deg", "hip_flexion_right_deg", "thigh_elevation_left_deg",
        "thigh_elevation_right_deg", "torso_lean_deg", "lateral_lean_deg", "pelvic_obliquity_deg",
    }  # fmt: skip
    assert expected <= set(rows[0])
    held = rows[int(20 * 4.5)]
    assert float(held["thigh_elevation_left_deg"]) == pytest.approx(92, abs=1)
    assert held["lateral_lean_deg"] == ""


def test_a_rejected_repetition_is_told_with_fault_value_limit_and_time(
    judged: tuple[Session, tuple[FrameReport, ...]],
) -> None:
    session = judged[0]
    said = rep_text(EXERCISE, session.reps[1])
    assert said.startswith("leaning back 1")
    assert "(limit 10°) at" in said
    assert rep_text(EXERCISE, session.reps[2]).startswith("reached 62° of 80°")
    assert "short hold" in rep_text(EXERCISE, session.reps[3])
    shown = text(summary(session, EXERCISE))
    assert "2 clean of 4, 1 compensated, 1 partial" in shown
    assert said.split(";", maxsplit=1)[0] in shown
    assert (
        "Not checked: lateral-lean, pelvic-hike, pelvic-drop (not visible in a side view)" in shown
    )
    assert "Note: a note" in shown


def test_the_summary_fits_a_narrow_terminal(
    judged: tuple[Session, tuple[FrameReport, ...]],
) -> None:
    assert all(len(line) <= 80 for line in text(summary(judged[0], EXERCISE), 80).splitlines())


def test_an_attempt_that_is_no_repetition_is_listed_with_its_reason() -> None:
    checker = FormChecker(EXERCISE)
    short = Lift(rise_s=0.25, hold_s=0.0, lower_s=0.25)
    for shown in clip([Lift(), short, Lift(plants_foot=True), Lift(plants_foot=True)], fps=30.0):
        checker.update(shown)
    session = checker.finish(SourceInfo(path="set.mp4", width=1280, height=960))
    listed = json.loads(to_json(session))["dropped"]
    assert [(one["side"], one["reason"]) for one in listed] == [
        ("left", "too short"),
        *(("left", "another movement"), ("right", "another movement")) * 2,
    ]
    assert listed[0]["end_s"] - listed[0]["start_s"] < 0.5
    assert listed[0]["peak_deg"] == pytest.approx(92.0, abs=1.0)
    assert read_session(Fields(json.loads(to_json(session)), "session")).dropped[0] == replace(
        session.dropped[0], **{k: listed[0][k] for k in ("start_s", "end_s", "peak_deg")}
    )
    said = "Not counted: 2 attempts looked like another movement, 1 attempt was too short."
    assert said in text(summary(session, EXERCISE))


def test_an_empty_session_says_so() -> None:
    session = FormChecker(EXERCISE).finish(SourceInfo(path="x", width=1, height=1))
    assert counts_text(session.counts) == "no repetition seen"
    assert "no repetition seen" in text(summary(session, EXERCISE))


def test_the_catalogue_explains_every_limit_with_its_source() -> None:
    assert "standing-hip-flexion" in text(catalogue([get_exercise("standing-hip-flexion")]))
    shown = text(explanation(EXERCISE), 200)
    for fault in EXERCISE.faults:
        assert fault.code in shown and fault.limit.source in shown
    for cue in EXERCISE.cues:
        assert cue.code in shown and cue.source in shown


def test_a_result_is_written_whole_and_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.json"
    write_text(target, "one")
    write_text(target, "two")
    assert target.read_text() == "two"
    assert [p.name for p in target.parent.iterdir()] == ["a.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    listener = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
    listener.start()
    write_text(pipe, "through")
    listener.join(5)
    assert heard == ["through"]
    assert pipe.is_fifo()


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="can't be written"):
        write_text(tmp_path / "file" / "a.json", "x")
