"""A dressed person: all parts in one mesh that follows a skeleton."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from people import band
from people.body import SIDES, Body
from people.clothes import Outfit, bottoms, covered, shirt, shoes
from people.head import hair, skin
from people.kinematics import Skeleton
from people.makehuman import Array
from people.mesh import Part
from people.raster import Faces, Floats, vertex_normals
from people.recipes import RECIPES
from people.shape import build
from people.skin import Rig, follow
from people.tag import Placement, card, corners, held_down, placement, pose_of, pressed

#: Bend of each row of finger joints at ease and round a bar; a hand lies flat and closes as its
#: wrist comes this near to the floor and to the bar.
_EASY_DEG, _FIST_DEG = 20.0, 62.0
_FLAT_M, _GRIP_M = (0.10, 0.30), (0.20, 0.40)


class Figure(NamedTuple):
    """A posed person: vertices (n, 3) in the world and their unit normals (n, 3)."""

    vertices: Floats
    normals: Floats


def _pressed(part: Part, middle: Array) -> Part:
    """Press loose cloth flat under a card that is strapped over it."""
    off = np.linalg.norm(part.vertices - middle, axis=1)
    return replace(part, gap=part.gap * np.clip((off - 0.09) / 0.08, 0.0, 1.0))


class Person:
    """A body in its clothes.

    Parameters
    ----------
    body
        Whose proportions the skeletons have.
    outfit
        What the person wears.
    tag
        Where a printed tag rides on the pelvis (`people.tag.PLACES`), or nothing.
    banded
        Foot round which an elastic band is slung, or nothing.
    """

    def __init__(self, body: Body, outfit: Outfit, tag: str = "", banded: str = "") -> None:
        self._shape = shape = build(RECIPES[body.name])
        self._rig = Rig(shape)
        worn = [shirt(shape, outfit), bottoms(shape, outfit), shoes(shape, outfit, body.sole_m)]
        bare = skin(shape, outfit)
        bare = replace(bare, faces=bare.faces[~covered(worn)[bare.faces].all(axis=1)])
        parts = [bare, *worn, *hair(shape, outfit)]
        if tag:
            self._tag = placement(shape, tag, np.concatenate([part.vertices for part in worn]))
            parts = [_pressed(part, self._tag.middle) for part in parts]
            parts.append(card(self._tag))
        self._banded = banded
        if banded:
            parts.append(band.part())
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
        self._tagged = bool(tag)
        self._held = np.empty(0, dtype=np.intp)
        if tag:
            # The card itself comes last.
            self._held = held_down(self._weights[: -len(card(self._tag).vertices)])

    def tag_pose(self, skeleton: Skeleton) -> Placement:
        """Return where the tag truly is in the world; only for a person who wears one."""
        return pose_of(self._tag, self._shape, skeleton)

    def card_corners(self, skeleton: Skeleton) -> Array:
        """Return the card's corners (4, 3) in the world; none, (0, 3), for a person without one."""
        return corners(self.tag_pose(skeleton)) if self._tagged else np.empty((0, 3))

    def pose(self, skeleton: Skeleton, bar_m: float | None = None) -> Figure:
        """Let the mesh follow a skeleton, and loose cloth hang from it; hands grip a bar."""
        height = min(float(skeleton.points[f"{side}_wrist"][2]) for side in SIDES)
        curl = float(np.interp(height, _FLAT_M, (0.0, _EASY_DEG)))
        if bar_m is not None:
            curl = float(np.interp(bar_m - height, _GRIP_M, (_FIST_DEG, curl)))
        moved = follow(self._rest, self._weights, self._rig.transforms(skeleton, curl))
        if self._banded:
            strung = band.vertices(self._banded, skeleton)
            moved[-len(strung) :] = strung
        normals = vertex_normals(moved, self.faces)
        if len(self._loose):
            way = normals[self._loose]
            # Cloth lies on what faces up, hangs off what faces down and gives way to the floor.
            hang = self._gap[self._loose] * np.clip(1.0 - 0.85 * way[:, 2], 0.15, 1.5)
            moved[self._loose] += way * hang[:, None]
            below = self._loose[moved[self._loose, 2] < 0.004]
            moved[below, 2] = 0.004
        if self._tagged:
            moved[self._held] = pressed(moved[self._held], self.tag_pose(skeleton))
        if len(self._loose) or self._tagged:
            normals = vertex_normals(moved, self.faces)
        return Figure(moved, normals)
