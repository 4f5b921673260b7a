"""Sphere tracing of the body over its room, compiled with numba.

The picture is cut into blocks and these into tiles; each traces only the cones that it can see.
``u`` and ``v`` are pixels from the picture's centre, right and down.
"""

from __future__ import annotations

import math

import numpy as np
from numba import prange
from numpy.typing import NDArray

from mannequin.compiling import compiled
from mannequin.field import Near, Scene, distance, near_cones, prepare, touch
from mannequin.shadow import window_share
from mannequin.vectors import Array

Mask = NDArray[np.bool_]

#: Rays look for the cones that a tile can see. Hollows are darkened by those that its block can
#: see, or tiles would show as steps of shade.
BLOCK_PX = 16
TILE_PX = 8
TILES = ((0, 0), (0, TILE_PX), (TILE_PX, 0), (TILE_PX, TILE_PX))
STEPS = 72
NEAR_ENOUGH_M = 0.001
#: Step of colour between neighbours from which a pixel is traced again, finer.
EDGE = 0.035


@compiled()
def _shade(scene: Scene, wide: Array, near: Near, p: Array, ray: Array, out: Array) -> None:
    """Colour of the surface at ``p``: window light, light from the room, darker in hollows."""
    light = scene.light
    nx, ny, nz, material = touch(near.cones, p[0], p[1], p[2])
    hollow = 0.0
    for step in range(1, 4):
        h = 0.02 * step * step
        d = distance(wide, p[0] + nx * h, p[1] + ny * h, p[2] + nz * h)
        hollow += (h - d) / h * (0.5 / step)
    open_share = min(1.0, max(0.35, 1.0 - 0.75 * hollow))
    key = nx * light[0] + ny * light[1] + nz * light[2]
    key = key * window_share(scene.casters, light, p) if key > 0.0 else 0.0
    facing = max(0.0, -(nx * ray[0] + ny * ray[1] + nz * ray[2]))
    room = 0.34 + 0.16 * nz + 0.14 * facing
    lit = room * open_share + 0.72 * key * (0.35 + 0.65 * open_share)
    for c in range(3):
        out[c] = scene.colours[material, c] * lit * scene.tint[c]


@compiled()
def _march(eye: Array, near: Near, ray: Array) -> float:
    """Distance along the ray to the surface, or -1."""
    t = near.start_m
    d = 1.0
    for _ in range(STEPS):
        d = distance(near.cones, eye[0] + t * ray[0], eye[1] + t * ray[1], eye[2] + t * ray[2])
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
def _look(scene: Scene, wide: Array, near: Near, u: float, v: float, room: Array) -> bool:
    """Set the first row of ``room`` to the colour seen at a point of the picture.

    Returns False where the body isn't. The other rows (3 in all, 3 wide) are room to work in.
    """
    out, ray, p = room[0], room[1], room[2]
    _aim(scene, u, v, ray)
    t = _march(scene.eye, near, ray)
    if t < 0.0:
        return False
    for c in range(3):
        p[c] = scene.eye[c] + t * ray[c]
    _shade(scene, wide, near, p, ray, out)
    return True


@compiled()
def _is_edge(first: Array, body: Mask, y: int, x: int) -> bool:
    """Whether a pixel on the body or beside it differs from a neighbour."""
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        b, a = y + dy, x + dx
        if not (0 <= b < first.shape[0] and 0 <= a < first.shape[1]):
            continue
        if body[b, a] or body[y, x]:
            for c in range(3):
                if abs(first[b, a, c] - first[y, x, c]) > EDGE:
                    return True
    return False


@compiled()
def _look_within(
    scene: Scene, wide: Array, near: Near, y: int, x: int, room: Array, image: Array
) -> None:
    """Draw one pixel from four rays."""
    height, width = image.shape[0], image.shape[1]
    red, green, blue = 0.0, 0.0, 0.0
    for n in range(4):
        u = x + 0.25 + 0.5 * (n % 2) - width / 2
        v = y + 0.25 + 0.5 * (n // 2) - height / 2
        seen = room[0] if _look(scene, wide, near, u, v, room) else scene.back[y, x]
        red, green, blue = red + seen[0], green + seen[1], blue + seen[2]
    image[y, x, 0], image[y, x, 1], image[y, x, 2] = red / 4.0, green / 4.0, blue / 4.0


@compiled()
def _near_tile(scene: Scene, laid: Array, y0: int, x0: int, size_px: int) -> Near:
    half = size_px / 2
    height, width = scene.back.shape[0], scene.back.shape[1]
    ray = np.empty(3)
    _aim(scene, x0 + half - width / 2, y0 + half - height / 2, ray)
    return near_cones(scene.eye, laid, ray, (half + 1.0) * 1.42 / scene.focal_px)


@compiled()
def _draw_tile(scene: Scene, wide: Array, y0: int, x0: int, image: Array, body: Mask) -> None:
    """Trace a tile, one ray a pixel; note in ``body`` where the body is."""
    height, width = image.shape[0], image.shape[1]
    room = np.empty((3, 3))
    near = _near_tile(scene, wide, y0, x0, TILE_PX)
    if near.cones.shape[1] == 0:
        return
    for y in range(y0, min(y0 + TILE_PX, height)):
        for x in range(x0, min(x0 + TILE_PX, width)):
            if _look(scene, wide, near, x + 0.5 - width / 2, y + 0.5 - height / 2, room):
                body[y, x] = True
                for c in range(3):
                    image[y, x, c] = room[0, c]


@compiled()
def _smooth_tile(
    scene: Scene, wide: Array, y0: int, x0: int, first: Array, body: Mask, image: Array
) -> None:
    """Trace a tile's edge pixels again, four rays a pixel."""
    room = np.empty((3, 3))
    near = _near_tile(scene, wide, y0, x0, TILE_PX)
    if near.cones.shape[1] == 0:
        return
    for y in range(y0, min(y0 + TILE_PX, image.shape[0])):
        for x in range(x0, min(x0 + TILE_PX, image.shape[1])):
            if _is_edge(first, body, y, x):
                _look_within(scene, wide, near, y, x, room, image)


@compiled(parallel=True)
def trace(scene: Scene) -> Array:
    """Draw the body over its background; returns the linear RGB picture (height, width, 3)."""
    height, width = scene.back.shape[0], scene.back.shape[1]
    first = scene.back.copy()
    body = np.zeros((height, width), dtype=np.bool_)
    across = (width + BLOCK_PX - 1) // BLOCK_PX
    blocks = across * ((height + BLOCK_PX - 1) // BLOCK_PX)
    laid = prepare(scene)
    for block in prange(blocks):
        y0, x0 = block // across * BLOCK_PX, block % across * BLOCK_PX
        wide = _near_tile(scene, laid, y0, x0, BLOCK_PX).cones
        if wide.shape[1] > 0:
            for y, x in TILES:
                _draw_tile(scene, wide, y0 + y, x0 + x, first, body)
    image = first.copy()
    for block in prange(blocks):
        y0, x0 = block // across * BLOCK_PX, block % across * BLOCK_PX
        wide = _near_tile(scene, laid, y0, x0, BLOCK_PX).cones
        if wide.shape[1] > 0 and body[y0 : y0 + BLOCK_PX, x0 : x0 + BLOCK_PX].any():
            for y, x in TILES:
                _smooth_tile(scene, wide, y0 + y, x0 + x, first, body, image)
    return image
