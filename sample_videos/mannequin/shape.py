"""The body's surface in the world: its flesh laid on a posed skeleton, as arrays for the tracer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mannequin import band as bands
from mannequin.band import Band
from mannequin.body import Body, Palette
from mannequin.flesh import GROUPS, MATERIALS, Cone, parts
from mannequin.kinematics import Skeleton
from mannequin.vectors import Array


@dataclass(frozen=True, slots=True)
class Surface:
    """Cones in the world, one row a cone, sorted by group.

    Attributes
    ----------
    cones
        Start (3), unit axis (3), length, radii (2), wide (3), 1 - 1/stretch, bounding radius about
        the axis; metres.
    tags
        Group and material.
    """

    cones: Array
    tags: NDArray[np.int64]


#: Thickness follows girth only where flesh does.
_FLESHY = {"pelvis", "lumbar", "thorax", "thigh", "shank", "upper_arm", "forearm", "neck"}
_ORIGIN = {
    "pelvis": "mid_hip", "lumbar": "lumbar", "thorax": "thorax", "neck": "neck", "head": "head",
    "thigh": "hip", "shank": "knee", "foot": "ankle",
    "upper_arm": "shoulder", "forearm": "elbow", "hand": "wrist",
}  # fmt: skip


PARTS = parts()
_TAGS = [[GROUPS.index(c.melts_with), MATERIALS.index(c.material)] for _, _, c in PARTS]


def _row(body: Body, skeleton: Skeleton, side: str, segment: str, cone: Cone) -> list[float]:
    prefix = f"{side}_" if side else ""
    frame = skeleton.frames[prefix + segment]
    origin = skeleton.points[prefix + _ORIGIN[segment]]
    thick = body.scale * (body.girth if segment in _FLESHY else 1.0)
    if segment == "thorax" and cone.material == "shirt":
        thick *= 1.0 + 0.012 * skeleton.breath
    start = origin + frame @ (body.scale * np.array(cone.start))
    axis = origin + frame @ (body.scale * np.array(cone.end)) - start
    length = float(np.linalg.norm(axis))
    first, last = thick * cone.start_radius, thick * cone.end_radius
    wide = frame @ np.array(cone.wide)
    bound = max(first, last) * max(1.0, cone.stretch)
    return [
        *start, *(axis / length), length, first, last, *wide, 1.0 - 1.0 / cone.stretch, bound,
    ]  # fmt: skip


def surface(body: Body, skeleton: Skeleton, band: Band | None = None) -> Surface:
    """Lay the cones on a posed skeleton, and a band's round its foot."""
    rows, tags = [_row(body, skeleton, *part) for part in PARTS], list(_TAGS)
    if band is not None:
        pulled = bands.rows(band, skeleton)
        rows, tags = rows + pulled, tags + [bands.tag()] * len(pulled)
    return Surface(np.array(rows), np.array(tags, dtype=np.int64))


def colours(palette: Palette) -> Array:
    """Linear RGB of each material."""
    fixed = {"white": (240, 238, 234), "pupil": (44, 32, 28), "band": (214, 164, 40)}
    srgb = np.array([fixed.get(name) or getattr(palette, name) for name in MATERIALS])
    linear: Array = (srgb / 255.0) ** 2.2
    return linear
