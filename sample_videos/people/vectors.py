"""Rotations about the body's axes, in degrees.

A positive turn about ``y`` (left) takes up towards forward, about ``x`` (forward) takes left
towards up, about ``z`` (up) takes forward towards left.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def vec(x: float, y: float, z: float) -> Array:
    """Return the vector ``(x, y, z)`` as float64."""
    return np.array([x, y, z], dtype=np.float64)


def unit(v: Array) -> Array:
    """Return ``v`` scaled to length one."""
    length: float = math.sqrt(float(v @ v))
    return v / length


def cross(a: Array, b: Array) -> Array:
    """Cross product of two vectors; several times quicker than numpy's for single ones."""
    ax, ay, az = a
    bx, by, bz = b
    return np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def turn_x(deg: float) -> Array:
    """Rotation matrix about ``x``: positive lifts the left side, leans an upright to the right."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def turn_y(deg: float) -> Array:
    """Rotation matrix about ``y``: positive leans an upright forward."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def turn_z(deg: float) -> Array:
    """Rotation matrix about ``z``: positive turns the front to the left."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def turn(pitch_deg: float, roll_deg: float, yaw_deg: float) -> Array:
    """Joint rotation: about ``y``, then about the carried ``x``, then about the carried ``z``."""
    # Written out: this runs for every joint of every frame.
    ca, sa = math.cos(math.radians(pitch_deg)), math.sin(math.radians(pitch_deg))
    cb, sb = math.cos(math.radians(roll_deg)), math.sin(math.radians(roll_deg))
    cc, sc = math.cos(math.radians(yaw_deg)), math.sin(math.radians(yaw_deg))
    return np.array(
        [
            [ca * cc + sa * sb * sc, sa * sb * cc - ca * sc, sa * cb],
            [cb * sc, cb * cc, -sb],
            [ca * sb * sc - sa * cc, sa * sc + ca * sb * cc, ca * cb],
        ]
    )


def turn_angles(rotation: Array) -> tuple[float, float, float]:
    """Pitch, roll and yaw (degrees) that `turn` needs to give ``rotation``.

    Unique while the roll stays within 90 degrees either way.
    """
    roll = math.asin(max(-1.0, min(1.0, -float(rotation[1, 2]))))
    pitch = math.atan2(float(rotation[0, 2]), float(rotation[2, 2]))
    yaw = math.atan2(float(rotation[1, 0]), float(rotation[1, 1]))
    return math.degrees(pitch), math.degrees(roll), math.degrees(yaw)
