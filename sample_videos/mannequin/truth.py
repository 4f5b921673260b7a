"""The true angles of a posed skeleton, in the definitions by which formcheck measures them.

Sagittal angles are taken in the plane of the person's heading and up. Leaning forward, flexion, a
lean to the person's right, anterior tilt and a higher left hip are positive.
"""

from __future__ import annotations

import math

from mannequin.body import SIDES
from mannequin.kinematics import Pose, Skeleton
from mannequin.vectors import Array, turn_angles, turn_z

JOINTS = tuple(
    f"{side}_{joint}"
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
    for side in SIDES
)
COLUMNS = (
    "hip_flexion_left_deg", "hip_flexion_right_deg",
    "hip_flexion_pelvis_left_deg", "hip_flexion_pelvis_right_deg",
    "thigh_elevation_left_deg", "thigh_elevation_right_deg",
    "knee_flexion_left_deg", "knee_flexion_right_deg",
    "torso_lean_deg", "lateral_lean_deg",
    "pelvic_tilt_sagittal_deg", "pelvic_obliquity_deg", "pelvic_rotation_deg",
    "lumbar_flexion_deg",
)  # fmt: skip


def _angle(sine: float, cosine: float) -> float:
    return math.degrees(math.atan2(sine, cosine))


def _elevation(line: Array) -> float:
    """Angle of a line from straight down, forward positive."""
    return _angle(float(line[0]), -float(line[2]))


def _wrapped(deg: float) -> float:
    """Return the same direction within 180 degrees either way."""
    return (deg + 180.0) % 360.0 - 180.0


def angles(pose: Pose, skeleton: Skeleton) -> dict[str, float]:
    """Every column of `COLUMNS` for one instant, in degrees."""
    level = turn_z(pose.heading_deg).T
    at = {name: level @ point for name, point in skeleton.points.items()}
    found: dict[str, float] = {}
    for side in SIDES:
        thigh = at[f"{side}_knee"] - at[f"{side}_hip"]
        trunk = at[f"{side}_shoulder"] - at[f"{side}_hip"]
        lean = _angle(float(trunk[0]), float(trunk[2]))
        own = skeleton.frames["pelvis"].T @ (
            skeleton.points[f"{side}_knee"] - skeleton.points[f"{side}_hip"]
        )
        found[f"thigh_elevation_{side}_deg"] = _elevation(thigh)
        found[f"hip_flexion_{side}_deg"] = _wrapped(_elevation(thigh) + lean)
        found[f"hip_flexion_pelvis_{side}_deg"] = _elevation(own)
        found[f"knee_flexion_{side}_deg"] = pose.leg(side).knee_flexion_deg
    line = (at["left_shoulder"] + at["right_shoulder"]) / 2 - at["mid_hip"]
    found["torso_lean_deg"] = _angle(float(line[0]), float(line[2]))
    found["lateral_lean_deg"] = _angle(-float(line[1]), float(line[2]))
    hips = at["left_hip"] - at["right_hip"]
    found["pelvic_obliquity_deg"] = _angle(float(hips[2]), math.hypot(hips[0], hips[1]))
    found["pelvic_rotation_deg"] = _angle(-float(hips[0]), float(hips[1]))
    found["pelvic_tilt_sagittal_deg"] = turn_angles(level @ skeleton.frames["pelvis"])[0]
    found["lumbar_flexion_deg"] = pose.lumbar.flexion_deg + pose.thorax.flexion_deg
    return {name: found[name] for name in COLUMNS}
