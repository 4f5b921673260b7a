"""Exercises of one's own, wherever an exercise is named; nothing of them is code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formcheck.history.store import History
from tests.cli.running import Run


@pytest.fixture
def drive(formcheck: Run, data: Path) -> Path:
    """The file of an exercise like the standing one, in the user's folder."""
    assert formcheck("exercises", "new", "knee-drive").code == 0
    return data / "exercises" / "knee-drive.toml"


def test_a_new_one_is_listed_explained_and_completed(
    formcheck: Run, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formcheck.cli.common import complete_exercise

    assert "knee-drive" in formcheck("exercises").out
    assert "Knee drive" in formcheck("exercises", "Knee Drive").out
    assert complete_exercise("knee") == ["knee-drive"]
    assert formcheck("exercises", "check", drive).code == 0
    formcheck("exercises", "new", "knee-drive").refuses(2, "already")
    formcheck("exercises", "new", "../knee").refuses(2, "no name of an exercise, but a path")
    formcheck("exercises", "new", "standing-hip-flexion").refuses(2, "already")
    formcheck("exercises", "new", "other", "--like", "none").refuses(2, "no exercise 'none'")


def test_it_is_judged_by_path_by_name_and_in_a_manifest(
    formcheck: Run, drive: Path, poses: Path, tmp_path: Path
) -> None:
    by_name = json.loads(formcheck("analyze", poses, "-e", "knee-drive", "--json", "-").out)
    by_path = json.loads(formcheck("analyze", poses, "-e", drive, "--json", "-").out)
    assert by_name == by_path
    assert by_name["exercise"] == by_name["rules"]["slug"] == "knee-drive"
    assert by_name["counts"]["clean"] == 2
    (tmp_path / "mine.toml").write_bytes(drive.read_bytes())
    manifest = tmp_path / "formcheck.csv"
    manifest.write_text(f"video,exercise\n{poses.name},mine.toml\n", encoding="utf-8")
    listed = formcheck("analyze", manifest, "--out", tmp_path / "out", "--json", "-", "--jobs", "2")
    assert json.loads(listed.out)["exercise"] == "mine"


def test_changed_rules_are_analysed_again(
    formcheck: Run, drive: Path, poses: Path, tmp_path: Path
) -> None:
    asked = ("analyze", poses, "-e", "knee-drive", "--out", tmp_path / "out")
    assert "unchanged" not in formcheck(*asked).out
    assert "unchanged" in formcheck(*asked).out
    drive.write_text(drive.read_text().replace("value = -10.0", "value = -30.0"))
    again = json.loads(formcheck(*asked, "--json", "-").out)
    assert again["counts"]["clean"] == 3


def test_a_video_is_tried(formcheck: Run, drive: Path, poses: Path) -> None:
    tried = formcheck("exercises", "check", drive, poses)
    assert tried.code == 0 and "2 clean" in tried.out


def test_a_session_of_an_exercise_that_is_gone_still_opens(
    formcheck: Run, drive: Path, poses: Path, data: Path, tmp_path: Path
) -> None:
    assert formcheck("analyze", poses, "-e", "knee-drive", "--save").code == 0
    exported = tmp_path / "export.json"
    assert formcheck("history", "export", "--out", exported).code == 0
    drive.unlink()
    shown = formcheck("history", "show", "1")
    assert shown.code == 0 and "Knee drive" in shown.out and "leaning back" in shown.out
    assert "knee-drive" in formcheck("history").out
    assert formcheck("report", "--out", tmp_path / "report").code == 0
    assert "Knee drive" in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    assert formcheck("history", "import", exported, "--data", elsewhere).code == 0
    with History(data) as ours, History(elsewhere) as theirs:
        assert ours.documents([1]) == theirs.documents([1])
    formcheck("analyze", poses, "-e", "knee-drive").refuses(2, "no exercise 'knee-drive'")


def test_a_broken_file_spoils_nothing_else(formcheck: Run, drive: Path, poses: Path) -> None:
    drive.write_text("title = 3", encoding="utf-8")
    assert formcheck("analyze", poses, "-e", "standing-hip-flexion").code == 0
    listed = formcheck("exercises")
    assert listed.code == 0 and "standing-hip-flexion" in listed.out
    assert "line 1: 'title' is 3" in listed.err
    formcheck("analyze", poses, "-e", "knee-drive").refuses(2, "line 1: 'title' is 3")


def test_other_packages_offer_theirs(
    formcheck: Run, drive: Path, poses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site"
    about = place / "club-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: club\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(
        "[formcheck.exercises]\nclub-drive = club_exercises:DRIVE\nclub-lost = nowhere:X\n"
    )
    club = place / "club-drive.toml"
    club.write_bytes(drive.read_bytes())
    (place / "club_exercises.py").write_text(f"DRIVE = {str(club)!r}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(place))
    assert "club-drive" in formcheck("exercises", "club-drive").out + formcheck("exercises").out
    asked = formcheck("analyze", poses, "-e", "club-drive", "--json", "-")
    assert json.loads(asked.out)["exercise"] == "club-drive"
    formcheck("exercises", "club-lost").refuses(2, "can't be loaded", "update or remove")


@pytest.mark.parametrize(
    ("options", "clean", "changes"),
    [
        ((), 2, []),
        (("--limit", "lean-back=30"), 3, ["lean-back 30° (usually 10)"]),
        (("--off", "lean-back"), 3, ["lean-back off"]),
        (("--range", "70"), 2, ["range 70° (usually 90°)"]),
    ],
)
def test_limits_of_one_person(
    formcheck: Run, poses: Path, options: tuple[str, ...], clean: int, changes: list[str]
) -> None:
    asked = ("analyze", poses, "-e", "standing-hip-flexion", *options)
    found = json.loads(formcheck(*asked, "--json", "-").out)
    assert found["counts"]["clean"] == clean
    assert found["rules"].get("changes", []) == changes
    told = formcheck(*asked).out
    assert ("clean*" in told) == bool(changes)
    assert all(change in told for change in changes)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--limit", "lean-back"), "is not CODE=VALUE"),
        (("--limit", "lean-back=much"), "is not CODE=VALUE"),
        (("--limit", "lean-back=nan"), "beyond what the camera can tell"),
        (("--limit", "nonsense=10"), "has no fault 'nonsense'"),
        (("--off", "nonsense"), "has no fault 'nonsense'"),
        (("--range", "5"), "can't be told"),
        (("--range", "nan"), "can't be told"),
    ],
)
def test_limits_that_make_no_sense(
    formcheck: Run, poses: Path, options: tuple[str, ...], words: str
) -> None:
    asked = ("-e", "standing-hip-flexion", *options)
    formcheck("analyze", poses, *asked).refuses(2, words)
