"""A picture to draw on, in units of a hundredth of its shorter side.

What is drawn this way looks the same at 320x240 and at 1920x1080, upright or wide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from formcheck.core.pose.frame import Image
from formcheck.core.pose.geometry import Point
from formcheck.overlay.box import Box, Label, rounded
from formcheck.overlay.style import CAP, DESCENT, INK, REGULAR, WHITE, Colour, Font, Style

_SUBPIXEL_BITS = 3
_SUBPIXEL = 1 << _SUBPIXEL_BITS
_HANGING = frozenset("gjpqyQ,;()")


class Canvas:
    """A picture to draw on.

    Parameters
    ----------
    image : (height, width, 3) uint8
        Drawn on in place.
    font : Font
        Font of all text.

    Attributes
    ----------
    labels : list of Label
        Every text drawn so far.
    panels : list of Box
        Every panel drawn so far.
    """

    def __init__(self, image: Image, font: Font) -> None:
        self.image = image
        self.font = font
        self.height, self.width = image.shape[:2]
        self.unit: float = min(self.width, self.height) / 100
        self.labels: list[Label] = []
        self.panels: list[Box] = []

    @property
    def frame(self) -> Box:
        """The whole picture."""
        return Box(0, 0, self.width, self.height)

    def px(self, units: float) -> int:
        """Returns a length in pixels, at least one."""
        return max(1, round(units * self.unit))

    def panel(
        self,
        box: Box,
        *,
        opacity: float = 0.72,
        border: Colour | None = None,
        corner: float = 2.0,
    ) -> None:
        """Darkens a rounded rectangle, so that text on it is legible, with a border if given."""
        self.panels.append(box)
        x, y = max(0, box.x), max(0, box.y)
        region = self.image[y : box.bottom, x : box.right]
        if region.size == 0:
            return
        radius_px = self.px(corner)
        shade = region.copy()
        cv2.fillPoly(shade, [rounded(region.shape, 0, radius_px)], INK, cv2.LINE_AA)
        cv2.addWeighted(shade, opacity, region, 1 - opacity, 0, dst=region)
        if border is not None:
            width_px = self.px(0.9)
            edge = rounded(region.shape, (width_px + 1) // 2, radius_px)
            cv2.polylines(region, [edge], True, border, width_px, cv2.LINE_AA)

    def text_width(self, text: str, size: float, weight: int = REGULAR) -> int:
        """Returns the width in pixels of a text whose size is in units."""
        return self.font.width(text, self.px(size), weight)

    def text(
        self,
        text: str,
        at: tuple[int, int],
        size: float,
        *,
        colour: Colour = WHITE,
        weight: int = REGULAR,
        centred: bool = False,
    ) -> Box:
        """Draws one line of text and returns its box.

        Parameters
        ----------
        at : (int, int)
            Pixel of the left end of the line (its middle if `centred`), at the top of the capitals.
        size : float
            Font size in units.
        """
        size_px = self.px(size)
        width = self.font.width(text, size_px, weight)
        x = at[0] - width // 2 if centred else at[0]
        cap = math.ceil(CAP * size_px)
        self.font.draw(self.image, text, (x, at[1] + cap), Style(size_px, weight, colour))
        below = math.ceil(DESCENT * size_px) if _HANGING.intersection(text) else 0
        box = Box(x, at[1], width, cap + below)
        self.labels.append(Label(text, box))
        return box

    def line(self, a: Point, b: Point, colour: Colour, width: float) -> None:
        """Draws a line with a dark rim; nothing if an end is NaN."""
        if not _known(a, b):
            return
        start, end = _fixed(a), _fixed(b)
        rim_px = self.px(width) + 2 * self.px(0.25)
        cv2.line(self.image, start, end, INK, rim_px, cv2.LINE_AA, _SUBPIXEL_BITS)
        cv2.line(self.image, start, end, colour, self.px(width), cv2.LINE_AA, _SUBPIXEL_BITS)

    def dashes(
        self, a: Point, b: Point, colour: Colour, width: float, *, dash: float = 3.0
    ) -> None:
        """Draws a dashed line with a dark rim; nothing if an end is NaN."""
        if not _known(a, b):
            return
        span = math.hypot(b[0] - a[0], b[1] - a[1])
        # An odd number of equal parts draws both ends.
        parts = max(1, round(span / self.px(dash)) // 2 * 2 + 1)
        for index in range(0, parts, 2):
            ends = [
                (a[0] + (b[0] - a[0]) * share / parts, a[1] + (b[1] - a[1]) * share / parts)
                for share in (index, index + 1)
            ]
            self.line(ends[0], ends[1], colour, width)

    def dim(self, share: float) -> None:
        """Darkens everything drawn so far by a share from 0 to 1."""
        cv2.convertScaleAbs(self.image, dst=self.image, alpha=1.0 - share, beta=0.0)

    def dot(self, centre: Point, radius: float, colour: Colour) -> None:
        """Draws a disc with a dark rim; nothing if the centre is NaN."""
        if not _known(centre):
            return
        at, radius_px = _fixed(centre), self.px(radius)
        rim_px = radius_px + self.px(0.25)
        cv2.circle(self.image, at, rim_px * _SUBPIXEL, INK, -1, cv2.LINE_AA, _SUBPIXEL_BITS)
        cv2.circle(self.image, at, radius_px * _SUBPIXEL, colour, -1, cv2.LINE_AA, _SUBPIXEL_BITS)

    def disc(self, centre: tuple[int, int], radius_px: int, colour: Colour) -> None:
        """Draws a plain disc."""
        cv2.circle(self.image, centre, radius_px, colour, -1, cv2.LINE_AA)

    def polygon(self, corners: Sequence[Point], colour: Colour) -> None:
        """Draws a filled shape."""
        fixed = np.array([_fixed(p) for p in corners], dtype=np.int32)
        cv2.fillPoly(self.image, [fixed], colour, cv2.LINE_AA, _SUBPIXEL_BITS)

    def stroke(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draws an open line through points, without a rim."""
        fixed = np.array([_fixed(p) for p in points], dtype=np.int32)
        cv2.polylines(
            self.image, [fixed], False, colour, self.px(width), cv2.LINE_AA, _SUBPIXEL_BITS
        )

    def thick(self, points: Sequence[Point], colour: Colour, width_px: int) -> None:
        """Draws an open line through points with round ends, its width in pixels."""
        fixed = np.array([_fixed(p) for p in points], dtype=np.int32)
        width_px = max(1, width_px)
        cv2.polylines(self.image, [fixed], False, colour, width_px, cv2.LINE_AA, _SUBPIXEL_BITS)
        for point in (points[0], points[-1]):
            self.disc((round(point[0]), round(point[1])), width_px // 2, colour)

    def path(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draws an open line through points with a dark rim; nothing if a point is NaN."""
        if _known(*points):
            self.stroke(points, INK, width + 0.5)
            self.stroke(points, colour, width)

    def arc(
        self,
        centre: Point,
        radius_px: float,
        start_deg: float,
        turn_deg: float,
        colour: Colour,
        width: float = 0.9,
    ) -> None:
        """Draws a part of a circle with a dark rim, from a direction over a turn.

        Degrees from the picture's right, positive towards its bottom.
        """
        if not _known(centre):
            return
        self.path(_rim(centre, radius_px, start_deg, turn_deg), colour, width)

    def sector(
        self, centre: Point, radius_px: float, start_deg: float, turn_deg: float, colour: Colour
    ) -> None:
        """Tints a slice of a disc and draws its rim; degrees as in `arc`."""
        if not _known(centre):
            return
        self.tint([centre, *_rim(centre, radius_px, start_deg, turn_deg)], colour, 0.45)
        self.arc(centre, radius_px, start_deg, turn_deg, colour, 1.2)

    def tint(self, corners: Sequence[Point], colour: Colour, opacity: float) -> None:
        """Draws a translucent shape."""
        outline = np.array(corners)
        low = np.floor(outline.min(axis=0)).astype(int)
        high = np.ceil(outline.max(axis=0)).astype(int) + 1
        x, y = max(0, low[0]), max(0, low[1])
        region = self.image[y : max(y, high[1]), x : max(x, high[0])]
        if region.size == 0:
            return
        shade = region.copy()
        fixed = np.array([_fixed((px - x, py - y)) for px, py in corners], dtype=np.int32)
        cv2.fillPoly(shade, [fixed], colour, cv2.LINE_AA, _SUBPIXEL_BITS)
        cv2.addWeighted(shade, opacity, region, 1 - opacity, 0, dst=region)

    def ring(
        self, centre: tuple[int, int], radius: float, share: float, colour: Colour, width: float
    ) -> None:
        """Draws a ring on its track, filled clockwise from the top by a share from 0 to 1."""
        radius_px, width_px = self.px(radius), self.px(width)
        cv2.circle(self.image, centre, radius_px, (90, 85, 80), width_px, cv2.LINE_AA)
        end_deg = round(360 * min(1.0, max(0.0, share)))
        if end_deg > 0:
            axes = (radius_px, radius_px)
            cv2.ellipse(self.image, centre, axes, -90, 0, end_deg, colour, width_px, cv2.LINE_AA)


def _rim(centre: Point, radius_px: float, start_deg: float, turn_deg: float) -> list[Point]:
    """Returns points along a part of a circle, one every three degrees."""
    turns = np.radians(start_deg + np.linspace(0.0, turn_deg, max(2, int(abs(turn_deg) / 3))))
    rim = np.stack([np.cos(turns), np.sin(turns)], axis=1) * radius_px + np.array(centre)
    return [(float(x), float(y)) for x, y in rim]


def _known(*points: Point) -> bool:
    return all(math.isfinite(x) and math.isfinite(y) for x, y in points)


def _fixed(point: Point) -> tuple[int, int]:
    # Coordinates far outside would overflow the line drawer's fixed-point arithmetic.
    x, y = (max(-16000.0, min(16000.0, c)) for c in point)
    return round(x * _SUBPIXEL), round(y * _SUBPIXEL)
