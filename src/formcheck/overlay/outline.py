"""The outline of a body in the start posture, for the person to step into."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.pose import Points
from formcheck.core.pose.view import Position, View, facing_px
from formcheck.overlay.box import Box
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.style import Colour

_Limb = tuple[tuple[float, float, float], ...]
"""Points along a limb: x, y, width, all in tenths of the body's length."""

_FRONT: tuple[_Limb, ...] = (
    ((0.0, 0.55, 0.95), (0.0, 0.95, 0.8)),
    ((0.0, 1.2, 0.5), (0.0, 1.8, 0.6)),
    ((-0.55, 2.0, 0.7), (0.55, 2.0, 0.7)),
    ((0.0, 2.1, 1.7), (0.0, 3.5, 1.45), (0.0, 4.7, 1.6)),
    ((-0.9, 2.05, 0.55), (-1.15, 3.5, 0.42), (-1.25, 4.7, 0.34), (-1.27, 5.1, 0.3)),
    ((0.9, 2.05, 0.55), (1.15, 3.5, 0.42), (1.25, 4.7, 0.34), (1.27, 5.1, 0.3)),
    ((-0.42, 4.9, 0.85), (-0.5, 7.2, 0.62), (-0.5, 9.3, 0.42), (-0.62, 9.75, 0.4)),
    ((0.42, 4.9, 0.85), (0.5, 7.2, 0.62), (0.5, 9.3, 0.42), (0.62, 9.75, 0.4)),
)
_SIDE: tuple[_Limb, ...] = (
    ((0.1, 0.6, 1.0), (0.18, 0.95, 0.85)),
    ((0.0, 1.2, 0.55), (0.0, 1.9, 0.7)),
    ((0.02, 2.3, 1.0), (0.12, 3.2, 1.15), (0.02, 4.3, 1.0), (-0.05, 5.0, 1.2)),
    ((0.0, 2.2, 0.55), (-0.05, 3.6, 0.42), (0.15, 4.8, 0.34), (0.2, 5.15, 0.3)),
    ((0.0, 5.1, 1.1), (0.1, 7.2, 0.68), (0.0, 9.3, 0.42), (0.05, 9.7, 0.42), (0.75, 9.8, 0.26)),
)
_SUPINE: tuple[_Limb, ...] = (
    ((1.3, -0.5, 0.85), (1.55, -0.5, 0.85)),
    ((1.9, -0.42, 0.5), (2.4, -0.42, 0.6)),
    ((2.6, -0.45, 0.85), (4.0, -0.42, 0.8), (5.2, -0.45, 0.9)),
    ((2.6, -0.3, 0.5), (1.3, -0.12, 0.34), (0.1, -0.12, 0.28)),
    ((5.3, -0.45, 0.9), (6.9, -2.0, 0.6), (8.0, -0.3, 0.4), (8.1, -0.15, 0.34), (8.7, -0.14, 0.24)),
)
_PRONE: tuple[_Limb, ...] = (
    ((1.05, -3.0, 0.85), (1.3, -2.95, 0.85)),
    ((1.6, -2.8, 0.5), (2.2, -2.6, 0.6)),
    ((2.4, -2.5, 0.85), (3.9, -2.15, 0.8), (5.2, -1.85, 0.9)),
    ((2.35, -2.4, 0.5), (2.3, -1.2, 0.38), (2.3, -0.2, 0.32), (1.9, -0.12, 0.26)),
    ((5.3, -1.8, 0.9), (7.5, -1.1, 0.6), (9.4, -0.5, 0.4), (9.6, -0.1, 0.28)),
)
_HANGING: tuple[_Limb, ...] = (
    ((0.15, 1.75, 0.85), (0.2, 2.05, 0.8)),
    ((0.0, 2.4, 0.5), (0.0, 2.9, 0.6)),
    ((0.0, 3.2, 0.85), (0.05, 4.2, 0.9), (0.0, 5.6, 0.9)),
    ((0.0, 3.1, 0.5), (0.02, 1.6, 0.38), (0.05, 0.1, 0.32)),
    ((0.0, 5.7, 0.9), (0.06, 7.6, 0.6), (-0.05, 9.3, 0.4), (0.3, 9.8, 0.28)),
)


def draw_outline(
    canvas: Canvas, exercise: Exercise, colour: Colour, *, foot: float, flipped: bool = False
) -> None:
    """Draws the outline of a body of a good size, with its floor or bar.

    Parameters
    ----------
    exercise : Exercise
        Gives the body's position and the view to face.
    foot : float
        Units kept free at the bottom of the picture.
    flipped : bool
        Whether the outline faces left when upright, or has its head at the right when lying.
    """
    position = exercise.position
    box = _place(canvas, position, foot)
    limbs = _limbs_of(exercise)
    unit_px = (box.width if position.level else box.height) / 10
    origin = (box.x, box.bottom) if position.level else (box.x + box.width // 2, box.y)
    for contour in _contours(limbs, unit_px):
        shifted = [(float(x + origin[0]), float(y + origin[1])) for x, y in contour]
        if flipped:
            shifted = [(box.x + box.right - x, y) for x, y in shifted]
        canvas.tint(shifted, colour, 0.28)
        canvas.path([*shifted, shifted[0]], colour, 0.9)
    y = box.y if position is Position.HANGING else box.bottom + round(0.15 * unit_px)
    canvas.dashes((box.x, y), (box.right, y), colour, 0.7, dash=4.0)


def outline_paths(exercise: Exercise) -> dict[str, Any]:
    """Returns the outline for other screens than a canvas of pixels.

    Returns
    -------
    dict
        `paths`: closed lines of (x, y); `width`, `height`: of the box they stand in, in the same
        units; `floor`: the y of the floor or the bar.
    """
    unit_px = 24.0
    position, limbs = exercise.position, _limbs_of(exercise)
    width, height = (10.0, 3.6) if position.level else (4.2, 10.0)
    along, down = (0.0, height) if position.level else (width / 2, 0.0)
    paths = [
        [
            (round(along + x / unit_px, 2), round(down + y / unit_px, 2))
            for x, y in contour[::2].tolist()
        ]
        for contour in _contours(limbs, unit_px)
    ]
    floor = 0.0 if position is Position.HANGING else height + 0.15
    return {"paths": paths, "width": width, "height": height, "floor": floor}


def looks_other_way(points: Points, position: Position) -> bool:
    """Returns whether the seen person faces the other way than the outline."""
    facing = facing_px(points, position)
    # In a plank facing right puts the head at the right; the outline has it at the left.
    return facing > 0 if position is Position.PRONE else facing < 0


_LIMBS = {
    Position.UPRIGHT: _SIDE,
    Position.SUPINE: _SUPINE,
    Position.PRONE: _PRONE,
    Position.HANGING: _HANGING,
}


def _limbs_of(exercise: Exercise) -> tuple[_Limb, ...]:
    if exercise.position is Position.UPRIGHT and View.SIDE not in exercise.views:
        return _FRONT
    return _LIMBS[exercise.position]


@lru_cache(maxsize=8)
def _contours(limbs: tuple[_Limb, ...], unit_px: float) -> tuple[npt.NDArray[np.int32], ...]:
    """Returns the joint outlines of all limbs, in pixels about their common origin."""
    # The drawing reaches from 4 tenths above the origin to 11 below, from 3 left to 11 right.
    left, over = round(3 * unit_px), round(4 * unit_px)
    mask = np.zeros((over + round(11 * unit_px), left + round(11 * unit_px)), dtype=np.uint8)
    for limb in limbs:
        for (x1, y1, wide), (x2, y2, thin) in itertools.pairwise(limb):
            # Dense discs make a tapering limb with round joints.
            for share in np.linspace(0.0, 1.0, 24):
                x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
                radius = (wide + share * (thin - wide)) / 2
                at = (round(left + x * unit_px), round(over + y * unit_px))
                cv2.circle(mask, at, max(1, round(radius * unit_px)), 255, -1, cv2.LINE_AA)
    # The blur removes the steps between discs.
    soft = cv2.GaussianBlur(mask, (0, 0), max(0.6, 0.12 * unit_px))
    firm = np.where(soft >= 128, np.uint8(255), np.uint8(0))
    found, _ = cv2.findContours(firm, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    origin = np.array([left, over], dtype=np.int32)
    return tuple(contour[:, 0, :].astype(np.int32) - origin for contour in found)


def _place(canvas: Canvas, position: Position, foot: float) -> Box:
    """Returns the box of a body with a margin around it."""
    room = canvas.height - canvas.px(foot)
    if not position.level:
        height = round(0.9 * min(room, 1.5 * canvas.width))
        width = round(0.42 * height)
        return Box((canvas.width - width) // 2, (room - height) // 2 + canvas.px(1), width, height)
    width = round(0.84 * min(canvas.width, 1.9 * room))
    height = round(0.36 * width)
    return Box((canvas.width - width) // 2, round(0.6 * room) - height // 2, width, height)
