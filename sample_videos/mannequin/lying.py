"""Poses of a person lying on the back: buttocks and upper back on the floor, the loin as asked.

The person lies along world ``x``, head towards ``-x``; the floor is ``z = 0``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from mannequin.body import SIDES, Body
from mannequin.camera import Camera
from mannequin.kinematics import Bend, Pose
from mannequin.lying_arms import ArmPlace, lay_arm
from mannequin.lying_legs import Ground, LegJob, lay_leg
from mannequin.lying_trunk import arched, bones, rolled_up

#: The camera near the floor, the whole person across the picture; as at home, not quite square.
FLOOR_LEFT = Camera(yaw_deg=82.0, distance_m=2.75, height_m=0.45, aim_m=(-0.08, 0.0, 0.36))
FLOOR_RIGHT = Camera(yaw_deg=-82.0, distance_m=2.75, height_m=0.45, aim_m=(-0.08, 0.0, 0.36))


@dataclass(frozen=True, kw_only=True, slots=True)
class Lying:
    """An instant on the back, in the words of the exercises.

    Attributes
    ----------
    left, right
        What the legs do.
    loin_lift_cm
        How far the loin rises beyond its pressed-down place, buttocks and upper back staying down.
    pelvis_lift_cm
        How far the middle of the hips rises as the pelvis rolls up off the floor.
    roll_deg
        Pelvis turned about the body's length, left side up; a few degrees at most.
    arms
        ``flank``: along the body on the floor; ``overhead``: on the floor beyond the head;
        ``chest``: crossed over it.
    arm_drift_deg
        Small restlessness of the left and the right arm.
    gaze
        Head turned from looking straight up.
    breath
        0 breathed out, 1 breathed in.
    """

    left: LegJob = field(default_factory=LegJob)
    right: LegJob = field(default_factory=LegJob)
    loin_lift_cm: float = 0.0
    pelvis_lift_cm: float = 0.0
    roll_deg: float = 0.0
    arms: ArmPlace = "overhead"
    arm_drift_deg: tuple[float, float] = (0.0, 0.0)
    gaze: Bend = field(default_factory=Bend)
    breath: float = 0.0


def solve(body: Body, lying: Lying) -> Pose:
    """Pose in which back, head, resting feet and resting arms lie on the floor.

    The loin and the pelvis are lifted as asked, and a lifted leg has the angle it aims at.
    """
    pose = replace(arched(body, lying.loin_lift_cm, lying.roll_deg), breath=lying.breath)
    pose = rolled_up(body, pose, lying.pelvis_lift_cm)
    trunk = bones(body, pose)
    pelvis, thorax = trunk.frames["pelvis"], trunk.frames["thorax"]
    legs = []
    for side, job in zip(SIDES, (lying.left, lying.right), strict=True):
        hip = pose.root_m + pelvis @ body.hip_offset(side)
        line = trunk.points["thorax"] + thorax @ body.shoulder_offset(side) - hip
        pitch = math.degrees(math.atan2(line[2], -line[0]))
        legs.append(lay_leg(body, side, job, Ground(hip, pelvis, pitch)))
    neck, gaze = pose.neck, lying.gaze
    arms = [
        lay_arm(body, side, lying.arms, trunk, drift)
        for side, drift in zip(SIDES, lying.arm_drift_deg, strict=True)
    ]
    return replace(
        pose,
        left_leg=legs[0],
        right_leg=legs[1],
        left_arm=arms[0],
        right_arm=arms[1],
        neck=replace(gaze, flexion_deg=neck.flexion_deg + gaze.flexion_deg),
    )
