"""Many recordings in one go: folders, manifests, bad ones among them, and going on later."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import pytest

from formcheck.files.bundled import demo_video
from tests.cli.running import SLUG, Run
from tests.sources.clips import write_sound


@pytest.fixture
def folder(tmp_path: Path, poses: Path) -> Path:
    """A folder as clients send them: good, cut short, empty, sound only, misnamed, no video."""
    place = tmp_path / "clinic"
    (place / "anna").mkdir(parents=True)
    shutil.copy(poses, place / "anna" / "good.npz")
    shutil.copy(poses, place / "also good.npz")
    (place / "empty.mp4").touch()
    (place / "letter.mp4").write_text("Dear Sir or Madam", encoding="utf-8")
    (place / "notes.txt").write_text("left knee", encoding="utf-8")
    write_sound(place / "sound only.mp4")
    whole = demo_video().read_bytes()
    (place / "no end.mp4").write_bytes(whole[:300])
    return place


def table(out: Path) -> dict[str, dict[str, str]]:
    with (out / "index.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def test_a_folder_with_bad_ones(formcheck: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = formcheck("analyze", folder, "-e", SLUG, "--out", out)
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 4
    rows = table(out)
    assert sorted(rows) == ["also good", "anna/good", "empty", "letter", "no end", "sound only"]
    assert (rows["anna/good"]["clean"], rows["anna/good"]["attempts"]) == ("2", "3")
    assert "is empty" in rows["empty"]["error"]
    assert "not a video" in rows["letter"]["error"]
    assert "sound only" in rows["sound only"]["error"]
    assert (out / "anna" / "good.session.json").is_file()
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<h1>6 recordings</h1>" in page
    assert '<a href="anna/good.session.json">anna/good</a>' in page
    assert '<a href="also%20good.session.json">also good</a>' in page
    assert page.count("Not analysed:") == 4
    assert "script-src" in page
    assert "also good" in ended.out
    assert "notes" not in ended.out


def test_what_is_done_is_passed_over(formcheck: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = formcheck("analyze", folder, "-e", SLUG, "--out", out, "--json", tmp_path / "1.json")
    session = out / "anna" / "good.session.json"
    os.utime(session, (1, 1))
    again = formcheck("analyze", folder, "-e", SLUG, "--out", out, "--json", tmp_path / "2.json")
    assert session.stat().st_mtime == 1
    assert "Not analysed again" in again.out
    assert again.code == first.code == 1
    texts = [(tmp_path / name).read_text(encoding="utf-8") for name in ("1.json", "2.json")]
    assert texts[0] == texts[1]
    assert table(out)["anna/good"]["clean"] == "2"


@pytest.mark.parametrize("more", [("--strict",), ("--again",), ("--side", "left")])
def test_what_is_asked_otherwise_is_done_again(
    formcheck: Run, poses: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    assert formcheck("analyze", poses, "-e", SLUG, "--out", out).code == 0
    session = out / "stick.session.json"
    os.utime(session, (1, 1))
    assert formcheck("analyze", poses, "-e", SLUG, "--out", out, *more).code == 0
    assert session.stat().st_mtime > 1


def test_a_run_that_was_killed_leaves_nothing_called_done(
    formcheck: Run, poses: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    formcheck("analyze", poses, "-e", SLUG, "--out", out)
    # Killed after the results and before the record: as if it had never been there.
    (out / "stick.done.json").unlink()
    (out / "stick.session.json").write_text('{"schema": "form', encoding="utf-8")
    assert formcheck("analyze", poses, "-e", SLUG, "--out", out).code == 0
    plain = json.loads((out / "stick.session.json").read_text(encoding="utf-8"))
    assert plain["counts"]["clean"] == 2


def test_a_manifest_says_what_differs(formcheck: Run, folder: Path, tmp_path: Path) -> None:
    text = f"video,exercise,side\nanna/good.npz,{SLUG},right\nalso good.npz,,\n"
    (folder / "formcheck.csv").write_text(text, encoding="utf-8")
    ended = formcheck("analyze", folder, "-e", SLUG, "--json", "-")
    assert (ended.code, ended.err) == (0, "")
    sides = [set(session["by_side"]) for session in json.loads(ended.out)]
    assert sides == [{"right"}, {"left", "right"}]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (f"{SLUG},up", "'up' makes no sense as 'side'"),
        ("squat,", "There is no exercise 'squat'"),
        (",", "Which exercise"),
        (f"{SLUG},,0", "'0' makes no sense as 'person'"),
        (f"{SLUG},,Anna", "1 for the leftmost"),
        (f"{SLUG},,2", "holds one person"),
    ],
)
def test_a_manifest_is_checked_before_the_work(
    formcheck: Run, folder: Path, cells: str, words: str
) -> None:
    (folder / "formcheck.csv").write_text(
        f"video,exercise,side,person\nanna/good.npz,{cells}\n", encoding="utf-8"
    )
    formcheck("analyze", folder).refuses(2, words)


def test_the_command_recognises_and_says_so(formcheck: Run, poses: Path) -> None:
    ended = formcheck("analyze", poses, "-e", "auto")
    assert (ended.code, ended.err) == (0, "")
    assert "recognised from the movement: Standing hip flexion" in ended.out.replace("\n", " ")
