"""The handout of a plan: everything a person needs at home, on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest

from formcheck.core.exercise.adjustment import Adjustment
from formcheck.exercises import built_in, get_exercise
from formcheck.reports.handout import aim_text, avoided, handout_page, tag_svg
from formcheck.reports.tag_sheet import USUAL_CM, fields
from formcheck.sensors.marker import FAMILY, NUMBER
from formcheck.training.plan import LEVELS, Plan, first_entry, level_entries

PLAN = Plan(
    level="mine",
    days=("mon", "thu"),
    between_s=60.0,
    entries=tuple(first_entry(slug) for slug in built_in()),
)


@pytest.mark.parametrize("level", LEVELS)
def test_each_exercise_of_a_level_has_its_part(level: str) -> None:
    entries = level_entries(level)
    page = handout_page(replace(PLAN, entries=entries))
    assert page.count('class="exercise-drawing"') == 2 * len(entries)
    for entry in entries:
        assert entry.exercise.title in page and entry.text in page


@pytest.mark.parametrize("slug", built_in())
def test_what_to_avoid_is_what_is_judged(slug: str) -> None:
    exercise = get_exercise(slug)
    told = avoided(exercise)
    judged = {f.name for f in exercise.faults if not f.by_tag and f.code != "leaning"}
    assert {name for name, _ in told} == judged and len(told) == len(judged)
    assert f"{exercise.cycle.aim:.0f}°" in aim_text(exercise)


def test_own_limits_and_the_name_are_on_it() -> None:
    entry = replace(
        first_entry("standing-hip-flexion"),
        adjustment=Adjustment(range_deg=60.0, off=("lean-forward",)),
    )
    page = handout_page(replace(PLAN, entries=(entry,)), who="Ana <López>")
    assert "Ana &lt;López&gt;" in page and "Monday and Thursday" in page
    assert "thigh elevation to 60°" in page and "range 60° (usually 90°)" in page
    assert "bend forward" not in page


def test_the_tag_is_found_in_the_drawing_and_as_large_as_on_its_sheet() -> None:
    drawing = ElementTree.fromstring(tag_svg())
    count = len(fields())
    black_cm = float(drawing.attrib["width"].removesuffix("cm")) * count / (count + 2)
    assert black_cm == pytest.approx(USUAL_CM, abs=0.01)
    path = drawing.find("{http://www.w3.org/2000/svg}path")
    assert path is not None
    grid = np.full((count + 2, count + 2), 255, dtype=np.uint8)
    for x, y in re.findall(r"M(\d+) (\d+)h", path.attrib["d"]):
        grid[int(y) + 1, int(x) + 1] = 0
    picture = np.kron(grid, np.ones((12, 12), dtype=np.uint8))
    family = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, FAMILY))
    _, found, _ = cv2.aruco.ArucoDetector(family).detectMarkers(picture)
    assert found is not None and found.ravel().tolist() == [NUMBER]


def test_the_tag_is_only_on_it_when_asked_for() -> None:
    assert 'class="tag"' not in handout_page(PLAN)
    assert 'class="tag"' in handout_page(PLAN, tag=True)
