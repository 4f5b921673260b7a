"""Making text fit its room: smaller, in two lines, or cut."""

from __future__ import annotations

from formcheck.overlay.canvas import Canvas
from formcheck.overlay.font import REGULAR

_ONE_LINE = 0.8


def fitting_size(
    canvas: Canvas, text: str, size: float, room_px: int, weight: int = REGULAR
) -> float:
    """Return the font size in units at which a line fits, no larger than the one given."""
    return min(size, size * room_px / max(1, canvas.text_width(text, size, weight)))


def fit(
    canvas: Canvas, text: str, room_px: int, sizes: tuple[float, float], weight: int
) -> tuple[list[str], float]:
    """Return a text as at most two lines that fit, and the font size in units they fit at.

    One line is preferred, unless it had to be much smaller than two; what is too long even for two
    lines at the smallest size is cut.
    """
    if not text:
        return [], sizes[1]
    steps = [max(sizes[1], sizes[0] * 0.94**i) for i in range(12)]
    for size in steps:
        if size >= _ONE_LINE * sizes[0] and canvas.text_width(text, size, weight) <= room_px:
            return [text], size
    for size in steps:
        lines = _halves(canvas, text, size, weight)
        if all(canvas.text_width(line, size, weight) <= room_px for line in lines):
            return lines, size
    size, words, taken = steps[-1], text.split(), 1
    # Greedily now, so that nothing is lost but the end; all of it is known not to fit.
    while canvas.text_width(" ".join(words[: taken + 1]), size, weight) <= room_px:
        taken += 1
    lines = [" ".join(words[:taken]), " ".join(words[taken:])]
    return [_cut(canvas, line, room_px, size, weight) for line in lines if line], size


def _halves(canvas: Canvas, text: str, size: float, weight: int) -> list[str]:
    """Return a text in two lines as equal as its words allow."""
    words = text.split()
    splits = [[" ".join(words[:i]), " ".join(words[i:])] for i in range(1, len(words))]
    widest = [max(canvas.text_width(line, size, weight) for line in split) for split in splits]
    return splits[widest.index(min(widest))] if splits else [text]


def _cut(canvas: Canvas, text: str, room_px: int, size: float, weight: int) -> str:
    if canvas.text_width(text, size, weight) <= room_px:
        return text
    while text and canvas.text_width(text + "…", size, weight) > room_px:
        text = text[:-1]
    return text.rstrip() + "…"
