"""The message across the bottom of the picture."""

from __future__ import annotations

from formcheck.core.coaching.events import Placement
from formcheck.overlay.box import Box
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.fitting import fit
from formcheck.overlay.message import Kind, Message
from formcheck.overlay.signs import COLOUR, draw_placement, draw_sign
from formcheck.overlay.style import BOLD, GREY, REGULAR, WHITE

MARGIN = 2.0
_PAD = 2.5
_SIGN = 10.0
_PLACE_SIGN = 15.0
_LEADING = 1.15
_TITLE = (8.0, 5.0)
_DETAIL = (5.8, 4.4)


def draw_banner(canvas: Canvas, message: Message, placement: Placement | None = None) -> None:
    """Draws a message as wide as its text, at most two lines of title and two of detail.

    Parameters
    ----------
    placement : Placement | None
        What the message asks for; its sign then replaces that of the kind. None draws the kind's.
    """
    sign = _SIGN if placement is None else _PLACE_SIGN
    room = canvas.width - canvas.px(2 * MARGIN + 3 * _PAD + sign)
    title, title_size = fit(canvas, message.title, room, _TITLE, BOLD)
    detail, detail_size = fit(canvas, message.detail, room, _DETAIL, REGULAR)
    widths = [canvas.text_width(line, title_size, BOLD) for line in title]
    widths += [canvas.text_width(line, detail_size, REGULAR) for line in detail]
    width = max(widths) + canvas.px(3 * _PAD + sign)
    lines_px = len(title) * canvas.px(_LEADING * title_size)
    lines_px += len(detail) * canvas.px(_LEADING * detail_size)
    height = max(lines_px, canvas.px(sign)) + canvas.px(2 * _PAD)
    x = (canvas.width - width) // 2
    box = Box(x, canvas.height - canvas.px(MARGIN) - height, width, height)
    canvas.panel(box, border=COLOUR[message.kind] if message.kind is not Kind.PROMPT else None)
    middle = box.y + height // 2
    centre = (x + canvas.px(_PAD + sign / 2), middle)
    if placement is None:
        draw_sign(canvas, message.kind, centre, sign / 2)
    else:
        draw_placement(canvas, placement, centre, sign / 2)
    left = x + canvas.px(2 * _PAD + sign)
    y = middle - lines_px // 2 + canvas.px(0.18 * title_size)
    for line in title:
        canvas.text(line, (left, y), title_size, weight=BOLD, colour=WHITE)
        y += canvas.px(_LEADING * title_size)
    for line in detail:
        canvas.text(line, (left, y), detail_size, colour=GREY)
        y += canvas.px(_LEADING * detail_size)
