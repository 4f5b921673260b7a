"""The neutral: what is taken, what is refused and with which words."""

from __future__ import annotations

import math

import pytest

from formcheck.core.checker.neutral import (
    MAX_SWAY,
    STAND_STILL,
    Calibration,
    assess,
    sway,
    turn_advice,
    view_complaint,
)
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import Scene, View
from formcheck.core.pose.visibility import gate
from formcheck.exercises import get_exercise
from tests.core.checker.made import still
from tests.stickman import Stance, hidden, pose

EXERCISE = get_exercise("standing-hip-flexion")


@pytest.mark.parametrize(("yaw_deg", "view"), [(0.0, View.SIDE), (90.0, View.FRONT)])
def test_the_neutral_is_the_median_of_the_stretch(yaw_deg: float, view: View) -> None:
    found = assess(still(Stance(lean=4.0, lateral=3.0), yaw_deg=yaw_deg), EXERCISE)
    assert isinstance(found, Calibration)
    assert found.scene.view is view and found.calm
    column, value = {
        View.SIDE: ("torso_lean_deg", 4.0),
        View.FRONT: ("lateral_lean_deg", 3.0),
    }[view]
    assert found.neutral[column] == pytest.approx(value, abs=0.2)
    assert found.sd[column] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("poses", "said"),
    [
        (still(Stance(lean=20.0)), "Stand upright."),
        (still(Stance(lateral=12.0), yaw_deg=90.0), "Stand upright."),
        (still(Stance(thigh_left=90.0, knee_left=90.0)), "Put both feet on the floor."),
        (still(Stance(knee_left=50.0, knee_right=50.0)), "Straighten your legs."),
        ([Pose.unseen(i / 30, (640, 480)) for i in range(60)], EXERCISE.step_in),
        ([pose(Stance(lean=5 * math.sin(i)), i / 30) for i in range(60)], STAND_STILL),
    ],
)
def test_a_fault_is_never_taken_for_neutral(poses: list[Pose], said: str) -> None:
    assert assess(poses, EXERCISE) == said


@pytest.mark.parametrize(
    ("slug", "view", "yaw_deg", "said"),
    [
        ("standing-hip-flexion", View.SIDE, 5.0, None),
        ("standing-hip-flexion", View.FRONT, 85.0, None),
        ("standing-hip-flexion", View.OBLIQUE, 45.0, None),
        ("mountain-climbers", View.OBLIQUE, 35.0, None),
        ("mountain-climbers", View.OBLIQUE, 45.0, "Put the camera low and straight at your side"),
        ("mountain-climbers", View.FRONT, 85.0, "Put the camera low and straight at your side"),
        ("supine-marching", View.OBLIQUE, 25.0, None),
        ("supine-marching", View.OBLIQUE, 35.0, "Put the camera low and straight at your side"),
        ("hanging-leg-raises", View.FRONT, 85.0, "Turn your side straight"),
        ("hanging-leg-raises", View.UNKNOWN, math.nan, None),
    ],
)
def test_how_to_turn_for_an_exercise(
    slug: str, view: View, yaw_deg: float, said: str | None
) -> None:
    advice = turn_advice(Scene(view=view, yaw_deg=yaw_deg), get_exercise(slug))
    assert advice is None if said is None else advice is not None and advice.startswith(said)


@pytest.mark.parametrize(
    ("slug", "view", "refused"),
    [
        ("standing-hip-flexion", View.OBLIQUE, False),
        ("mountain-climbers", View.OBLIQUE, False),
        ("mountain-climbers", View.FRONT, True),
    ],
)
def test_a_view_is_refused_only_where_nothing_can_be_counted(
    slug: str, view: View, refused: bool
) -> None:
    assert (view_complaint(Scene(view=view), get_exercise(slug)) is not None) == refused


@pytest.mark.parametrize(
    ("sway_m", "seen", "still_enough"),
    [(0.0, True, True), (0.005, True, True), (0.06, True, False), (0.0, False, False)],
)
def test_sway_is_the_largest_spread_in_trunk_lengths(
    sway_m: float, seen: bool, still_enough: bool
) -> None:
    poses = [pose(Stance(hips_up=sway_m * (-1) ** i), i / 30) for i in range(60)]
    shown = poses if seen else [gate(hidden(p, *Landmark)) for p in poses]
    assert (sway(shown, trunk_px=200.0) <= MAX_SWAY) == still_enough


def test_a_leg_hidden_at_rest_borrows_the_other_leg_s_neutral() -> None:
    found = assess([gate(hidden(p, Landmark.RIGHT_ANKLE)) for p in still()], EXERCISE)
    assert isinstance(found, Calibration)
    left, right = (found.neutral[f"knee_flexion_{side}_deg"] for side in ("left", "right"))
    assert left == right == pytest.approx(0.0, abs=0.5)
