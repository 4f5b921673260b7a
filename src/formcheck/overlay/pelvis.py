"""The tag on the pelvis: a frame round it, and its upright in the shape of a strain."""

from __future__ import annotations

import math
from dataclasses import replace

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.geometry import Point
from formcheck.core.pose.pelvis import PelvisReading, turned_deg
from formcheck.overlay.body_lines import Strain, draw_strained
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.style import GREEN

ROUND = 0.75
"""Sides of the tag from its middle to the frame that is drawn round it."""
POINTER = 1.8
"""Sides of the tag from its middle to the tip of its upright."""
CALM = Strain(0.0, None, None)


def shows_at_tag(exercise: Exercise, strain: Strain) -> bool:
    """Whether a strain is the pelvis's own, which only a tag shows, and not the trunk's."""
    own = {fault.code for fault in exercise.faults if fault.by_tag and not fault.alternative}
    return strain.finding is not None and strain.finding.code in own


def draw_tag(canvas: Canvas, reading: PelvisReading | None, strain: Strain) -> None:
    """Draws the tag that was read, in the colour of the pelvis's strain; nothing without one."""
    if reading is None or not reading.is_read:
        return
    turn = math.radians(reading.turn_deg)
    sine, cosine = math.sin(turn), math.cos(turn)

    def at(x: float, y: float) -> Point:
        x, y = x * reading.size_px, y * reading.size_px
        left, top = reading.middle_px
        return left + cosine * x - sine * y, top + sine * x + cosine * y

    corners = [
        at(x, y) for x, y in ((-ROUND, -ROUND), (ROUND, -ROUND), (ROUND, ROUND), (-ROUND, ROUND))
    ]
    colour = strain.colour if strain.finding is not None else GREEN
    for number, corner in enumerate(corners):
        canvas.line(corners[number - 1], corner, colour, 0.7)
    draw_strained(canvas, at(0.0, -ROUND), at(0.0, -POINTER), strain)


def mirrored_reading(reading: PelvisReading | None, width_px: int) -> PelvisReading | None:
    """Returns a reading as the mirrored picture shows it: elsewhere, and turned the other way."""
    if reading is None or not reading.is_read:
        return reading
    x, y = reading.middle_px
    return replace(
        reading,
        middle_px=(width_px - 1 - x, y),
        turn_deg=turned_deg(reading.turn_deg, 0.0),
    )
