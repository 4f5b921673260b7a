"""The truth is what formcheck's definitions say, computed here from the joints once more."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from tests.people.acted import SCRIPTS, acted

from people.kinematics import Skeleton
from people.measures import measures

Plane = dict[str, tuple[float, float]]


def _angle(sine: float, cosine: float) -> float:
    return math.degrees(math.atan2(sine, cosine))


def _between(one: np.ndarray, other: np.ndarray) -> float:
    """Return the turn from one direction to another, counter-clockwise positive."""
    return _angle(float(one[0] * other[1] - one[1] * other[0]), float(one @ other))


def _flat(skeleton: Skeleton, *names: str) -> list[np.ndarray]:
    """Return points as a camera sees them that looks along the person's left, ``x`` right."""
    return [skeleton.points[name][[0, 2]] for name in names]


def _hip_flexion(skeleton: Skeleton) -> float:
    shoulder, hip, knee = _flat(skeleton, "left_shoulder", "left_hip", "left_knee")
    return _between(-(shoulder - hip), knee - hip)


def _thigh_elevation(skeleton: Skeleton) -> float:
    hip, knee = _flat(skeleton, "left_hip", "left_knee")
    return _between(np.array([0.0, -1.0]), knee - hip)


def _knee_flexion(skeleton: Skeleton) -> float:
    hip, knee, ankle = (skeleton.points[f"left_{joint}"] for joint in ("hip", "knee", "ankle"))
    one, other = hip - knee, ankle - knee
    cosine = one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
    return 180.0 - math.degrees(math.acos(cosine))


def _torso_lean(skeleton: Skeleton) -> float:
    left, right, hip = _flat(skeleton, "left_shoulder", "right_shoulder", "mid_hip")
    line = (left + right) / 2 - hip
    return _angle(line[0], line[1])


def _plank_line(skeleton: Skeleton) -> float:
    shoulder, hip, ankle = _flat(skeleton, "left_shoulder", "left_hip", "left_ankle")
    return _between(-(shoulder - hip), ankle - hip)


def _leg_elevation(skeleton: Skeleton) -> float:
    hip, ankle = _flat(skeleton, "left_hip", "left_ankle")
    return _angle(ankle[1] - hip[1], ankle[0] - hip[0])


def _obliquity(skeleton: Skeleton) -> float:
    line = skeleton.points["left_hip"] - skeleton.points["right_hip"]
    return math.degrees(math.asin(line[2] / np.linalg.norm(line)))


FORMULAS: dict[str, Callable[[Skeleton], float]] = {
    "hip_flexion_left_deg": _hip_flexion,
    "thigh_elevation_left_deg": _thigh_elevation,
    "knee_flexion_left_deg": _knee_flexion,
    "torso_lean_deg": _torso_lean,
    "pelvic_obliquity_deg": _obliquity,
    "plank_line_left_deg": _plank_line,
    "leg_elevation_left_deg": _leg_elevation,
}


@pytest.mark.parametrize("exercise", SCRIPTS)
def test_measures_are_those_of_the_definitions(exercise: str) -> None:
    acting, shown = acted(exercise, "gerda")
    compared = 0
    for _, pose, skeleton in shown:
        if pose.heading_deg:
            continue
        found = measures(acting.body, pose, skeleton, acting.manner.support)
        for name, formula in FORMULAS.items():
            if name in found:
                off = (found[name] - formula(skeleton) + 180.0) % 360.0 - 180.0
                assert off == pytest.approx(0.0, abs=1e-6), name
                compared += 1
    assert compared > 100
