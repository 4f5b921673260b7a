"""Somebody who sits down: thighs level, feet in place, and nothing to count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mannequin.catalogue import SCENARIOS
from mannequin.clip import frames, truth
from mannequin.room import look
from mannequin.sitting import HIP_ABOVE_SEAT_M, SittingSet
from mannequin.truth import angles

NAMES = ("standing-side-sitting", "standing-front-sitting", "high-knee-runs-sitting")


@pytest.mark.parametrize("name", NAMES)
def test_both_thighs_are_level_and_the_feet_stay(name: str) -> None:
    scenario = replace(SCENARIOS[name], fps=5)
    assert scenario.seat_m is not None
    sitting, places = 0, []
    for _, pose, skeleton in frames(scenario):
        found, points = angles(pose, skeleton), skeleton.points
        places.append(np.concatenate([points["left_ankle"], points["right_toe"]]))
        seat_m = points["mid_hip"][2] - HIP_ABOVE_SEAT_M * scenario.body.scale
        assert seat_m > scenario.seat_m - 0.005
        if seat_m < scenario.seat_m + 0.01:
            sitting += 1
            assert min(found[f"thigh_elevation_{side}_deg"] for side in ("left", "right")) > 75
    assert sitting >= 10
    assert np.ptp(np.array(places), axis=0).max() < 0.005


def test_sitting_is_no_repetition() -> None:
    scenario = replace(SCENARIOS[NAMES[0]], fps=5)
    found = truth(scenario)
    assert max(found["frames"]["thigh_elevation_left_deg"]) > 80
    assert found["reps"] == []


def test_without_a_stool_nobody_sits() -> None:
    with pytest.raises(ValueError, match="seat_m"):
        SittingSet(replace(SCENARIOS[NAMES[0]], seat_m=None))


def test_the_stool_is_in_the_picture() -> None:
    scenario = SCENARIOS[NAMES[0]]
    size = (160, 120)
    rooms = [look(scenario.camera, size, None, seat_m).picture for seat_m in (None, 0.45)]
    changed = np.abs(rooms[0] - rooms[1]).max(axis=2) > 0.05
    assert 40 < changed.sum() < 0.05 * changed.size
