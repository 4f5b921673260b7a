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
    for y in prange(height):
        for x in range(width):
            px, py = floor_xy[y, x, 0], floor_xy[y, x, 1]
            if not (px - reach_xy[0]) ** 2 + (py - reach_xy[1]) ** 2 < reach_m * reach_m:
                continue
            lit, opening = 1.0, 1.0
            for i in range(capsules.shape[0]):
                gap, t = line_gap(px, py, 0.0, light, capsules[i])
                soft = 0.03 + 0.10 * t
                share = min(1.0, max(0.0, 0.5 + gap / soft))
                lit = min(lit, share * share * (3.0 - 2.0 * share))
                low = min(capsules[i, 2], capsules[i, 5])
                if low < 0.3:
                    dx, dy = px - capsules[i, 0], py - capsules[i, 1]
                    bx, by = capsules[i, 3] - capsules[i, 0], capsules[i, 4] - capsules[i, 1]
                    s = min(1.0, max(0.0, (dx * bx + dy * by) / (bx * bx + by * by + 1e-9)))
                    zed = capsules[i, 2] + s * (capsules[i, 5] - capsules[i, 2])
                    away = math.sqrt((dx - s * bx) ** 2 + (dy - s * by) ** 2 + zed * zed)
                    opening *= 1.0 - 0.45 * max(0.0, 1.0 - (away - capsules[i, 6]) / 0.16) ** 2
            shade[y, x] = (0.58 + 0.42 * lit) * min(1.0, max(0.3, opening))
    return shade
