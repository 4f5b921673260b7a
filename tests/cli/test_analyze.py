"""What `analyze` gives: on stdout, in files, and for some of several videos."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.files.bundled import demo_video
from formcheck.files.pose_file import PoseRecording
from formcheck.files.session_json import SESSION_SCHEMA
from tests.cli.running import SLUG, Run, run_script
from tests.crowds import LEAN_BACK, LEFT_CLEAN, RIGHT_CLEAN, write_crowd
from tests.sources.clips import write_clip
from tests.stickman import Lift, clip

VERDICTS = ["clean", "compensated", "clean"]


def test_the_summary(formcheck: Run, poses: Path) -> None:
    ended = formcheck("analyze", poses, "-e", SLUG)
    assert (ended.code, ended.err) == (0, "")
    assert "2 clean of 3, 1 compensated" in ended.out
    assert "leaning back" in ended.out


def test_the_json_of_one_is_an_object_and_all_there_is(poses: Path) -> None:
    ended = run_script("analyze", poses, "-e", SLUG, "--json", "-")
    assert (ended.code, ended.err) == (0, "")
    session = json.loads(ended.out)
    assert session["schema"] == SESSION_SCHEMA
    assert [rep["verdict"] for rep in session["reps"]] == VERDICTS


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_json_of_several_is_a_list_in_the_order_given(
    formcheck: Run, tmp_path: Path, recording: PoseRecording, jobs: int
) -> None:
    paths = []
    for name in ("b", "a", "c"):
        paths.append(tmp_path / f"{name}.npz")
        source = replace(recording.source, path=f"{name}.mp4")
        PoseRecording(source=source, poses=recording.poses).save(paths[-1])
    # Processes are started from a script, as users do, and not from within the test runner.
    run = formcheck if jobs == 1 else run_script
    ended = run("analyze", *paths, "-e", SLUG, "--json", "-", "--jobs", jobs)
    assert (ended.code, ended.err) == (0, "")
    assert [s["source"]["path"] for s in json.loads(ended.out)] == ["b.mp4", "a.mp4", "c.mp4"]


def test_json_in_a_file_leaves_the_summary_on_stdout(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "session.json"
    ended = formcheck("analyze", poses, "-e", SLUG, "--json", path)
    assert (ended.code, ended.err) == (0, "")
    assert "2 clean of 3" in ended.out
    assert json.loads(path.read_text(encoding="utf-8"))["counts"]["clean"] == 2


def test_a_bad_one_among_several(formcheck: Run, poses: Path, tmp_path: Path) -> None:
    ended = formcheck("analyze", tmp_path / "no.mp4", poses, "-e", SLUG, "--out", tmp_path / "out")
    assert ended.code == 1
    assert re.search(rf"^stick +{SLUG} +side +2 +1 +0 +0 *$", ended.out, re.MULTILINE)
    assert re.fullmatch(r"formcheck: There is no file [^\n]+\n", ended.err)
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    results = ["stick.done.json", "stick.frames.csv", "stick.session.json"]
    assert written == ["index.csv", "index.html", *results]


def test_a_bad_one_among_several_as_json(formcheck: Run, poses: Path, tmp_path: Path) -> None:
    ended = formcheck("analyze", tmp_path / "no.mp4", poses, "-e", SLUG, "--json", "-")
    assert ended.code == 1
    assert [len(session["reps"]) for session in json.loads(ended.out)] == [3]
    assert ended.err.count("\n") == 1


def test_only_bad_ones(formcheck: Run, tmp_path: Path) -> None:
    ended = formcheck("analyze", tmp_path / "a.mp4", tmp_path / "b.mp4", "-e", SLUG)
    assert (ended.code, ended.out) == (1, "")
    assert [line[:11] for line in ended.err.splitlines()] == ["formcheck: "] * 2


def test_saved_poses_give_the_same_without_the_video(
    formcheck: Run,
    tmp_path: Path,
    filmed: Path,
    recording: PoseRecording,
    estimate_from: Callable[[PoseRecording], None],
) -> None:
    estimate_from(recording)
    poses = tmp_path / "poses.npz"
    first = formcheck("analyze", filmed, "-e", SLUG, "--save-poses", poses, "--json", "-")
    again = formcheck("analyze", poses, "-e", SLUG, "--json", "-")
    assert (first.code, first.err, again.code, again.err) == (0, "", 0, "")
    assert json.loads(again.out) == json.loads(first.out)
    assert [rep["verdict"] for rep in json.loads(first.out)["reps"]] == VERDICTS


def test_a_video_cut_short_is_analysed_as_far_as_it_goes(
    formcheck: Run,
    tmp_path: Path,
    recording: PoseRecording,
    estimate_from: Callable[[PoseRecording], None],
) -> None:
    # The sample has 20 frames a second.
    lifts = tuple(clip([Lift(), Lift()], fps=20.0))
    estimate_from(PoseRecording(source=recording.source, poses=lifts))
    whole = demo_video().read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) * 6 // 10])
    path = tmp_path / "session.json"
    ended = formcheck("analyze", cut, "-e", SLUG, "--json", path)
    assert (ended.code, ended.err) == (0, "")
    assert "Note: 'cut.mp4' is cut short" in ended.out
    session = json.loads(path.read_text(encoding="utf-8"))
    assert any("cut short" in problem for problem in session["problems"])
    assert 5 < session["source"]["duration_s"] < 15
    assert session["counts"]["attempts"] >= 1


def test_one_row_a_frame(
    formcheck: Run, poses: Path, tmp_path: Path, recording: PoseRecording
) -> None:
    path = tmp_path / "frames.csv"
    assert formcheck("analyze", poses, "-e", SLUG, "--csv", path).code == 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["frame"]) for row in rows] == list(range(len(recording.poses)))
    assert list(rows[0])[:2] == ["frame", "time_s"]


def test_one_leg_and_strict(formcheck: Run, poses: Path) -> None:
    ended = formcheck("analyze", poses, "-e", SLUG, "--side", "right", "--json", "-")
    session = json.loads(ended.out)
    assert set(session["by_side"]) == {"right"}
    assert {rep["side"] for rep in session["reps"]} == {"right"}


def test_a_suffix_in_capitals(formcheck: Run, poses: Path) -> None:
    loud = poses.rename(poses.with_suffix(".NPZ"))
    assert formcheck("analyze", loud, "-e", SLUG).code == 0


@pytest.mark.parametrize("extra", [(), ("--json", "-")])
def test_a_stdout_that_knows_few_letters(
    tmp_path: Path, recording: PoseRecording, extra: tuple[str, ...]
) -> None:
    path = tmp_path / "w.npz"
    PoseRecording(source=replace(recording.source, path="присед.mp4"), poses=recording.poses).save(
        path
    )
    ended = run_script("analyze", path, "-e", SLUG, *extra, PYTHONIOENCODING="cp1252")
    assert (ended.code, ended.err) == (0, "")


def test_a_name_in_an_old_encoding(
    formcheck: Run, tmp_path: Path, recording: PoseRecording
) -> None:
    path = tmp_path / "old.npz"
    source = replace(recording.source, path="\udcfc.mp4")
    PoseRecording(source=source, poses=recording.poses).save(path)
    ended = formcheck("analyze", path, "-e", SLUG, "--out", tmp_path)
    assert (ended.code, ended.err) == (0, "")


def test_output_through_a_link(formcheck: Run, poses: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert formcheck("analyze", poses, "-e", SLUG, "--json", link).code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == SESSION_SCHEMA


def test_a_stretch_keeps_the_recording_s_own_times(formcheck: Run, poses: Path) -> None:
    whole = json.loads(formcheck("analyze", poses, "-e", SLUG, "--json", "-").out)
    first, *_, last = whole["reps"]
    to_s = round(first["end_s"] + 1.0, 2)
    part = json.loads(formcheck("analyze", poses, "-e", SLUG, "--json", "-", "--to", to_s).out)
    assert [rep["verdict"] for rep in part["reps"]] == VERDICTS[:1]
    assert part["reps"][0]["start_s"] == pytest.approx(first["start_s"], abs=0.1)
    assert (part["source"]["from_s"], part["source"]["to_s"]) == (None, to_s)
    assert "to_s" not in whole["source"]
    from_s = last["end_s"] + 100
    formcheck("analyze", poses, "-e", SLUG, "--from", from_s).refuses(1, "no pose in that stretch")
    formcheck("analyze", poses, "-e", SLUG, "--from", 5, "--to", 3).refuses(2, "nothing from 5 s")


@pytest.mark.slow
def test_who_of_several_people_it_was_and_how_to_choose_another(
    formcheck: Run, tmp_path: Path
) -> None:
    pair = write_crowd(tmp_path / "pair.mp4", LEFT_CLEAN, LEAN_BACK, RIGHT_CLEAN, until_s=4.0)
    out = tmp_path / "out"
    nearest = formcheck("analyze", pair, "-e", SLUG, "--out", out)
    assert nearest.code == 0
    assert "3 people were in view at the beginning: person 2," in nearest.out
    assert "nearest to the picture's centre" in nearest.err and "--person N" in nearest.err
    # What another person did is another result.
    for _ in range(2):
        chosen = formcheck("analyze", pair, "-e", SLUG, "--out", out, "--person", "3")
        assert (chosen.code, chosen.err) == (0, "")
        plain = json.loads((out / "pair.session.json").read_text(encoding="utf-8"))
        assert (plain["source"]["people"], plain["source"]["person"]) == (3, 3)
    assert "Not analysed again" in chosen.out
    formcheck("analyze", pair, "-e", SLUG, "--person", "4").refuses(2, "no person 4", "1, 2 or 3")


def test_some_frames_are_looked_at_unless_every_one_is_asked_for(
    formcheck: Run,
    tmp_path: Path,
    recording: PoseRecording,
    estimate_from: Callable[[PoseRecording], None],
) -> None:
    poses = list(clip([Lift()] * 2, fps=30.0))
    estimate_from(PoseRecording(source=recording.source, poses=poses))
    stamps_ms = tuple(round(1000 * pose.time_s) for pose in poses)
    filmed = write_clip(tmp_path / "filmed.mp4", stamps_ms)
    judged = []
    for more in ((), ("--every-frame",)):
        ended = formcheck("analyze", filmed, "-e", SLUG, "--json", "-", *more)
        assert (ended.code, ended.err) == (0, "")
        session = json.loads(ended.out)
        assert session["source"]["frames"] == len(stamps_ms)
        assert [rep["verdict"] for rep in session["reps"]] == ["clean", "clean"]
        judged.append(session["frames_judged"])
    assert judged[0] < 0.6 * len(stamps_ms)
    assert judged[1] == len(stamps_ms)
