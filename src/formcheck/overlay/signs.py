"""A sign for each kind of message, and for each placement that prevents judging.

Each has a shape of its own, for who can't tell colours.
"""

from __future__ import annotations

import math

from formcheck.core.coaching.events import Placement
from formcheck.core.pose.geometry import Point
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.message import Kind
from formcheck.overlay.style import BOLD, GREEN, INK, SKY, VERMILLION, WHITE, YELLOW, Colour

COLOUR: dict[Kind, Colour] = {
    Kind.PROMPT: SKY,
    Kind.FAULT: VERMILLION,
    Kind.REJECTED: VERMILLION,
    Kind.DOUBT: YELLOW,
    Kind.COUNTED: GREEN,
}


def draw_sign(canvas: Canvas, kind: Kind, at: tuple[int, int], radius: float) -> None:
    """Draws the sign of a kind of message.

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


def draw_placement(
    canvas: Canvas, placement: Placement, at: tuple[int, int], radius: float
) -> None:
    """Draws the sign of a placement: step in, fit the frame, turn, light, take the posture."""
    r = canvas.px(radius)
    draw = {
        Placement.NOBODY: _step_in,
        Placement.FRAMING: _fit,
        Placement.VIEW: _turn,
        Placement.LIGHT: _light,
        Placement.POSTURE: _stand,
    }[placement]
    canvas.disc(at, r, SKY)
    draw(canvas, at, 0.62 * r)


def _step_in(canvas: Canvas, at: Point, r: float) -> None:
    """Draws an arrow into a frame."""
    x, y = at
    canvas.stroke(((x, y - r), (x + r, y - r), (x + r, y + r), (x, y + r)), INK, 1.3)
    canvas.stroke(((x - 1.1 * r, y), (x + 0.45 * r, y)), INK, 1.5)
    canvas.stroke(((x, y - 0.42 * r), (x + 0.45 * r, y), (x, y + 0.42 * r)), INK, 1.5)


def _fit(canvas: Canvas, at: Point, r: float) -> None:
    """Draws the corners of a frame around a body."""
    x, y = at
    for across in (-1, 1):
        for down in (-1, 1):
            corner = (x + across * r, y + down * r)
            canvas.stroke(
                (
                    (corner[0] - across * 0.6 * r, corner[1]),
                    corner,
                    (corner[0], corner[1] - down * 0.6 * r),
                ),
                INK,
                1.3,
            )
    _figure(canvas, at, 0.72 * r)


def _turn(canvas: Canvas, at: Point, r: float) -> None:
    """Draws a body and an arrow around it."""
    x, y = at
    _figure(canvas, (x, y - 0.1 * r), 0.85 * r)
    ring = [
        (x + 1.05 * r * math.cos(turn), y + 0.45 * r + 0.45 * r * math.sin(turn))
        for turn in (math.radians(degrees) for degrees in range(20, 181, 10))
    ]
    canvas.stroke(ring, INK, 1.2)
    tip = ring[-1]
    head = ((tip[0] - 0.32 * r, tip[1] + 0.3 * r), tip, (tip[0] + 0.4 * r, tip[1] + 0.22 * r))
    canvas.stroke(head, INK, 1.2)


def _light(canvas: Canvas, at: Point, r: float) -> None:
    """Draws a sun."""
    x, y = at
    canvas.disc((round(x), round(y)), round(0.48 * r), INK)
    for ray in range(8):
        cosine, sine = math.cos(ray * math.pi / 4), math.sin(ray * math.pi / 4)
        inner, outer = 0.72 * r, 1.1 * r
        canvas.stroke(
            ((x + inner * cosine, y + inner * sine), (x + outer * cosine, y + outer * sine)),
            INK,
            1.2,
        )


def _stand(canvas: Canvas, at: Point, r: float) -> None:
    """Draws a body."""
    _figure(canvas, at, 1.05 * r)


def _figure(canvas: Canvas, at: Point, r: float) -> None:
    """Draws a standing body, `r` up and `r` down from a point."""
    x, y = at
    canvas.disc((round(x), round(y - 0.74 * r)), max(2, round(0.26 * r)), INK)
    canvas.stroke(((x, y - 0.35 * r), (x, y + 0.3 * r)), INK, 1.6)
    canvas.stroke(((x - 0.42 * r, y - 0.3 * r), (x + 0.42 * r, y - 0.3 * r)), INK, 1.1)
    canvas.stroke(((x, y + 0.3 * r), (x - 0.32 * r, y + r)), INK, 1.2)
    canvas.stroke(((x, y + 0.3 * r), (x + 0.32 * r, y + r)), INK, 1.2)


def draw_pause(canvas: Canvas, at: tuple[int, int], radius: float) -> None:
    """Draws two bars."""
    x, y = at
    r = canvas.px(radius)
    canvas.disc(at, r, WHITE)
    for across in (-0.3, 0.3):
        canvas.stroke(((x + across * r, y - 0.4 * r), (x + across * r, y + 0.4 * r)), INK, 2.2)
