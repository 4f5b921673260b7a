"""What counts as done already, and what does not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from formcheck.analysis import ledger
from formcheck.analysis.ledger import Fingerprint, Ledger

SETTINGS = {"exercise": "supine-marching", "side": "None"}


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"frames")
    return path


@pytest.fixture
def done(tmp_path: Path, video: Path) -> Ledger:
    out = tmp_path / "out"
    out.mkdir()
    session = out / "a.session.json"
    session.write_text("{}", encoding="utf-8")
    record = Ledger.beside(session)
    record.note(Fingerprint.of(video), SETTINGS, [session])
    return record


def test_the_same_is_done(done: Ledger, video: Path) -> None:
    assert done.path.name == "a.done.json"
    assert done.holds(video, SETTINGS)
    assert [path.name for path in done.results()] == ["a.session.json"]


def test_a_copy_with_another_time_is_still_the_same(done: Ledger, video: Path) -> None:
    os.utime(video, (1, 1))
    assert done.holds(video, SETTINGS)


@pytest.mark.parametrize("content", [b"others", b"more frames"])
def test_another_content_is_not(done: Ledger, video: Path, content: bytes) -> None:
    video.write_bytes(content)
    os.utime(video, (1, 1))
    assert not done.holds(video, SETTINGS)


def test_another_setting_is_not(done: Ledger, video: Path) -> None:
    assert not done.holds(video, {**SETTINGS, "side": "Side.LEFT"})


def test_another_version_is_not(done: Ledger, video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "__version__", "99")
    assert not done.holds(video, SETTINGS)


def test_without_a_result_it_is_not(done: Ledger, video: Path) -> None:
    done.results()[0].unlink()
    assert not done.holds(video, SETTINGS)


def test_without_the_video_it_is_not(done: Ledger, video: Path) -> None:
    video.unlink()
    assert not done.holds(video, SETTINGS)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"schema": "formcheck/done@1"}'])
def test_a_record_that_is_none(done: Ledger, video: Path, text: str) -> None:
    done.path.write_text(text, encoding="utf-8")
    assert not done.holds(video, SETTINGS)
    assert done.results() == ()


def test_forgotten(done: Ledger, video: Path) -> None:
    done.forget()
    done.forget()
    assert not done.holds(video, SETTINGS)


def test_the_record_moves_with_its_folder(done: Ledger, video: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.move(done.path.parent, moved)
    assert Ledger(moved / done.path.name).holds(video, SETTINGS)
