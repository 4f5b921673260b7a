"""The ring beside a count: the calibration's countdown, or the hold in progress."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.calibration import STILL_S
from formcheck.exercise import Exercise, Phase
from formcheck.overlay.box import Box
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.fitting import fitting_size
from formcheck.overlay.font import BOLD
from formcheck.overlay.palette import GREEN, SKY, Colour
from formcheck.pose import Side
from formcheck.session import FrameReport, Stage

_RING = 9.5
_PHASE_WORD = {Phase.RISE: "lift", Phase.TOP: "hold", Phase.LOWER: "lower"}


@dataclass(frozen=True, slots=True)
class Gauge:
    """A ring with a number in it, of one leg or of none; without a number the word alone."""

    side: Side | None
    share: float
    number: str
    word: str
    colour: Colour


def gauge_of(exercise: Exercise, report: FrameReport) -> Gauge | None:
    """Return the ring to show: the calibration's countdown, or the hold in progress."""
    if report.stage is Stage.CALIBRATING:
        if report.countdown_s is None:
            return None
        share = 1.0 - report.countdown_s / STILL_S
        number = str(max(1, math.ceil(report.countdown_s)))
        return Gauge(None, share, number, "hold still", SKY)
    moving = [s for s in report.counts if report.phases.get(s, Phase.REST) is not Phase.REST]
    if not moving:
        return None
    word = _PHASE_WORD[report.phases[moving[0]]]
    aim_s = exercise.dose.hold_s
    if aim_s <= 0:
        return Gauge(moving[0], 0.0, "", word, SKY)
    share = report.hold_s / aim_s
    colour = GREEN if share >= 1.0 else SKY
    return Gauge(moving[0], share, f"{report.hold_s:.1f}", word, colour)


def draw_gauge(canvas: Canvas, gauge: Gauge, above: Box) -> None:
    """Draw a ring with its number and word, or where a tall message leaves no room, these alone."""
    y = above.bottom + canvas.px(1.5)
    box = Box(above.x, y, above.width, canvas.px(2 * _RING + 9.5))
    ringed = bool(gauge.number) and not any(box.overlaps(panel) for panel in canvas.panels)
    size, text = 5.4, gauge.word
    if not ringed:
        box = Box(above.x, y, above.width, canvas.px(8.5))
        text = f"{gauge.number} {gauge.word}".strip()
    canvas.panel(box)
    if ringed:
        centre = (box.x + box.width // 2, box.y + canvas.px(_RING + 1.8))
        canvas.ring(centre, _RING - 0.5, gauge.share, gauge.colour, 2.4)
        top = centre[1] - canvas.px(0.35 * 8)
        canvas.text(gauge.number, (centre[0], top), 8.0, weight=BOLD, centred=True)
    size = fitting_size(canvas, text, size, box.width - canvas.px(2), BOLD)
    y = box.bottom - canvas.px(1.8) - canvas.px(0.9 * size)
    canvas.text(text, (box.x + box.width // 2, y), size, weight=BOLD, centred=True)
