"""The legs of a person in a plank: on their toes, or driven towards the chest."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mannequin.body import Body, outward
from mannequin.kinematics import Leg
from mannequin.limbs import line_deg, soft_maximum, two_bones
from mannequin.stance import lifted
from mannequin.vectors import Array, turn_angles, turn_x, turn_y, unit, vec

#: A straight leg is never quite straight.
KNEE_DEG = 4.0
#: A foot on its toes, heel behind; 90 would be upright.
FOOT_PITCH_DEG = 70.0
#: Lowest point of the foot (x, z, radius) in its frame: from the flesh.
TOE_TIP = (0.160, -0.055, 0.012)
#: A free leg's knee and toes keep this far off the floor; the foot droops from the shank.
KNEE_CLEARANCE_M = 0.062
TOE_CLEARANCE_M = 0.05
DROOP_DEG = 32.0
SHARPEST_DEG = 160.0
#: Farthest the thigh is taken out to the side to get the knee over the floor.
WIDEST_DEG = 48.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Drive:
    """What one leg does: ``level`` 0 on its toes, 1 with the hip flexed to ``peak_deg``.

    Hip flexion is that of the thigh against the line from hip to shoulder; ``abduction_deg`` takes
    the knee out, more where the floor demands it.
    """

    peak_deg: float = 90.0
    level: float = 0.0
    abduction_deg: float = 3.0


@dataclass(frozen=True, slots=True)
class Between:
    """What a leg spans: its hip, with the pelvis and the shoulder above, and its ankle's place."""

    hip_m: Array
    pelvis: Array
    shoulder_m: Array
    spot_m: Array
    foot_pitch_deg: float

    @property
    def lean_deg(self) -> float:
        """Line from hip to shoulder against the vertical, forward positive."""
        line = self.shoulder_m - self.hip_m
        return math.degrees(math.atan2(float(line[0]), float(line[2])))


def ankle_over_toes(body: Body, pitch_deg: float) -> Array:
    """Ankle of a foot on its toes, from the point below its tip in neutral pitch."""
    x, z, radius = TOE_TIP
    pitch, rest = math.radians(pitch_deg), math.radians(FOOT_PITCH_DEG)
    tip_x = x * math.cos(pitch) + z * math.sin(pitch)
    tip_z = -x * math.sin(pitch) + z * math.cos(pitch)
    back = x * math.cos(rest) + z * math.sin(rest)
    return body.at(back - tip_x, 0.0, radius - tip_z)


def _free_thigh(body: Body, side: str, drive: Drive, hip: Array, elevation: float) -> Array:
    """Thigh frame of a leg off the floor, taken out far enough for its knee to clear the floor."""
    drop = body.thigh_m * math.cos(math.radians(elevation))
    room = float(hip[2]) - body.scale * KNEE_CLEARANCE_M
    needed = math.degrees(math.acos(min(1.0, max(0.0, room / max(drop, 1e-6)))))
    wide = min(WIDEST_DEG, soft_maximum(needed, drive.abduction_deg, 8.0))
    return turn_y(-elevation) @ turn_x(outward(side) * wide)


def _knee_deg(body: Body, raised_deg: float, knee_m: float, thigh: Array) -> float:
    """Knee flexion of a free leg: more the higher it is raised, and enough for the toes to clear.

    ``raised_deg`` is the hip flexion beyond that on the floor, ``knee_m`` the height of the knee.
    """
    natural = KNEE_DEG + 136.0 * (1.0 - math.exp(-max(0.0, raised_deg) / 50.0))
    toe = turn_y(DROOP_DEG) @ body.at(TOE_TIP[0], 0.0, TOE_TIP[1]) - vec(0.0, 0.0, body.shank_m)
    ahead, up = float(thigh[2, 0]), float(thigh[2, 2])
    even, odd = ahead * toe[0] + up * toe[2], ahead * toe[2] - up * toe[0]
    room = (body.scale * TOE_CLEARANCE_M - knee_m) / math.hypot(even, odd)
    needed = math.atan2(odd, even) - math.acos(min(1.0, max(-1.0, room)))
    needed_deg = math.degrees(needed) % 360.0
    # A knee so high that its toes clear anyhow asks for nothing.
    return soft_maximum(natural, needed_deg if needed_deg < SHARPEST_DEG else 0.0)


def _swing_free(
    body: Body, side: str, drive: Drive, between: Between, planted: tuple[Array, float]
) -> tuple[Array, float, float]:
    """Thigh frame, knee flexion and 0..1 of freedom of a leg that may leave the floor."""
    thigh, knee = planted
    hip, spot = between.hip_m, between.spot_m
    standing_deg = line_deg(between.shoulder_m, hip, hip - thigh[:, 2])
    raised = (drive.peak_deg - standing_deg) * drive.level
    free = lifted(raised)
    if free == 0.0:
        return thigh, knee, free
    swung = _free_thigh(body, side, drive, hip, standing_deg + raised - between.lean_deg)
    knee_m = float((hip - body.thigh_m * swung[:, 2])[2])
    shank = swung @ turn_y(_knee_deg(body, raised, knee_m, swung))
    ankle = hip - body.thigh_m * swung[:, 2] - body.shank_m * shank[:, 2]
    ahead = unit((1.0 - free) * thigh[:, 0] + free * swung[:, 0])
    bones = (body.thigh_m, body.shank_m)
    return *two_bones(hip, spot + free * (ankle - spot), bones, ahead), free


def solve_leg(body: Body, side: str, drive: Drive, between: Between) -> Leg:
    """Joint angles of a leg, blending from its toes' place on the floor to the drive in the air."""
    bones, down = (body.thigh_m, body.shank_m), vec(0.0, 0.0, -1.0)
    planted = two_bones(between.hip_m, between.spot_m, bones, down)
    on_toes = (planted[0] @ turn_y(planted[1])).T @ turn_y(between.foot_pitch_deg)
    thigh, knee, free = _swing_free(body, side, drive, between, planted)
    bend = [(1.0 - free) * angle for angle in turn_angles(on_toes)]
    pitch, roll, yaw = turn_angles(between.pelvis.T @ thigh)
    out = outward(side)
    return Leg(
        hip_flexion_deg=-pitch,
        hip_abduction_deg=out * roll,
        hip_rotation_deg=out * yaw,
        knee_flexion_deg=knee,
        ankle_dorsiflexion_deg=-bend[0] - free * DROOP_DEG,
        ankle_eversion_deg=out * bend[1],
        ankle_rotation_deg=out * bend[2],
    )
