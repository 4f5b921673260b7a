"""Limbs of two bones, and the angles in which limbs and trunk are measured from the side."""

from __future__ import annotations

import math

import numpy as np

from mannequin.vectors import Array, cross, unit


def reach(first: float, second: float, bend_deg: float) -> float:
    """Distance between the ends of two bones whose joint is bent."""
    a, b = first, second
    return math.sqrt(a * a + b * b + 2 * a * b * math.cos(math.radians(bend_deg)))


def two_bones(
    start: Array, end: Array, bones: tuple[float, float], pole: Array
) -> tuple[Array, float]:
    """Frame of the first bone and bend (degrees) that bring two bones from ``start`` to ``end``.

    The joint points towards ``pole``, which is the frame's ``x``; the bones run down its ``-z``.
    """
    line = end - start
    a, b = bones
    length = min(float(np.linalg.norm(line)), 0.99995 * (a + b))
    down = unit(line)
    front = unit(pole - down * float(pole @ down))
    along = (a * a - b * b + length * length) / (2 * length)
    joint = down * along + front * math.sqrt(max(0.0, a * a - along * along))
    up = -unit(joint)
    left = unit(cross(-down, front))
    frame = np.stack([cross(left, up), left, up], axis=1)
    cosine = (length * length - a * a - b * b) / (2 * a * b)
    return frame, math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def line_deg(shoulder: Array, hip: Array, end: Array) -> float:
    """Angle by which ``end`` leaves the line from shoulder through hip, towards the belly positive.

    With the knee it is hip flexion, with the ankle the plank line; seen across ``x`` and ``z``.
    """
    trunk, leg = shoulder - hip, end - hip
    lean = math.atan2(float(trunk[0]), float(trunk[2]))
    deg = math.degrees(math.atan2(float(leg[0]), -float(leg[2])) + lean)
    return (deg + 180.0) % 360.0 - 180.0


def soft_maximum(a: float, b: float, softness: float = 4.0) -> float:
    """Return the larger, rounded: a limb that has to go round something begins early."""
    return softness * math.log(math.exp(a / softness) + math.exp(b / softness))
