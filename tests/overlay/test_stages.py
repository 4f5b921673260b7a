"""The stages of a coached run on the screen: what is said, where, and that it is told apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import cv2
import numpy as np
import pytest

from formcheck.core.coaching.events import Placement
from formcheck.core.pose.pose import Pose, Side
from formcheck.exercises import get_exercise, slugs
from formcheck.live.keys import HELP
from formcheck.overlay import Overlay
from formcheck.overlay.arc import counted_angle
from formcheck.overlay.body_lines import NEAR, strain_of
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.outline import draw_outline, looks_other_way
from formcheck.overlay.signs import draw_placement
from formcheck.overlay.style import AMBER, GREEN, SKY, VERMILLION, Font
from tests.overlay.scenes import (
    EXERCISE,
    LEAN_BACK,
    SIZES,
    STATES,
    SUPPORT,
    blank,
    figure,
    report,
    state,
)

WIDE = (1280, 720)


def painted(name: str, size: tuple[int, int] = WIDE) -> Canvas:
    shown, where = STATES[name]
    canvas = Canvas(blank(size), Font())
    Overlay(EXERCISE).paint(canvas, figure(size), shown, where)
    return canvas


def words(canvas: Canvas) -> str:
    return " | ".join(label.text for label in canvas.labels)


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_no_text_leaves_the_picture_or_runs_into_another(size: tuple[int, int], name: str) -> None:
    canvas = painted(name, size)
    _, where = STATES[name]
    assert canvas.labels
    for label in canvas.labels:
        assert canvas.frame.contains(label.box), label
    if where.paused is None:
        for one, other in combinations(canvas.labels, 2):
            assert not one.box.overlaps(other.box), (one, other)


def test_the_count_stands_beside_its_target() -> None:
    shown = words(painted("set"))
    for text in ("7", "of 12", "Set 2 of 3", "8 tried"):
        assert text in shown
    canvas = painted("set")
    number = next(label for label in canvas.labels if label.text == "7")
    assert number.box.height >= 0.16 * 720


def test_each_stage_says_what_it_is() -> None:
    assert "Hold still" in words(painted("countdown"))
    assert "REST | Set 1 | 12 clean of 15" in words(painted("rest")).replace("42 | ", "")
    assert "42" in words(painted("rest")) and "2:42" in words(painted("long rest"))
    assert "Next: set 3 of 3" in words(painted("rest"))
    assert "12 clean of 15" in words(painted("summary"))
    assert "Most often: leaning back" in words(painted("summary"))
    assert "No repetition seen" in words(painted("empty summary"))
    assert "Now the right leg" in words(painted("called"))
    assert "The set ends in 3 s" in words(painted("leaving"))
    assert "12 frames a second are too few." in words(painted("notice"))
    assert "Paused. Press space to go on." in words(painted("paused"))


def test_a_rejection_does_not_follow_into_the_next_set() -> None:
    overlay = Overlay(EXERCISE)
    shown, _ = STATES["summary"]
    first = state(set_number=1)
    for where in (first, first, state(set_number=2)):
        canvas = Canvas(blank(WIDE), Font())
        overlay.paint(canvas, figure(WIDE), shown, where)
        shown = replace(shown, ended=())
        said = words(canvas)
        assert ("Leaning back" in said) == (where.set_number == 1)


def test_every_placement_has_a_sign_of_its_own() -> None:
    pictures = []
    for placement in Placement:
        canvas = Canvas(blank((200, 200)), Font())
        draw_placement(canvas, placement, (100, 100), 40.0)
        pictures.append(canvas.image)
    for one, other in combinations(pictures, 2):
        assert (one != other).mean() > 0.005


@pytest.mark.parametrize("slug", slugs())
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_the_outline_is_a_body_inside_the_picture(size: tuple[int, int], slug: str) -> None:
    canvas = Canvas(blank(size), Font())
    draw_outline(canvas, get_exercise(slug), SKY, foot=22.0)
    drawn = (canvas.image != 128).any(axis=2)
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    assert (
        rows[0] > 0
        and rows[-1] < size[1] - 0.19 * min(size)
        and 0 < columns[0] < columns[-1] < size[0] - 1
    )
    assert max(rows[-1] - rows[0], columns[-1] - columns[0]) > 0.4 * min(size)
    assert abs((columns[0] + columns[-1]) / 2 - size[0] / 2) < 0.1 * size[0]


@pytest.mark.parametrize(
    ("strain", "colour"), [(0.0, GREEN), (NEAR, AMBER), (0.99, AMBER), (1.0, VERMILLION)]
)
def test_the_trunk_says_how_near_the_limit_is(strain: float, colour: tuple[int, int, int]) -> None:
    shown = report(closest=replace(LEAN_BACK, worst=-10.0 * strain), strain=strain)
    assert strain_of(EXERCISE, shown).colour == colour
    canvas = Canvas(blank(WIDE), Font())
    Overlay(EXERCISE).paint(canvas, figure(WIDE), shown, state())
    assert ("leaning back" in words(canvas)) == (strain >= NEAR)
    assert (canvas.image == np.array(colour)).all(axis=2).sum() > 200


def test_the_lines_differ_in_shape_for_who_sees_no_hue() -> None:
    grey = []
    for strain in (0.0, 0.8, 1.2):
        shown = report(closest=replace(LEAN_BACK, worst=-10.0 * strain), strain=strain)
        canvas = Canvas(blank(WIDE), Font())
        Overlay(EXERCISE).paint(canvas, figure(WIDE), shown, state())
        dark = canvas.image.max(axis=2) < 40
        grey.append(dark)
    for one, other in combinations(grey, 2):
        assert (one != other).sum() > 300


def test_a_bent_knee_shows_at_the_knee_and_not_at_the_trunk() -> None:
    shown = report(closest=SUPPORT, strain=1.4, active_faults=(SUPPORT,))
    strain = strain_of(EXERCISE, shown)
    assert strain.leg is not None and strain.colour == VERMILLION


@pytest.mark.parametrize("yaw_deg", [0.0, 180.0])
def test_the_zone_lies_ahead_of_the_thigh_until_it_is_reached(yaw_deg: float) -> None:
    size = WIDE
    pose = figure(size, yaw_deg=yaw_deg, thigh_left=50.0)
    angle = counted_angle(pose.points(), report(counted_deg={Side.LEFT: 50.0}), EXERCISE)
    assert angle is not None and angle.colour == SKY
    # Seen from the left the figure faces the picture's left: lifting turns the thigh clockwise.
    assert angle.turn == (1.0 if yaw_deg == 0.0 else -1.0)
    high = figure(size, yaw_deg=yaw_deg, thigh_left=85.0)
    reached = counted_angle(high.points(), report(), EXERCISE)
    assert reached is not None and reached.colour == GREEN


def test_nobody_has_no_angle() -> None:
    nobody = Pose.unseen(7.0, WIDE)
    assert counted_angle(nobody.points(), report(), EXERCISE) is None


def test_the_keys_are_shown_when_asked_for() -> None:
    overlay, image = Overlay(EXERCISE), blank(WIDE)
    plain = overlay.draw(image, figure(WIDE), report(), mirrored=False, state=state())
    helped = overlay.draw(image, figure(WIDE), report(), mirrored=False, state=state(), keys=HELP)
    assert (plain != helped).any(axis=2).mean() > 0.2


def test_every_stage_is_drawn() -> None:
    for shown, where in STATES.values():
        drawn = Overlay(EXERCISE).draw(
            blank(WIDE), figure(WIDE), shown, mirrored=True, state=where, muted=True
        )
        assert drawn.shape == (720, 1280, 3) and (drawn != 128).any()


def test_a_lying_exercise_has_its_own_picture() -> None:
    lying, standing = get_exercise("supine-marching"), EXERCISE
    pictures = []
    for exercise in (lying, standing):
        canvas = Canvas(blank(WIDE), Font())
        draw_outline(canvas, exercise, SKY, foot=22.0)
        drawn = (canvas.image != 128).any(axis=2)
        pictures.append(drawn.any(axis=0).sum() / drawn.any(axis=1).sum())
    assert pictures[0] > 1.5 and pictures[1] < 0.8


@pytest.mark.parametrize(
    ("slug", "head_right"), [("supine-marching", True), ("front-support-hip-flexion", True)]
)
def test_the_outline_lies_as_the_person_does(slug: str, head_right: bool) -> None:
    exercise = get_exercise(slug)
    points = figure(WIDE).image_px.copy()
    # Laid down with the head at the right: trunk along the picture.
    points[:, 0], points[:, 1] = -points[:, 1] + 1000, points[:, 0]
    assert looks_other_way([(x, y) for x, y in points.tolist()], exercise.position) is head_right
    pictures = []
    for flipped in (False, True):
        canvas = Canvas(blank(WIDE), Font())
        draw_outline(canvas, exercise, SKY, foot=22.0, flipped=flipped)
        pictures.append(canvas.image)
    mirrored = cv2.flip(pictures[0], 1)
    assert (np.abs(mirrored.astype(int) - pictures[1]).mean()) < 3.0
    assert (pictures[0] != pictures[1]).mean() > 0.01
