"""The tag that drawn people wear: its card, and the cloth that it holds down."""

from __future__ import annotations

import numpy as np

from people.skin import BONES
from people.table import SCENARIOS
from people.tag import CARD_M, Placement, corners, held_down, pressed

PLACED = Placement(np.array([0.1, 0.2, 1.0]), np.eye(3))
"""A card whose own axes are the world's: right, down and into the body."""


def test_the_corners_are_those_of_the_card_round_its_middle() -> None:
    found = corners(PLACED)
    assert np.allclose(found.mean(axis=0), PLACED.middle)
    assert np.allclose(np.ptp(found, axis=0), [CARD_M, CARD_M, 0.0])


def test_cloth_that_would_pierce_the_card_is_pressed_behind_it_and_the_rest_stays() -> None:
    through = PLACED.middle + [0.02, -0.01, -0.01]
    behind = PLACED.middle + [0.02, -0.01, 0.02]
    beside = PLACED.middle + [0.12, 0.0, -0.01]
    far_before = PLACED.middle + [0.0, 0.0, -0.20]
    points = np.array([through, behind, beside, far_before], dtype=np.float32)
    found = pressed(points, PLACED)
    assert found[0, 2] > PLACED.middle[2]
    assert np.allclose(found[0, :2], points[0, :2])
    assert np.allclose(found[1:], points[1:])


def test_a_lifted_thigh_is_not_held_down() -> None:
    weights = np.zeros((3, len(BONES)), dtype=np.float32)
    weights[0, BONES.index("pelvis")] = 1.0
    weights[1, BONES.index("lumbar")] = 0.5
    weights[2, next(n for n, bone in enumerate(BONES) if "thigh" in bone)] = 1.0
    assert held_down(weights).tolist() == [0, 1]


def test_the_table_holds_tags_of_all_kinds_in_both_splits() -> None:
    worn = [scenario for scenario in SCENARIOS.values() if scenario.tag]
    for split in ("tuning", "test"):
        own = [scenario for scenario in worn if scenario.split == split]
        assert {scenario.tag for scenario in own} == {"left", "belly", "sacrum"}
        assert {scenario.fps for scenario in own} >= {15, 30, 60}
        assert {min(scenario.size_px) for scenario in own} >= {480, 720, 1080}
    assert all(scenario.arms != "overhead" for scenario in worn)
