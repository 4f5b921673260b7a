"""The neutral: what is taken, what is refused and with which words."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.calibration import Calibrator, calmest
from formcheck.core.checker.neutral import STAND_STILL, STILL_S, Calibration, assess
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import View
from formcheck.core.pose.visibility import SeenPose
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip, hidden, pose

EXERCISE = get_exercise("standing-hip-flexion")


def still(stance: Stance = Stance(), seconds: float = 2.0, yaw_deg: float = 0.0) -> list[Pose]:  # noqa: B008
    return [pose(stance, i / 30, yaw_deg=yaw_deg) for i in range(round(30 * seconds))]


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


def test_live_it_counts_down_while_the_person_is_still_and_starts_over_when_not() -> None:
    calibrator = Calibrator(EXERCISE)
    poses = still(seconds=1.2) + still(Stance(lean=25.0), 0.6) + still(seconds=2.6)
    heard = []
    for index, shown in enumerate(poses):
        progress = calibrator.update(SeenPose.of(replace(shown, time_s=index / 30)))
        heard.append(progress)
    counted = [p.remaining_s for p in heard[:36] if p.remaining_s is not None]
    assert counted == sorted(counted, reverse=True) and counted[0] > counted[-1] > 0.5
    assert any(p.prompt == "Stand upright." and p.remaining_s is None for p in heard[36:60])
    done = next(i for i, p in enumerate(heard) if p.calibration is not None)
    assert (done - 54) / 30 == pytest.approx(STILL_S, abs=0.25)


def test_a_recordings_calmest_stretch_is_found_wherever_it_is() -> None:
    restless = [pose(Stance(lean=2 * math.sin(2 * i)), i / 30) for i in range(150)]
    calm = [pose(Stance(lean=1.0), 5.0 + i / 30) for i in range(90)]
    lifts = list(clip([Lift()], start_s=8.0, calm_s=0.5))
    found = calmest([*restless, *calm, *lifts], EXERCISE)
    assert found is not None and found.calm
    assert 4.9 <= found.start_s <= 6.1
    assert found.neutral["torso_lean_deg"] == pytest.approx(1.0, abs=0.1)


def test_without_stillness_scattered_frames_serve_and_are_marked() -> None:
    rng = np.random.default_rng(3)
    poses = [pose(Stance(lean=rng.normal(0, 6)), i / 30) for i in range(120)]
    found = calmest(poses, EXERCISE)
    assert found is not None and not found.calm
    assert found.sd["torso_lean_deg"] > 2.0


def test_a_recording_without_the_start_posture_has_no_neutral() -> None:
    assert calmest(still(Stance(thigh_left=90, knee_left=90)), EXERCISE) is None


def test_a_hidden_far_ankle_does_not_keep_from_calibrating() -> None:
    poses = [hidden(p, Landmark.RIGHT_ANKLE, Landmark.RIGHT_KNEE) for p in still()]
    found = calmest(poses, EXERCISE)
    assert found is not None
    own, other = (found.neutral[f"knee_flexion_{side}_deg"] for side in ("right", "left"))
    assert own == other
