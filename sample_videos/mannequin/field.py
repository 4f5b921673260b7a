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
# Columns of Surface.cones.
AXIS, LENGTH, R0, R1, WIDE, SQUEEZE, BOUND = 3, 6, 7, 8, 9, 12, 13


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
    """The cones that one tile of the picture can see, and the span of depth they fill."""

    cones: Tags
    number: int
    start_m: float
    end_m: float


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
def distance(scene: Scene, near: Near, x: float, y: float, z: float) -> float:
    """Distance bound from a point to the melted surface of the near cones."""
    total, inside = 1e3, 1e3
    group = -1
    for n in range(near.number):
        i = near.cones[n]
        if scene.tags[i, 0] != group:
            total = melted(total, inside, SEAM_M)
            group = scene.tags[i, 0]
            inside = 1e3
        inside = melted(inside, cone_distance(scene.cones, i, x, y, z), scene.melt[group])
    return melted(total, inside, SEAM_M)


@compiled()
def material(scene: Scene, near: Near, x: float, y: float, z: float) -> int:
    """Material of the cone whose own surface is nearest to a point."""
    best, found = 1e3, 0
    for n in range(near.number):
        d = cone_distance(scene.cones, near.cones[n], x, y, z)
        if d < best:
            best = d
            found = scene.tags[near.cones[n], 1]
    return found


@compiled()
def near_cones(scene: Scene, ray: Array, spread: float) -> Near:
    """List the cones within the view round ``ray``; ``spread`` is its half-angle's tangent."""
    cones, eye = scene.cones, scene.eye
    listed = np.empty(cones.shape[0], dtype=np.int64)
    count, start, end = 0, 1e3, 0.0
    for i in range(cones.shape[0]):
        x, y, z = cones[i, 0] - eye[0], cones[i, 1] - eye[1], cones[i, 2] - eye[2]
        ahead = x * ray[0] + y * ray[1] + z * ray[2]
        tilt = cones[i, 3] * ray[0] + cones[i, 4] * ray[1] + cones[i, 5] * ray[2]
        along = x * cones[i, 3] + y * cones[i, 4] + z * cones[i, 5]
        length = cones[i, LENGTH]
        foot = min(length, max(0.0, (tilt * ahead - along) / max(1.0 - tilt * tilt, 1e-6)))
        x, y, z = x + foot * cones[i, 3], y + foot * cones[i, 4], z + foot * cones[i, 5]
        depth = ahead + foot * tilt
        off = math.sqrt(max(x * x + y * y + z * z - depth * depth, 0.0))
        bound = cones[i, BOUND] + MELTING_M
        farthest = max(ahead, ahead + length * tilt) + bound
        if off < bound + spread * farthest:
            listed[count] = i
            count += 1
            start = min(start, min(ahead, ahead + length * tilt) - bound)
            end = max(end, farthest)
    return Near(listed, count, max(0.05, start), end)
