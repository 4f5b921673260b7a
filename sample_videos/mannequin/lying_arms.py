"""The arms of a person on the back: along the body, beyond the head, or crossed on the chest."""

from __future__ import annotations

import math
from typing import Literal

from mannequin.body import Body, outward
from mannequin.kinematics import Arm, Skeleton
from mannequin.vectors import Array, turn, turn_x, turn_y, vec

ArmPlace = Literal["flank", "overhead", "chest"]

#: Heights of elbow and wrist on the floor, for a stature of 1.72 m.
_ELBOW_M, _WRIST_M = 0.046, 0.036
_DOWN = vec(0.0, 0.0, -1.0)


def _pitches_deg(up: Array, line: Array, rise: float) -> tuple[float, float]:
    """Flexions that bring ``line``, of length one, to ``rise`` along ``up``: the lesser first.

    Both vectors are in the frame of the joint; a rise out of reach gives the nearest flexion.
    """
    cosine = float(up[0] * line[0] + up[2] * line[2])
    sine = float(up[2] * line[0] - up[0] * line[2])
    size = math.hypot(cosine, sine)
    share = max(-1.0, min(1.0, (rise - float(up[1] * line[1])) / size))
    middle, half = math.degrees(math.atan2(sine, cosine)), math.degrees(math.acos(share))
    return middle - half, middle + half


def lay_arm(body: Body, side: str, place: ArmPlace, trunk: Skeleton, drift_deg: float = 0.0) -> Arm:
    """Joint angles of an arm that rests where ``place`` says."""
    out = outward(side)
    if place == "chest":
        # The left forearm lies over the right one, nearer to the head.
        over = 1.0 if side == "left" else 0.0
        return Arm(
            shoulder_flexion_deg=2.0 + 9.0 * over + 0.5 * drift_deg,
            shoulder_abduction_deg=15.0,
            shoulder_rotation_deg=-64.0 - drift_deg,
            elbow_flexion_deg=100.0 + 18.0 * over + drift_deg,
        )
    thorax = trunk.frames["thorax"]
    shoulder = trunk.points["thorax"] + thorax @ body.shoulder_offset(side)
    elbow_rise = (body.scale * _ELBOW_M - float(shoulder[2])) / body.upper_arm_m
    fall = body.scale * (_WRIST_M - _ELBOW_M) / body.forearm_m
    aside = (15.0 if place == "flank" else 28.0) + drift_deg
    low, high = _pitches_deg(thorax[2], turn_x(out * aside) @ _DOWN, elbow_rise)
    shoulder_deg = low if place == "flank" else high
    if place == "flank":
        upper = thorax @ turn(-shoulder_deg, out * aside, 0.0)
        return Arm(
            shoulder_flexion_deg=shoulder_deg,
            shoulder_abduction_deg=aside,
            elbow_flexion_deg=_pitches_deg(upper[2], _DOWN, fall)[0] % 360.0,
        )
    # Beyond the head the elbow bends along the floor, so that the hands come together.
    elbow = 52.0 + drift_deg
    return Arm(
        shoulder_flexion_deg=shoulder_deg,
        shoulder_abduction_deg=aside,
        shoulder_rotation_deg=_spin_deg(
            thorax @ turn(-shoulder_deg, out * aside, 0.0), elbow, fall, out
        ),
        elbow_flexion_deg=elbow,
    )


def _spin_deg(upper: Array, elbow_deg: float, rise: float, out: float) -> float:
    """Outward turn of the upper arm at which the bent forearm has the given rise, hand inwards."""
    line = turn_y(-elbow_deg) @ _DOWN
    up = upper[2]
    across = math.hypot(float(up[0]), float(up[1]))
    share = (rise - float(up[2] * line[2])) / (across * float(line[0]))
    half = math.degrees(math.acos(max(-1.0, min(1.0, share))))
    middle = math.degrees(math.atan2(float(up[1]), float(up[0])))
    # Of the two turns, the one whose hand lies nearer to the midline.
    turns = [middle + half, middle - half]
    inward = [float((upper @ turn(0, 0, t) @ line)[1]) * out for t in turns]
    best = turns[0] if inward[0] < inward[1] else turns[1]
    return out * best
