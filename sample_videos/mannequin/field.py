"""The distance field of a posed body: how far a point is from its surface, and what is there.

Compiled with numba. Lengths are metres.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mannequin.compiling import compiled
from mannequin.vectors import Array

Tags = NDArray[np.int64]

SEAM_M = 0.004
#: A melted surface bulges beyond its cones by less than this.
MELTING_M = 0.02
FAR_M = 1e3
# Columns of Surface.cones.
AXIS, LENGTH, R0, R1, WIDE, SQUEEZE, BOUND = 3, 6, 7, 8, 9, 12, 13
#: Rows of what `prepare` makes; before them the columns of Surface.cones, two of them replaced:
#: TAPER is the radius gained per metre, SLOPE the tangent of the side's angle to the axis.
#: REACH is how far from the axis the melted surface may be.
TAPER, SLOPE, OPENS, MELT, MATERIAL, REACH, GAP, ROWS = 8, 13, 14, 15, 16, 17, 18, 19


class Scene(NamedTuple):
    """All that one picture shows.

    Attributes
    ----------
    cones, tags
        As in `mannequin.shape.Surface`.
    melt
        How far apart the cones of each group begin to melt together.
    colours
        Linear RGB of each material.
    casters
        Capsules (n, 7) whose shadow falls on the body.
    light, tint
        Unit direction towards the window; colour of all light.
    eye, axes, focal_px
        The camera: position, rows right, down and ahead, focal length in pixels.
    back
        Linear RGB picture of the room without the body.
    """

    cones: Array
    tags: Tags
    melt: Array
    colours: Array
    casters: Array
    light: Array
    tint: Array
    eye: Array
    axes: Array
    focal_px: float
    back: Array


class Near(NamedTuple):
    """The cones that one tile of the picture can see, and the span of depth they fill.

    Attributes
    ----------
    cones
        As `prepare` lays them out.
    start_m, end_m
        Depth before and behind which there is nothing.
    """

    cones: Array
    start_m: float
    end_m: float


@compiled()
def prepare(scene: Scene) -> Array:
    """Lay the cones out for `distance`: one column a cone, constant terms worked out."""
    cones, tags = scene.cones, scene.tags
    laid = np.zeros((ROWS, cones.shape[0]))
    for i in range(cones.shape[0]):
        laid[:SLOPE, i] = cones[i, :SLOPE]
        slope = (cones[i, R0] - cones[i, R1]) / cones[i, LENGTH]
        laid[TAPER, i] = -slope
        slope = min(0.95, max(-0.95, slope))
        laid[SLOPE, i] = slope / math.sqrt(1.0 - slope * slope)
        laid[OPENS, i] = tags[i, 0]
        laid[MELT, i] = scene.melt[tags[i, 0]]
        laid[MATERIAL, i] = tags[i, 1]
        laid[REACH, i] = cones[i, BOUND] + MELTING_M
    return laid


@compiled(inline="always")
def _measure(near: Array, x: float, y: float, z: float) -> None:
    """Set row GAP to the distance bound to each cone; exact where it isn't stretched."""
    # Nearly all of the drawing's time goes here. Without branches, and cone beside cone, so that
    # the compiler can work on several of them at once.
    for n in range(near.shape[1]):
        px, py, pz = x - near[0, n], y - near[1, n], z - near[2, n]
        wx, wy, wz = near[WIDE, n], near[WIDE + 1, n], near[WIDE + 2, n]
        across = near[SQUEEZE, n] * (px * wx + py * wy + pz * wz)
        px, py, pz = px - across * wx, py - across * wy, pz - across * wz
        along = px * near[AXIS, n] + py * near[AXIS + 1, n] + pz * near[AXIS + 2, n]
        off = math.sqrt(max(px * px + py * py + pz * pz - along * along, 0.0))
        foot = min(near[LENGTH, n], max(0.0, along - off * near[SLOPE, n]))
        rest = along - foot
        near[GAP, n] = math.sqrt(off * off + rest * rest) - (near[R0, n] + near[TAPER, n] * foot)


@compiled(inline="always")
def cone_distance(cones: Array, i: int, x: float, y: float, z: float) -> float:
    """Distance bound from a point to cone ``i``; exact where it isn't stretched."""
    x -= cones[i, 0]
    y -= cones[i, 1]
    z -= cones[i, 2]
    squeeze = cones[i, SQUEEZE]
    if squeeze != 0.0:
        across = squeeze * (x * cones[i, WIDE] + y * cones[i, WIDE + 1] + z * cones[i, WIDE + 2])
        x -= across * cones[i, WIDE]
        y -= across * cones[i, WIDE + 1]
        z -= across * cones[i, WIDE + 2]
    length: float = cones[i, LENGTH]
    r0: float = cones[i, R0]
    r1: float = cones[i, R1]
    along: float = x * cones[i, AXIS] + y * cones[i, AXIS + 1] + z * cones[i, AXIS + 2]
    off = math.sqrt(max(x * x + y * y + z * z - along * along, 0.0))
    slope = min(0.95, max(-0.95, (r0 - r1) / length))
    foot = along - off * slope / math.sqrt(1.0 - slope * slope)
    foot = min(length, max(0.0, foot))
    gap = along - foot
    return math.sqrt(off * off + gap * gap) - (r0 + (r1 - r0) * foot / length)


@compiled(inline="always")
def melted(a: float, b: float, reach: float) -> float:
    """Smooth minimum of two distances, blended where they differ by less than ``reach``."""
    blend = max(reach - abs(a - b), 0.0) / reach
    return min(a, b) - blend * blend * reach * 0.25


@compiled()
def distance(near: Array, x: float, y: float, z: float) -> float:
    """Distance bound from a point to the melted surface of the near cones."""
    _measure(near, x, y, z)
    total, inside = 1e3, 1e3
    group = -1.0
    for n in range(near.shape[1]):
        if near[OPENS, n] != group:
            total = melted(total, inside, SEAM_M)
            group = near[OPENS, n]
            inside = near[GAP, n]
        else:
            inside = melted(inside, near[GAP, n], near[MELT, n])
    return melted(total, inside, SEAM_M)


@compiled(inline="always")
def _share(a: float, b: float, reach: float) -> float:
    """Share that ``b`` has in the slope of ``melted(a, b, reach)``."""
    half = 0.5 * max(reach - abs(a - b), 0.0) / reach
    return half if a < b else 1.0 - half


@compiled(inline="always")
def _slope(near: Array, n: int, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Slope of the distance to cone ``n``."""
    wx, wy, wz = near[WIDE, n], near[WIDE + 1, n], near[WIDE + 2, n]
    ax, ay, az = near[AXIS, n], near[AXIS + 1, n], near[AXIS + 2, n]
    squeeze = near[SQUEEZE, n]
    x, y, z = x - near[0, n], y - near[1, n], z - near[2, n]
    across = squeeze * (x * wx + y * wy + z * wz)
    x, y, z = x - across * wx, y - across * wy, z - across * wz
    along = x * ax + y * ay + z * az
    off = math.sqrt(max(x * x + y * y + z * z - along * along, 0.0))
    foot = min(near[LENGTH, n], max(0.0, along - off * near[SLOPE, n]))
    x, y, z = x - foot * ax, y - foot * ay, z - foot * az
    norm = 1.0 / math.sqrt(x * x + y * y + z * z + 1e-20)
    across = squeeze * (x * wx + y * wy + z * wz)
    return norm * (x - across * wx), norm * (y - across * wy), norm * (z - across * wz)


@compiled()
def touch(near: Array, x: float, y: float, z: float) -> tuple[float, float, float, int]:
    """Return the surface's unit normal (3) at a point on it, and the material there.

    The material is that of the cone whose own surface is nearest.
    """
    _measure(near, x, y, z)
    nx, ny, nz, sx, sy, sz = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    total, inside, best = FAR_M, FAR_M, FAR_M
    group, found = -1.0, 0
    for n in range(near.shape[1]):
        gap = near[GAP, n]
        if gap < best:
            best, found = gap, int(near[MATERIAL, n])
        if near[OPENS, n] != group:
            share = _share(total, inside, SEAM_M)
            nx, ny, nz = nx + share * (sx - nx), ny + share * (sy - ny), nz + share * (sz - nz)
            total = melted(total, inside, SEAM_M)
            group, inside = near[OPENS, n], FAR_M
        share = _share(inside, gap, near[MELT, n])
        if share > 0.0:
            cx, cy, cz = _slope(near, n, x, y, z)
            sx, sy, sz = sx + share * (cx - sx), sy + share * (cy - sy), sz + share * (cz - sz)
        inside = melted(inside, gap, near[MELT, n])
    share = _share(total, inside, SEAM_M)
    nx, ny, nz = nx + share * (sx - nx), ny + share * (sy - ny), nz + share * (sz - nz)
    norm = 1.0 / math.sqrt(nx * nx + ny * ny + nz * nz + 1e-20)
    return nx * norm, ny * norm, nz * norm, found


@compiled()
def near_cones(eye: Array, laid: Array, ray: Array, spread: float) -> Near:
    """List those of the cones that lie within the view round ``ray``.

    ``laid`` is as from `prepare`, or a wider list; ``spread`` the half-angle's tangent.
    """
    listed = np.empty(laid.shape[1], dtype=np.int64)
    count, start, end = 0, FAR_M, 0.0
    for i in range(laid.shape[1]):
        length, bound = laid[LENGTH, i], laid[REACH, i]
        x, y, z = laid[0, i] - eye[0], laid[1, i] - eye[1], laid[2, i] - eye[2]
        ax, ay, az = laid[AXIS, i], laid[AXIS + 1, i], laid[AXIS + 2, i]
        ahead = x * ray[0] + y * ray[1] + z * ray[2]
        tilt = ax * ray[0] + ay * ray[1] + az * ray[2]
        along = x * ax + y * ay + z * az
        foot = min(length, max(0.0, (tilt * ahead - along) / max(1.0 - tilt * tilt, 1e-6)))
        x, y, z = x + foot * ax, y + foot * ay, z + foot * az
        depth = ahead + foot * tilt
        off = math.sqrt(max(x * x + y * y + z * z - depth * depth, 0.0))
        farthest = max(ahead, ahead + length * tilt) + bound
        if bound > 0.0 and off < bound + spread * farthest:
            listed[count] = i
            count += 1
            start = min(start, min(ahead, ahead + length * tilt) - bound)
            end = max(end, farthest)
    # Filled up with cones far away to a whole number of fours, which the compiler takes at once.
    near = np.zeros((ROWS, (count + 3) // 4 * 4))
    near[0], near[LENGTH], near[MELT] = FAR_M, 1.0, SEAM_M
    for n in range(count):
        near[:, n] = laid[:, listed[n]]
    return Near(near, max(0.05, start), end)
