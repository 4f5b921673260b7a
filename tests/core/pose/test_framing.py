"""What to say to a body that the picture cuts off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import Position
from formcheck.core.pose.visibility import cut_off
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip, pose


def moved(shown: Pose, scale: float = 1.0, right_px: float = 0.0, down_px: float = 0.0) -> Pose:
    centre = np.array(shown.frame_size_px) / 2
    points = (shown.image_px - centre) * scale + centre + [right_px, down_px]
    return replace(shown, image_px=points)


@pytest.mark.parametrize(
    ("scale", "right_px", "down_px", "said"),
    [
        (1.0, 0.0, 0.0, None),
        (1.0, 0.0, 200.0, "Tilt the camera: your feet are out of the picture."),
        (1.6, 0.0, 0.0, "Move back: your feet are out of the picture."),
        (1.0, 0.0, 2000.0, "Move into the picture."),
        (1.0, 0.0, -620.0, "Tilt the camera: your shoulders and hips are out of the picture."),
    ],
)
def test_what_is_missing_and_what_helps(
    scale: float, right_px: float, down_px: float, said: str | None
) -> None:
    assert cut_off(moved(pose(Stance()), scale, right_px, down_px)) == said


def test_who_would_fit_is_asked_to_the_middle() -> None:
    lifted = moved(pose(Stance(thigh_left=90.0, knee_left=90.0)), 1.0, -560.0)
    said = cut_off(lifted)
    assert said == "Move to the middle: your knees and feet are out of the picture."


def test_hands_matter_only_to_those_who_hang_from_them() -> None:
    hanging = moved(pose(Stance(arm=180.0)), 1.0, 0.0, -160.0)
    assert cut_off(hanging) is None
    assert "your hands are" in str(cut_off(hanging, Position.HANGING))


def test_nobody_is_not_cut_off() -> None:
    assert cut_off(Pose.unseen(0.0, (640, 480))) is None


def test_feet_out_of_the_picture_ask_for_a_step_back_before_and_during_the_set() -> None:
    checker = FormChecker(get_exercise("standing-hip-flexion"))
    near = [moved(p, 1.6) for p in clip([])]
    assert checker.update(near[0]).prompt is not None
    assert [checker.update(p).prompt for p in near[1:]][-1] == (
        "Move back: your feet are out of the picture."
    )
    whole = FormChecker(get_exercise("standing-hip-flexion"))
    said = []
    for shown in clip([Lift()]):
        low = moved(shown, 1.0, 0.0, 420.0) if shown.time_s > 4.0 else shown
        said.append(whole.update(low).prompt)
    assert "are out of the picture" in str(said[-1])


def test_a_foot_out_of_the_picture_is_no_fault() -> None:
    checker = FormChecker(get_exercise("standing-hip-flexion"))
    for shown in clip([Lift(), Lift()]):
        points = shown.image_px.copy()
        points[Landmark.RIGHT_ANKLE] = (640.0, 2000.0)
        checker.update(replace(shown, image_px=points))
    assert all(not rep.faults for rep in checker.reps)
