"""The neutral of somebody in motion, read off the phases of the cycle."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.checker.cycle_neutral import (
    from_cycle,
    on_all_fours,
    rest_tolerance,
    risen,
    rises,
)
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import Position, View, scene_of
from formcheck.core.pose.visibility import gate
from formcheck.exercises import get_exercise, slugs
from tests.stickman import Lift, Stance, clip, hidden, pose, steps

RUN, CLIMB = get_exercise("high-knee-runs"), get_exercise("mountain-climbers")
SHF, SLR = get_exercise("standing-hip-flexion"), get_exercise("straight-leg-raise")
HELD = Stance(pitch=75.0, arm=75.0)


def running(
    seconds: float = 4.0,
    *,
    base: Stance = Stance(),  # noqa: B008
    yaw_deg: float = 0.0,
    fps: float = 30.0,
) -> list[Pose]:
    """A run from its middle: nobody stands still in it."""
    poses = steps(40, 2.5, base=base, yaw_deg=yaw_deg, fps=fps)
    return [gate(p) for p in poses if 4.0 <= p.time_s < 4.0 + seconds]


@pytest.mark.parametrize(
    ("exercise", "poses", "column", "value"),
    [
        (RUN, running(), "torso_lean_deg", 0.0),
        (RUN, running(base=Stance(lean=6.0)), "torso_lean_deg", 6.0),
        (RUN, running(base=Stance(lateral=5.0), yaw_deg=90.0), "lateral_lean_deg", 5.0),
        (RUN, running(), "foot_lift_left_trunk", 0.0),
        (CLIMB, running(base=HELD), "plank_line_deg", 0.0),
    ],
)
def test_the_trunk_of_a_run_is_its_median_and_paired_measures_are_level(
    exercise: Exercise, poses: list[Pose], column: str, value: float
) -> None:
    found = from_cycle(poses, exercise)
    assert found is not None and not found.calm and found.known
    assert found.neutral[column] == pytest.approx(value, abs=4.0)


KNEELING = Stance(
    pitch=80.0, arm=80.0, thigh_left=85.0, knee_left=85.0, thigh_right=85.0, knee_right=85.0
)
FEET = (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)


@pytest.mark.parametrize(
    ("poses", "kneels"),
    [
        (running(base=HELD), False),
        (running(base=KNEELING), True),
        ([pose(KNEELING)] * 90 + [pose(HELD)] * 8, True),
        ([pose(KNEELING)] * 90 + [pose(HELD)] * 30, False),
        # Feet out of the picture tell nothing.
        (
            [hidden(one, *FEET) for one in running(base=HELD)],
            False,
        ),
    ],
    ids=["climbers", "donkey kicks", "nearly always", "a plank at times", "no feet"],
)
def test_on_all_fours_no_leg_is_ever_stretched(poses: list[Pose], kneels: bool) -> None:
    gated = [gate(one) for one in poses]
    scene = scene_of(gated, Position.PRONE)
    assert on_all_fours(gated, scene) is kneels
    if kneels:
        assert from_cycle(gated, CLIMB) is None


def test_a_leg_s_neutral_is_its_rest_and_not_the_middle_of_its_way() -> None:
    found = from_cycle(running(), RUN)
    assert found is not None
    for side in ("left", "right"):
        assert found.neutral[f"thigh_elevation_{side}_deg"] < 15.0


@pytest.mark.parametrize("noise_m", [0.0, 0.01, 0.03])
def test_the_spread_is_that_of_the_noise_and_not_of_the_movement(noise_m: float) -> None:
    rng = np.random.default_rng(7)
    sway = [Stance(lean=8.0 * math.sin(7.0 * i / 30)) for i in range(150)]
    poses = [gate(pose(s, i / 30, noise_m=noise_m, rng=rng)) for i, s in enumerate(sway)]
    found = from_cycle(poses, RUN)
    still = [gate(pose(Stance(), i / 30, noise_m=noise_m, rng=rng)) for i in range(150)]
    calm = from_cycle(still, RUN)
    assert found is not None and calm is not None
    assert found.sd["torso_lean_deg"] == pytest.approx(calm.sd["torso_lean_deg"], abs=0.5)


@pytest.mark.parametrize(
    ("fps", "seconds", "expected"),
    [(30, 4.0, True), (30, 1.7, True), (30, 1.2, False), (12, 2.0, True), (60, 1.7, True)],
)
def test_it_takes_seconds_and_not_a_number_of_frames(
    fps: int, seconds: float, expected: bool
) -> None:
    assert (from_cycle(running(seconds, fps=fps), RUN) is not None) is expected


@pytest.mark.parametrize(
    "poses",
    [
        [gate(pose(Stance(thigh_left=90, thigh_right=90), i / 30)) for i in range(120)],
        [gate(pose(Stance(lean=50.0), i / 30)) for i in range(120)],
        [gate(hidden(p, Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)) for p in running()],
        [Pose.unseen(i / 30, (640, 480)) for i in range(120)],
    ],
    ids=["sits", "bent over", "legs hidden", "nobody"],
)
def test_another_posture_gives_none(poses: list[Pose]) -> None:
    assert from_cycle(poses, RUN) is None


def test_from_the_front_thighs_are_as_long_as_they_hang() -> None:
    found = from_cycle(running(yaw_deg=90.0), RUN)
    standing = from_cycle([gate(pose(Stance(), i / 30, yaw_deg=90.0)) for i in range(90)], RUN)
    assert found is not None and standing is not None and found.scene.view is View.FRONT
    assert found.scene.drop_px == pytest.approx(standing.scene.drop_px, rel=0.05)


@pytest.mark.parametrize(
    ("values", "level", "expected"),
    [
        ([0, 50, 0, 50, 0], 0.0, 2),
        ([0, 30, 0, 50], 0.0, 1),
        ([50, 50, 50], 0.0, 0),
        ([0, math.nan, 50, math.nan, 0, 50], 0.0, 2),
        ([0, 50, 0], 50.0, 0),
        ([], 0.0, 0),
    ],
    ids=["twice", "once high enough", "held", "unseen between", "from the top", "nothing"],
)
def test_rises_out_of_a_level_are_counted(values: list[float], level: float, expected: int) -> None:
    assert rises(np.array(values, dtype=float), level, SHF.cycle) == expected


def test_rises_of_a_set_are_those_of_its_lifts() -> None:
    poses = [gate(p) for p in clip([Lift(), Lift(side="right"), Lift()])]
    found = from_cycle(poses, SHF)
    assert found is not None and risen(poses, found, SHF) == 3


@pytest.mark.parametrize("slug", slugs())
def test_rest_lies_well_under_what_begins_a_repetition(slug: str) -> None:
    cycle = get_exercise(slug).cycle
    assert 0.0 < rest_tolerance(cycle) <= 0.5 * cycle.start
    assert rest_tolerance(SLR.cycle) == 2.0
