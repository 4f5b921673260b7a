"""Light on what the rasteriser sees: a soft window, the room's own light, and shadows."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from people.raster import Faces, Floats, Seen, blank, compiled, rasterise

SHADOW_SIDE = 448
_FLOOR_CELL_M = 0.02
_FLOOR_CELLS = 160
#: Height over the floor at which a body part darkens the floor under it by 1/e of all it can.
_CONTACT_M = 0.10


class Light(NamedTuple):
    """The light of a room.

    Attributes
    ----------
    towards
        Unit vector (3,) from the person to the window.
    window, sky, bounce
        Linear RGB (3,) of the window's light, of the light from above and of that from the floor.
    softness
        Radius of the blur of a shadow's edge, in cells of the shadow map.
    """

    towards: Floats
    window: Floats
    sky: Floats
    bounce: Floats
    softness: int


class ShadowMap(NamedTuple):
    """Nearness to the window over a square across the light's direction.

    Attributes
    ----------
    axes
        Rows (3, 3): across, across and towards the light.
    origin
        World point (3,) in the middle of the map.
    cells_per_m
        Scale of the map.
    nearness
        Metres towards the light, plus 10, of what it meets first; 0 where nothing is.
    """

    axes: Floats
    origin: Floats
    cells_per_m: float
    nearness: Floats


def shadow_map(vertices: Floats, faces: Faces, reach: Floats, towards: Floats) -> ShadowMap:
    """Draw what the light sees of the triangles."""
    across = np.cross(towards, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across)
    axes = np.stack([across, np.cross(towards, across), towards]).astype(np.float32)
    middle = (vertices.min(axis=0) + vertices.max(axis=0)) / 2
    local = (vertices - middle) @ axes.T
    scale = float((SHADOW_SIDE / 2 - 12) / np.abs(local[:, :2]).max())
    samples = np.ascontiguousarray(local[:, :2] * scale + SHADOW_SIDE / 2)
    seen = blank(np.zeros((SHADOW_SIDE, SHADOW_SIDE), dtype=np.float32))
    rasterise(samples, np.ascontiguousarray(local[:, 2] + 10.0), faces, reach, seen)
    return ShadowMap(axes, middle.astype(np.float32), scale, seen.nearness)


@compiled
def lit_share(x: float, y: float, z: float, shadow: ShadowMap, softness: int) -> float:
    """Share of the window's light, 0 to 1, that reaches a world point."""
    dx, dy, dz = x - shadow.origin[0], y - shadow.origin[1], z - shadow.origin[2]
    axes, side = shadow.axes, len(shadow.nearness)
    u = (axes[0, 0] * dx + axes[0, 1] * dy + axes[0, 2] * dz) * shadow.cells_per_m + side / 2
    v = (axes[1, 0] * dx + axes[1, 1] * dy + axes[1, 2] * dz) * shadow.cells_per_m + side / 2
    near = axes[2, 0] * dx + axes[2, 1] * dy + axes[2, 2] * dz + 10.02
    column, row = int(u), int(v)
    if column < softness or row < softness:
        return 1.0
    if column >= side - softness or row >= side - softness:
        return 1.0
    lit, total = 0.0, 0.0
    step = max(1, softness)
    for i in range(-softness, softness + 1, step):
        for j in range(-softness, softness + 1, step):
            total += 1.0
            if shadow.nearness[row + i, column + j] <= near:
                lit += 1.0
    return lit / total


@compiled
def shade(
    seen: Seen,
    faces: Faces,
    vertices: Floats,
    normals: Floats,
    colours: Floats,
    gloss: Floats,
    eye: Floats,
    light: Light,
    shadow: ShadowMap,
) -> Floats:
    """Linear RGB and cover (rows, columns, 4) of what is seen; 0 where there is nothing.

    ``colours`` (n, 3) are the vertices' reflectances, ``gloss`` (n,) their shine in 0..1.
    """
    rows, columns = seen.face.shape
    found = np.zeros((rows, columns, 4), dtype=np.float32)
    point, normal, colour = np.zeros(3), np.zeros(3), np.zeros(3)
    for row in range(rows):
        for column in range(columns):
            f = seen.face[row, column]
            if f < 0:
                continue
            a, b, c = faces[f]
            wb, wc = seen.second[row, column], seen.third[row, column]
            wa = 1.0 - wb - wc
            for i in range(3):
                point[i] = wa * vertices[a, i] + wb * vertices[b, i] + wc * vertices[c, i]
                normal[i] = wa * normals[a, i] + wb * normals[b, i] + wc * normals[c, i]
                colour[i] = wa * colours[a, i] + wb * colours[b, i] + wc * colours[c, i]
            shine = wa * gloss[a] + wb * gloss[b] + wc * gloss[c]
            vx, vy, vz = eye[0] - point[0], eye[1] - point[1], eye[2] - point[2]
            far = np.sqrt(vx * vx + vy * vy + vz * vz)
            size = np.sqrt((normal * normal).sum()) + 1e-9
            facing = (normal[0] * vx + normal[1] * vy + normal[2] * vz) / (far * size)
            if facing < 0:
                # The inside of a garment.
                size, facing = -size, -facing
            nx, ny, nz = normal[0] / size, normal[1] / size, normal[2] / size
            towards = light.towards
            cosine = nx * towards[0] + ny * towards[1] + nz * towards[2]
            # Light wraps a little round the edge of its reach, as it does on skin and cloth.
            direct = max(0.0, (cosine + 0.2) / 1.2)
            if direct > 0:
                at = 0.012
                direct *= lit_share(
                    point[0] + at * nx, point[1] + at * ny, point[2] + at * nz, shadow, 2
                )
            up = 0.5 + 0.5 * nz
            near_floor = 1.0 - 0.55 * np.exp(-max(point[2], 0.0) / 0.12) * (1.0 - up)
            hx, hy, hz = vx / far + towards[0], vy / far + towards[1], vz / far + towards[2]
            half = np.sqrt(hx * hx + hy * hy + hz * hz) + 1e-9
            bright = max(0.0, (nx * hx + ny * hy + nz * hz) / half) ** 16 * shine * direct
            rim = shine * 0.25 * (1.0 - facing) ** 4
            edge = 0.82 + 0.18 * facing
            for i in range(3):
                ambient = (up * light.sky[i] + (1.0 - up) * light.bounce[i]) * near_floor * edge
                lit = colour[i] * (direct * light.window[i] + ambient)
                found[row, column, i] = lit + 0.35 * bright * light.window[i] + rim * light.sky[i]
            found[row, column, 3] = 1.0
    return found


def contact_map(vertices: Floats) -> tuple[Floats, Floats]:
    """How much of the room's light the body keeps from the floor, and the map's low corner.

    The map (cells, cells) has its rows along world ``y`` and its columns along ``x``; 0 is open.
    """
    corner = (vertices[:, :2].min(axis=0) + vertices[:, :2].max(axis=0)) / 2
    corner = (corner - _FLOOR_CELL_M * _FLOOR_CELLS / 2).astype(np.float32)
    cells = ((vertices[:, :2] - corner) / _FLOOR_CELL_M).astype(np.int64)
    inside = ((cells >= 0) & (cells < _FLOOR_CELLS)).all(axis=1)
    cells = cells[inside]
    closeness = np.exp(-np.maximum(vertices[inside, 2], 0.0) / _CONTACT_M)
    found = np.zeros((_FLOOR_CELLS, _FLOOR_CELLS), dtype=np.float32)
    np.maximum.at(found, (cells[:, 1], cells[:, 0]), closeness)
    found = cv2.dilate(found, np.ones((3, 3), dtype=np.uint8))
    return cv2.GaussianBlur(found, (0, 0), 3.0).astype(np.float32), corner


@compiled
def room_light(
    points: Floats,
    direct: Floats,
    ambient: Floats,
    light: Light,
    shadow: ShadowMap,
    contact: Floats,
    corner: Floats,
) -> Floats:
    """Linear RGB (rows, columns, 3) of the room with the person's shadows in it.

    ``points`` are the world points that the pixels show, ``direct`` and ``ambient`` their light
    from the window and from the room.
    """
    rows, columns = points.shape[:2]
    found = np.empty((rows, columns, 3), dtype=np.float32)
    for row in range(rows):
        for column in range(columns):
            x, y, z = points[row, column]
            lit = lit_share(x, y, z, shadow, light.softness)
            dark = 0.0
            if z < 0.03:
                i = int((y - corner[1]) / _FLOOR_CELL_M)
                j = int((x - corner[0]) / _FLOOR_CELL_M)
                if 0 <= i < contact.shape[0] and 0 <= j < contact.shape[1]:
                    dark = contact[i, j]
            for k in range(3):
                kept = (1.0 - 0.85 * dark) * ambient[row, column, k]
                found[row, column, k] = kept + (1.0 - 0.5 * dark) * lit * direct[row, column, k]
    return found
