"""The neutral found: live after a countdown, in a recording wherever it is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.calibration import Calibrator, RecentPoses, calmest, complaint
from formcheck.core.checker.neutral import STAND_STILL, STILL_S
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.visibility import SeenPose
from tests.core.checker.made import EXERCISE, still
from tests.stickman import Lift, Stance, clip, hidden, pose


def at(time_s: float) -> SeenPose:
    return SeenPose.of(Pose.unseen(time_s, (640, 480)))


def test_poses_are_kept_for_the_span_and_no_longer() -> None:
    recent = RecentPoses(0.5)
    for eighth in range(9):
        recent.add(at(eighth / 8))
    assert [pose.time_s for pose in recent] == [0.5, 0.625, 0.75, 0.875, 1.0]
    assert [pose.time_s for pose in recent.last(0.25)] == [0.75, 0.875, 1.0]


@pytest.mark.parametrize("fps", [8, 30, 120])
def test_they_are_looked_at_no_more_than_ten_times_a_second(fps: int) -> None:
    recent = RecentPoses(2.0)
    looks = sum(recent.add(at(number / fps)) for number in range(2 * fps))
    assert min(fps, 7) * 2 <= looks <= 20


def test_the_first_pose_is_looked_at() -> None:
    assert RecentPoses(1.0).add(at(1234.5))


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


@pytest.mark.parametrize(
    ("poses", "said"),
    [
        (still(), STAND_STILL),
        (still(Stance(lean=25.0)), "Stand upright."),
        (still(Stance(thigh_left=90, knee_left=90)), "Put both feet on the floor."),
        (
            [replace(p, image_px=p.image_px + np.array([0.0, 400.0])) for p in still()],
            "Tilt the camera: your knees and feet are out of the picture.",
        ),
        ([hidden(p, *Landmark) for p in still()], EXERCISE.step_in),
    ],
)
def test_what_kept_a_recording_from_a_neutral(poses: list[Pose], said: str) -> None:
    assert complaint(poses, EXERCISE) == said
