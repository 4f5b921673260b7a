"""What stands around the person: a count for each leg, the hold, the view, the message."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.calibration import STILL_S
from formcheck.exercise import Exercise, Phase
from formcheck.geometry import length
from formcheck.measures import PELVIC_OBLIQUITY
from formcheck.overlay.banner import MARGIN, draw_banner, draw_sign
from formcheck.overlay.canvas import Box, Canvas
from formcheck.overlay.font import BOLD, REGULAR
from formcheck.overlay.message import Kind, MessageBoard
from formcheck.overlay.palette import GREEN, GREY, SKY, VERMILLION, YELLOW, Colour
from formcheck.pose import Landmark, Points, Side
from formcheck.session import Counts, FrameReport, Rep, Stage, Verdict
from formcheck.view import View, middle_trunk

FLASH_S = 1.5
"""How long a panel's border shows what became of the repetition that just ended."""

APART = 0.35
"""Trunk lengths between the shoulders from which on it is plain which one is at the left."""

_WIDTH = 29.0
_HEIGHT = 39.5
_SMALL = 4.6
_LOSS_SIGN = 2.4
_RING = 8.2
_FOOT = 22.5

_TILT = PELVIC_OBLIQUITY.column(Side.BOTH)
_PHASE_WORD = {Phase.RISE: "lift", Phase.TOP: "hold", Phase.LOWER: "lower"}
_VERDICT_COLOUR: dict[Verdict, Colour] = {
    Verdict.CLEAN: GREEN,
    Verdict.COMPENSATED: VERMILLION,
    Verdict.PARTIAL: VERMILLION,
    Verdict.UNVERIFIED: YELLOW,
}


@dataclass(frozen=True, slots=True)
class _Gauge:
    """A ring with a number in it; of one leg, or of none."""

    side: Side | None
    share: float
    number: str
    word: str
    colour: Colour


class Hud:
    """Draws the panels, and remembers what must outlast a frame.

    Parameters
    ----------
    exercise : Exercise
        Gives the words and the time to hold.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._board = MessageBoard(exercise)
        self._left_first = True

    def note(self, points: Points, report: FrameReport) -> None:
        """Remember what later frames need: the last repetition, on which side which leg is seen.

        Parameters
        ----------
        points : sequence of (x, y)
            The landmarks in the coordinates of the picture as shown; NaN where not seen.
        """
        self._board.note(report)
        left, right = points[Landmark.LEFT_SHOULDER], points[Landmark.RIGHT_SHOULDER]
        # A NaN compares as false: who is not seen changes nothing.
        if abs(left[0] - right[0]) > APART * length(middle_trunk(points)):
            self._left_first = left[0] < right[0]

    def draw(self, canvas: Canvas, report: FrameReport) -> None:
        """Draw everything that is not the person."""
        columns = self._columns(report)
        boxes = {
            side: self._count_panel(canvas, columns[side], side, counts, report)
            for side, counts in report.counts.items()
        }
        gauge = self._gauge(report)
        if gauge is not None:
            above = (
                min(boxes.values(), key=lambda b: b.x) if gauge.side is None else boxes[gauge.side]
            )
            self._draw_gauge(canvas, gauge, above)
        message = self._board.current(report)
        if message is not None:
            draw_banner(canvas, message)
        self._view_label(canvas, report)

    def _columns(self, report: FrameReport) -> dict[Side, int]:
        """Return for each counted leg whether its panel is at the left (0) or the right (1).

        From the front each leg's panel is on the side where it is seen. From the side both legs are
        in one place; the left one's panel stays at the left.
        """
        left = 0 if self._left_first else 1
        places = {Side.LEFT: left, Side.RIGHT: 1 - left, Side.BOTH: 0}
        return {side: places[side] for side in report.counts}

    def _count_panel(
        self, canvas: Canvas, column: int, side: Side, counts: Counts, report: FrameReport
    ) -> Box:
        width, margin = canvas.px(_WIDTH), canvas.px(MARGIN)
        x = margin if column == 0 else canvas.width - margin - width
        box = Box(x, margin, width, canvas.px(_HEIGHT))
        canvas.panel(box, border=self._border(side, report))
        middle = x + width // 2
        top = box.y + canvas.px(2.2)
        canvas.text(side.value.upper(), (middle, top), _SMALL, weight=BOLD, centred=True)
        number = str(counts.clean)
        room = width - canvas.px(3)
        size = _fitting(canvas, number, 24.0, room, BOLD)
        top = box.y + canvas.px(8.0 + (18.0 - 0.7 * size) / 2)
        canvas.text(number, (middle, top), size, weight=BOLD, centred=True)
        tried = f"of {counts.attempts} tried" if counts.attempts else "counted"
        top = box.y + canvas.px(28.0)
        size = _fitting(canvas, tried, _SMALL, room)
        canvas.text(tried, (middle, top), size, colour=GREY, centred=True)
        _draw_losses(canvas, counts, (middle, box.y + canvas.px(35.6)))
        return box

    def _border(self, side: Side, report: FrameReport) -> Colour | None:
        rep: Rep | None = self._board.last_rep
        if report.phases.get(side, Phase.REST) is not Phase.REST:
            return VERMILLION if report.active_faults else SKY
        if rep is not None and rep.side is side and report.time_s - rep.end_s < FLASH_S:
            return _VERDICT_COLOUR[rep.verdict]
        return None

    def _gauge(self, report: FrameReport) -> _Gauge | None:
        """Return the ring to show: the calibration's countdown, or the hold in progress."""
        if report.stage is Stage.CALIBRATING:
            if report.countdown_s is None:
                return None
            share = 1.0 - report.countdown_s / STILL_S
            number = str(max(1, math.ceil(report.countdown_s)))
            return _Gauge(None, share, number, "hold still", SKY)
        moving = [s for s in report.counts if report.phases.get(s, Phase.REST) is not Phase.REST]
        if not moving:
            return None
        aim_s = self._exercise.dose.hold_s
        if aim_s <= 0:
            return None
        share = report.hold_s / aim_s
        word = _PHASE_WORD[report.phases[moving[0]]]
        colour = GREEN if share >= 1.0 else SKY
        return _Gauge(moving[0], share, f"{report.hold_s:.1f}", word, colour)

    @staticmethod
    def _draw_gauge(canvas: Canvas, gauge: _Gauge, above: Box) -> None:
        height = canvas.px(2 * _RING + 8.5)
        box = Box(above.x, above.bottom + canvas.px(1.5), above.width, height)
        canvas.panel(box)
        centre = (box.x + box.width // 2, box.y + canvas.px(_RING + 1.8))
        canvas.ring(centre, _RING - 0.5, gauge.share, gauge.colour, 2.0)
        top = centre[1] - canvas.px(0.35 * 7)
        canvas.text(gauge.number, (centre[0], top), 7.0, weight=BOLD, centred=True)
        y = box.bottom - canvas.px(_SMALL * 1.15)
        canvas.text(gauge.word, (centre[0], y), _SMALL, centred=True)

    @staticmethod
    def _view_label(canvas: Canvas, report: FrameReport) -> None:
        """Write from where the camera looks, near a lower corner, above the usual message."""
        if report.view is View.UNKNOWN:
            return
        tilt_deg = report.measures.get(_TILT, math.nan)
        tilted = "" if math.isnan(tilt_deg) else f", pelvic tilt {tilt_deg:+.0f}°"
        text = f"{report.view.value} view{tilted}"
        pad, size = canvas.px(1.2), 4.0
        width = canvas.text_width(text, size) + 2 * pad
        height = canvas.px(0.9 * size) + 2 * pad
        lowest = canvas.height - canvas.px(_FOOT)
        for x in (canvas.px(MARGIN), canvas.width - canvas.px(MARGIN) - width):
            box = Box(x, lowest - height, width, height)
            blocking = [p for p in canvas.panels if p.overlaps(box)]
            if blocking:
                box = Box(x, min(p.y for p in blocking) - canvas.px(1) - height, width, height)
            if not any(p.overlaps(box) for p in canvas.panels):
                canvas.panel(box, opacity=0.55)
                canvas.text(text, (box.x + pad, box.y + pad), size, colour=GREY)
                return


def _fitting(canvas: Canvas, text: str, size: float, room_px: int, weight: int = REGULAR) -> float:
    """Return the font size in units at which a line fits, no larger than the one given."""
    return min(size, size * room_px / canvas.text_width(text, size, weight))


def _draw_losses(canvas: Canvas, counts: Counts, centre: tuple[int, int]) -> None:
    """Draw how many repetitions were rejected and how many not verified, each with its sign."""
    shown = [
        (Kind.REJECTED, counts.compensated + counts.partial),
        (Kind.DOUBT, counts.unverified),
    ]
    shown = [(kind, number) for kind, number in shown if number]
    sign, gap = canvas.px(2 * _LOSS_SIGN), canvas.px(1.2)
    widths = [sign + gap + canvas.text_width(str(n), _SMALL, BOLD) for _, n in shown]
    x = centre[0] - (sum(widths) + 2 * gap * (len(shown) - 1)) // 2
    for (kind, number), width in zip(shown, widths, strict=True):
        draw_sign(canvas, kind, (x + sign // 2, centre[1]), _LOSS_SIGN)
        at = (x + sign + gap, centre[1] - canvas.px(0.35 * _SMALL))
        canvas.text(str(number), at, _SMALL, weight=BOLD, colour=GREY)
        x += width + 2 * gap
