"""Soft shadows of the limbs, taken as capsules, on the floor and on the body itself.

Capsules are rows of start (3), end (3) and radius, metres; ``light`` is the unit direction towards
the window.
"""

from __future__ import annotations

import math

import numpy as np
from numba import prange

from mannequin.compiling import compiled
from mannequin.vectors import Array

#: Reach of the darkening where a limb touches the floor.
CONTACT_M = 0.16


@compiled(inline="always")
def line_gap(px: float, py: float, pz: float, light: Array, cap: Array) -> tuple[float, float]:
    """Gap between a ray towards the light and a capsule, and how far along the ray it is."""
    ax, ay, az = cap[0] - px, cap[1] - py, cap[2] - pz
    bx, by, bz = cap[3] - cap[0], cap[4] - cap[1], cap[5] - cap[2]
    bb = bx * bx + by * by + bz * bz
    bl = bx * light[0] + by * light[1] + bz * light[2]
    al = ax * light[0] + ay * light[1] + az * light[2]
    ab = ax * bx + ay * by + az * bz
    share = (bl * al - ab) / max(bb - bl * bl, 1e-9)
    share = min(1.0, max(0.0, share))
    t = max(0.0, al + share * bl)
    gx = ax + share * bx - t * light[0]
    gy = ay + share * by - t * light[1]
    gz = az + share * bz - t * light[2]
    return math.sqrt(gx * gx + gy * gy + gz * gz) - cap[6], t


@compiled()
def window_share(casters: Array, light: Array, p: Array) -> float:
    """Share of the window's light that the limbs leave to a point of the body."""
    lit = 1.0
    for i in range(casters.shape[0]):
        gap, t = line_gap(p[0], p[1], p[2], light, casters[i])
        # A limb must not darken its own skin, which lies right beside its bone.
        other = min(1.0, max(0.0, (t - 0.09) / 0.06))
        share = min(1.0, max(0.0, 0.5 + gap / (0.02 + 0.12 * t)))
        lit = min(lit, 1.0 - other * (1.0 - share))
    return lit


@compiled()
def _darkened(capsules: Array, light: Array) -> Array:
    """Bounds (n, 4) of the floor that each capsule can darken: x from and to, y from and to."""
    boxes = np.empty((capsules.shape[0], 4))
    for i in range(capsules.shape[0]):
        radius = capsules[i, 6]
        high = max(capsules[i, 2], capsules[i, 5]) / light[2]
        # The half shadow widens on its way down, and lies stretched by the light's slant.
        wide = (radius + 0.02 + 0.05 * (high + 0.6)) / light[2]
        for axis in range(2):
            low, top = 1e9, -1e9
            for end in (0, 3):
                foot = capsules[i, end + axis]
                cast = foot - light[axis] * capsules[i, end + 2] / light[2]
                low = min(low, foot - radius - CONTACT_M, cast - wide)
                top = max(top, foot + radius + CONTACT_M, cast + wide)
            boxes[i, 2 * axis], boxes[i, 2 * axis + 1] = low, top
    return boxes


@compiled(inline="always")
def _contact(cap: Array, px: float, py: float) -> float:
    """Share of light that a capsule close to the floor leaves in the corner under it."""
    if min(cap[2], cap[5]) >= 0.3:
        return 1.0
    dx, dy, bx, by = px - cap[0], py - cap[1], cap[3] - cap[0], cap[4] - cap[1]
    s = min(1.0, max(0.0, (dx * bx + dy * by) / (bx * bx + by * by + 1e-9)))
    zed = cap[2] + s * (cap[5] - cap[2])
    away = math.sqrt((dx - s * bx) ** 2 + (dy - s * by) ** 2 + zed * zed) - cap[6]
    share: float = 1.0 - 0.45 * max(0.0, 1.0 - away / CONTACT_M) ** 2
    return share


@compiled(parallel=True)
def floor_shade(
    capsules: Array, light: Array, floor_xy: Array, reach_xy: Array, reach_m: float
) -> Array:
    """Share of light left on the floor (height, width): soft cast shadow and contact darkening.

    ``capsules`` (n, 7) are ends and radius; ``floor_xy`` (height, width, 2) the points of the
    floor; only points within ``reach_m`` of ``reach_xy`` are looked at.
    """
    height, width = floor_xy.shape[0], floor_xy.shape[1]
    shade = np.ones((height, width))
    boxes = _darkened(capsules, light)
    left, right = boxes[:, 0].min(), boxes[:, 1].max()
    front, back = boxes[:, 2].min(), boxes[:, 3].max()
    for y in prange(height):
        for x in range(width):
            px, py = floor_xy[y, x, 0], floor_xy[y, x, 1]
            if not (left < px < right and front < py < back):
                continue
            if not (px - reach_xy[0]) ** 2 + (py - reach_xy[1]) ** 2 < reach_m * reach_m:
                continue
            lit, opening = 1.0, 1.0
            for i in range(capsules.shape[0]):
                if not (boxes[i, 0] < px < boxes[i, 1] and boxes[i, 2] < py < boxes[i, 3]):
                    continue
                gap, t = line_gap(px, py, 0.0, light, capsules[i])
                share = min(1.0, max(0.0, 0.5 + gap / (0.03 + 0.10 * t)))
                lit = min(lit, share * share * (3.0 - 2.0 * share))
                opening *= _contact(capsules[i], px, py)
            shade[y, x] = (0.58 + 0.42 * lit) * min(1.0, max(0.3, opening))
    return shade
