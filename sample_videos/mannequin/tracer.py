"""Sphere tracing of the body over its room, compiled with numba.

The picture is cut into tiles; each tile traces only the cones that it can see. ``u`` and ``v`` are
pixels from the picture's centre, right and down.
"""

from __future__ import annotations

import math

import numpy as np
from numba import prange

from mannequin.compiling import compiled
from mannequin.field import Near, Scene, distance, material, near_cones
from mannequin.shadow import window_share
from mannequin.vectors import Array

TILE_PX = 16
STEPS = 72
NEAR_ENOUGH_M = 0.001
#: Step of colour between neighbours from which a pixel is traced again, finer.
EDGE = 0.035


@compiled()
def _normal(scene: Scene, near: Near, p: Array, out: Array) -> None:
    """Set ``out`` to the unit normal at ``p``, from the field at a small tetrahedron's corners."""
    e = 0.0015
    out[:] = 0.0
    for corner in range(4):
        sx = 1.0 if corner in (0, 3) else -1.0
        sy = 1.0 if corner in (2, 3) else -1.0
        sz = 1.0 if corner in (1, 3) else -1.0
        d = distance(scene, near, p[0] + sx * e, p[1] + sy * e, p[2] + sz * e)
        out[0] += sx * d
        out[1] += sy * d
        out[2] += sz * d
    out /= math.sqrt(out[0] ** 2 + out[1] ** 2 + out[2] ** 2 + 1e-20)


@compiled()
def _shade(scene: Scene, near: Near, p: Array, ray: Array, out: Array) -> None:
    """Colour of the surface at ``p``: window light, light from the room, darker in hollows."""
    n = np.empty(3)
    _normal(scene, near, p, n)
    hollow = 0.0
    for step in range(1, 4):
        h = 0.02 * step * step
        d = distance(scene, near, p[0] + n[0] * h, p[1] + n[1] * h, p[2] + n[2] * h)
        hollow += (h - d) / h * (0.5 / step)
    open_share = min(1.0, max(0.35, 1.0 - 0.75 * hollow))
    light = scene.light
    key = max(0.0, n[0] * light[0] + n[1] * light[1] + n[2] * light[2])
    key *= window_share(scene.casters, light, p)
    facing = max(0.0, -(n[0] * ray[0] + n[1] * ray[1] + n[2] * ray[2]))
    room = 0.34 + 0.16 * n[2] + 0.14 * facing
    lit = room * open_share + 0.72 * key * (0.35 + 0.65 * open_share)
    m = material(scene, near, p[0], p[1], p[2])
    for c in range(3):
        out[c] = scene.colours[m, c] * lit * scene.tint[c]


@compiled()
def _march(scene: Scene, near: Near, ray: Array) -> float:
    """Distance along the ray to the surface, or -1."""
    eye = scene.eye
    t = near.start_m
    d = 1.0
    for _ in range(STEPS):
        d = distance(
            scene, near, eye[0] + t * ray[0], eye[1] + t * ray[1], eye[2] + t * ray[2]
        )  # fmt: skip
        if d < NEAR_ENOUGH_M:
            return t
        t += d
        if t > near.end_m:
            return -1.0
    # Out of steps while grazing: on a crease this is the surface, not the wall behind it.
    return t if d < 4 * NEAR_ENOUGH_M else -1.0


@compiled(inline="always")
def _aim(scene: Scene, u: float, v: float, ray: Array) -> None:
    """Set ``ray`` to the unit viewing direction of a point of the picture."""
    focal = scene.focal_px
    norm = 1.0 / math.sqrt(u * u + v * v + focal * focal)
    for c in range(3):
        ray[c] = (u * scene.axes[0, c] + v * scene.axes[1, c] + focal * scene.axes[2, c]) * norm


@compiled()
def _look(scene: Scene, near: Near, u: float, v: float, out: Array) -> bool:
    """Set ``out`` to the colour seen at a point of the picture; False where the body isn't."""
    ray, p = np.empty(3), np.empty(3)
    _aim(scene, u, v, ray)
    t = _march(scene, near, ray)
    if t < 0.0:
        return False
    for c in range(3):
        p[c] = scene.eye[c] + t * ray[c]
    _shade(scene, near, p, ray, out)
    return True


@compiled()
def _is_edge(first: Array, y: int, x: int) -> bool:
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        b, a = y + dy, x + dx
        if 0 <= b < first.shape[0] and 0 <= a < first.shape[1]:
            for c in range(3):
                if abs(first[b, a, c] - first[y, x, c]) > EDGE:
                    return True
    return False


@compiled()
def _smooth_edges(scene: Scene, near: Near, x0: int, y0: int, image: Array) -> None:
    """Trace a tile's edge pixels again, four rays a pixel."""
    height, width = image.shape[0], image.shape[1]
    first = image[y0 : y0 + TILE_PX, x0 : x0 + TILE_PX].copy()
    out = np.empty(3)
    for y in range(y0, min(y0 + TILE_PX, height)):
        for x in range(x0, min(x0 + TILE_PX, width)):
            if not _is_edge(first, y - y0, x - x0):
                continue
            total = np.zeros(3)
            for n in range(4):
                u = x + 0.25 + 0.5 * (n % 2) - width / 2
                v = y + 0.25 + 0.5 * (n // 2) - height / 2
                if _look(scene, near, u, v, out):
                    total += out
                else:
                    total += scene.back[y, x]
            image[y, x] = total / 4.0


@compiled(parallel=True)
def trace(scene: Scene) -> Array:
    """Draw the body over its background; returns the linear RGB picture (height, width, 3)."""
    height, width = scene.back.shape[0], scene.back.shape[1]
    image = scene.back.copy()
    across = (width + TILE_PX - 1) // TILE_PX
    tiles = across * ((height + TILE_PX - 1) // TILE_PX)
    for tile in prange(tiles):
        x0, y0 = tile % across * TILE_PX, tile // across * TILE_PX
        middle, out = np.empty(3), np.empty(3)
        half = TILE_PX / 2
        _aim(scene, x0 + half - width / 2, y0 + half - height / 2, middle)
        near = near_cones(scene, middle, (half + 1.0) * 1.42 / scene.focal_px)
        hits = 0
        if near.number > 0:
            for y in range(y0, min(y0 + TILE_PX, height)):
                for x in range(x0, min(x0 + TILE_PX, width)):
                    if _look(scene, near, x + 0.5 - width / 2, y + 0.5 - height / 2, out):
                        image[y, x] = out
                        hits += 1
        if hits > 0:
            _smooth_edges(scene, near, x0, y0, image)
    return image
