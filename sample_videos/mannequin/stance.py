"""Standing poses that hold together: the feet stay where they are put, the root follows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from mannequin.body import SIDES, Body, outward
from mannequin.kinematics import Arm, Bend, Leg, Pose, Skeleton, add_trunk, pelvis_frame
from mannequin.vectors import Array, cross, turn, turn_angles, turn_x, turn_y, turn_z, unit, vec

TOE_OUT_DEG = 6.0
LUMBAR_SHARE = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class LegAim:
    """What one leg is to do.

    Attributes
    ----------
    spot_m
        Where the ankle is while the foot carries weight or steps.
    elevation_deg
        Thigh from straight down, forward positive; above about 12 the leg hangs from the hip.
    raised_knee_deg
        Knee flexion of the raised leg.
    standing_knee_deg
        Knee flexion while this leg carries the body.
    abduction_deg
        Of the raised thigh, away from the midline.
    foot_pitch_deg
        Toes down, of a stepping foot.
    """

    spot_m: Array
    elevation_deg: float = 0.0
    raised_knee_deg: float = 0.0
    standing_knee_deg: float = 5.0
    abduction_deg: float = 1.5
    foot_pitch_deg: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Stance:
    """A standing instant in the words of the exercise: where the hips are and how the trunk leans.

    ``trunk_lean_deg`` and ``lateral_lean_deg`` are those of the line from mid-hip to mid-shoulder
    against the vertical: forward, and to the person's right, positive. The hips never rise above
    ``hip_ceiling_m``, whatever the legs allow.
    """

    left: LegAim
    right: LegAim
    hip_x_m: float = 0.0
    hip_y_m: float = 0.0
    hip_ceiling_m: float = math.inf
    pelvic_tilt_deg: float = 0.0
    pelvic_obliquity_deg: float = 0.0
    pelvic_rotation_deg: float = 0.0
    trunk_lean_deg: float = 0.0
    lateral_lean_deg: float = 0.0
    gaze: Bend = field(default_factory=Bend)
    left_arm: Arm = field(default_factory=Arm)
    right_arm: Arm = field(default_factory=Arm)
    breath: float = 0.0


def lifted(elevation_deg: float) -> float:
    """0 while the foot is on the floor, 1 once the leg hangs free; smooth over 1 to 14 degrees."""
    share = min(1.0, max(0.0, (elevation_deg - 1.0) / 13.0))
    return share**3 * (10.0 - 15.0 * share + 6.0 * share**2)


def _reach(body: Body, knee_deg: float) -> float:
    a, b = body.thigh_m, body.shank_m
    return math.sqrt(a * a + b * b + 2 * a * b * math.cos(math.radians(knee_deg)))


def _root_height(body: Body, stance: Stance, pelvis: Array) -> float:
    """Height at which neither loaded leg is longer than its knee allows (soft minimum, 2 mm)."""
    heights = [stance.hip_ceiling_m]
    for side, aim in zip(SIDES, (stance.left, stance.right), strict=True):
        offset = pelvis @ body.hip_offset(side)
        flat = vec(stance.hip_x_m, stance.hip_y_m, 0.0) + offset - aim.spot_m
        rise = math.sqrt(_reach(body, aim.standing_knee_deg) ** 2 - flat[0] ** 2 - flat[1] ** 2)
        free = 0.5 * lifted(aim.elevation_deg)
        heights.append(float(aim.spot_m[2]) + rise - float(offset[2]) + free)
    low = min(heights)
    return low - 0.002 * math.log(sum(math.exp((low - h) / 0.002) for h in heights))


def _bent_leg(body: Body, hip: Array, ankle: Array, ahead: Array) -> tuple[Array, float]:
    """Thigh frame and knee flexion that bring the ankle to its place, knee pointing ``ahead``."""
    line = ankle - hip
    a, b = body.thigh_m, body.shank_m
    length = min(float(np.linalg.norm(line)), 0.99995 * (a + b))
    down = unit(line)
    front = unit(ahead - down * float(ahead @ down))
    along = (a * a - b * b + length * length) / (2 * length)
    knee = down * along + front * math.sqrt(max(0.0, a * a - along * along))
    up = -unit(knee)
    left = unit(cross(-down, front))
    thigh = np.stack([cross(left, up), left, up], axis=1)
    cosine = (length * length - a * a - b * b) / (2 * a * b)
    return thigh, math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def _solve_leg(body: Body, side: str, aim: LegAim, hip: Array, pelvis: Array) -> Leg:
    """Joint angles of a leg, blending from its spot on the floor to hanging from the hip."""
    out, free = outward(side), lifted(aim.elevation_deg)
    hanging = turn_y(-aim.elevation_deg) @ turn_x(out * aim.abduction_deg)
    shank = hanging @ turn_y(aim.raised_knee_deg)
    swung = hip - body.thigh_m * hanging[:, 2] - body.shank_m * shank[:, 2]
    ankle = aim.spot_m + free * (swung - aim.spot_m)
    toes = turn_z(out * TOE_OUT_DEG)
    ahead = unit((1.0 - free) * toes[:, 0] + free * hanging[:, 0])
    thigh, knee_deg = _bent_leg(body, hip, ankle, ahead)
    pitch, roll, yaw = turn_angles(pelvis.T @ thigh)
    height = max(0.0, float(ankle[2]) - body.ankle_height_m)
    # A lifted foot droops, but never so early that its toes would pass through the floor.
    droop = aim.foot_pitch_deg + free * 14.0 * (1.0 - math.exp(-height / 0.08))
    foot = turn_z(out * TOE_OUT_DEG * (1.0 - 0.5 * free)) @ turn_y(droop)
    bend = turn_angles((thigh @ turn_y(knee_deg)).T @ foot)
    return Leg(
        hip_flexion_deg=-pitch,
        hip_abduction_deg=out * roll,
        hip_rotation_deg=out * yaw,
        knee_flexion_deg=knee_deg,
        ankle_dorsiflexion_deg=-bend[0],
        ankle_eversion_deg=out * bend[1],
        ankle_rotation_deg=out * bend[2],
    )


def _trunk_lean(body: Body, pose: Pose) -> tuple[float, float]:
    """Forward and rightward lean (degrees) of the line mid-hip to mid-shoulder."""
    skeleton = Skeleton({}, {})
    add_trunk(body, pose, skeleton)
    middle = (body.shoulder_offset("left") + body.shoulder_offset("right")) / 2
    line = skeleton.points["thorax"] + skeleton.frames["thorax"] @ middle - pose.root_m
    return (
        math.degrees(math.atan2(line[0], line[2])),
        math.degrees(math.atan2(-line[1], line[2])),
    )


def _bend_trunk(body: Body, pose: Pose, lean_deg: float, right_deg: float) -> Pose:
    """Share the bend between lumbar spine and thorax so that the trunk line leans as named."""
    flexion = lean_deg - pose.pelvic_tilt_deg
    right = right_deg - pose.pelvic_obliquity_deg
    for _ in range(4):
        pose = replace(
            pose,
            lumbar=Bend(
                flexion_deg=LUMBAR_SHARE * flexion,
                right_deg=LUMBAR_SHARE * right,
                left_turn_deg=-0.5 * pose.pelvic_rotation_deg,
            ),
            thorax=Bend(
                flexion_deg=(1 - LUMBAR_SHARE) * flexion,
                right_deg=(1 - LUMBAR_SHARE) * right,
                left_turn_deg=-0.5 * pose.pelvic_rotation_deg,
            ),
        )
        now = _trunk_lean(body, pose)
        flexion += 1.4 * (lean_deg - now[0])
        right += 1.4 * (right_deg - now[1])
    return pose


def _hang(arm: Arm, thorax_pitch: float, thorax_right: float, side: str) -> Arm:
    """Arms hang by gravity: most of the trunk's lean is undone at the shoulder."""
    return replace(
        arm,
        shoulder_flexion_deg=arm.shoulder_flexion_deg + 0.8 * thorax_pitch,
        shoulder_abduction_deg=max(
            4.0, arm.shoulder_abduction_deg - 0.6 * outward(side) * thorax_right
        ),
    )


def solve(body: Body, stance: Stance) -> Pose:
    """Pose in which the loaded feet are exactly on their spots and the trunk leans as asked."""
    pose = Pose(
        pelvic_tilt_deg=stance.pelvic_tilt_deg,
        pelvic_obliquity_deg=stance.pelvic_obliquity_deg,
        pelvic_rotation_deg=stance.pelvic_rotation_deg,
        breath=stance.breath,
    )
    pelvis = pelvis_frame(pose)
    root = vec(stance.hip_x_m, stance.hip_y_m, _root_height(body, stance, pelvis))
    left, right = (
        _solve_leg(body, side, aim, root + pelvis @ body.hip_offset(side), pelvis)
        for side, aim in zip(SIDES, (stance.left, stance.right), strict=True)
    )
    pose = replace(pose, root_m=root, left_leg=left, right_leg=right)
    pose = _bend_trunk(body, pose, stance.trunk_lean_deg, stance.lateral_lean_deg)
    skeleton = Skeleton({}, {})
    add_trunk(body, pose, skeleton)
    thorax = skeleton.frames["thorax"]
    pitch, roll, _ = turn_angles(thorax)
    gaze = stance.gaze
    level = turn_angles(thorax.T @ turn(0.2 * pitch, 0.3 * roll, 0.0))
    return replace(
        pose,
        neck=Bend(
            flexion_deg=level[0] + gaze.flexion_deg,
            right_deg=level[1] + gaze.right_deg,
            left_turn_deg=level[2] + gaze.left_turn_deg,
        ),
        left_arm=_hang(stance.left_arm, pitch, roll, "left"),
        right_arm=_hang(stance.right_arm, pitch, roll, "right"),
    )
