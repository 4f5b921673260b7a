"""Measures every body on its mesh: ``python -m people.measure`` rewrites ``bodies.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from people.makehuman import Array, base_mesh
from people.recipes import RECIPES
from people.shape import Shape, build

#: Thickness of a shoe under the foot and behind the heel.
SOLE_M = 0.018
UPPER_M = 0.006


def _length(joints: dict[str, Array], start: str, end: str) -> float:
    return float(np.linalg.norm(joints[f"left_{start}"] - joints[f"left_{end}"]))


def _hindmost(points: Array, low: float, high: float, half_width: float = 0.13) -> Array:
    """Hindmost of the points between two heights near the midline, brought to the midline."""
    band = points[
        (points[:, 2] > low) & (points[:, 2] < high) & (np.abs(points[:, 1]) < half_width)
    ]
    found = band[band[:, 0].argmin()]
    return np.array([found[0], 0.0, found[2]])


def _foremost(points: Array, low: float, high: float) -> Array:
    flipped = np.array([-1.0, 1.0, 1.0])
    found: Array = _hindmost(points * flipped, low, high) * flipped
    return found


def _trunk(shape: Shape, skin: Array) -> dict[str, Any]:
    joints = shape.joints
    root = (joints["left_hip"] + joints["right_hip"]) / 2
    lumbar, thorax, neck = joints["lumbar"], joints["thorax"], joints["neck"]
    shoulder = joints["left_shoulder"]
    armpit = shoulder[2] - 0.016 * np.ptp(skin[:, 2])
    head = skin[skin[:, 2] > joints["mouth"][2]]
    middle = (head.min(axis=0) + head.max(axis=0)) / 2 * np.array([1.0, 0.0, 1.0])
    hollow = skin[
        (np.abs(skin[:, 1]) < 0.03) & (skin[:, 0] < lumbar[0]) & (skin[:, 2] > lumbar[2] - 0.02)
    ]
    hollow = hollow[hollow[:, 2] < thorax[2] + 0.02]
    loin = hollow[hollow[:, 0].argmax()] * np.array([1.0, 0.0, 1.0])
    return {
        "left_hip_m": joints["left_hip"] - root,
        "lumbar_m": lumbar - root,
        "thorax_m": thorax - lumbar,
        "left_shoulder_m": shoulder - thorax,
        "left_clavicle_m": joints["left_sternoclavicular"] - thorax,
        "neck_m": neck - thorax,
        "head_m": middle - neck,
        "buttock_m": _hindmost(skin, root[2] - 0.10, root[2] + 0.10) - root,
        "loin_m": loin - lumbar,
        "back_m": _hindmost(skin, thorax[2], armpit) - thorax,
        "occiput_m": _hindmost(head, 0.0, 9.0) - middle,
        "chest_m": _foremost(skin, thorax[2], armpit) - thorax,
        "belly_m": _foremost(skin, root[2], thorax[2]) - root,
    }


def _foot(shape: Shape, skin: Array) -> dict[str, Any]:
    ankle, ball = shape.joints["left_ankle"], shape.joints["left_ball"]
    ahead = (ball - ankle) * np.array([1.0, 1.0, 0.0])
    ahead /= np.linalg.norm(ahead)
    foot = skin[(skin[:, 1] > 0) & (skin[:, 2] < ankle[2])] - ankle
    along = foot @ ahead
    heel, toe, down = float(along.min()), float(along.max()), float(foot[:, 2].min())
    return {
        "ankle_height_m": SOLE_M - down,
        "heel_m": (heel + 0.02, 0.0, down + 0.02),
        "toe_m": (toe - 0.015, 0.0, down + 0.02),
        "heel_behind_m": UPPER_M - heel,
        "sole_m": SOLE_M,
    }


def _depth(skin: Array, centre: Array, way: Array, reach: float = 0.03) -> float:
    """Distance from a joint centre to the farthest skin along ``way``, within ``reach`` of it."""
    off = skin - centre
    along = off @ way
    across = np.linalg.norm(off - along[:, None] * way, axis=1)
    return float(along[(across < reach) & (along < 0.12)].max())


def _arm(shape: Shape, skin: Array) -> dict[str, Any]:
    joints = {name.removeprefix("left_"): at for name, at in shape.joints.items()}
    fingers = joints["middle"] - joints["wrist"]
    fingers /= np.linalg.norm(fingers)
    thumbwards = joints["index1"] - joints["pinky1"]
    back = np.cross(thumbwards, fingers)
    back /= np.linalg.norm(back)
    upper = joints["shoulder"] - joints["elbow"]
    fore = joints["wrist"] - joints["elbow"]
    hinge = fore - upper * (fore @ upper) / (upper @ upper)
    hinge /= np.linalg.norm(hinge)
    knuckle = float(np.linalg.norm(joints["middle"] - joints["wrist"]))
    return {
        "elbow_behind_m": _depth(skin, joints["elbow"], -hinge),
        "wrist_behind_m": _depth(skin, joints["wrist"], back),
        "wrist_palm_m": _depth(skin, joints["wrist"], -back),
        "grip_m": (0.0, -0.030, -0.95 * knuckle),
        "hand_m": float(np.linalg.norm(joints["middle_tip"] - joints["wrist"])) + 0.01,
    }


def proportions(shape: Shape, stature_m: float) -> dict[str, Any]:
    """Every measure of `people.body.Body` but the name, rounded to 0.1 mm."""
    skin = shape.vertices[base_mesh().groups["body"]]
    joints = shape.joints
    knee = joints["left_knee"]
    found: dict[str, Any] = {
        "stature_m": stature_m,
        "thigh_m": _length(joints, "hip", "knee"),
        "shank_m": _length(joints, "knee", "ankle"),
        "upper_arm_m": _length(joints, "shoulder", "elbow"),
        "forearm_m": _length(joints, "elbow", "wrist"),
        "knee_front_m": _depth(skin, knee, np.array([1.0, 0.0, 0.0]), 0.04),
        **_trunk(shape, skin),
        **_foot(shape, skin),
        **_arm(shape, skin),
    }
    return {
        name: np.round(np.asarray(value, dtype=np.float64) + 0.0, 4).tolist()
        for name, value in found.items()
    }


def main() -> None:
    """Measure every body and write the measures beside this module."""
    rows = {name: proportions(build(r), r.stature_m) for name, r in RECIPES.items()}
    path = Path(__file__).with_name("bodies.json")
    lines = ",\n".join(f'"{name}": {json.dumps(row)}' for name, row in rows.items())
    path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
