"""The progress page: everything on it, nothing let in, words for every picture."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from formcheck.errors import OutputError
from formcheck.history.decisions import Decided
from formcheck.reports.page import PLOTS_FILE
from formcheck.reports.progress_page import progress_page, write_progress
from formcheck.training.plan import first_entry
from formcheck.training.progress import progress
from formcheck.training.progression import Step
from formcheck.training.stored_session import StoredSession
from tests.history.made import MORNING
from tests.history.trained import ENTRY, day, one_set

TODAY = MORNING.date() + timedelta(days=21)
ENTRY_AFTER = ENTRY.at(ENTRY.rungs[2])
SESSIONS = [
    day(0, [one_set(1, 4, 4)]),
    day(2, [one_set(1, 5, 3)]),
    day(7, [one_set(1, 7, 1, load="light band", pain=2)]),
    day(9),
    day(14, entry=first_entry("mountain-climbers")),
]
DECIDED = [
    Decided(
        made_at=MORNING + timedelta(days=9),
        made_by="rule",
        step=Step.UP,
        before=ENTRY,
        after=ENTRY_AFTER,
        reasons=("All 3 sets were full.", "Next step."),
    ),
    Decided(
        made_at=MORNING + timedelta(days=10),
        made_by="user",
        step=Step.BACK,
        before=ENTRY_AFTER,
        after=ENTRY,
        reasons=("<b>A cold</b>",),
    ),
]


def page(sessions: list[StoredSession] = SESSIONS) -> str:
    return progress_page(progress(sessions, since=None, today=TODAY), DECIDED)


def data(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found is not None
    content: dict[str, Any] = json.loads(found[1])
    return content


def test_all_is_on_it() -> None:
    text = page()
    for words in (
        "2 March to 23 March 2026",
        "weeks in a row with 2 days or more",
        "Longest run: 2 weeks",
        "Repetitions a week",
        "Standing hip flexion",
        "Mountain climbers",
        "Share of clean repetitions",
        "Range: peak thigh elevation",
        "Time at the top",
        "Leaning back",
        "fewer: 44 % before, 3 % since",
        "What was decided about the plan",
        "All 3 sets were full. Next step.",
        "by you",
        "light band",
        "kept on this computer, and nowhere else",
        "not medical advice",
    ):
        assert words in text, words


def test_every_figure_has_its_place_and_words_for_who_cannot_see_it() -> None:
    text = page()
    figures = data(text)["figures"]
    places = dict(re.findall(r'class="plot" id="([^"]+)" role="img" aria-label="([^"]+)"', text))
    assert set(places) == set(figures)
    assert all(len(words) > 20 for words in places.values())
    assert "From 50 % on 2 March to 100 % on 11 March." in places["standing-hip-flexion-clean"]


def test_the_figures_show_what_was_counted() -> None:
    figures = data(page())["figures"]
    bars = {trace["name"]: trace["y"] for trace in figures["weeks"]["data"]}
    assert bars == {"clean": [18, 62, 60, 0], "compensated": [14, 2, 0, 0]}
    share = figures["standing-hip-flexion-clean"]["data"][0]
    assert share["x"] == ["2026-03-02", "2026-03-04", "2026-03-09", "2026-03-11"]
    assert share["y"] == [50.0, 62.5, 87.5, 100.0]
    assert "mountain-climbers-hold" not in figures


def test_colours_are_the_styles_own_and_series_differ_in_shape_too() -> None:
    figures = data(page())["figures"]
    assert "#" not in json.dumps(figures)
    shapes = [trace["marker"]["pattern"]["shape"] for trace in figures["weeks"]["data"]]
    assert len(set(shapes)) == len(shapes)
    legs = figures["standing-hip-flexion-range"]["data"]
    assert len({(leg["line"]["dash"], leg["marker"]["symbol"]) for leg in legs}) == 2


def test_nothing_gets_in_from_outside() -> None:
    evil = replace(SESSIONS[0], sets=(one_set(1, 1, load="</script><script>alert(1)</script>"),))
    text = page([evil])
    assert "<script>alert" not in text
    assert "<b>A cold</b>" not in text
    assert "&lt;b&gt;A cold" in text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_nothing_was_trained() -> None:
    assert "Nothing was trained in this time" in page([replace(day(0), sets=())])


def test_it_is_written_with_what_it_needs(tmp_path: Path) -> None:
    found = progress(SESSIONS, since=None, today=TODAY)
    path = write_progress(found, DECIDED, tmp_path / "new" / "folder")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (path.parent / PLOTS_FILE).stat().st_size > 1_000_000
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        write_progress(found, [], tmp_path / "file")
