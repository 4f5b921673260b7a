"""The handout of a plan: everything a person needs at home, on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.exercise.adjustment import Adjustment
from formcheck.exercises import built_in, get_exercise
from formcheck.reports.handout import aim_text, avoided, handout_page
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
