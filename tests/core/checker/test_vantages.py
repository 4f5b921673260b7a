"""Vantages: a recording's windows, grouped by what a neutral depends on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.displacement import TURNED_DEG
from formcheck.core.checker.vantages import Gated, vantages, windows
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import Position, View
from tests.stickman import Stance, hidden, pose

CENTRE = np.array([640.0, 480.0])
FPS = 15


def shot(
    seconds: float, start_s: float = 0.0, *, yaw_deg: float = 0.0, size: float = 1.0
) -> list[Pose]:
    poses = [pose(Stance(), start_s + i / FPS, yaw_deg=yaw_deg) for i in range(int(FPS * seconds))]
    return [replace(p, image_px=CENTRE + (p.image_px - CENTRE) * size) for p in poses]


@pytest.mark.parametrize(
    ("poses", "expected"),
    [
        (shot(8.0), [(View.SIDE, 1.0)]),
        ([*shot(6.0), *shot(8.0, 6.0, yaw_deg=90.0)], [(View.FRONT, 1.0), (View.SIDE, 1.0)]),
        ([*shot(8.0), *shot(6.0, 8.0, size=1.3)], [(View.SIDE, 1.0), (View.SIDE, 1.3)]),
        ([*shot(8.0), *shot(6.0, 8.0, yaw_deg=180.0)], [(View.SIDE, 1.0), (View.SIDE, 1.0)]),
        ([*shot(4.0), *shot(4.0, 4.0, size=1.05)], [(View.SIDE, 1.0)]),
        ([*shot(8.0), *shot(1.0, 8.0, size=1.5)], [(View.SIDE, 1.0)]),
        ([Pose.unseen(i / FPS, (640, 480)) for i in range(90)], []),
        (shot(8.0, size=0.05), []),
    ],
    ids=["one", "turned", "zoomed", "turned round", "a step", "a moment", "nobody", "far away"],
)
def test_there_is_one_for_each_view_facing_and_size(
    poses: list[Pose], expected: list[tuple[View, float]]
) -> None:
    found = vantages(list(windows(poses, Position.UPRIGHT)))
    whole_px = 200.0
    assert [v.scene.view for v in found] == [view for view, _ in expected]
    sizes = [v.scene.trunk_px / whole_px for v in found]
    assert sizes == pytest.approx([size for _, size in expected], rel=0.06)


def test_every_pose_belongs_to_one_vantage_at_the_most() -> None:
    poses = [*shot(6.0), *shot(8.0, 6.0, yaw_deg=90.0)]
    numbers = [n for v in vantages(list(windows(poses, Position.UPRIGHT))) for n in v.numbers]
    assert len(numbers) == len(set(numbers)) and len(numbers) >= len(poses) - FPS


@pytest.mark.parametrize(
    ("trunks_per_s", "on_the_spot"), [(0.0, True), (0.2, True), (1.0, False), (-1.0, False)]
)
def test_who_walks_is_not_on_the_spot(trunks_per_s: float, on_the_spot: bool) -> None:
    still: Sequence[Pose] = shot(5.0)
    walked = [
        replace(p, image_px=p.image_px + np.array([200.0 * trunks_per_s * (p.time_s - 2.5), 0.0]))
        for p in still
    ]
    (found,) = vantages(list(windows(walked, Position.UPRIGHT)))
    assert found.on_the_spot is on_the_spot


@pytest.mark.parametrize(
    ("position", "hands_too", "on_the_spot"),
    [
        pytest.param(Position.HANGING, False, True, id="swings under the bar"),
        pytest.param(Position.HANGING, True, False, id="is carried along"),
        pytest.param(Position.UPRIGHT, False, False, id="walks"),
    ],
)
def test_who_swings_under_the_hands_is_on_the_spot(
    position: Position, hands_too: bool, on_the_spot: bool
) -> None:
    carried = np.ones((33, 1))
    if not hands_too:
        carried[[Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST]] = 0.0
    hang: Sequence[Pose] = [pose(Stance(arm=180.0), i / FPS) for i in range(5 * FPS)]
    # By a trunk length in the two seconds of a window.
    moved = [
        replace(p, image_px=p.image_px + carried * [100.0 * (p.time_s - 2.5), 0.0]) for p in hang
    ]
    (found,) = vantages(list(windows(moved, position)))
    assert found.on_the_spot is on_the_spot


@pytest.mark.parametrize(
    ("second", "count"),
    [
        (shot(4.0, 6.0, yaw_deg=90.0), 1),
        (shot(4.0, 6.0, yaw_deg=62.0), 2),
        (shot(4.0, 6.0, yaw_deg=118.0), 2),
    ],
    ids=["the same camera again", "less from the front", "from the other side"],
)
def test_parts_of_a_film_share_a_vantage_only_if_they_look_alike(
    second: list[Pose], count: int
) -> None:
    poses = [*shot(6.0, yaw_deg=90.0), *second]
    cuts = [len(poses) - len(second)]
    found = vantages(list(windows(poses, Position.UPRIGHT, cuts)))
    assert len(found) == count
    # Without a cut it is one person in front of one camera, who turned a little.
    assert len(vantages(list(windows(poses, Position.UPRIGHT)))) == 1
    assert all(not w.first < cuts[0] < w.last for v in found for w in v.windows)


def test_a_body_that_turns_to_and_fro_sways() -> None:
    poses = [
        pose(Stance(), i / FPS, yaw_deg=40.0 + 6.0 * math.copysign(1.0, math.sin(i / FPS)))
        for i in range(8 * FPS)
    ]
    (found,) = vantages(list(windows(poses, Position.UPRIGHT)))
    level = replace(found.scene, yaw_deg=40.0)
    assert 4.0 <= found.yaw_sway_deg(level) <= TURNED_DEG
    assert found.yaw_sway_deg(replace(level, yaw_deg=90.0)) == TURNED_DEG
    (still,) = vantages(list(windows(shot(8.0, yaw_deg=40.0), Position.UPRIGHT)))
    assert still.yaw_sway_deg(still.scene) < 1.0


def test_poses_are_gated_as_they_are_looked_at() -> None:
    poses = [hidden(p, Landmark.LEFT_KNEE) for p in shot(1.0)]
    seen = Gated(poses, [3, 5, 7])
    assert len(seen) == 3 and [p.time_s for p in seen] == [poses[n].time_s for n in (3, 5, 7)]
    assert math.isnan(seen[0].image_px[Landmark.LEFT_KNEE, 0])
    assert [p.time_s for p in seen[1:]] == [poses[5].time_s, poses[7].time_s]


@pytest.mark.parametrize("most", [pytest.param(100, id="kept"), pytest.param(3, id="long")])
def test_a_part_of_gated_poses_is_gated_alike(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.core.checker.vantages.KEPT", most)
    poses = [*shot(0.5), Pose.unseen(1.0, (640, 480)), hidden(shot(0.1)[0], Landmark.LEFT_KNEE)]
    whole = Gated(poses)
    seen = whole.seen(range(len(poses)))
    assert seen.numbers == [n for n in range(len(poses)) if n != len(poses) - 2]
    assert math.isnan(seen[-1].image_px[Landmark.LEFT_KNEE, 0])
    assert (seen[-1] is whole[-1]) is (len(poses) <= most)
