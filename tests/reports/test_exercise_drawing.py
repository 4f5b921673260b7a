"""The figure of an exercise: limbs keep their lengths, and lie as the exercise says."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from formcheck.core.pose.view import Position, View
from formcheck.exercises import get_exercise, slugs
from formcheck.reports.exercise_drawing import (
    camera_svg,
    exercise_svg,
    legs_at_start,
    legs_at_top,
)

SVG = "{http://www.w3.org/2000/svg}"
each = pytest.mark.parametrize("slug", slugs())


@each
def test_the_drawing_lies_within_its_box(slug: str) -> None:
    drawing = ElementTree.fromstring(exercise_svg(get_exercise(slug)))
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    groups = drawing.findall(f"{SVG}g")
    assert [g.findtext(f"{SVG}text") for g in groups] == ["start", "top"]
    for group in groups:
        shift = float(re.findall(r"translate\((\S+) ", group.attrib["transform"])[0])
        for line in group.findall(f"{SVG}polyline"):
            for pair in line.attrib["points"].split():
                x, y = map(float, pair.split(","))
                assert 0.0 <= x <= width / 2 and 0.0 <= y <= height and shift >= 0.0


@each
def test_no_limb_is_under_the_floor_and_a_moved_knee_is_higher(slug: str) -> None:
    drawing = ElementTree.fromstring(exercise_svg(get_exercise(slug)))
    knees = []
    for group in drawing.findall(f"{SVG}g"):
        floor, *limbs = [
            [float(pair.split(",")[1]) for pair in line.attrib["points"].split()]
            for line in group.findall(f"{SVG}polyline")
        ]
        assert max(max(ys) for ys in limbs) <= floor[0] + 10.0
        knees.append(limbs[2][1])
    prone = get_exercise(slug).position is Position.PRONE
    assert prone or knees[1] < knees[0]


@each
def test_the_top_is_the_aim(slug: str) -> None:
    exercise = get_exercise(slug)
    assert legs_at_top(exercise).moving[0] == pytest.approx(exercise.cycle.aim)
    assert legs_at_top(exercise) != legs_at_start(exercise)


@pytest.mark.parametrize(
    ("slug", "start", "top"),
    [
        ("standing-hip-flexion", (0.0, 0.0), (90.0, 90.0)),
        ("supine-marching", (50.0, 100.0), (90.0, 90.0)),
        ("straight-leg-raise", (0.0, 0.0), None),
        ("hanging-leg-raises", (0.0, 0.0), (100.0, 100.0)),
    ],
)
def test_the_moving_leg(
    slug: str, start: tuple[float, float], top: tuple[float, float] | None
) -> None:
    exercise = get_exercise(slug)
    assert legs_at_start(exercise).moving == start
    assert top is None or legs_at_top(exercise).moving == top
    assert math.isfinite(sum(legs_at_top(exercise).moving))


@each
def test_the_plan_shows_each_place_of_the_camera(slug: str) -> None:
    exercise = get_exercise(slug)
    words = [t.text for t in ElementTree.fromstring(camera_svg(exercise)).iter(f"{SVG}text")]
    assert words == ["side", "front"][: 1 + (View.FRONT in exercise.views)]
