"""Whether the person still is where the neutral was taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.displacement import Displacement, DisplacementWatch
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import Position, Scene, scene_of
from formcheck.core.pose.visibility import SeenPose
from tests.stickman import SIZE, Stance, hidden, pose

MIDDLE = np.array(SIZE) / 2
SCENE = scene_of([pose(Stance())])
SAME, MOVED, TURNED, UNSURE = Displacement


def nearer(share: float) -> Callable[[Pose], Pose]:
    return lambda p: replace(p, image_px=MIDDLE + (p.image_px - MIDDLE) * share)


def found(
    seconds: float = 2.5,
    *,
    stance: Stance = Stance(),  # noqa: B008
    yaw_deg: float = 0.0,
    edit: Callable[[Pose], Pose] = lambda p: p,
    resting: bool = True,
    scene: Scene = SCENE,
) -> Displacement:
    """Returns what is found after some seconds of one stance."""
    watch = DisplacementWatch()
    for index in range(round(30 * seconds)):
        shown = edit(pose(stance, index / 30, yaw_deg=yaw_deg))
        last = watch.update(SeenPose.of(shown), scene, resting=resting)
    return last


@pytest.mark.parametrize(
    ("case", "displacement"),
    [
        ({}, SAME),
        ({"edit": nearer(1.08)}, SAME),
        ({"edit": nearer(1.15)}, MOVED),
        ({"edit": nearer(0.85)}, MOVED),
        ({"edit": lambda p: replace(p, image_px=p.image_px + 80.0)}, SAME),
        ({"yaw_deg": 10.0}, SAME),
        ({"yaw_deg": 45.0}, TURNED),
        ({"yaw_deg": 90.0}, TURNED),
        ({"yaw_deg": 180.0}, TURNED),
        ({"seconds": 0.7}, UNSURE),
        ({"edit": lambda p: hidden(p, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)}, UNSURE),
        # While a leg moves, distance means nothing, but a turn shows where the trunk is upright.
        ({"edit": nearer(1.15), "resting": False}, SAME),
        ({"yaw_deg": 90.0, "resting": False}, TURNED),
        (
            {"yaw_deg": 90.0, "resting": False, "scene": replace(SCENE, position=Position.PRONE)},
            UNSURE,
        ),
    ],
)
def test_where_the_person_is(case: dict[str, object], displacement: Displacement) -> None:
    assert found(**case) is displacement  # type: ignore[arg-type]


def test_a_moment_of_another_view_is_no_turn() -> None:
    watch = DisplacementWatch()
    for index in range(90):
        turned = 60 <= index < 66
        shown = pose(Stance(), index / 30, yaw_deg=90.0 if turned else 0.0)
        last = watch.update(SeenPose.of(shown), SCENE)
    assert last is SAME
