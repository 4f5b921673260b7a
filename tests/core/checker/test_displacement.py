"""Whether the person still is where the neutral was taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.displacement import Displacement, DisplacementWatch
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import Position, Scene, scene_of
from formcheck.core.pose.visibility import SeenPose
from tests.stickman import SIZE, Stance, hidden, pose

SAME, MOVED, TURNED, UNSURE = Displacement
MIDDLE = np.array(SIZE) / 2
SCENE = scene_of([pose(Stance())])


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
    watch = DisplacementWatch(scene.position)
    for index in range(round(30 * seconds)):
        shown = edit(pose(stance, index / 30, yaw_deg=yaw_deg))
        watch.update(SeenPose.of(shown), resting=resting)
    return watch.compared(scene)


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
        ({"edit": nearer(1.5), "resting": False}, MOVED),
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
    watch = DisplacementWatch(Position.UPRIGHT)
    for index in range(90):
        turned = 60 <= index < 66
        shown = pose(Stance(), index / 30, yaw_deg=90.0 if turned else 0.0)
        watch.update(SeenPose.of(shown))
    assert watch.compared(SCENE) is SAME


def standing(seconds: float = 1.5, *, yaw_deg: float = 0.0, start_s: float = 0.0) -> list[Pose]:
    return [pose(Stance(), start_s + i / 30, yaw_deg=yaw_deg) for i in range(round(30 * seconds))]


def zoomed(poses: Sequence[Pose], share: float) -> list[Pose]:
    return [nearer(share)(shown) for shown in poses]


def watched(poses: Sequence[Pose]) -> DisplacementWatch:
    watch = DisplacementWatch(Position.UPRIGHT)
    for shown in poses:
        watch.update(SeenPose.of(shown))
    return watch


@pytest.mark.parametrize(
    "after",
    [zoomed(standing(0.9, start_s=1.5), 1.6), standing(0.9, yaw_deg=60.0, start_s=1.5)],
    ids=["zoom", "another camera"],
)
def test_a_new_camera_is_known_within_a_second(after: list[Pose]) -> None:
    watch = watched([*standing(), *after])
    assert watch.compared(SCENE) in (MOVED, TURNED)
    assert watch.compared(scene_of(after)) is SAME


def test_a_cut_begins_the_second_anew() -> None:
    cut = zoomed(standing(0.5, start_s=1.5), 1.6)
    assert watched([*standing(), *cut]).compared(SCENE) is UNSURE


@pytest.mark.parametrize(
    ("yaw_deg", "scene_yaw_deg", "sway_deg", "same"),
    [
        (30.0, 30.0, 0.0, True),
        (30.0, 50.0, 0.0, False),
        (30.0, 50.0, 10.0, True),
        (75.0, 88.0, 0.0, True),
    ],
)
def test_oblique_views_differ_among_each_other(
    yaw_deg: float, scene_yaw_deg: float, sway_deg: float, same: bool
) -> None:
    scene: Scene = replace(scene_of(standing(yaw_deg=scene_yaw_deg)), yaw_sway_deg=sway_deg)
    assert (watched(standing(yaw_deg=yaw_deg)).compared(scene) is SAME) is same


@pytest.mark.parametrize("resting", [True, False])
def test_an_unknown_scene_is_nobody_s_place(resting: bool) -> None:
    assert found(scene=Scene(), resting=resting) is MOVED
    assert DisplacementWatch(Position.UPRIGHT).compared(Scene()) is MOVED
