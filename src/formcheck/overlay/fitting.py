"""Fits text into its room: smaller, in several lines, or cut."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from formcheck.overlay.canvas import Canvas
from formcheck.overlay.style import REGULAR, Font

_ONE_LINE = 0.8


@dataclass(frozen=True)
class _Ruler:
    """Measures lines in one font, weight and scale."""

    font: Font
    unit: float
    weight: int

    def width(self, line: str, size: float) -> int:
        """Returns the width in pixels of a line at a size in units."""
        return self.font.width(line, max(1, round(size * self.unit)), self.weight)


def fitting_size(
    canvas: Canvas, text: str, size: float, room_px: int, weight: int = REGULAR
) -> float:
    """Returns the font size in units at which a line fits, no larger than the one given."""
    return min(size, size * room_px / max(1, canvas.text_width(text, size, weight)))


def fit(
    canvas: Canvas, text: str, room_px: int, sizes: tuple[float, float], weight: int
) -> tuple[tuple[str, ...], float]:
    """Returns a text as at most three lines that fit, and the font size in units they fit at.

    One line is preferred, unless it had to be much smaller than two, and two to three; what is too
    long even for three lines at the smallest size is cut.
    """
    return _fit(_Ruler(canvas.font, canvas.unit, weight), text, room_px, sizes)


# The same sentence stays for many frames, and dividing it is slow.
@lru_cache(maxsize=64)
def _fit(
    ruler: _Ruler, text: str, room_px: int, sizes: tuple[float, float]
) -> tuple[tuple[str, ...], float]:
    if not text:
        return (), sizes[1]
    steps = [max(sizes[1], sizes[0] * 0.94**i) for i in range(12)]
    for size in steps:
        if size >= _ONE_LINE * sizes[0] and ruler.width(text, size) <= room_px:
            return (text,), size
    for count in (2, 3):
        lines = _balanced(ruler, text, count)
        for size in steps:
            if all(ruler.width(line, size) <= room_px for line in lines):
                return lines, size
    return _filled(ruler, text, room_px, steps[-1]), steps[-1]


def _balanced(ruler: _Ruler, text: str, count: int) -> tuple[str, ...]:
    """Returns a text in `count` lines, as equal as its words allow."""
    words = text.split()
    lengths = [ruler.width(word + " ", 10.0) for word in words]
    best: tuple[int, ...] = (0, len(words))
    widest = sum(lengths)
    for cuts in itertools.combinations(range(1, len(words)), count - 1):
        bounds = (0, *cuts, len(words))
        width = max(sum(lengths[a:b]) for a, b in itertools.pairwise(bounds))
        if width < widest:
            best, widest = bounds, width
    return tuple(" ".join(words[a:b]) for a, b in itertools.pairwise(best))


def _filled(ruler: _Ruler, text: str, room_px: int, size: float) -> tuple[str, ...]:
    """Returns a text that is too long in three full lines, the last one cut."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < 2:
        taken = 1
        while taken < len(words) and ruler.width(" ".join(words[: taken + 1]), size) <= room_px:
            taken += 1
        lines.append(" ".join(words[:taken]))
        words = words[taken:]
    lines += [" ".join(words)] if words else []
    return tuple(_cut(ruler, line, room_px, size) for line in lines)


def _cut(ruler: _Ruler, text: str, room_px: int, size: float) -> str:
    if ruler.width(text, size) <= room_px:
        return text
    while text and ruler.width(text + "…", size) > room_px:
        text = text[:-1]
    return text.rstrip() + "…"
