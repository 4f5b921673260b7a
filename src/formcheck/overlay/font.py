"""Text in a picture, in OpenCV's own TrueType font."""

from __future__ import annotations

from dataclasses import dataclass

import cv2

from formcheck.frame import Image
from formcheck.overlay.palette import Colour

CAP = 0.70
"""Height of capitals and figures, as a share of the font size."""

DESCENT = 0.22
"""How far a `g` hangs below the baseline, as a share of the font size."""

REGULAR = 500
BOLD = 700


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: size in pixels, weight from 100 to 900, colour."""

    size_px: int
    weight: int
    ink: Colour


class Font:
    """The variable font that OpenCV brings: smooth, with umlauts and the degree sign."""

    def __init__(self) -> None:
        self._face = cv2.FontFace("sans")

    def width(self, text: str, size_px: int, weight: int) -> int:
        """Return how wide a text is, in pixels."""
        x, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), self._face, size_px, weight)
        return int(x + width)

    def draw(self, image: Image, text: str, at: tuple[int, int], style: Style) -> None:
        """Draw a text whose baseline starts at a point."""
        cv2.putText(image, text, at, style.ink, self._face, style.size_px, style.weight)
