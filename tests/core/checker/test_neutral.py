"""The neutral: what is taken, what is told about it, what is refused and with which words."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.checker.neutral import (
    MAX_SWAY,
    STAND_STILL,
    Calibration,
    assess,
    enough,
    observed_s,
    sway,
)
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import View, scene_of
from formcheck.core.pose.visibility import gate
from formcheck.exercises import get_exercise
from tests.core.checker.made import still
from tests.stickman import Stance, hidden, pose

SHF, SLR = "standing-hip-flexion", "straight-leg-raise"
EXERCISE = get_exercise(SHF)
SITTING = Stance(thigh_left=85.0, thigh_right=85.0, knee_left=85.0, knee_right=85.0)
LUNGE = Stance(thigh_left=55.0, knee_left=70.0, thigh_right=-25.0, knee_right=35.0)
BACK = Stance(pitch=-90.0)


def plank(line_deg: float) -> Stance:
    """A plank whose hips lie so many degrees above the line from shoulders to ankles."""
    return Stance(pitch=75.0, arm=75.0, thigh_left=line_deg, thigh_right=line_deg)


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
        (still(Stance(lean=50.0)), "Stand upright."),
        (still(Stance(lateral=25.0), yaw_deg=90.0), "Stand upright."),
        (still(Stance(thigh_left=90.0, knee_left=90.0)), "Put both feet on the floor."),
        (still(SITTING), "Put both feet on the floor."),
        ([Pose.unseen(i / 30, (640, 480)) for i in range(60)], EXERCISE.step_in),
        ([pose(Stance(lean=5 * math.sin(i)), i / 30) for i in range(60)], STAND_STILL),
    ],
)
def test_another_posture_is_never_taken_for_neutral(poses: list[Pose], said: str) -> None:
    assert assess(poses, EXERCISE) == said


@pytest.mark.parametrize(
    ("slug", "stance"),
    [
        ("front-support-hip-flexion", Stance(pitch=85.0, thigh_left=90.0, thigh_right=90.0)),
        ("front-support-hip-flexion", Stance(pitch=125.0, thigh_left=70.0, thigh_right=70.0)),
        ("supine-marching", Stance(pitch=-35.0, thigh_left=45.0, knee_left=90.0)),
        ("straight-leg-raise", Stance(pitch=-40.0, thigh_left=50.0, thigh_right=50.0)),
    ],
    ids=["all fours", "downward dog", "half sitting", "sitting"],
)
def test_another_posture_is_refused_on_the_floor(slug: str, stance: Stance) -> None:
    assert isinstance(assess(still(stance), get_exercise(slug)), str)


@pytest.mark.parametrize(
    ("slug", "poses", "note"),
    [
        (SHF, still(Stance(lean=20.0)), "torso lean 20°, usual up to 8°"),
        (SHF, still(Stance(lateral=12.0), yaw_deg=90.0), "lateral lean"),
        (SHF, still(Stance(knee_left=50.0, knee_right=50.0)), "knee flexion 50°"),
        (SHF, still(LUNGE), "thigh elevation 55°"),
        ("front-support-hip-flexion", still(plank(45.0)), "plank line 45°, usual up to 32°"),
        ("front-support-hip-flexion", still(plank(-20.0)), "plank line -20°, usual from -12°"),
        (SLR, [replace(p, lumbar_gap=0.07) for p in still(BACK)], "lumbar gap 7.0 % of the trunk"),
    ],
    ids=["leaning", "to the side", "knees bent", "lunge", "hips high", "sagging", "hollow back"],
)
def test_an_unusual_neutral_is_taken_and_told(slug: str, poses: list[Pose], note: str) -> None:
    found = assess(poses, get_exercise(slug))
    assert isinstance(found, Calibration)
    assert any(note in said for said in found.notes), found.notes
    assert len(found.hints) == len(found.notes)


@pytest.mark.parametrize(
    ("slug", "poses"),
    [
        (SHF, still()),
        (SHF, still(Stance(lean=7.0, knee_left=20.0, knee_right=20.0))),
        ("mountain-climbers", still(plank(20.0))),
        (SLR, [replace(p, lumbar_gap=0.03) for p in still(BACK)]),
    ],
    ids=["upright", "relaxed", "correct plank of real people", "lying"],
)
def test_an_ordinary_neutral_is_not_worth_a_word(slug: str, poses: list[Pose]) -> None:
    found = assess(poses, get_exercise(slug))
    assert isinstance(found, Calibration) and found.notes == ()


@pytest.mark.parametrize(
    ("stance", "column", "held_to"),
    [
        (Stance(lean=20.0), "torso_lean_deg", 8.0),
        (Stance(lean=-15.0), "torso_lean_deg", -8.0),
        (Stance(lean=5.0), "torso_lean_deg", 5.0),
        (LUNGE, "thigh_elevation_left_deg", 25.0),
        (LUNGE, "knee_flexion_left_deg", 35.0),
    ],
)
def test_a_neutral_that_gravity_decides_is_held_to_what_can_be_upright(
    stance: Stance, column: str, held_to: float
) -> None:
    found = assess(still(stance), EXERCISE)
    assert isinstance(found, Calibration)
    assert found.neutral[column] == pytest.approx(held_to, abs=0.3)


@pytest.mark.parametrize(
    ("times_s", "seen_s"),
    [
        ([], 0.0),
        ([1.0], 0.0),
        ([0.0, 0.25, 0.5, 0.75], 0.75),
        ([0.0, 0.1, 2.1, 2.2], 0.2),
        ([0.0, 2.0, 4.0], 0.0),
    ],
    ids=["nothing", "one frame", "4 frames a second", "a stall", "stalls only"],
)
def test_only_time_that_was_seen_counts(times_s: list[float], seen_s: float) -> None:
    assert observed_s(times_s) == pytest.approx(seen_s)


@pytest.mark.parametrize(
    ("fps", "seconds", "shown", "expected"),
    [
        (30, 2.0, 1.0, True),
        (4, 2.3, 1.0, True),
        (30, 1.4, 1.0, False),
        (3, 2.0, 1.0, False),
        (30, 2.0, 0.0, False),
        (30, 2.0, 0.5, False),
    ],
    ids=["usual", "slow camera", "short", "too few frames", "legs hidden", "legs half the time"],
)
def test_a_neutral_needs_seen_time_and_frames(
    fps: int, seconds: float, shown: float, expected: bool
) -> None:
    knees = (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)
    poses = [pose(Stance(), i / fps) for i in range(round(fps * seconds))]
    poses = [p if i < shown * len(poses) else gate(hidden(p, *knees)) for i, p in enumerate(poses)]
    assert enough(poses, scene_of(poses), EXERCISE) is expected


def test_a_calibration_without_any_neutral_is_not_known() -> None:
    found = assess(still(), EXERCISE)
    assert isinstance(found, Calibration) and found.known
    assert not replace(found, neutral=dict.fromkeys(found.neutral, math.nan)).known


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
    assert "knee_flexion_right_deg" in found.lent
    assert all("right" in column for column in found.lent)
