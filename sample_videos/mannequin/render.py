"""Pictures of a posed body in its room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mannequin.band import Band
from mannequin.body import SIDES, Body
from mannequin.camera import Camera
from mannequin.field import Scene
from mannequin.flesh import MELT_M
from mannequin.kinematics import Skeleton
from mannequin.room import Room, look
from mannequin.shadow import floor_shade
from mannequin.shape import colours, surface
from mannequin.tracer import trace
from mannequin.vectors import Array

Picture = NDArray[np.uint8]

SHADOW_REACH_M = 2.4
_TINT = np.array([1.0, 0.985, 0.955])
_MELT = np.array(list(MELT_M.values()))
#: Bones that cast the shadow: ends and radius in metres for a stature of 1.72 m.
_CASTERS = (
    ("hip", "knee", 0.072), ("knee", "ankle", 0.046), ("heel", "toe", 0.034),
    ("shoulder", "elbow", 0.048), ("elbow", "wrist", 0.036),
)  # fmt: skip


def _casters(body: Body, skeleton: Skeleton) -> Array:
    points = skeleton.points
    ends = [
        (points[f"{side}_{a}"], points[f"{side}_{b}"], r) for side in SIDES for a, b, r in _CASTERS
    ]
    ends += [(points["mid_hip"], points["neck"], 0.115), (points["neck"], points["head"], 0.07)]
    ends += [(points["left_shoulder"], points["right_shoulder"], 0.07)]
    ends += [(points["head"], points["head"] + skeleton.frames["head"][:, 2] * 0.03, 0.085)]
    return np.array([[*a, *b, r * body.scale] for a, b, r in ends])


def _bytes(linear: Array) -> Picture:
    return np.asarray(255.0 * np.clip(linear, 0, 1) ** (1 / 2.2) + 0.5, dtype=np.uint8)


class Studio:
    """One camera in one room, ready to take pictures of one body.

    Parameters
    ----------
    camera
        The pinhole camera.
    body
        Whom to draw.
    size_px
        Width and height of the pictures.
    bar_m
        Height of the pull-up bar, if there is one. It is drawn behind the body.
    seat_m
        Height of a stool behind the person, if there is one. It is drawn behind the body too.
    band
        An elastic band round a foot, if there is one.
    """

    def __init__(
        self,
        camera: Camera,
        body: Body,
        size_px: tuple[int, int],
        bar_m: float | None = None,
        seat_m: float | None = None,
        band: Band | None = None,
    ) -> None:
        self._camera = camera
        self._body = body
        self._band = band
        self._size_px = size_px
        self._room: Room = look(camera, size_px, bar_m, seat_m)
        self._empty = _bytes(self._room.picture)
        self._colours = colours(body.palette)

    def shoot(self, skeleton: Skeleton) -> Picture:
        """Take a picture (height, width, 3), sRGB bytes in the order red, green, blue."""
        room, camera = self._room, self._camera
        centre = skeleton.points["mid_hip"][:2]
        casters = _casters(self._body, skeleton)
        shade = floor_shade(casters, room.light, room.floor_xy_m, centre, SHADOW_REACH_M)
        seen = surface(self._body, skeleton, self._band)
        scene = Scene(
            cones=seen.cones,
            tags=seen.tags,
            melt=_MELT,
            colours=self._colours,
            casters=casters,
            light=room.light,
            tint=_TINT,
            eye=camera.position_m,
            axes=camera.axes,
            focal_px=camera.focal_px(self._size_px),
            back=room.picture * shade[..., None],
        )
        linear = trace(scene)
        picture = self._empty.copy()
        # Raising to a power is slow: only what differs from the empty room is developed anew.
        changed = (linear != room.picture).any(axis=2)
        picture[changed] = _bytes(linear[changed])
        return picture
