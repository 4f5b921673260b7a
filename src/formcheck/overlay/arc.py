"""The counted angle at the hip: an arc from zero to the leg, and the zone to reach."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.core.checker.session import FrameReport, Stage
from formcheck.core.exercise.exercise import Cycle, Exercise, Phase
from formcheck.core.pose.geometry import Point, length, vector
from formcheck.core.pose.pose import Landmark, Points, Side
from formcheck.core.pose.view import View
from formcheck.overlay.body_lines import trunk_ends
from formcheck.overlay.box import Box
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.style import BOLD, GREEN, SKY, WHITE, Colour

LIFTED_DEG = 12.0
"""A smaller angle at rest is not worth showing."""

ZONE_DEG = 14.0
"""Least width of the drawn zone, so that it is visible from afar."""

_NUMBER = 8.0
_KNEES = {Side.LEFT: Landmark.LEFT_KNEE, Side.RIGHT: Landmark.RIGHT_KNEE}
_ANKLES = {Side.LEFT: Landmark.LEFT_ANKLE, Side.RIGHT: Landmark.RIGHT_ANKLE}
_HIPS = {Side.LEFT: Landmark.LEFT_HIP, Side.RIGHT: Landmark.RIGHT_HIP}


@dataclass(frozen=True, slots=True)
class CountedAngle:
    """The counted angle of the lifted leg, in the picture.

    The leg is drawn where the picture shows it. The number is the filtered measure that counts, and
    the zone lies ahead of the leg by the missing degrees.

    Attributes
    ----------
    hip, end : (x, y)
        The ends of the lifted thigh or leg.
    value : float
        The counted angle in degrees.
    cycle : Cycle
        Gives the start of the zone.
    turn : float
        1 where the angle grows clockwise in the picture, -1 where anticlockwise; 0 where no arc can
        be drawn (in a front view the leg points at the camera).
    """

    hip: Point
    end: Point
    value: float
    cycle: Cycle
    turn: float

    @property
    def colour(self) -> Colour:
        """Colour of lines and number; green once the zone is reached."""
        return GREEN if self.value >= self.cycle.top else SKY

    def draw_zone(self, canvas: Canvas) -> None:
        """Draws arc and zone, in a front view the height to reach; call before the limbs."""
        if self.turn == 0:
            self._draw_level(canvas)
            return
        limb_deg = _direction(self.hip, self.end)
        limb_px = length(vector(self.hip, self.end))
        begin_deg = limb_deg + self.turn * (self.cycle.top - self.value)
        wide_deg = max(ZONE_DEG, self.cycle.aim - self.cycle.top)
        far_px = 1.12 * limb_px
        canvas.sector(self.hip, far_px, begin_deg, self.turn * wide_deg, self.colour)
        edge = _towards(self.hip, begin_deg, far_px)
        canvas.dashes(self.hip, edge, WHITE, 0.5, dash=2.0)
        zero_deg = limb_deg - self.turn * self.value
        near_px = 0.5 * limb_px
        canvas.dashes(self.hip, _towards(self.hip, zero_deg, 1.2 * near_px), WHITE, 0.4, dash=1.6)
        canvas.arc(self.hip, near_px, zero_deg, self.turn * self.value, self.colour, 1.3)

    def write(self, canvas: Canvas) -> None:
        """Writes the number beyond the leg's end, or where else there is room."""
        # Rounded down: 79.6 does not reach 80.
        text = f"{math.floor(self.value)}°"
        width, height = canvas.text_width(text, _NUMBER, BOLD) + canvas.px(2), canvas.px(9.2)
        limb_deg, limb_px = _direction(self.hip, self.end), length(vector(self.hip, self.end))
        away = math.hypot(width * math.cos(math.radians(limb_deg)), height) / 2 + canvas.px(4)
        x, y = _towards(self.hip, limb_deg, 1.12 * limb_px + away)
        above = (self.end[0], self.end[1] - canvas.px(14))
        across = (2 * self.hip[0] - x, y)
        for at in ((x, y), above, across, (x, self.hip[1] + canvas.px(14))):
            box = Box(round(at[0] - width / 2), round(at[1] - height / 2), width, height)
            if canvas.frame.contains(box) and not any(box.overlaps(p) for p in canvas.panels):
                canvas.panel(box, opacity=0.66)
                top = (box.x + width // 2, box.y + canvas.px(1.6))
                canvas.text(text, top, _NUMBER, colour=self.colour, weight=BOLD, centred=True)
                return

    def _draw_level(self, canvas: Canvas) -> None:
        """Draws the height the knee has to reach as a bar, for a front view."""
        cosine = math.cos(math.radians(self.value))
        # With a constant thigh length the knee's drop below the hip shrinks with the cosine.
        below_px = self.end[1] - self.hip[1]
        thigh_px = below_px / cosine if cosine > 0.3 else canvas.px(20)
        y = self.hip[1] + thigh_px * math.cos(math.radians(self.cycle.top))
        reach = canvas.px(8)
        x = self.end[0]
        canvas.dashes((x - reach, y), (x + reach, y), self.colour, 1.2, dash=2.0)


def counted_angle(points: Points, report: FrameReport, exercise: Exercise) -> CountedAngle | None:
    """Returns the counted angle of the lifted leg; None without one, or where it is not seen."""
    side = lifted_side(report)
    trunk = trunk_ends(points)
    if side is None:
        return None
    value = report.counted_deg.get(side, math.nan)
    shown = _seen_leg(points) if side is Side.BOTH else side
    ends = _ANKLES if exercise.cycle.measure.name == "leg_elevation" else _KNEES
    hip, end = points[_HIPS[shown]], points[ends[shown]]
    if not (math.isfinite(value) and length(vector(hip, end)) > 0):
        return None
    turn = 0.0
    if report.view is not View.FRONT:
        if trunk is None:
            return None
        bent_deg = _direction(hip, end) - _direction(trunk[1], trunk[0])
        turn = math.copysign(1.0, (bent_deg + 180.0) % 360.0 - 180.0)
    return CountedAngle(hip, end, value, exercise.cycle, turn)


def lifted_side(report: FrameReport) -> Side | None:
    """Returns the leg in a repetition, else a slightly lifted leg, else None."""
    if report.stage is not Stage.COUNTING:
        return None
    moving = [s for s, phase in report.phases.items() if phase is not Phase.REST]
    lifts = {side: report.counted_deg.get(side, math.nan) for side in moving or report.phases}
    seen = [side for side, lift in lifts.items() if moving or lift >= LIFTED_DEG]
    return max(seen, key=lambda s: -math.inf if math.isnan(lifts[s]) else lifts[s], default=None)


def _seen_leg(points: Points) -> Side:
    return Side.LEFT if math.isfinite(points[Landmark.LEFT_KNEE][0]) else Side.RIGHT


def _direction(origin: Point, end: Point) -> float:
    """Returns a direction in degrees from the picture's right, positive towards its bottom."""
    return math.degrees(math.atan2(end[1] - origin[1], end[0] - origin[0]))


def _towards(origin: Point, direction_deg: float, reach_px: float) -> Point:
    turn = math.radians(direction_deg)
    return origin[0] + reach_px * math.cos(turn), origin[1] + reach_px * math.sin(turn)
