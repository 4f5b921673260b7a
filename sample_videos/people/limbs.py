"""Arms and legs: from where a hand or a foot has to be, to joint angles."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from people.body import Body, outward
from people.kinematics import Arm, Leg
from people.profiles import smooth
from people.vectors import Array, cross, turn_angles, turn_x, turn_y, turn_z, unit, vec

#: A free foot droops by this angle; the knee of a leg driven over the floor keeps off it.
DROOP_DEG = 14.0
KNEE_CLEAR_M = 0.075
#: The farthest a thigh goes out to the side to get the knee over the floor.
WIDEST_DEG = 48.0


def reach(first_m: float, second_m: float, bend_deg: float) -> float:
    """Distance between the ends of two bones whose joint is bent by an angle (0 straight)."""
    a, b = first_m, second_m
    return math.sqrt(a * a + b * b + 2 * a * b * math.cos(math.radians(bend_deg)))


def two_bones(
    start: Array, end: Array, bones_m: tuple[float, float], pole: Array
) -> tuple[Array, float]:
    """Frame of the first bone and bend (degrees) that bring two bones from ``start`` to ``end``.

    The joint points towards ``pole``, which is the frame's ``x``; the bones run down its ``-z``.
    An end out of reach is approached with straight bones.
    """
    line = end - start
    a, b = bones_m
    length = min(max(float(np.linalg.norm(line)), abs(a - b) + 1e-3), 0.99995 * (a + b))
    down = unit(line)
    front = unit(pole - down * float(pole @ down))
    along = (a * a - b * b + length * length) / (2 * length)
    joint = down * along + front * math.sqrt(max(0.0, a * a - along * along))
    up = -unit(joint)
    left = unit(cross(-down, front))
    frame = np.stack([cross(left, up), left, up], axis=1)
    cosine = (length * length - a * a - b * b) / (2 * a * b)
    return frame, math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def soft_maximum(a: float, b: float, softness: float) -> float:
    """Return the larger of two numbers, rounded where they meet: a limb evades early."""
    high, low = max(a, b), min(a, b)
    return high + softness * math.log1p(math.exp((low - high) / softness))


def lifted(raised_deg: float) -> float:
    """0 while the foot carries weight, 1 once the leg hangs free; smooth over 1 to 14 degrees."""
    return smooth((raised_deg - 1.0) / 13.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class LegAim:
    """What one leg does.

    Attributes
    ----------
    spot_m
        Place of the ankle while the foot is on the floor.
    foot
        Frame of the foot there.
    pole
        Direction of the knee there.
    free
        0 on the floor, 1 where the free leg's angles say.
    thigh_deg
        Free thigh from straight down, towards the person's heading positive.
    knee_deg, abduction_deg, turn_out_deg, droop_deg
        Of the free leg: outwards, the thigh's turn about its own length, the foot pointing down.
    level
        Whether the free foot stays level, drooping only as it gets away from the floor; else it
        hangs from the shank.
    toe_clear_m
        How far the toes of the free leg keep off the floor; None where there is no floor.
    knee_clear_m
        The same of the knee, which goes out to the side for it.
    """

    spot_m: Array
    foot: Array
    pole: Array
    free: float = 0.0
    thigh_deg: float = 0.0
    knee_deg: float = 0.0
    abduction_deg: float = 1.5
    turn_out_deg: float = 0.0
    droop_deg: float = DROOP_DEG
    level: bool = False
    toe_clear_m: float | None = None
    knee_clear_m: float = 0.0


def _toe_knee_deg(body: Body, knee_m: float, thigh: Array, aim: LegAim) -> float:
    """Least knee flexion at which the toes of a free leg clear the floor."""
    toe = turn_y(aim.droop_deg) @ body.toe_offset() - vec(0.0, 0.0, body.shank_m)
    ahead, up = float(thigh[2, 0]), float(thigh[2, 2])
    even, odd = ahead * toe[0] + up * toe[2], ahead * toe[2] - up * toe[0]
    clear_m = (aim.toe_clear_m or 0.0) + body.ankle_height_m + float(body.toe_offset()[2])
    room = (clear_m - knee_m) / math.hypot(even, odd)
    lowest = math.degrees(math.atan2(odd, even)) - 180.0
    # Beyond the knee at which the toes are lowest; ever less once they clear the floor anyhow.
    beyond = math.degrees(math.acos(min(1.0, -room))) if room > -1.0 else 90.0 * (room + 1.0)
    return (lowest + 180.0) % 360.0 - 180.0 + beyond


def _free_leg(
    body: Body, side: str, aim: LegAim, hip: Array, heading: Array
) -> tuple[Array, float]:
    """Thigh frame and knee flexion of a leg in the air."""
    wide, knee = aim.abduction_deg, aim.knee_deg
    if aim.knee_clear_m:
        drop = body.thigh_m * math.cos(math.radians(aim.thigh_deg))
        room = float(hip[2]) - aim.knee_clear_m
        needed = math.degrees(math.acos(min(1.0, max(0.0, room / max(drop, 1e-6)))))
        wide = min(WIDEST_DEG, soft_maximum(needed, wide, 8.0))
    thigh = heading @ turn_y(-aim.thigh_deg) @ turn_x(outward(side) * wide)
    if aim.toe_clear_m is not None:
        knee_m = float((hip - body.thigh_m * thigh[:, 2])[2])
        level = heading.T @ thigh
        knee = soft_maximum(knee, _toe_knee_deg(body, knee_m, level, aim), 4.0)
    return thigh @ turn_z(outward(side) * aim.turn_out_deg), min(knee, 150.0)


def solve_leg(body: Body, side: str, aim: LegAim, hip: Array, pelvis: Array, heading: Array) -> Leg:
    """Joint angles of a leg that is on its spot, in the air, or on the way between the two."""
    bones, out = (body.thigh_m, body.shank_m), outward(side)
    ankle, pole = aim.spot_m, aim.pole
    if aim.free > 0.0:
        swung, bent = _free_leg(body, side, aim, hip, heading)
        shank = swung @ turn_y(bent)
        there = hip - body.thigh_m * swung[:, 2] - body.shank_m * shank[:, 2]
        ankle = ankle + aim.free * (there - ankle)
        if aim.level:
            # A leg too long for its hip bends; its foot never dips below where it stood.
            ankle[2] = max(float(ankle[2]), float(aim.spot_m[2]))
        pole = (1.0 - aim.free) * pole + aim.free * swung[:, 0]
    thigh, knee = two_bones(hip, ankle, bones, pole)
    on_floor, loose = aim.foot, (aim.droop_deg, 0.0, 0.0)
    if aim.level:
        height = max(0.0, float(ankle[2] - aim.spot_m[2]))
        on_floor = aim.foot @ turn_y(aim.droop_deg * (1.0 - math.exp(-height / 0.08)))
    flat = turn_angles((thigh @ turn_y(knee)).T @ on_floor)
    if aim.level:
        loose = flat
    ankle_bend = [(1.0 - aim.free) * p + aim.free * q for p, q in zip(flat, loose, strict=True)]
    pitch, roll, yaw = turn_angles(pelvis.T @ thigh)
    return Leg(
        hip_flexion_deg=-pitch, hip_abduction_deg=out * roll, hip_rotation_deg=out * yaw,
        knee_flexion_deg=knee, ankle_dorsiflexion_deg=-ankle_bend[0],
        ankle_eversion_deg=out * ankle_bend[1], ankle_rotation_deg=out * ankle_bend[2],
    )  # fmt: skip


def solve_arm(
    body: Body, side: str, shoulder: Array, wrist: Array, pole: Array, thorax: Array
) -> Arm:
    """Joint angles of an arm whose hand is at a place, the elbow towards ``pole``, hand flat.

    The palm faces down as far as the wrist bends, or up where the forearm is turned over.
    """
    out = outward(side)
    frame, elbow = two_bones(shoulder, wrist, (body.upper_arm_m, body.forearm_m), pole)
    # An elbow bends towards the frame's x, the joint points away from it: half a turn.
    frame = frame @ np.diag([-1.0, -1.0, 1.0])
    pitch, roll, yaw = turn_angles(thorax.T @ frame)
    back = (frame @ turn_y(-elbow)).T @ vec(0.0, 0.0, 1.0)
    flat = math.degrees(math.atan2(float(out * back[2]), float(out * back[1])))
    if abs(flat) > 125.0:
        # A forearm that lies on its back puts the hand down palm up.
        flat -= math.copysign(180.0, flat)
    # Overhead is reached past the front, never past the back.
    return Arm(
        shoulder_flexion_deg=(-pitch + 130.0) % 360.0 - 130.0, shoulder_abduction_deg=out * roll,
        shoulder_rotation_deg=out * yaw, elbow_flexion_deg=elbow,
        wrist_flexion_deg=max(-90.0, min(90.0, -out * flat)),
    )  # fmt: skip


def planted(
    spot_m: Array, out_deg: float, heading_deg: float = 0.0, pitch_deg: float = 0.0
) -> LegAim:
    """Put a foot flat on the floor, turned out, with the knee over its toes.

    ``pitch_deg`` lifts the heel; ``spot_m`` is the ankle's place.
    """
    turned = turn_z(heading_deg + out_deg)
    return LegAim(spot_m=spot_m, foot=turned @ turn_y(pitch_deg), pole=turned[:, 0])
