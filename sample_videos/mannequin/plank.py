"""High planks that hold together: hands and toes stay where they are put, the body spans between.

Head towards ``+x``, palms and toes on ``z = 0``. The plank line is that of shoulder, hip and ankle
of the supporting leg: hips above it (pike) positive, below it (sag) negative.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from mannequin.body import SIDES, Body, outward
from mannequin.kinematics import Arm, Bend, Leg, Pose, Skeleton, add_trunk
from mannequin.limbs import line_deg, reach, two_bones
from mannequin.plank_legs import (
    FOOT_PITCH_DEG,
    KNEE_DEG,
    Between,
    Drive,
    ankle_over_toes,
    solve_leg,
)
from mannequin.vectors import Array, turn, turn_angles, turn_y, vec

__all__ = ["Drive", "Plank", "ankle_spot", "solve", "wrist_spot"]

#: A straight arm is never quite straight.
ELBOW_DEG = 5.0
#: Wrist centre above the floor, over the flesh of a flat hand.
WRIST_HEIGHT_M = 0.026
FOOT_Y_M = 0.105
#: Shoulders ahead of the mid-point between head and toes, so that the body lies over the mat.
SHOULDER_X_M = 0.50
HEAD_PITCH_DEG = 62.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Plank:
    """An instant in a plank in the words of the exercise.

    Attributes
    ----------
    plank_line_deg
        Asked of the supporting leg, or of both legs' mean.
    lumbar_deg
        Flexion of the loin; a sagging one is extended.
    knee_deg
        Flexion of the supporting knee.
    roll_deg
        Left hip higher.
    foot_pitch_deg
        Of the standing foot, 90 upright on the toes' tips; rocks the body to and fro.
    """

    left: Drive = field(default_factory=Drive)
    right: Drive = field(default_factory=Drive)
    plank_line_deg: float = 0.0
    lumbar_deg: float = 0.0
    knee_deg: float = KNEE_DEG
    roll_deg: float = 0.0
    foot_pitch_deg: float = FOOT_PITCH_DEG
    gaze: Bend = field(default_factory=Bend)
    breath: float = 0.0


def _ankle_x(body: Body) -> float:
    """Where the ankles are so that, in a straight plank, the arms are upright."""
    height = body.scale * WRIST_HEIGHT_M + reach(body.upper_arm_m, body.forearm_m, ELBOW_DEG)
    rise = height - float(ankle_over_toes(body, FOOT_PITCH_DEG)[2])
    trunk = float(
        body.lumbar_offset()[2] + body.thorax_offset()[2] + body.shoulder_offset("left")[2]
    )
    span = trunk + reach(body.thigh_m, body.shank_m, KNEE_DEG)
    return body.scale * SHOULDER_X_M - math.sqrt(span**2 - rise**2)


def wrist_spot(body: Body, side: str) -> Array:
    """Wrist centre over the hand on the floor, just outside the shoulder."""
    y = 1.04 * float(body.shoulder_offset(side)[1])
    return vec(body.scale * SHOULDER_X_M, y, body.scale * WRIST_HEIGHT_M)


def ankle_spot(body: Body, side: str, pitch_deg: float = FOOT_PITCH_DEG) -> Array:
    """Ankle centre over the toes on the floor."""
    ankle = ankle_over_toes(body, pitch_deg)
    return ankle + vec(_ankle_x(body), outward(side) * body.scale * FOOT_Y_M, 0.0)


def _trunk(body: Body, pose: Pose) -> Skeleton:
    skeleton = Skeleton({}, {}, pose.breath)
    add_trunk(body, pose, skeleton)
    return skeleton


def _shoulder(body: Body, trunk: Skeleton, side: str) -> Array:
    lift = body.at(0.0, 0.0, 0.004 * trunk.breath)
    return trunk.points["thorax"] + trunk.frames["thorax"] @ (body.shoulder_offset(side) + lift)


def _span(body: Body, plank: Plank, line: float) -> Pose:
    """Trunk placed between the hands and the feet with ``line`` (radians) at the hips."""
    bend = Bend(flexion_deg=0.6 * plank.lumbar_deg, left_turn_deg=-plank.roll_deg)
    pose = Pose(
        lumbar=bend, thorax=Bend(flexion_deg=0.4 * plank.lumbar_deg), breath=plank.breath,
        pelvic_obliquity_deg=plank.roll_deg,
    )  # fmt: skip
    upright = _trunk(
        body, replace(pose, pelvic_obliquity_deg=0.0, lumbar=replace(bend, left_turn_deg=0.0))
    )
    chest = (_shoulder(body, upright, "left") + _shoulder(body, upright, "right")) / 2
    a = math.hypot(chest[0], chest[2])
    ankle, wrist = ankle_spot(body, "left", plank.foot_pitch_deg), wrist_spot(body, "left")
    b = reach(body.thigh_m, body.shank_m, plank.knee_deg)
    arm = reach(body.upper_arm_m, body.forearm_m, ELBOW_DEG)
    long = math.sqrt(a * a + b * b + 2 * a * b * math.cos(line))
    # The shoulder is where the circles of the arm and of the body meet, on the upper side.
    across = wrist - ankle
    apart = math.hypot(across[0], across[2])
    cosine = (long * long + apart * apart - arm * arm) / (2 * long * apart)
    up = math.atan2(across[2], across[0]) + math.acos(max(-1.0, min(1.0, cosine)))
    to_hip = up + math.asin(a * math.sin(line) / long)
    hip = ankle + b * vec(math.cos(to_hip), 0.0, math.sin(to_hip))
    trunk = ankle + long * vec(math.cos(up), 0.0, math.sin(up)) - hip
    lean = math.atan2(trunk[0], trunk[2]) - math.atan2(chest[0], chest[2])
    return replace(
        pose, root_m=vec(float(hip[0]), 0.0, float(hip[2])), pelvic_tilt_deg=math.degrees(lean)
    )


def _placed(body: Body, plank: Plank) -> tuple[Pose, Skeleton]:
    """Trunk on which the line of the supporting leg is the asked one, even with a rolled pelvis."""
    weights = {"left": 1.001 - plank.left.level, "right": 1.001 - plank.right.level}
    aim = plank.plank_line_deg
    for _ in range(3):
        pose = _span(body, plank, math.radians(aim))
        trunk = _trunk(body, pose)
        found = 0.0
        for side, weight in weights.items():
            hip = pose.root_m + trunk.frames["pelvis"] @ body.hip_offset(side)
            ankle = ankle_spot(body, side, plank.foot_pitch_deg)
            line = line_deg(_shoulder(body, trunk, side), hip, ankle)
            found += weight * line / sum(weights.values())
        aim += plank.plank_line_deg - found
    return pose, trunk


def _leg(body: Body, side: str, drive: Drive, foot_pitch_deg: float, trunk: Skeleton) -> Leg:
    pelvis = trunk.frames["pelvis"]
    between = Between(
        trunk.points["mid_hip"] + pelvis @ body.hip_offset(side),
        pelvis,
        _shoulder(body, trunk, side),
        ankle_spot(body, side, foot_pitch_deg),
        foot_pitch_deg,
    )
    return solve_leg(body, side, drive, between)


def _solve_arm(body: Body, side: str, trunk: Skeleton) -> Arm:
    """Arm from the shoulder to the hand on the floor, the elbow's small bend to the outside."""
    out = outward(side)
    shoulder, wrist = _shoulder(body, trunk, side), wrist_spot(body, side)
    frame, elbow = two_bones(
        shoulder, wrist, (body.upper_arm_m, body.forearm_m), vec(0.0, out, 0.0)
    )
    # The elbow bends towards the frame's x, the joint points away from it: half a turn.
    frame = frame @ np.diag([-1.0, -1.0, 1.0])
    pitch, roll, yaw = turn_angles(trunk.frames["thorax"].T @ frame)
    forearm = frame @ turn_y(-elbow)
    # Palm flat: the hand's back faces up.
    back = forearm.T @ vec(0.0, 0.0, 1.0)
    flat = math.degrees(math.atan2(float(out * back[2]), float(out * back[1])))
    return Arm(
        shoulder_flexion_deg=-pitch,
        shoulder_abduction_deg=out * roll,
        shoulder_rotation_deg=out * yaw,
        elbow_flexion_deg=elbow,
        wrist_flexion_deg=-out * flat,
    )


def solve(body: Body, plank: Plank) -> Pose:
    """Pose in which hands and loaded toes are in their places and the plank line is as asked."""
    pose, trunk = _placed(body, plank)
    left, right = (
        _leg(body, side, drive, plank.foot_pitch_deg, trunk)
        for side, drive in zip(SIDES, (plank.left, plank.right), strict=True)
    )
    arms = [_solve_arm(body, side, trunk) for side in SIDES]
    gaze = turn(HEAD_PITCH_DEG, 0.0, 0.0)
    neck = turn_angles(trunk.frames["thorax"].T @ gaze)
    return replace(
        pose, left_leg=left, right_leg=right, left_arm=arms[0], right_arm=arms[1],
        neck=Bend(
            flexion_deg=neck[0] + plank.gaze.flexion_deg,
            right_deg=neck[1] + plank.gaze.right_deg,
            left_turn_deg=neck[2] + plank.gaze.left_turn_deg,
        ),
    )  # fmt: skip
