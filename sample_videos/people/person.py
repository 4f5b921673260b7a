"""A dressed person: all parts in one mesh that follows a skeleton."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from people.body import Body
from people.clothes import Outfit, bottoms, shirt, shoes
from people.head import hair, skin
from people.kinematics import Skeleton
from people.mesh import Part
from people.raster import Faces, Floats, vertex_normals
from people.recipes import RECIPES
from people.shape import build
from people.skin import Rig, follow

#: Skin this far inside a garment is left out, so that it can't show through.
_HIDDEN_M = 0.012


class Figure(NamedTuple):
    """A posed person: vertices (n, 3) in the world and their unit normals (n, 3)."""

    vertices: Floats
    normals: Floats


def _uncovered(bare: Part, garments: list[Part]) -> Part:
    """Leave out the faces of the skin that lie well inside a garment."""
    covered = np.zeros(len(bare.vertices), dtype=bool)
    for garment in garments:
        inside = garment.vertices[garment.reach > _HIDDEN_M].astype(np.float32)
        limit = 0.035
        cells = {tuple(c) for c in np.round(inside / limit).astype(int)}
        covered |= np.array(
            [tuple(c) in cells for c in np.round(bare.vertices / limit).astype(int)]
        )
    kept = bare.faces[~covered[bare.faces].all(axis=1)]
    return Part(
        vertices=bare.vertices, weights=bare.weights, faces=kept, colours=bare.colours,
        gloss=bare.gloss, reach=bare.reach, gap=bare.gap,
    )  # fmt: skip


class Person:
    """A body in its clothes.

    Parameters
    ----------
    body
        Whose proportions the skeletons have.
    outfit
        What the person wears.
    """

    def __init__(self, body: Body, outfit: Outfit) -> None:
        shape = build(RECIPES[body.name])
        self._rig = Rig(shape)
        worn = [shirt(shape, outfit), bottoms(shape, outfit), shoes(shape, outfit, body.sole_m)]
        parts = [_uncovered(skin(shape, outfit), worn), *worn, *hair(shape, outfit)]
        starts = np.cumsum([0, *(len(part.vertices) for part in parts)])
        shown = [part.faces[(part.reach[part.faces] >= 0).any(axis=1)] for part in parts]
        faces = np.concatenate([f + s for f, s in zip(shown, starts, strict=False)])
        used, places = np.unique(faces, return_inverse=True)
        self.faces: Faces = places.reshape(faces.shape).astype(np.int32)

        def together(name: str) -> Floats:
            whole = np.concatenate([getattr(part, name) for part in parts])
            return np.ascontiguousarray(whole[used], dtype=np.float32)

        self.colours, self.gloss = together("colours"), together("gloss")
        self.reach = together("reach")
        self._rest, self._weights, self._gap = (
            together("vertices"), together("weights"), together("gap"),
        )  # fmt: skip
        self._loose = np.flatnonzero(self._gap > 0)

    def pose(self, skeleton: Skeleton) -> Figure:
        """Let the mesh follow a skeleton, and loose cloth hang from it."""
        curl = getattr(skeleton, "finger_curl_deg", 20.0)
        moved = follow(self._rest, self._weights, self._rig.transforms(skeleton, curl))
        normals = vertex_normals(moved, self.faces)
        if len(self._loose):
            way = normals[self._loose]
            # Cloth lies on what faces up, hangs off what faces down and gives way to the floor.
            hang = self._gap[self._loose] * np.clip(1.0 - 0.85 * way[:, 2], 0.15, 1.85)
            moved[self._loose] += way * hang[:, None]
            below = self._loose[moved[self._loose, 2] < 0.004]
            moved[below, 2] = 0.004
            normals = vertex_normals(moved, self.faces)
        return Figure(moved, normals)
