"""`report` as a user meets it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from formcheck.history.store import History
from tests.cli.running import Run
from tests.history.made import MORNING, stored


def test_a_page_on_all_or_on_some(formcheck: Run, data: Path, tmp_path: Path) -> None:
    with History(data) as history:
        history.add_all([stored(), stored(MORNING + timedelta(days=30))])
    out = tmp_path / "page"
    ended = formcheck("report", "--out", out)
    assert (ended.code, ended.err) == (0, "")
    assert "6 clean of 8, 2 compensated" in ended.out
    assert f"The page: {out / 'index.html'}" in ended.out
    assert "Standing hip flexion" in (out / "index.html").read_text(encoding="utf-8")
    some = formcheck("report", "--since", "2026-03-20", "--out", out).out
    assert "2026-03-20 to" in some and "3 clean of 4" in some


def test_nothing_to_report_on(formcheck: Run, data: Path, tmp_path: Path) -> None:
    formcheck("report", "--out", tmp_path / "page").refuses(1, "There is no session to report on")
    assert not (tmp_path / "page").exists()
    formcheck("report", "--since", "someday").refuses(2, "is no day")
