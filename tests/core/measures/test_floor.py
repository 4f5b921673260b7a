"""Measures of a body that lies, holds a plank or hangs, against exact angles."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.measures import (
    HIP_HEIGHT,
    LUMBAR_GAP,
    PLANK_LINE,
    REACH,
    SWING,
    TRUNK_PITCH,
    Measure,
)
from formcheck.core.pose.pose import Landmark, Side
from formcheck.core.pose.view import Position, scene_of
from formcheck.core.pose.visibility import gate
from tests.core.measures.reading import LEFT_VIEW, RIGHT_VIEW, read
from tests.stickman import Stance, hidden, pose

SUPINE, PLANK, HANG = Stance(pitch=-90.0), Stance(pitch=90.0), Stance(arm=180.0)
VIEWS = pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])


def lying(measure: Measure, stance: Stance, yaw_deg: float) -> float:
    return read(measure, stance, yaw_deg, start=SUPINE, position=Position.SUPINE)


def plank(measure: Measure, stance: Stance, yaw_deg: float) -> float:
    return read(measure, stance, yaw_deg, start=PLANK, position=Position.PRONE)


@VIEWS
@pytest.mark.parametrize("angle", [-15.0, 0.0, 15.0])
def test_trunk_pitch_is_positive_with_the_hips_up_and_in_a_plank_with_the_shoulders_up(
    angle: float, yaw_deg: float
) -> None:
    assert lying(TRUNK_PITCH, Stance(pitch=-90.0 - angle), yaw_deg) == pytest.approx(angle, abs=0.2)
    assert plank(TRUNK_PITCH, Stance(pitch=90.0 - angle), yaw_deg) == pytest.approx(angle, abs=0.2)


@VIEWS
@pytest.mark.parametrize("lift_m", [0.0, 0.05, 0.2])
def test_hip_height_changes_by_the_lift_in_trunk_lengths(lift_m: float, yaw_deg: float) -> None:
    raised = lying(HIP_HEIGHT, SUPINE.plus(Stance(hips_up=lift_m)), yaw_deg)
    assert raised - lying(HIP_HEIGHT, SUPINE, yaw_deg) == pytest.approx(lift_m / 0.5, abs=0.01)


@VIEWS
@pytest.mark.parametrize("angle", [-20.0, -8.0, 0.0, 15.0])
def test_plank_line_is_positive_with_raised_hips(angle: float, yaw_deg: float) -> None:
    stance = PLANK.plus(Stance(thigh_left=angle, thigh_right=angle))
    assert plank(PLANK_LINE, stance, yaw_deg) == pytest.approx(angle, abs=0.3)


@VIEWS
def test_plank_line_follows_the_leg_that_is_stretched_out(yaw_deg: float) -> None:
    driven = PLANK.plus(Stance(thigh_left=95.0, knee_left=95.0, thigh_right=10.0))
    assert plank(PLANK_LINE, driven, yaw_deg) == pytest.approx(10.0, abs=0.3)


@pytest.mark.parametrize(
    "stance",
    [
        Stance(thigh_left=95.0, knee_left=95.0, thigh_right=95.0, knee_right=95.0),
        Stance(knee_left=60.0, knee_right=60.0),
    ],
)
def test_without_a_stretched_leg_there_is_no_plank_line(stance: Stance) -> None:
    assert math.isnan(plank(PLANK_LINE, PLANK.plus(stance), LEFT_VIEW))


@VIEWS
@pytest.mark.parametrize("hips_up_m", [-0.08, 0.0, 0.08, 0.15])
def test_a_hidden_leg_leaves_the_plank_line_to_the_trunks_pitch(
    hips_up_m: float, yaw_deg: float
) -> None:
    """Shoulders and feet stay, the hips rise: the trunk tips one way, the leg the other."""
    trunk_m, leg_m = 0.5, 0.86
    tip_deg = math.degrees(math.asin(hips_up_m / trunk_m))
    line_deg = tip_deg + math.degrees(math.asin(hips_up_m / leg_m))
    start = gate(pose(PLANK, yaw_deg=yaw_deg))
    scene = replace(scene_of([start] * 3, Position.PRONE), plank_deg=(12.0, 0.0))
    shown = pose(Stance(pitch=90.0 + tip_deg), yaw_deg=yaw_deg)
    for landmark in (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE):
        shown.image_px[landmark] = math.nan
    read_deg = PLANK_LINE.compute(shown, Side.LEFT, scene)
    assert read_deg - 12.0 == pytest.approx(line_deg, abs=1.5)
    unknown = replace(scene, plank_deg=(math.nan, math.nan))
    assert math.isnan(PLANK_LINE.compute(shown, Side.LEFT, unknown))


@VIEWS
@pytest.mark.parametrize("angle", [-20.0, 0.0, 20.0])
def test_swing_is_positive_with_the_hips_ahead_of_the_hands(angle: float, yaw_deg: float) -> None:
    stance = HANG.plus(Stance(pitch=-angle))
    found = read(SWING, stance, yaw_deg, start=HANG, position=Position.HANGING)
    assert found == pytest.approx(angle, abs=0.3)


@pytest.mark.parametrize(("arm", "reach"), [(180.0, 1.1), (90.0, 0.0), (0.0, -1.1)])
def test_reach_is_the_height_of_the_hands_over_the_shoulders(arm: float, reach: float) -> None:
    assert read(REACH, Stance(arm=arm), LEFT_VIEW) == pytest.approx(reach, abs=0.02)


def test_one_hidden_hand_leaves_the_other_one_s_reach() -> None:
    scene, shown = scene_of([pose(HANG)]), gate(hidden(pose(HANG), Landmark.RIGHT_WRIST))
    assert REACH.compute(shown, Side.BOTH, scene) == pytest.approx(1.1, abs=0.02)


@pytest.mark.parametrize("gap", [0.0, 0.03, math.nan])
def test_the_lumbar_gap_comes_with_the_pose(gap: float) -> None:
    shown = replace(pose(SUPINE), lumbar_gap=gap)
    scene = scene_of([shown], Position.SUPINE)
    assert LUMBAR_GAP.compute(shown, Side.LEFT, scene) == pytest.approx(gap, nan_ok=True)
