"""Rectangles of a picture for panels and texts, and the round corners of panels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of whole pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column beyond the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row beyond the box."""
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        """Returns whether the two boxes share a pixel."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: Box) -> bool:
        """Returns whether the other box lies wholly within this box."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A drawn text and its box."""

    text: str
    box: Box


@lru_cache(maxsize=64)
def rounded(shape: tuple[int, ...], inset: int, radius: int) -> npt.NDArray[np.int32]:
    """Returns the outline of a picture of this shape, `inset` inside it, with round corners."""
    right, bottom = shape[1] - 1 - inset, shape[0] - 1 - inset
    radius = max(0, min(radius, (right - inset) // 2, (bottom - inset) // 2))
    turns = np.radians(np.linspace(0, 90, 6 if radius < 40 else 24))
    corners = []
    for quarter, (x, y) in enumerate(
        (
            (right - radius, bottom - radius),
            (inset + radius, bottom - radius),
            (inset + radius, inset + radius),
            (right - radius, inset + radius),
        )
    ):
        angles = turns + quarter * math.pi / 2
        corners.append(np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1))
    outline: npt.NDArray[np.int32] = np.rint(np.concatenate(corners)).astype(np.int32)
    return outline
