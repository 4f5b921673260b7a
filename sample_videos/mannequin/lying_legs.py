"""The legs of a person on the back: feet flat, legs straight on their heels, or lifted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mannequin.body import SIDES, Body, outward
from mannequin.kinematics import Leg, Pose, forward
from mannequin.lying_trunk import SUPINE_DEG, find_root, trunks
from mannequin.underside import limb_lowest_m
from mannequin.vectors import Array, turn_angles, turn_y, turn_z, vec

Rest = Literal["bent", "straight"]

TOE_OUT_DEG = 6.0
REST_KNEE_DEG = {"bent": 92.0, "straight": 4.0}
HALF_WIDTH_M = {"bent": 0.095, "straight": 0.105}
#: Ankle dorsiflexion of a foot that carries nothing.
LOOSE_DEG = {"bent": -12.0, "straight": -20.0}
#: A straight leg falls outwards a little.
TURN_OUT_DEG = {"bent": 0.0, "straight": 8.0}


@dataclass(frozen=True, kw_only=True, slots=True)
class LegJob:
    """What one leg does.

    Attributes
    ----------
    rest
        On the floor: ``bent`` with the foot flat, or ``straight`` on the heel.
    level
        0 on the floor, 1 where the aim says.
    aim
        Whether ``aim_deg`` is the hip's flexion against the trunk line, or how far the line from
        hip to ankle rises above where it lies with the back pressed down.
    aim_deg, knee_deg
        Of the lifted leg.
    """

    rest: Rest = "bent"
    level: float = 0.0
    aim: Literal["hip_flexion", "leg_elevation"] = "hip_flexion"
    aim_deg: float = 90.0
    knee_deg: float = 90.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What a leg starts from: hip, pelvis frame, and pitch of the trunk line, shoulders up."""

    hip_m: Array
    pelvis: Array
    trunk_deg: float = 0.0


def _deg(sine: float, cosine: float) -> float:
    return math.degrees(math.atan2(sine, cosine))


def above_line_deg(body: Body, knee_deg: float) -> float:
    """Angle by which the thigh of a bent leg stands above the line from hip to ankle."""
    knee = math.radians(knee_deg)
    return _deg(body.shank_m * math.sin(knee), body.thigh_m + body.shank_m * math.cos(knee))


def _reach(body: Body, knee_deg: float) -> float:
    a, b = body.thigh_m, body.shank_m
    return math.sqrt(a * a + b * b + 2 * a * b * math.cos(math.radians(knee_deg)))


def _flat(body: Body, rest: Rest, ankle_m: float) -> float:
    """Distance along the floor from hip to ankle, the back pressed down."""
    drop = float(trunks(body).root_m[0]) - ankle_m
    return math.sqrt(_reach(body, REST_KNEE_DEG[rest]) ** 2 - drop**2)


def _rest_line_deg(body: Body, rest: Rest, ankle_m: float) -> float:
    """Elevation of the line from hip to ankle on the floor, the back pressed down; below 0."""
    drop = float(trunks(body).root_m[0]) - ankle_m
    return -math.degrees(math.asin(drop / _reach(body, REST_KNEE_DEG[rest])))


def _on_floor(body: Body, side: str, rest: Rest, hip: Array, ankle_m: float) -> tuple[float, ...]:
    """Thigh elevation, knee flexion and outward angle (degrees) of a leg resting on the floor.

    A flat foot stays on its spot whatever the hips do; a straight leg keeps its knee and slides.
    """
    along = _flat(body, rest, ankle_m)
    aside = outward(side) * body.scale * HALF_WIDTH_M[rest] - float(hip[1])
    out_deg = outward(side) * _deg(aside, along - float(hip[0]))
    drop = float(hip[2]) - ankle_m
    knee = REST_KNEE_DEG[rest]
    length = _reach(body, knee)
    if rest == "bent":
        a, b = body.thigh_m, body.shank_m
        length = min(math.hypot(math.hypot(along - float(hip[0]), aside), drop), 0.9999 * (a + b))
        cosine = (length * length - a * a - b * b) / (2 * a * b)
        knee = math.degrees(math.acos(cosine))
    line = -math.degrees(math.asin(drop / length))
    return line + above_line_deg(body, knee), knee, out_deg


def _smooth(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3.0 - 2.0 * share)


def _foot_deg(rest: Rest, shank: Array, side: str, raised_deg: float) -> Array:
    """Bend the ankle: flat on the floor, letting go while the leg rises by its first 15 degrees."""
    loose = vec(-LOOSE_DEG[rest], 0.0, 0.0)
    if rest == "straight":
        return loose
    level = turn_z(outward(side) * TOE_OUT_DEG)
    planted = vec(*turn_angles(shank.T @ level))
    free = _smooth(raised_deg / 15.0)
    mixed: Array = (1.0 - free) * planted + free * loose
    return mixed


def _ankle_m(body: Body, rest: Rest) -> float:
    return body.ankle_height_m if rest == "bent" else _heel_rest_m(body)


def lay_leg(body: Body, side: str, job: LegJob, ground: Ground) -> Leg:
    """Joint angles of a leg that rests on the floor or is lifted off it."""
    return _posed(body, side, job, ground, _ankle_m(body, job.rest))


def _posed(body: Body, side: str, job: LegJob, ground: Ground, ankle_m: float) -> Leg:
    out = outward(side)
    rest_deg, rest_knee_deg, out_deg = _on_floor(body, side, job.rest, ground.hip_m, ankle_m)
    knee = rest_knee_deg + job.level * (job.knee_deg - rest_knee_deg)
    if job.aim == "hip_flexion":
        # The trunk line's pitch adds to flexion as much as the thigh's does.
        thigh_deg = rest_deg + job.level * (job.aim_deg - ground.trunk_deg - rest_deg)
    else:
        line = rest_deg - above_line_deg(body, rest_knee_deg)
        aim = job.aim_deg + _rest_line_deg(body, job.rest, ankle_m)
        thigh_deg = line + job.level * (aim - line) + above_line_deg(body, knee)
    turned = turn_z(out * TURN_OUT_DEG[job.rest])
    thigh = turn_z(out * out_deg) @ turn_y(SUPINE_DEG - thigh_deg) @ turned
    pitch, roll, yaw = turn_angles(ground.pelvis.T @ thigh)
    bend = _foot_deg(job.rest, thigh @ turn_y(knee), side, thigh_deg - rest_deg)
    return Leg(
        hip_flexion_deg=-pitch,
        hip_abduction_deg=out * roll,
        hip_rotation_deg=out * yaw,
        knee_flexion_deg=knee,
        ankle_dorsiflexion_deg=-float(bend[0]),
        ankle_eversion_deg=out * float(bend[1]),
        ankle_rotation_deg=out * float(bend[2]),
    )


@cache
def _heel_rest_m(body: Body) -> float:
    """Height of the ankle of a straight leg whose heel lies on the floor."""
    root = vec(0.0, 0.0, float(trunks(body).root_m[0]))
    pelvis = turn_y(SUPINE_DEG)
    side = SIDES[0]
    ground = Ground(root + pelvis @ body.hip_offset(side), pelvis)

    def above(ankle_m: float) -> float:
        leg = _posed(body, side, LegJob(rest="straight"), ground, ankle_m)
        pose = Pose(root_m=root, pelvic_tilt_deg=SUPINE_DEG, left_leg=leg)
        return limb_lowest_m(body, forward(body, pose), side, "foot", "shank")

    return find_root(above, 0.0, 0.15)
