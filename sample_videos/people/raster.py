"""A small z-buffer rasteriser, compiled by numba: triangles to the surface seen in each sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Faces = NDArray[np.int32]
_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(function: _Function) -> _Function:
    """Compile a function, kept on disk between runs."""
    return cast("_Function", njit(cache=True, fastmath=True, nogil=True)(function))


class Seen(NamedTuple):
    """What each sample of a grid sees; arrays are (rows, columns).

    Attributes
    ----------
    face
        Number of the nearest triangle, -1 where there is none.
    second, third
        Weights of the triangle's second and third corner, perspective considered.
    nearness
        1 over the distance along the optical axis; what `blank` was given where no triangle is.
    """

    face: Faces
    second: Floats
    third: Floats
    nearness: Floats


def blank(nearness: Floats) -> Seen:
    """Return a grid without triangles; nothing farther than ``nearness`` will enter it."""
    empty = np.zeros_like(nearness)
    return Seen(np.full(nearness.shape, -1, dtype=np.int32), empty, empty.copy(), nearness.copy())


@compiled
def vertex_normals(vertices: Floats, faces: Faces) -> Floats:
    """Find the unit normals (n, 3) of the vertices, by the areas of the triangles around them."""
    normals = np.zeros_like(vertices)
    for f in range(len(faces)):
        a, b, c = faces[f]
        ux, uy, uz = vertices[b] - vertices[a]
        vx, vy, vz = vertices[c] - vertices[a]
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for i in (a, b, c):
            normals[i, 0] += nx
            normals[i, 1] += ny
            normals[i, 2] += nz
    for i in range(len(normals)):
        x, y, z = normals[i]
        size = np.sqrt(x * x + y * y + z * z) + 1e-12
        normals[i, 0], normals[i, 1], normals[i, 2] = x / size, y / size, z / size
    return normals


@compiled
def rasterise(samples: Floats, nearness: Floats, faces: Faces, reach: Floats, seen: Seen) -> None:
    """Enter every triangle into the grid where it is the nearest.

    Parameters
    ----------
    samples
        Vertices in sample coordinates (n, 2): column and row; centres lie at halves.
    nearness
        1 over depth of each vertex (or any depth that is linear across the grid); triangles with a
        corner at 0 or less are left out.
    faces
        Corners of the triangles (m, 3).
    reach
        How far inside its garment's edge a vertex lies; where it falls below 0 there is no cloth.
    seen
        The grid, changed in place.
    """
    rows, columns = seen.nearness.shape
    for f in range(len(faces)):
        a, b, c = faces[f]
        na, nb, nc = nearness[a], nearness[b], nearness[c]
        if na <= 0 or nb <= 0 or nc <= 0:
            continue
        ra, rb, rc = reach[a], reach[b], reach[c]
        if ra < 0 and rb < 0 and rc < 0:
            continue
        ax, ay = samples[a, 0], samples[a, 1]
        bx, by = samples[b, 0] - ax, samples[b, 1] - ay
        cx, cy = samples[c, 0] - ax, samples[c, 1] - ay
        area = bx * cy - by * cx
        if abs(area) < 1e-9:
            continue
        left = max(0, int(np.ceil(ax + min(0.0, bx, cx) - 0.5)))
        right = min(columns - 1, int(np.floor(ax + max(0.0, bx, cx) - 0.5)))
        top = max(0, int(np.ceil(ay + min(0.0, by, cy) - 0.5)))
        bottom = min(rows - 1, int(np.floor(ay + max(0.0, by, cy) - 0.5)))
        for row in range(top, bottom + 1):
            y = row + 0.5 - ay
            for column in range(left, right + 1):
                x = column + 0.5 - ax
                wb = (x * cy - y * cx) / area
                wc = (bx * y - by * x) / area
                wa = 1.0 - wb - wc
                if wa < 0 or wb < 0 or wc < 0:
                    continue
                near = wa * na + wb * nb + wc * nc
                if near <= seen.nearness[row, column]:
                    continue
                wb, wc = wb * nb / near, wc * nc / near
                if (1.0 - wb - wc) * ra + wb * rb + wc * rc < 0:
                    continue
                seen.nearness[row, column] = near
                seen.face[row, column] = f
                seen.second[row, column] = wb
                seen.third[row, column] = wc
