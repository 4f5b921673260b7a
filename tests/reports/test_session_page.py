"""The page of one recording: everything in it, everything true, nothing let in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from formcheck.analysis.analyze import Analysis, judge
from formcheck.core.checker.faults import Unchecked
from formcheck.core.checker.session import Session, Verdict
from formcheck.core.exercise.exercise import timed_hold
from formcheck.exercises import get_exercise
from formcheck.reports.advice import advice, moments
from formcheck.reports.page import DISCLAIMER
from formcheck.reports.session_page import to_html
from tests.judged_sets import judged
from tests.stickman import Lift, Stance

EXERCISE = get_exercise("standing-hip-flexion")


def page_of(analysis: Analysis, session: Session | None = None) -> str:
    session = session or analysis.session
    return to_html(
        session,
        analysis.reports,
        EXERCISE,
        stills={moment.rep.number: (640, 480) for moment in moments(session, EXERCISE)},
        video_size_px=(1280, 960),
        made=date(2026, 3, 2),
    )


@pytest.fixture(scope="module")
def page(mixed: Analysis) -> str:
    return page_of(mixed)


def words(html: str) -> str:
    """Return what a reader reads, in one line."""
    body = re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("&#39;", "'")


def data_of(html: str) -> dict[str, object]:
    (data,) = re.findall(r'id="data">(.*?)</script>', html)
    return dict(json.loads(data))


class Outline(HTMLParser):
    """Headings, ids, what refers to ids, pictures, buttons without words."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.without_alt = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.refers += str(given.get(name) or "").split()
        if str(given.get("href", "")).startswith("#"):
            self.refers.append(str(given["href"])[1:])
        self.without_alt += tag == "img" and not given.get("alt")


def test_every_repetition_is_a_row_with_its_verdict_numbers_and_reasons(page: str) -> None:
    rows = re.findall(r'<tr data-rep="(\d+)".*?</tr>', page, re.DOTALL)
    assert rows == ["1", "2", "3", "4", "5", "6"]
    text = words(page)
    assert "Leaning back 18° (limit 10°) at" in text
    assert "Reached 62° of 80°" in text
    assert "Cue: short hold 0.6 s (at least 1.8 s)" in re.sub(r"hold [\d.]+", "hold 0.6", text)
    assert "3 of 6 repetitions clean" in text


def test_what_to_work_on_comes_by_how_often_it_was_seen(mixed: Analysis) -> None:
    found = advice(mixed.session, EXERCISE)
    assert [one.count for one in found if one.voids] == [2, 1]
    assert found[0].say == "Don't lean back."
    assert "at worst 18° (limit 10°)" in found[0].detail
    assert [one.what for one in found if not one.voids] == ["short hold"]


def test_each_rejected_repetition_has_a_still_at_its_worst_moment(
    mixed: Analysis, page: str
) -> None:
    rejected = [
        rep.number for rep in mixed.session.reps
        if rep.verdict in (Verdict.COMPENSATED, Verdict.PARTIAL)
    ]  # fmt: skip
    assert re.findall(r'src="stills/repetition-(\d+)\.jpg"', page) == [f"{n:02}" for n in rejected]
    for moment in moments(mixed.session, EXERCISE):
        if moment.rep.faults:
            assert moment.at_s == moment.rep.faults[0].at_s
        else:
            assert moment.at_s == moment.rep.top_s


def test_what_was_not_checked_and_how_it_was_measured_are_said(page: str) -> None:
    text = words(page)
    assert "Leaning sideways : not visible in a side view" in text
    assert "Camera side view" in text
    assert "Start posture 0.0 to" in text
    assert "1280 by 960 pixels at 20 frames a second" in text
    assert text.count(DISCLAIMER) == 1
    assert "not judged here" in text


def test_legs_are_set_against_each_other_and_a_set_too_short_is_said(page: str) -> None:
    text = words(page)
    assert "Left against right" in text
    assert "more than the camera" in text
    assert "too few to compare first and last" in text


def test_the_first_and_last_repetitions_are_compared(tiring: Analysis) -> None:
    text = words(page_of(tiring))
    assert "First repetitions against last" in text
    assert "The last repetitions reached 10° less" in text
    assert "Left against right" not in text


def test_the_programs_get_the_times_of_everything(mixed: Analysis, page: str) -> None:
    data = data_of(page)
    reps = data["reps"]
    assert isinstance(reps, list)
    assert [rep["start_s"] for rep in reps] == [rep.start_s for rep in mixed.session.reps]
    times = data["times_s"]
    assert isinstance(times, list) and len(times) == len(mixed.reports)


def test_the_outline_is_whole(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert outline.headings[0] == 1 and outline.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.refers) <= set(outline.ids)
    assert outline.without_alt == 0


def test_names_and_problems_from_outside_stay_text(mixed: Analysis) -> None:
    evil = '"><script>alert(1)</script>\udcff.mp4'
    session = replace(
        mixed.session,
        source=replace(mixed.session.source, path=evil),
        problems=("<b>odd</b>",),
        reps=(
            replace(
                mixed.session.reps[0],
                verdict=Verdict.UNVERIFIED,
                unchecked=(Unchecked(check="repetition", reason="<i>why</i>"),),
            ),
        ),
    )
    html = page_of(mixed, session)
    html.encode("utf-8")
    assert "alert(1)</script>" not in html
    assert "<b>odd" not in html and "<i>why" not in html
    assert "&lt;i&gt;why" in html


def test_a_recording_without_repetitions_says_why() -> None:
    lost = judged([Lift(base=Stance(lean=60.0))])
    text = words(page_of(lost))
    assert "No repetition seen" in text
    assert "The start posture was never seen" in text
    assert "plotly" not in page_of(lost).split("</style>")[1]


def test_the_reason_of_doubt_is_a_check_that_voids_and_not_a_cue(mixed: Analysis) -> None:
    rep = replace(
        mixed.session.reps[0],
        verdict=Verdict.UNVERIFIED,
        unchecked=(
            Unchecked(check="low-peak", reason="not measurable in an oblique view"),
            Unchecked(check="lean-back", reason="not visible in an oblique view"),
        ),
    )
    text = words(page_of(mixed, replace(mixed.session, reps=(rep,))))
    assert "Leaning back not checked: not visible in an oblique view" in text


def test_a_part_of_a_recording_is_called_one_and_timed_as_one(mixed: Analysis) -> None:
    length_s = len(mixed.reports) / 20.0
    assert data_of(page_of(mixed))["end_s"] == pytest.approx(length_s)
    assert f"Length {length_s:.1f} s" in words(page_of(mixed))
    source = replace(mixed.session.source, duration_s=300.0)
    html = page_of(mixed, replace(mixed.session, source=source))
    assert data_of(html)["end_s"] == pytest.approx(length_s)
    assert f"Length 0.0 to {length_s:.1f} s of 300.0 s" in words(html)


def test_a_hold_cut_short_is_told_to_stay_and_a_low_lift_to_go_further(mixed: Analysis) -> None:
    hold = timed_hold(EXERCISE, 3.0)
    rejudged = judge(mixed.recording, hold)
    cut_short = next(one for one in advice(rejudged.session, hold) if one.what != "leaning back")
    low = next(one for one in advice(mixed.session, EXERCISE) if "range" in one.what)
    assert low.say.startswith("Go as far")
    says = {m.words.partition(" ")[0]: m.say for m in moments(rejudged.session, hold)}
    assert says["held"] == "Stay at the top until the time is up."
    assert says["reached"] == low.say == cut_short.say
