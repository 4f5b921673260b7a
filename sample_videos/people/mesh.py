"""Parts of a drawn person, and what is done to meshes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from people.makehuman import Array, Indices
from people.raster import Floats, vertex_normals


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Skin, a garment, hair: a mesh at rest that follows the bones.

    Attributes
    ----------
    vertices, weights
        Rest positions (n, 3) and weights over the bones (n, bones).
    faces
        Triangles (m, 3).
    colours, gloss
        Linear reflectance (n, 3) and shine (n,).
    reach
        How far inside the part's edge each vertex lies; the part ends where it falls below 0.
    gap
        How far loose cloth stands off at rest, in metres; 0 lies close.
    """

    vertices: Array
    weights: Floats
    faces: Indices
    colours: Array
    gloss: Array
    reach: Array
    gap: Array


def triangles(quads: Indices) -> Indices:
    """Split quads (m, 4) into triangles (2 m, 3)."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def linear(colour: tuple[int, int, int], count: int) -> Array:
    """Linear reflectance (count, 3) of an sRGB colour."""
    return np.tile((np.array(colour) / 255.0) ** 2.2, (count, 1))


def grown(points: Array, faces: Indices, by_m: float) -> Array:
    """Move every point outwards along its normal."""
    normals = vertex_normals(points.astype(np.float32), faces.astype(np.int32))
    return points + by_m * normals.astype(np.float64)


def smoothed(values: Array, faces: Indices, rounds: int) -> Array:
    """Average values (n, k) of the vertices with their neighbours' a number of times."""
    corners = [faces[:, i] for i in (0, 1, 2)]
    start = np.concatenate(corners * 2)
    end = np.concatenate(corners[1:] + corners[:1] + corners[2:] + corners[:2])
    size = len(values)
    count = np.bincount(start, minlength=size).clip(min=1)
    found = values.astype(np.float64)
    for _ in range(rounds):
        total = [np.bincount(start, column[end], minlength=size) for column in found.T]
        found = 0.5 * found + 0.5 * np.stack(total, axis=1) / count[:, None]
    return found


def ball(centre: Array, radii: tuple[float, float, float]) -> tuple[Array, Indices]:
    """Vertices and triangles of an ellipsoid."""
    around, up = 16, 9
    phi = np.linspace(0, 2 * np.pi, around, endpoint=False)
    theta = np.linspace(0.0, np.pi, up)
    grid = np.stack(
        [
            np.outer(np.sin(theta), np.cos(phi)),
            np.outer(np.sin(theta), np.sin(phi)),
            np.outer(np.cos(theta), np.ones(around)),
        ],
        axis=-1,
    )
    i, j = (a.ravel() for a in np.meshgrid(np.arange(up - 1), np.arange(around), indexing="ij"))
    k = (j + 1) % around
    quads = np.stack([i * around + j, (i + 1) * around + j, (i + 1) * around + k, i * around + k])
    return centre + grid.reshape(-1, 3) * np.array(radii), triangles(quads.T)
