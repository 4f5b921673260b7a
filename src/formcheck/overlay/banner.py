"""The message across the bottom of the picture."""

from __future__ import annotations

from formcheck.overlay.canvas import Box, Canvas
from formcheck.overlay.font import BOLD, REGULAR
from formcheck.overlay.message import Kind, Message
from formcheck.overlay.palette import GREEN, GREY, INK, SKY, VERMILLION, WHITE, YELLOW, Colour

MARGIN = 2.0
_PAD = 2.5
_SIGN = 9.0
_LEADING = 1.15
_TITLE = (7.2, 5.0)
_DETAIL = (5.4, 4.4)
_ONE_LINE = 0.8

COLOUR: dict[Kind, Colour] = {
    Kind.PROMPT: SKY,
    Kind.FAULT: VERMILLION,
    Kind.REJECTED: VERMILLION,
    Kind.DOUBT: YELLOW,
    Kind.COUNTED: GREEN,
}


def draw_banner(canvas: Canvas, message: Message) -> None:
    """Draw a message, as wide as it needs, at most two lines of title and two of detail."""
    room = canvas.width - canvas.px(2 * MARGIN + 3 * _PAD + _SIGN)
    title, title_size = fit(canvas, message.title, room, _TITLE, BOLD)
    detail, detail_size = fit(canvas, message.detail, room, _DETAIL, REGULAR)
    widths = [canvas.text_width(line, title_size, BOLD) for line in title]
    widths += [canvas.text_width(line, detail_size, REGULAR) for line in detail]
    width = max(widths) + canvas.px(3 * _PAD + _SIGN)
    lines_px = len(title) * canvas.px(_LEADING * title_size)
    lines_px += len(detail) * canvas.px(_LEADING * detail_size)
    height = max(lines_px, canvas.px(_SIGN)) + canvas.px(2 * _PAD)
    x = (canvas.width - width) // 2
    box = Box(x, canvas.height - canvas.px(MARGIN) - height, width, height)
    colour = COLOUR[message.kind]
    canvas.panel(box, border=colour if message.kind is not Kind.PROMPT else None)
    middle = box.y + height // 2
    draw_sign(canvas, message.kind, (x + canvas.px(_PAD + _SIGN / 2), middle), _SIGN / 2)
    left = x + canvas.px(2 * _PAD + _SIGN)
    y = middle - lines_px // 2 + canvas.px(0.18 * title_size)
    for line in title:
        canvas.text(line, (left, y), title_size, weight=BOLD, colour=WHITE)
        y += canvas.px(_LEADING * title_size)
    for line in detail:
        canvas.text(line, (left, y), detail_size, colour=GREY)
        y += canvas.px(_LEADING * detail_size)


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


def draw_sign(canvas: Canvas, kind: Kind, at: tuple[int, int], radius: float) -> None:
    """Draw the sign of a kind of message: each has a shape of its own, for who can't tell colours.

    A triangle with a bar warns of a fault, a cross rejects, a tick counts, a question mark doubts,
    an i informs.
    """
    x, y = at
    r = canvas.px(radius)
    colour = COLOUR[kind]
    if kind is Kind.FAULT:
        canvas.polygon(((x, y - r), (x + r, y + 0.8 * r), (x - r, y + 0.8 * r)), colour)
        canvas.stroke(((x, y - 0.35 * r), (x, y + 0.25 * r)), INK, 1.2)
        canvas.stroke(((x, y + 0.55 * r), (x, y + 0.55 * r)), INK, 1.2)
        return
    canvas.disc(at, r, colour)
    if kind is Kind.REJECTED:
        h = 0.42 * r
        canvas.stroke(((x - h, y - h), (x + h, y + h)), INK, 1.2)
        canvas.stroke(((x + h, y - h), (x - h, y + h)), INK, 1.2)
    elif kind is Kind.COUNTED:
        tick = ((x - 0.5 * r, y), (x - 0.1 * r, y + 0.42 * r), (x + 0.52 * r, y - 0.4 * r))
        canvas.stroke(tick, INK, 1.2)
    else:
        mark = "?" if kind is Kind.DOUBT else "i"
        size = 1.4 * radius
        top = y - canvas.px(0.35 * size)
        canvas.text(mark, (x, top), size, colour=INK, weight=BOLD, centred=True)
