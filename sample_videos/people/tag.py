"""A printed AprilTag that rides on the pelvis: family 36h11, number 0."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from people.kinematics import Skeleton
from people.makehuman import Array
from people.mesh import Part
from people.raster import Floats
from people.shape import Shape
from people.skin import BONES

#: The black square, and the white card on which it is printed.
TAG_M, CARD_M = 0.09, 0.11
#: Where a tag may ride: the near iliac crest, the belly below the navel, the sacrum.
PLACES = ("left", "right", "belly", "sacrum")
_OUTWARD = {
    "left": (0.1, 1.0, 0.0), "right": (0.1, -1.0, 0.0),
    "belly": (1.0, 0.0, 0.0), "sacrum": (-1.0, 0.0, 0.0),
}  # fmt: skip
#: How high: 0 at the hip joints, 1 at the lumbosacral joint. Lower at the side, a thigh that is
#: drawn up covers the card's corner.
_HEIGHT = {"left": 1.4, "right": 1.4, "belly": 0.85, "sacrum": 0.85}
_CELLS, _CLEAR_M = 10, 0.006
#: Cloth that the card holds down: to either side of its middle, before it, and by what it follows.
_BEHIND_M, _BEFORE_M, _LASTING = 0.07, 0.05, 0.2


@cache
def _modules() -> Array:
    """Brightness (10, 10) of the tag's fields with the white rim, the first row uppermost."""
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    inner = cv2.aruco.generateImageMarker(family, 0, 8, borderBits=1) / 255.0
    return np.pad(inner, 1, constant_values=1.0)


class Placement(NamedTuple):
    """Where a tag sits on the body at rest.

    Attributes
    ----------
    middle
        Middle of the tag (3,), in metres.
    frame
        Columns right, down and into the body: the tag's own axes in OpenCV's convention.
    """

    middle: Array
    frame: Array


def placement(shape: Shape, place: str, surface: Array) -> Placement:
    """Lay the card on a surface (n, 3) of skin and clothes, sloped as the surface is."""
    hip, lumbar = shape.joints["left_hip"], shape.joints["lumbar"]
    out = np.array(_OUTWARD[place])
    out /= np.linalg.norm(out)
    height = hip[2] + _HEIGHT[place] * (lumbar[2] - hip[2])
    start = np.array([abs(out[1]) * (hip[0] + 0.02), 0.0, height])
    right = np.cross(out, [0.0, 0.0, -1.0])
    # Arms stand apart at this height: only points near the trunk count.
    near = surface[np.abs(surface[:, 1]) < 0.30] - start
    near = near[np.abs(near @ right) < CARD_M / 2]
    upper, lower = (
        float((near[np.abs(near[:, 2] - z) < CARD_M / 4] @ out).max())
        for z in (CARD_M / 4, -CARD_M / 4)
    )
    up = np.array([0.0, 0.0, CARD_M / 2]) + (upper - lower) * out
    up /= np.linalg.norm(up)
    into = np.cross(right, -up)
    # Clear of every bulge between the edges.
    off = max(0.0, float((-(near[np.abs(near[:, 2]) < CARD_M / 2] @ into)).max()))
    return Placement(start - (off + _CLEAR_M) * into, np.stack([right, -up, into], axis=1))


def card(placed: Placement) -> Part:
    """Make the card a part of the person: a grid of fields, each of one brightness."""
    middle, frame = placed
    edges = np.concatenate(
        [[-CARD_M / 2], np.linspace(-TAG_M / 2, TAG_M / 2, _CELLS - 1), [CARD_M / 2]]
    )
    vertices: list[Array] = []
    faces: list[tuple[int, int, int]] = []
    tones: list[float] = []
    for row in range(_CELLS):
        for column in range(_CELLS):
            x, y = edges[[column, column + 1]], edges[[row, row + 1]]
            corners = [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])]
            start = len(vertices)
            vertices += [middle + frame[:, 0] * a + frame[:, 1] * b for a, b in corners]
            faces += [(start, start + 2, start + 1), (start, start + 3, start + 2)]
            tones += [0.03 + 0.82 * _modules()[row, column]] * 4
    count = len(vertices)
    weights = np.zeros((count, len(BONES)), dtype=np.float32)
    weights[:, BONES.index("pelvis")] = 1.0
    return Part(
        vertices=np.array(vertices), weights=weights, faces=np.array(faces),
        colours=np.repeat(np.array(tones)[:, None], 3, axis=1), gloss=np.zeros(count),
        reach=np.ones(count), gap=np.zeros(count),
    )  # fmt: skip


def corners(placed: Placement) -> Array:
    """Return the card's corners (4, 3)."""
    half = CARD_M / 2
    flat = [(x, y) for y in (-half, half) for x in (-half, half)]
    return np.array([placed.middle + placed.frame[:, :2] @ np.array(each) for each in flat])


def held_down(weights: Floats) -> NDArray[np.intp]:
    """Find the points of cloth and skin that a card on the pelvis holds down, by their weights."""
    lasting = weights[:, [BONES.index("pelvis"), BONES.index("lumbar")]].sum(axis=1)
    return np.flatnonzero(lasting > _LASTING)


def pressed(points: Floats, placed: Placement) -> Floats:
    """Press points (n, 3) that would pierce the card, or hang over it, behind it."""
    local = (points - placed.middle) @ placed.frame
    under = (np.abs(local[:, :2]) < _BEHIND_M).all(axis=1) & (local[:, 2] > -_BEFORE_M)
    through = np.where(under, np.maximum(0.0, _CLEAR_M / 2 - local[:, 2]), 0.0)
    found: Floats = (points + through[:, None] * placed.frame[:, 2]).astype(np.float32)
    return found


def pose_of(placed: Placement, shape: Shape, skeleton: Skeleton) -> Placement:
    """Return the true place of the tag in the world, as the pelvis carries it."""
    hips = (shape.joints["left_hip"] + shape.joints["right_hip"]) / 2
    pelvis = skeleton.frames["pelvis"]
    middle = skeleton.points["mid_hip"] + pelvis @ (placed.middle - hips)
    return Placement(middle, pelvis @ placed.frame)
