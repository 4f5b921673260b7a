"""From files, folders, patterns and manifests to recordings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formcheck.analysis.inputs import find_recordings
from formcheck.errors import ManifestError, SourceError, UsageError


def make(folder: Path, *names: str, content: bytes = b"x") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def names(*named: Path, out: Path | None = None) -> list[str]:
    return [recording.name for recording in find_recordings(named, out=out)[0]]


def test_files_come_in_the_order_given_and_each_once(tmp_path: Path) -> None:
    make(tmp_path, "b.mp4", "a.mp4")
    b, a = tmp_path / "b.mp4", tmp_path / "a.mp4"
    assert names(b, a, b) == ["b", "a"]


def test_a_file_that_is_not_there_is_told_in_its_turn(tmp_path: Path) -> None:
    found, complaints = find_recordings([tmp_path / "no.mp4"])
    assert ([r.path.name for r in found], complaints) == (["no.mp4"], [])


def test_a_folder_stands_for_the_videos_below_it(tmp_path: Path) -> None:
    make(tmp_path, "b.MP4", "anna/a.mov", "anna/notes.txt", ".trash/c.mp4", "anna/.d.mp4")
    assert names(tmp_path) == ["anna/a", "b"]


@pytest.mark.parametrize(
    ("start", "video"),
    [
        (b"\0\0\0\x20ftypisom\0\0\0\0", True),
        (b"\x1aE\xdf\xa3aaaaaaaaaaaa", True),
        (b"RIFF\0\0\0\0AVI LIST", True),
        (b"\0\0\0\x20ftypheic\0\0\0\0", False),
        (b"RIFF\0\0\0\0WAVEfmt ", False),
        (b"what the client said", False),
        (b"", False),
    ],
)
def test_a_misnamed_video_is_known_by_its_content(
    tmp_path: Path, start: bytes, video: bool
) -> None:
    make(tmp_path, "real.mp4")
    make(tmp_path, "odd.dat", content=start)
    assert ("odd" in names(tmp_path)) is video


def test_poses_count_where_their_video_is_not_there(tmp_path: Path) -> None:
    make(tmp_path, "a.mp4", "a.npz", "b.npz")
    found, _ = find_recordings([tmp_path])
    assert [r.path.name for r in found] == ["a.mp4", "b.npz"]


def test_two_that_differ_by_suffix_are_called_by_it(tmp_path: Path) -> None:
    make(tmp_path, "a.mp4", "a.mov", "b.mp4")
    assert names(tmp_path, out=tmp_path / "out") == ["a.mov", "a.mp4", "b"]


def test_two_from_two_places_with_one_name_are_refused(tmp_path: Path) -> None:
    make(tmp_path, "x/a.mp4", "y/a.mp4")
    with pytest.raises(UsageError, match="'a'"):
        find_recordings([tmp_path / "x", tmp_path / "y"], out=tmp_path / "out")
    assert names(tmp_path, out=tmp_path / "out") == ["x/a", "y/a"]


def test_a_pattern(tmp_path: Path) -> None:
    make(tmp_path, "week1/a.mp4", "week2/b.mp4", "week2/c.mov")
    assert names(tmp_path / "week*" / "*.mp4") == ["a", "b"]
    assert names(tmp_path / "**" / "*.mov") == ["c"]
    assert names(tmp_path / "week*") == ["a", "b", "c"]


def test_a_name_with_the_letters_of_a_pattern(tmp_path: Path) -> None:
    make(tmp_path, "lunge [2].mp4")
    assert names(tmp_path / "lunge [2].mp4") == ["lunge [2]"]


def test_what_holds_no_video_is_told_and_stops_nothing(tmp_path: Path) -> None:
    make(tmp_path, "a/a.mp4", "b/notes.txt")
    found, complaints = find_recordings([tmp_path / "b", tmp_path / "c*", tmp_path / "a"])
    assert [r.name for r in found] == ["a"]
    assert ["no video in" in str(complaints[0]), "matches" in str(complaints[1])] == [True, True]
    with pytest.raises(SourceError, match="no video"):
        find_recordings([tmp_path / "b"])


def test_results_are_not_taken_for_recordings(tmp_path: Path) -> None:
    make(tmp_path, "a.mp4", "a.annotated.mp4", "results/b.mp4")
    record = {
        "schema": "formcheck/done@1",
        "formcheck": "0",
        "recording": {"size": 1, "mtime_ns": 1, "sha256": ""},
        "settings": {},
        "results": ["a.annotated.mp4"],
    }
    (tmp_path / "a.done.json").write_text(json.dumps(record), encoding="utf-8")
    assert names(tmp_path, out=tmp_path) == ["a", "results/b"]
    assert names(tmp_path, out=tmp_path / "results") == ["a"]


def test_a_folder_with_a_manifest_is_what_that_names(tmp_path: Path) -> None:
    make(tmp_path, "anna/a.mp4", "ben/b.mp4", "ben/c.mp4", "left out.mp4")
    text = "video,exercise,side\nanna/a.mp4,supine-marching,left\nben/*.mp4,,\n"
    (tmp_path / "formcheck.csv").write_text(text, encoding="utf-8")
    for named in (tmp_path, tmp_path / "formcheck.csv"):
        found, _ = find_recordings([named])
        assert [r.name for r in found] == ["anna/a", "ben/b", "ben/c"]
        assert found[0].settings == {"exercise": "supine-marching", "side": "left"}
        assert found[1].settings == {}


def test_a_video_is_named_once_for_each_person_in_it(tmp_path: Path) -> None:
    make(tmp_path, "pair.mp4", "pair.mov", "anna.mp4")
    text = "video,person\npair.mp4,1\npair.mp4,2\npair.mp4,02\npair.mp4,\npair.mov,1\nanna.mp4,1\n"
    (tmp_path / "formcheck.csv").write_text(text, encoding="utf-8")
    assert names(tmp_path, out=tmp_path / "out") == [
        "pair.mp4.person-1", "pair.mp4.person-2", "pair.mp4", "pair.mov", "anna",
    ]  # fmt: skip


def test_a_manifest_from_a_spreadsheet(tmp_path: Path) -> None:
    make(tmp_path, "ü.mp4")
    text = "\ufeffVideo;Exercise\r\nü.mp4;supine-marching\r\n;\r\n"
    (tmp_path / "list.csv").write_bytes(text.encode())
    found, _ = find_recordings([tmp_path / "list.csv"])
    assert [(r.path, r.settings["exercise"]) for r in found] == [
        (tmp_path / "ü.mp4", "supine-marching")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no column 'video'"),
        ("exercise\nsupine-marching\n", "no column 'video'"),
        ("video,sort\na.mp4,1\n", "a column 'sort'"),
        ("video\n", "names no video"),
        ("video,exercise\n,supine-marching\n", "Line 2 of"),
        ("video\na.mp4,b,c\n", "Line 2 of"),
    ],
)
def test_a_manifest_nobody_understands(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "formcheck.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=words):
        find_recordings([tmp_path])


def test_a_manifest_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "formcheck.csv").write_bytes("video\nü.mp4\n".encode("latin-1"))
    with pytest.raises(ManifestError, match="can't be read"):
        find_recordings([tmp_path])
