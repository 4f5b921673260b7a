"""Panels around the person in a set: counts, set, phase and hold, view."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.core.checker.neutral import STILL_S
from formcheck.core.checker.session import Counts, FrameReport, Rep, Stage, Verdict
from formcheck.core.coaching.events import CoachState
from formcheck.core.exercise.exercise import Exercise, Phase
from formcheck.core.measures import PELVIC_OBLIQUITY, PELVIC_TILT
from formcheck.core.pose.geometry import length
from formcheck.core.pose.pelvis import PelvisReading
from formcheck.core.pose.pose import Landmark, Points, Side
from formcheck.core.pose.trunk import middle_trunk
from formcheck.core.pose.view import View
from formcheck.overlay.banner import MARGIN
from formcheck.overlay.box import Box
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.fitting import fitting_size
from formcheck.overlay.message import Kind
from formcheck.overlay.signs import draw_sign
from formcheck.overlay.style import (
    BOLD,
    GREEN,
    GREY,
    REGULAR,
    SKY,
    VERMILLION,
    WHITE,
    YELLOW,
    Colour,
)

_RING = 9.5
_PHASE_WORD = {Phase.RISE: "lift", Phase.TOP: "hold", Phase.LOWER: "lower"}


@dataclass(frozen=True, slots=True)
class Gauge:
    """A ring with a number and a word, of one leg or of none; without a number only the word."""

    side: Side | None
    share: float
    number: str
    word: str
    colour: Colour


def gauge_of(exercise: Exercise, report: FrameReport) -> Gauge | None:
    """Returns the gauge: the calibration's countdown, or the hold in progress; None without one."""
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
    """Draws a ring with number and word; number and word alone where a message needs the room."""
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


FLASH_S = 1.5
"""How long a panel's border shows the verdict of the last repetition."""

APART = 0.35
"""Trunk lengths between the shoulders from which on left and right are certain."""

_WIDTH = 31.0
_HEIGHT = 41.5
_SMALL = 4.6
_COUNT = 24.0
_SIGN = 2.4
_FOOT = 22.5

_PELVIS = {
    "pelvic tilt": PELVIC_TILT.column(Side.BOTH),
    "pelvic obliquity": PELVIC_OBLIQUITY.column(Side.BOTH),
}
_VERDICT_COLOUR: dict[Verdict, Colour] = {
    Verdict.CLEAN: GREEN,
    Verdict.COMPENSATED: VERMILLION,
    Verdict.PARTIAL: VERMILLION,
    Verdict.UNVERIFIED: YELLOW,
}


class Hud:
    """Draws the panels, each leg's on the side of the picture where the leg is.

    Parameters
    ----------
    exercise : Exercise
        Gives the words and the time to hold.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._left_first = True

    def note(self, points: Points) -> None:
        """Notes on which side of the picture each leg is.

        Parameters
        ----------
        points : sequence of (x, y)
            Landmarks in the coordinates of the shown picture; NaN where not seen.
        """
        left, right = points[Landmark.LEFT_SHOULDER], points[Landmark.RIGHT_SHOULDER]
        # NaN compares as false: landmarks not seen change nothing.
        if abs(left[0] - right[0]) > APART * length(middle_trunk(points)):
            self._left_first = left[0] < right[0]

    def draw(
        self, canvas: Canvas, report: FrameReport, last: Rep | None, state: CoachState | None
    ) -> None:
        """Draws counts and gauge."""
        all_counts = report.counts if state is None else state.counts
        columns = self._columns(tuple(all_counts))
        boxes = {}
        for side, counts in all_counts.items():
            box = _panel(canvas, columns[side], _HEIGHT)
            canvas.panel(box, border=self._border(side, report, last, state))
            _draw_counts(canvas, box, side, counts, None if state is None else state.target)
            boxes[side] = box
        gauge = gauge_of(self._exercise, report)
        if gauge is not None and boxes:
            above = (
                min(boxes.values(), key=lambda b: b.x) if gauge.side is None else boxes[gauge.side]
            )
            draw_gauge(canvas, gauge, above)
        if state is not None:
            _draw_set_label(canvas, state)

    def _columns(self, sides: tuple[Side, ...]) -> dict[Side, int]:
        """Returns for each counted leg whether its panel is at the left (0) or the right (1).

        In a front view a leg's panel is on the side of the leg. In a side view both legs overlap,
        and the sides stay as they were.
        """
        left = 0 if self._left_first else 1
        columns = {Side.LEFT: left, Side.RIGHT: 1 - left, Side.BOTH: 0}
        return {side: columns[side] for side in sides}

    def _border(
        self, side: Side, report: FrameReport, last: Rep | None, state: CoachState | None
    ) -> Colour | None:
        if report.phases.get(side, Phase.REST) is not Phase.REST:
            return VERMILLION if report.active_faults else SKY
        if last is not None and last.side is side and report.time_s - last.end_s < FLASH_S:
            return _VERDICT_COLOUR[last.verdict]
        return SKY if state is not None and state.called is side else None


def _pelvis_words(report: FrameReport, reading: PelvisReading | None) -> str:
    """Returns what is known of the pelvis, or why its tag is not read; empty without either."""
    if reading is not None and reading.doubt:
        return f", {reading.doubt}"
    for name, column in _PELVIS.items():
        value_deg = report.measures.get(column, math.nan)
        if not math.isnan(value_deg):
            return f", {name} {value_deg:+.0f}°"
    return ""


def draw_view_label(
    canvas: Canvas, report: FrameReport, reading: PelvisReading | None = None, *, muted: bool
) -> None:
    """Writes the view, the pelvis's tilt or obliquity and a muted sound near a lower corner."""
    if report.view is View.UNKNOWN:
        return
    silence = ", sound off" if muted else ""
    text = f"{report.view.value} view{_pelvis_words(report, reading)}{silence}"
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


def _panel(canvas: Canvas, column: int, height: float) -> Box:
    width, margin = canvas.px(_WIDTH), canvas.px(MARGIN)
    x = margin if column == 0 else canvas.width - margin - width
    return Box(x, margin, width, canvas.px(height))


def _draw_counts(canvas: Canvas, box: Box, side: Side, counts: Counts, target: int | None) -> None:
    """Draws one leg's counts: clean and target large, attempts and rejections small."""
    middle = box.x + box.width // 2
    name = "COUNT" if side is Side.BOTH else side.value.upper()
    canvas.text(name, (middle, box.y + canvas.px(2.2)), _SMALL, weight=BOLD, centred=True)
    room = box.width - canvas.px(2.5)
    number = str(counts.clean)
    done = target is not None and counts.clean >= target
    size = fitting_size(canvas, number, _COUNT, room, BOLD)
    top = box.y + canvas.px(7.6 + 0.7 * (_COUNT - size) / 2)
    colour = GREEN if done else WHITE
    canvas.text(number, (middle, top), size, weight=BOLD, colour=colour, centred=True)
    if target is None:
        under, size, weight = "counted", _SMALL, REGULAR
    else:
        under, size, weight = f"of {target}", 7.5, BOLD
    top = box.y + canvas.px(27.6)
    canvas.text(under, (middle, top), size, weight=weight, colour=GREY, centred=True)
    if counts.attempts:
        _draw_tried(canvas, counts, (middle, box.y + canvas.px(37.6)), box.width - canvas.px(4))


def _draw_tried(canvas: Canvas, counts: Counts, centre: tuple[int, int], room_px: int) -> None:
    """Draws the rejected and unverified repetitions with their signs, and the attempts."""
    shown = [
        (Kind.REJECTED, counts.compensated + counts.partial),
        (Kind.DOUBT, counts.unverified),
    ]
    shown = [(kind, number) for kind, number in shown if number]
    tried = f"of {counts.attempts}" if shown else f"{counts.attempts} tried"

    def widths(scale: float) -> list[int]:
        signs = [
            canvas.px(2 * _SIGN * scale + 0.8) + canvas.text_width(str(n), _SMALL * scale, BOLD)
            for _, n in shown
        ]
        return [*signs, canvas.text_width(tried, _SMALL * scale)]

    gap = canvas.px(1.4)
    full = sum(widths(1.0)) + gap * len(shown)
    scale = min(1.0, room_px / full)
    parts = widths(scale)
    x = centre[0] - (sum(parts) + gap * len(shown)) // 2
    size, sign = _SMALL * scale, canvas.px(2 * _SIGN * scale)
    top = centre[1] - canvas.px(0.35 * size)
    for (kind, number), width in zip(shown, parts, strict=False):
        draw_sign(canvas, kind, (x + sign // 2, centre[1]), _SIGN * scale)
        text = str(number)
        left = x + width - canvas.text_width(text, size, BOLD)
        canvas.text(text, (left, top), size, weight=BOLD, colour=GREY)
        x += width + gap
    canvas.text(tried, (x, top), size, colour=GREY)


def _draw_set_label(canvas: Canvas, state: CoachState) -> None:
    """Writes the number of the set between the panels, if there is room."""
    text = f"Set {state.set_number} of {state.sets}"
    size, margin = 5.4, canvas.px(MARGIN)
    width = canvas.text_width(text, size, BOLD) + canvas.px(4)
    box = Box((canvas.width - width) // 2, margin, width, canvas.px(7.4))
    if any(box.overlaps(panel) for panel in canvas.panels):
        return
    canvas.panel(box, opacity=0.6)
    at = (canvas.width // 2, box.y + canvas.px(1.8))
    canvas.text(text, at, size, weight=BOLD, centred=True)
