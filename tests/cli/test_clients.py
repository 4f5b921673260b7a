"""The clients of a practice through the real commands: nothing lost, nothing left."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from formcheck.history.clients import client_names
from formcheck.history.store import History
from tests.cli.running import SLUG, Run


@pytest.fixture
def ana(formcheck: Run, data: Path) -> Path:
    """The folder of a client."""
    assert formcheck("clients", "add", "Ana López", "--note", 'left "knee"').code == 0
    return data / "clients" / "Ana López"


def test_one_person_at_home_meets_no_client(formcheck: Run, poses: Path, data: Path) -> None:
    told = formcheck("analyze", poses, "-e", SLUG, "--save")
    told_more = (
        formcheck("history"),
        formcheck("history", "show", "1"),
        formcheck("routine", "init"),
    )
    assert all("client" not in ended.out + ended.err for ended in (told, *told_more))
    assert not (data / "clients").exists()


def test_each_client_has_a_history_of_their_own(formcheck: Run, ana: Path, poses: Path) -> None:
    formcheck("clients", "add", "Ben")
    assert formcheck("analyze", poses, "-e", SLUG, "--save", "--client", "ana lópez").code == 0
    assert SLUG in formcheck("history", "--client", "Ana López").out
    assert "No session" in formcheck("history", "--client", "Ben").err
    assert "No session" in formcheck("history").err
    shown = formcheck("clients", "show", "ana lópez").out
    assert 'left "knee"' in shown and SLUG in shown
    assert "67 %" in formcheck("clients").out


def test_the_environment_names_a_client(
    formcheck: Run, ana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMCHECK_CLIENT", "Ana López")
    assert formcheck("routine", "init").code == 0
    assert (ana / "routine.toml").is_file()


def test_a_client_s_limits_judge(formcheck: Run, ana: Path, poses: Path) -> None:
    file = ana / "client.toml"
    file.write_text(f"[exercise.{SLUG}]\nlimits = {{ lean-back = 30 }}\n", encoding="utf-8")
    asked = ("analyze", poses, "-e", SLUG, "--json", "-")
    usual, own = (
        json.loads(formcheck(*asked, *more).out) for more in ((), ("--client", "Ana López"))
    )
    assert (usual["counts"]["clean"], own["counts"]["clean"]) == (2, 3)
    assert own["rules"]["changes"] == ["lean-back 30° (usually 10)"]
    again = json.loads(formcheck(*asked, "--client", "Ana López", "--limit", "lean-back=10").out)
    assert again["counts"]["clean"] == 2
    assert "lean-back 30" in formcheck("clients", "show", "Ana López").out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("notes = ", "is not TOML"),
        ("name = 1", "'name' is not known"),
        ("notes = 1", "'notes' is 1; allowed is a text"),
        ("exercise = 1", "'exercise' is 1"),
        (f"[exercise.{SLUG}]\nrange = 60", "'exercise.standing-hip-flexion.range' is not known"),
        (f"[exercise.{SLUG}]\nrange_deg = 'much'", "allowed is a number"),
        (f"[exercise.{SLUG}]\nrange_deg = 5", "A range of 5 can't be told"),
        (f"[exercise.{SLUG}]\noff = ['nonsense']", "has no fault 'nonsense'"),
        ("[exercise.'../x']\nrange_deg = 5", "the name of an exercise"),
    ],
)
def test_a_wrong_file_judges_nothing(
    formcheck: Run, ana: Path, poses: Path, content: str, words: str
) -> None:
    (ana / "client.toml").write_text(content, encoding="utf-8")
    ended = formcheck("analyze", poses, "-e", SLUG, "--client", "Ana López")
    ended.refuses(ended.code, words)
    assert ended.code in (1, 2)


def test_a_half_moved_client_is_named_and_judges_nothing(
    formcheck: Run, ana: Path, poses: Path, tmp_path: Path
) -> None:
    formcheck("clients", "add", "Ben")
    (ana / "client.toml").rename(tmp_path / "client.toml")
    ended = formcheck("analyze", poses, "-e", SLUG, "--client", "Ana López")
    ended.refuses(1, "has no client.toml", "bring the file back")
    listed = formcheck("clients").out
    assert "Ben" in listed and "has no client.toml" in listed
    page = tmp_path / "page"
    assert formcheck("report", "--all-clients", "--out", page).code == 0
    assert "has no client.toml" in (page / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../x", "a/b", "a\\b", "con", "CON.txt", "x" * 61, "a\nb", "-x", "a."],
)
def test_hostile_names_are_refused(formcheck: Run, data: Path, name: str) -> None:
    formcheck("clients", "add", "--", name).refuses(2, "can't be a client's name")
    formcheck("history", f"--client= {name}" if not name.strip() else f"--client={name}")
    assert not (data / "clients").exists()


def test_names_differ_by_more_than_capitals(formcheck: Run, ana: Path, data: Path) -> None:
    formcheck("clients", "add", "ANA LÓPEZ").refuses(2, "already")
    formcheck("clients", "add", "Ben")
    formcheck("clients", "rename", "Ben", "ana lópez").refuses(2, "already")
    assert formcheck("clients", "rename", "Ana López", "ANA López").code == 0
    assert client_names(data) == ["ANA López", "Ben"]
    formcheck("clients", "rename", "Carl", "Dan").refuses(2, "There is no client 'Carl'")


def test_an_archive_holds_everything_and_brings_it_back(
    formcheck: Run, ana: Path, poses: Path, data: Path, tmp_path: Path
) -> None:
    formcheck("analyze", poses, "-e", SLUG, "--save", "--client", "Ana López", "--off", "lean-back")
    formcheck("routine", "init", "--client", "Ana López")
    archive = tmp_path / "ana.zip"
    assert formcheck("clients", "export", "Ana López", "--out", archive).code == 0
    with zipfile.ZipFile(archive) as packed:
        assert set(packed.namelist()) == {"history.json", "client.toml", "routine.toml"}
    formcheck("clients", "export", "Ana López", "--out", archive).refuses(2, "is there already")
    assert formcheck("clients", "add", "Ana again", "--from", archive).code == 0
    again = data / "clients" / "Ana again"
    with History(ana) as ours, History(again) as theirs:
        assert ours.documents([1]) == theirs.documents([1])
    for name in ("client.toml", "routine.toml"):
        assert (ana / name).read_bytes() == (again / name).read_bytes()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_what_is_no_archive_is_refused(
    formcheck: Run, data: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    formcheck("clients", "add", "Ana", "--from", path).refuses(1, "can't be brought in")
    formcheck("clients", "add", "Ana", "--from", tmp_path / "none.zip").refuses(1, "brought in")
    assert client_names(data) == []


def test_an_archive_with_a_path_in_it_writes_nowhere_else(
    formcheck: Run, ana: Path, data: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "ana.zip"
    formcheck("clients", "export", "Ana López", "--out", archive)
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("../../rescued-evil.json", "{}")
        packed.writestr("/tmp/rescued-evil.json", "{}")
    assert formcheck("clients", "add", "Ben", "--from", archive).code == 0
    assert {p.name for p in (data / "clients" / "Ben").iterdir()} >= {"client.toml"}
    assert not list(data.rglob("*evil*"))


def test_erase_says_what_went_and_leaves_nothing(
    formcheck: Run, ana: Path, poses: Path, data: Path
) -> None:
    formcheck("clients", "add", "Ben")
    formcheck("analyze", poses, "-e", SLUG, "--save", "--client", "Ana López")
    (ana / "rescued-x.json").write_text("{}")
    ended = formcheck("clients", "erase", "Ana López", "--yes")
    assert ended.code == 0
    assert all(name in ended.out for name in ("history.db", "client.toml", "rescued-x.json"))
    assert not ana.exists() and client_names(data) == ["Ben"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_client_that_may_only_be_read_is_not_half_erased(formcheck: Run, ana: Path) -> None:
    ana.chmod(0o500)
    try:
        formcheck("clients", "erase", "Ana López", "--yes").refuses(1, "can't be removed")
        assert (ana / "client.toml").is_file()
    finally:
        ana.chmod(0o700)


def test_the_handout_has_the_client_s_name_and_limits(
    formcheck: Run, ana: Path, tmp_path: Path
) -> None:
    formcheck("routine", "init", "--client", "Ana López")
    (ana / "client.toml").write_text(f"[exercise.{SLUG}]\nrange_deg = 60\n", encoding="utf-8")
    page = tmp_path / "plan.html"
    assert formcheck("routine", "handout", "--client", "Ana López", "--out", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "<h1>Ana López</h1>" in text and "range 60° (usually 90°)" in text
    (ana / "client.toml").write_text(f"[exercise.{SLUG}]\nrange_deg = 6\n", encoding="utf-8")
    formcheck("routine", "handout", "--client", "Ana López").refuses(2, "can't be told")
