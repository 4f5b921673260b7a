"""Text in a picture: OpenCV 5's own TrueType font, or the stroke font of OpenCV 4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

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


class Font(Protocol):
    """Something that can measure and draw one line of text."""

    def width(self, text: str, size_px: int, weight: int) -> int:
        """Return how wide a text is, in pixels."""

    def draw(self, image: Image, text: str, at: tuple[int, int], style: Style) -> None:
        """Draw a text whose baseline starts at a point."""


class TrueType:
    """The variable font that OpenCV 5 brings: smooth, with umlauts and the degree sign."""

    def __init__(self) -> None:
        self._face = cv2.FontFace("sans")

    def width(self, text: str, size_px: int, weight: int) -> int:
        """Return how wide a text is, in pixels."""
        x, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), self._face, size_px, weight)
        return int(x + width)

    def draw(self, image: Image, text: str, at: tuple[int, int], style: Style) -> None:
        """Draw a text whose baseline starts at a point."""
        cv2.putText(image, text, at, style.ink, self._face, style.size_px, style.weight)


class Strokes:
    """The stroke font of OpenCV 4, which knows ASCII only."""

    _FACE = cv2.FONT_HERSHEY_SIMPLEX
    _CAP_PX = 21.0

    def width(self, text: str, size_px: int, weight: int) -> int:
        """Return how wide a text is, in pixels."""
        stroke_px = self._stroke_px(size_px, weight)
        (width, _), _ = cv2.getTextSize(
            self._ascii(text), self._FACE, self._scale(size_px), stroke_px
        )
        return int(width)

    def draw(self, image: Image, text: str, at: tuple[int, int], style: Style) -> None:
        """Draw a text whose baseline starts at a point."""
        cv2.putText(
            image,
            self._ascii(text),
            at,
            self._FACE,
            self._scale(style.size_px),
            style.ink,
            self._stroke_px(style.size_px, style.weight),
            cv2.LINE_AA,
        )

    def _scale(self, size_px: int) -> float:
        return size_px * CAP / self._CAP_PX

    @staticmethod
    def _stroke_px(size_px: int, weight: int) -> int:
        return max(1, round(size_px * weight / 7000))

    @staticmethod
    def _ascii(text: str) -> str:
        text = text.replace("°", " deg").replace("…", "...")
        return text.encode("ascii", "replace").decode("ascii")


def best_font() -> Font:
    """Return the TrueType font where OpenCV has it, else the stroke font."""
    return TrueType() if hasattr(cv2, "FontFace") else Strokes()
