from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from formcheck.core.checker.session import FrameReport, Stage
from formcheck.core.pose.pose import Landmark, Pose, Side
from formcheck.overlay import Overlay, mirrored_pose
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.style import Font
from tests.overlay.scenes import (
    AT_REST,
    COUNTED,
    EXERCISE,
    LEAN_BACK,
    PARTIAL,
    REJECTED,
    REPORTS,
    SIZES,
    UNVERIFIED,
    blank,
    figure,
    rep,
    report,
)
from tests.stickman import hidden

VGA = (640, 480)


def painted(
    *reports: FrameReport,
    size: tuple[int, int] = VGA,
    pose: Pose | None = None,
) -> Canvas:
    """Return the canvas of the last of several reports drawn one after the other."""
    overlay = Overlay(EXERCISE)
    for each in reports:
        canvas = Canvas(blank(size), Font())
        overlay.paint(canvas, pose or figure(size), each)
    return canvas


def texts(canvas: Canvas) -> list[str]:
    return [label.text for label in canvas.labels]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_text_stays_in_its_panel_and_panels_apart(size: tuple[int, int], name: str) -> None:
    pose = figure(size, yaw_deg=90.0 if name == "front" else 0.0)
    canvas = painted(REPORTS[name], size=size, pose=pose)
    assert canvas.labels
    for panel in canvas.panels:
        assert canvas.frame.contains(panel)
    for one, other in combinations(canvas.panels, 2):
        assert not one.overlaps(other)
    for label in canvas.labels:
        assert any(panel.contains(label.box) for panel in canvas.panels), label
    for one_label, other_label in combinations(canvas.labels, 2):
        assert not one_label.box.overlaps(other_label.box), (one_label, other_label)


def test_measured_width_is_the_width_drawn() -> None:
    for text in ("Leaning back 14° (limit 10°)", "12", "hold"):
        canvas = Canvas(blank((1600, 100), 0), Font())
        box = canvas.text(text, (20, 30), 40.0).width
        inked = np.flatnonzero(canvas.image.any(axis=(0, 2)))
        assert inked[0] >= 20 - 3 and inked[-1] <= 20 + box + 3


def test_the_big_count_can_be_read_from_afar() -> None:
    canvas = painted(REPORTS["holding"])
    count = next(label for label in canvas.labels if label.text == "12")
    assert count.box.height >= 0.14 * 480


def test_counts_attempts_and_losses_of_each_leg_are_shown() -> None:
    shown = texts(painted(REPORTS["holding"]))
    for text in ("LEFT", "RIGHT", "12", "100", "of 28", "14", "2", "of 104", "4"):
        assert text in shown


def test_hold_phase_angle_and_view_are_shown() -> None:
    shown = texts(painted(REPORTS["holding"]))
    assert {"1.4", "hold", "85°", "side view"} <= set(shown)


def test_an_active_fault_is_said_with_value_and_limit() -> None:
    shown = texts(painted(report(active_faults=(LEAN_BACK,)), size=(1280, 720)))
    assert "Leaning back 14° (limit 10°)" in shown
    assert "Don't lean back." in shown


@pytest.mark.parametrize(
    ("ended", "title", "reason"),
    [
        (REJECTED, "Leaning back 14° (limit 10°), and 1 more", "Rep 3 left not counted"),
        (PARTIAL, "Reached 62° of 80°", "Rep 3 left not counted"),
        (
            UNVERIFIED,
            "The leg was lost from sight before it came down",
            "Rep 3 left not verified",
        ),
        (COUNTED, "Rep 3 left counted", "Hold it for two seconds."),
    ],
)
def test_what_became_of_a_repetition_is_said(ended: object, title: str, reason: str) -> None:
    shown = texts(painted(report(ended=(ended,), phases=AT_REST), size=(1280, 720)))
    assert title in " ".join(shown)
    assert reason in shown


def test_a_rejection_stays_until_the_next_repetition() -> None:
    first = report(ended=(REJECTED,), phases=AT_REST)
    much_later = report(time_s=60.0)
    assert "Rep 3 left not counted" in texts(painted(first, much_later))
    after_fault = (first, report(active_faults=(LEAN_BACK,)), much_later)
    assert "Rep 3 left not counted" in texts(painted(*after_fault))
    following = report(time_s=61.0, ended=(rep(COUNTED.verdict, 4, end_s=61.0),))
    assert "Rep 3 left not counted" not in texts(painted(first, following))


def test_a_counted_repetition_is_announced_for_a_while() -> None:
    first = report(ended=(COUNTED,))
    assert "Rep 3 left counted" in texts(painted(first, report(time_s=8.0)))
    assert "Rep 3 left counted" not in texts(painted(first, report(time_s=12.0)))


def test_what_to_do_now_comes_before_all_else() -> None:
    shown = texts(painted(report(prompt="Come closer.", active_faults=(LEAN_BACK,))))
    assert "Come closer." in shown
    assert not any("Leaning" in text for text in shown)


def test_the_calibration_counts_down() -> None:
    shown = texts(painted(report(stage=Stage.CALIBRATING, prompt="Stand.", countdown_s=1.6)))
    assert {"Stand.", "2", "hold still"} <= set(shown)


def test_no_angle_is_shown_that_was_not_measured() -> None:
    unknown = report(counted_deg={Side.LEFT: float("nan")})
    assert not any(text.endswith("°") for text in texts(painted(unknown)))


def test_from_the_front_the_elevation_stands_at_the_knee() -> None:
    pose = figure(VGA, yaw_deg=90.0)
    assert "88°" in texts(painted(REPORTS["front"], pose=pose))


def test_landmarks_not_seen_are_not_drawn() -> None:
    pose = hidden(figure(VGA), *Landmark)
    nobody = report(counts={}, phases={}, prompt="?")
    with_pose, without = painted(nobody, pose=pose), painted(nobody, pose=Pose.unseen(7.0, VGA))
    assert np.array_equal(with_pose.image, without.image)


def test_a_hidden_leg_leaves_its_place_untouched() -> None:
    pose = figure(VGA)
    at = pose.image_px[Landmark.LEFT_FOOT_INDEX].astype(int)
    around = (slice(at[1] - 4, at[1] + 5), slice(at[0] - 4, at[0] + 5))
    assert (painted(REPORTS["holding"], pose=pose).image[around] != 128).any()
    half = hidden(
        pose, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE, Landmark.LEFT_HEEL, Landmark.LEFT_FOOT_INDEX
    )
    assert (painted(REPORTS["holding"], pose=half).image[around] == 128).all()


def test_drawing_leaves_the_frame_as_it_was() -> None:
    image = blank(VGA)
    drawn = Overlay(EXERCISE).draw(image, figure(VGA), report(), mirrored=False)
    assert (image == 128).all()
    assert drawn.shape == image.shape and (drawn != 128).any()


def test_a_mirror_turns_the_picture_over_but_no_text() -> None:
    image = blank(VGA)
    image[:, :200] = 40
    nobody = Pose.unseen(7.0, VGA)
    shown = [
        Overlay(EXERCISE).draw(picture, nobody, REPORTS["nobody"], mirrored=mirrored)
        for picture, mirrored in ((image, True), (np.ascontiguousarray(image[:, ::-1]), False))
    ]
    assert np.array_equal(shown[0], shown[1])
    assert shown[0][300, 600].tolist() == [40, 40, 40]


def test_a_mirrored_left_knee_is_still_the_left_knee() -> None:
    pose = figure(VGA, yaw_deg=90.0)
    turned = mirrored_pose(pose)
    x, y = pose.image_px[Landmark.LEFT_KNEE]
    assert turned.image_px[Landmark.LEFT_KNEE].tolist() == [639 - x, y]
    assert np.array_equal(turned.visibility, pose.visibility)


@pytest.mark.parametrize(
    ("mirrored", "yaw_deg", "first"),
    [
        (True, 90.0, "LEFT"),  # as in a mirror: the own left leg at the left
        (False, 90.0, "RIGHT"),  # as others see a person who faces them
        (True, -90.0, "RIGHT"),  # with the back to the camera
        (False, -90.0, "LEFT"),
        (True, 0.0, "LEFT"),  # from the side both legs are in one place
        (False, 0.0, "LEFT"),
    ],
)
def test_each_count_is_where_its_leg_is_seen(mirrored: bool, yaw_deg: float, first: str) -> None:
    pose = figure(VGA, yaw_deg=yaw_deg, thigh_left=0.0)
    canvas = painted(report(), pose=mirrored_pose(pose) if mirrored else pose)
    boxes = {label.text: label.box for label in canvas.labels}
    other = "LEFT" if first == "RIGHT" else "RIGHT"
    assert boxes[first].right < 320 < boxes[other].x
    left_x = canvas.width / 2 - boxes["12"].x
    assert (left_x > 0) == (first == "LEFT")


def test_panels_do_not_swap_while_the_person_turns_sideways() -> None:
    overlay = Overlay(EXERCISE)
    canvas = Canvas(blank(VGA), Font())
    overlay.paint(canvas, figure(VGA, yaw_deg=90.0), report())
    canvas = Canvas(blank(VGA), Font())
    overlay.paint(canvas, figure(VGA, yaw_deg=2.0), report())
    boxes = {label.text: label.box for label in canvas.labels}
    assert boxes["RIGHT"].x < boxes["LEFT"].x


def test_points_far_outside_do_no_harm() -> None:
    pose = figure(VGA)
    wild = replace(pose, image_px=pose.image_px * 1e7)
    Overlay(EXERCISE).draw(blank(VGA), wild, report(), mirrored=True)


def test_drawing_is_quick() -> None:
    overlay, image, pose = Overlay(EXERCISE), blank(VGA), figure(VGA)
    spent_s = []
    for _ in range(15):
        begin_s = time.perf_counter()
        overlay.draw(image, pose, REPORTS["fault"], mirrored=True)
        spent_s.append(time.perf_counter() - begin_s)
    # About 2.5 ms on a quiet 2-core machine; the rest is for busy ones.
    assert min(spent_s) < 0.015


@pytest.mark.parametrize("size", [(320, 240), (480, 640)])
def test_what_is_too_long_is_cut_at_its_end_only(size: tuple[int, int]) -> None:
    for text in (" ".join(["word"] * 60), "w" * 300, "short " + "w" * 300):
        canvas = painted(report(prompt=text), size=size)
        lines = [label for label in canvas.labels if "w" in label.text and "view" not in label.text]
        assert 1 <= len(lines) <= 3 and lines[-1].text.endswith("…")
        assert all(canvas.frame.contains(line.box) for line in lines)
        assert len(lines) == 1 or not lines[0].text.endswith("…")
