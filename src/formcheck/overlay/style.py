"""Font and colours of the overlay.

The font is OpenCV's own TrueType font. People with any colour vision can tell the colours apart;
shape and word go with them. The hues are those of Okabe and Ito's set, in OpenCV's order: blue,
green, red.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2

from formcheck.core.pose.frame import Image

Colour: TypeAlias = tuple[int, int, int]

INK: Colour = (24, 20, 18)
"""Behind text and around lines, so that both show on any background."""

WHITE: Colour = (255, 255, 255)
GREY: Colour = (205, 200, 195)
"""Small print and secondary figures."""

SKY: Colour = (233, 180, 86)
"""The moving leg."""

GREEN: Colour = (135, 190, 30)
"""Counted; held long enough."""

YELLOW: Colour = (66, 228, 240)
"""Do something; not verified."""

AMBER: Colour = (0, 165, 250)
"""Near a limit."""

VERMILLION: Colour = (50, 110, 245)
"""A fault."""


CAP = 0.70
"""Height of capitals and figures, as a share of the font size."""

DESCENT = 0.22
"""Depth of a `g` below the baseline, as a share of the font size."""

REGULAR = 500
BOLD = 700


@dataclass(frozen=True, slots=True)
class Style:
    """Style of a text: size in pixels, weight from 100 to 900, colour."""

    size_px: int
    weight: int
    ink: Colour


class Font:
    """OpenCV's built-in variable font: smooth, with umlauts and the degree sign."""

    def __init__(self) -> None:
        self._face = cv2.FontFace("sans")

    def width(self, text: str, size_px: int, weight: int) -> int:
        """Returns the width of a text in pixels."""
        x, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), self._face, size_px, weight)
        return int(x + width)

    def draw(self, image: Image, text: str, at: tuple[int, int], style: Style) -> None:
        """Draws a text whose baseline starts at a point."""
        cv2.putText(image, text, at, style.ink, self._face, style.size_px, style.weight)
