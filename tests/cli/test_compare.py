"""`formcheck compare` on sessions of the history, session files and recordings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import SLUG, Run


@pytest.fixture
def kept(formcheck: Run, poses: Path, tmp_path: Path) -> Path:
    """A session in the history and as a file; and the same recording by wider limits as a file."""
    for number, more in enumerate((("--save",), ("--limit", "lean-back=30"))):
        asked = ("analyze", poses, "-e", SLUG, *more, "--json", tmp_path / f"{number}.json")
        assert formcheck(*asked).code == 0
    return tmp_path


def test_sessions_of_the_history_and_files(formcheck: Run, kept: Path) -> None:
    for what in ((1, 1), (kept / "0.json", kept / "0.json"), (1, kept / "0.json")):
        ended = formcheck("compare", *what, "--out", kept / "page")
        assert ended.code == 0, ended
        page = (kept / "page" / "index.html").read_text(encoding="utf-8")
        assert "Standing hip flexion" in page and "<video" not in page
        assert "better" not in ended.out
    ended = formcheck("compare", kept / "0.json", kept / "1.json", "--out", kept / "page")
    assert "The limits differ" in ended.out and "clean repetitions: not comparable" in ended.out


@pytest.mark.slow
def test_a_recording_is_judged_and_shown(formcheck: Run, kept: Path, poses: Path) -> None:
    asked = ("compare", kept / "0.json", poses, "--out", kept / "page")
    formcheck(*asked).refuses(2, "Name it with --exercise")
    assert formcheck(*asked, "-e", SLUG).code == 0
    assert (kept / "page" / "after.mp4").stat().st_size > 1000
    assert "name both recordings" in (kept / "page" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "code", "words"),
    [
        (("9", "1"), 2, "no session 9"),
        (("no.json", "1"), 2, "is no session of formcheck"),
        (("no.mp4", "1"), 1, "no.mp4"),
    ],
)
def test_what_can_t_be_compared(
    formcheck: Run, kept: Path, what: tuple[str, str], code: int, words: str
) -> None:
    formcheck("compare", *what, "-e", SLUG, "--out", kept / "page").refuses(code, words)


def test_other_exercises_are_not_compared(formcheck: Run, kept: Path, poses: Path) -> None:
    ended = formcheck("compare", "1", poses, "-e", "high-knee-runs", "--out", kept / "page")
    ended.refuses(2, "only sessions of one exercise")
