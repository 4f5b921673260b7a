"""The true measures of a posed skeleton, as formcheck defines them (degrees; centimetres lying).

Sagittal angles are taken in the plane of the person's heading and up. Leaning forward, flexion, a
lean to the person's right, anterior tilt and a higher left hip are positive.
"""

from __future__ import annotations

import math

from people.body import SIDES, Body
from people.contacts import hollow_m
from people.kinematics import Pose, Skeleton
from people.vectors import Array, turn_angles, turn_z

JOINTS = tuple(
    f"{side}_{joint}"
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
    for side in SIDES
)


def _angle(sine: float, cosine: float) -> float:
    return math.degrees(math.atan2(sine, cosine))


def _elevation(line: Array) -> float:
    """Angle of a line from straight down, forward positive."""
    return _angle(float(line[0]), -float(line[2]))


def _wrapped(deg: float) -> float:
    """Return the same direction within 180 degrees either way."""
    return (deg + 180.0) % 360.0 - 180.0


def line_deg(shoulder: Array, hip: Array, end: Array) -> float:
    """Angle by which ``end`` leaves the line from shoulder through hip, to the front positive.

    With the knee it is hip flexion, with the ankle the plank line; seen across ``x`` and ``z``.
    """
    trunk = shoulder - hip
    return _wrapped(_elevation(end - hip) + _angle(float(trunk[0]), float(trunk[2])))


def hip_flexion_deg(skeleton: Skeleton, side: str) -> float:
    """Thigh against the line from hip to shoulder of its side, of somebody who faces ``x``."""
    points = skeleton.points
    return line_deg(*(points[f"{side}_{joint}"] for joint in ("shoulder", "hip", "knee")))


def angles(pose: Pose, skeleton: Skeleton) -> dict[str, float]:
    """Angles that every posture has, by column."""
    level = turn_z(pose.heading_deg).T
    at = {name: level @ point for name, point in skeleton.points.items()}
    found: dict[str, float] = {}
    pelvis = level @ skeleton.frames["pelvis"]
    for side in SIDES:
        hip, knee, shoulder = (at[f"{side}_{name}"] for name in ("hip", "knee", "shoulder"))
        found[f"hip_flexion_{side}_deg"] = line_deg(shoulder, hip, knee)
        found[f"hip_flexion_pelvis_{side}_deg"] = _elevation(pelvis.T @ (knee - hip))
        found[f"thigh_elevation_{side}_deg"] = _elevation(knee - hip)
        found[f"knee_flexion_{side}_deg"] = pose.leg(side).knee_flexion_deg
        found[f"plank_line_{side}_deg"] = line_deg(shoulder, hip, at[f"{side}_ankle"])
        leg = at[f"{side}_ankle"] - hip
        found[f"leg_elevation_{side}_deg"] = _angle(float(leg[2]), float(leg[0]))
    found["hip_flexion_both_deg"] = sum(found[f"hip_flexion_{side}_deg"] for side in SIDES) / 2
    line = (at["left_shoulder"] + at["right_shoulder"]) / 2 - at["mid_hip"]
    found["torso_lean_deg"] = _angle(float(line[0]), float(line[2]))
    found["trunk_floor_deg"] = _wrapped(_angle(-float(line[2]), -float(line[0])))
    found["lateral_lean_deg"] = _angle(-float(line[1]), float(line[2]))
    hips = at["left_hip"] - at["right_hip"]
    found["pelvic_obliquity_deg"] = _angle(float(hips[2]), math.hypot(hips[0], hips[1]))
    found["pelvic_rotation_deg"] = _angle(-float(hips[0]), float(hips[1]))
    found["pelvic_tilt_sagittal_deg"] = turn_angles(pelvis)[0]
    found["lumbar_flexion_deg"] = pose.lumbar.flexion_deg + pose.thorax.flexion_deg
    hang = at["mid_hip"] - (at["left_wrist"] + at["right_wrist"]) / 2
    found["swing_deg"] = _elevation(hang)
    return found


def lying_cm(body: Body, skeleton: Skeleton) -> dict[str, float]:
    """Light under the loin, and height of the middle of the hips, of somebody on the back."""
    return {
        "loin_lift_cm": 100.0 * hollow_m(body, skeleton),
        "hip_rise_cm": 100.0 * float(skeleton.points["mid_hip"][2]),
    }


#: Columns that belong to one posture alone.
_OWN = {
    "leg_elevation_": "back", "trunk_floor_": "back", "plank_line_": "hands", "swing_": "bar",
    "hip_flexion_both": "bar",
}  # fmt: skip


def measures(body: Body, pose: Pose, skeleton: Skeleton, support: str) -> dict[str, float]:
    """Every true measure of one instant that means something in this posture."""
    found = {
        name: value
        for name, value in angles(pose, skeleton).items()
        if next((own for start, own in _OWN.items() if name.startswith(start)), support) == support
    }
    return found | (lying_cm(body, skeleton) if support == "back" else {})
