"""Lines on the person: the limbs that were seen, and the line of the trunk.

The trunk is green, amber near a limit and red past it, each with a shape and a word of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.core.checker.faults import Finding
from formcheck.core.checker.importance import most_important
from formcheck.core.checker.session import FrameReport, Stage
from formcheck.core.checker.wording import OF_TRUNK, amount
from formcheck.core.exercise.exercise import Exercise, Leg
from formcheck.core.measures import KNEE_FLEXION, SUPPORT_KNEE_FLEXION
from formcheck.core.pose.geometry import Point
from formcheck.core.pose.pose import Landmark, Points, Side
from formcheck.core.pose.trunk import middle
from formcheck.overlay.box import Box
from formcheck.overlay.canvas import Canvas
from formcheck.overlay.style import AMBER, BOLD, GREEN, SKY, VERMILLION, WHITE, Colour

_LIMBS = (
    (Landmark.LEFT_SHOULDER, Landmark.LEFT_ELBOW),
    (Landmark.LEFT_ELBOW, Landmark.LEFT_WRIST),
    (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_ELBOW),
    (Landmark.RIGHT_ELBOW, Landmark.RIGHT_WRIST),
    (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
    (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
    (Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    (Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
    (Landmark.LEFT_ANKLE, Landmark.LEFT_FOOT_INDEX),
    (Landmark.RIGHT_ANKLE, Landmark.RIGHT_FOOT_INDEX),
)
_JOINTS = sorted({landmark for limb in _LIMBS for landmark in limb})
_HIP_KNEE = {
    Side.LEFT: ((Landmark.LEFT_HIP, Landmark.LEFT_KNEE),),
    Side.RIGHT: ((Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),),
    Side.BOTH: (
        (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
        (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
    ),
}


def draw_limbs(canvas: Canvas, points: Points, moving: Side | None) -> None:
    """Draws the seen limbs, the moving thigh strongest.

    Parameters
    ----------
    points : sequence of (x, y)
        Landmarks in the coordinates of the shown picture; NaN where not seen.
    moving : Side | None
        The lifted leg; None without one.
    """
    for a, b in _LIMBS:
        canvas.line(points[a], points[b], WHITE, 0.7)
    for hip, knee in () if moving is None else _HIP_KNEE[moving]:
        canvas.line(points[hip], points[knee], SKY, 2.0)


def draw_joints(canvas: Canvas, points: Points) -> None:
    """Draws the seen joints; call after all lines."""
    for landmark in _JOINTS:
        canvas.dot(points[landmark], 0.8, WHITE)


NEAR = 0.6
"""Share of a limit from which the line is amber."""

_WORD = 5.0
_VALUE = 8.0
_LEGS = {
    Side.LEFT: (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    Side.RIGHT: (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
}


@dataclass(frozen=True, slots=True)
class Strain:
    """How near the body is to a fault, and where to show it.

    Attributes
    ----------
    share : float
        0 at neutral, 1 at the limit.
    finding : Finding | None
        The fault with its present value; None without one.
    leg : Leg | None
        The leg to show it at; None for the trunk.
    """

    share: float
    finding: Finding | None
    leg: Leg | None

    @property
    def colour(self) -> Colour:
        """Colour of the line that shows the strain."""
        return GREEN if self.share < NEAR else AMBER if self.share < 1.0 else VERMILLION


def strain_of(exercise: Exercise, report: FrameReport) -> Strain:
    """Returns the strain to show: of the fault that is said, else of the one nearest its limit."""
    present = most_important(report.active_faults)
    finding = report.closest if present is None else present
    share = report.strain if present is None else max(1.0, report.strain)
    if finding is None:
        return Strain(0.0, None, None)
    fault = next(f for f in exercise.faults if f.code == finding.code)
    at_knee = fault.measure in (KNEE_FLEXION, SUPPORT_KNEE_FLEXION)
    return Strain(share, finding, fault.leg if at_knee else None)


def draw_trunk(canvas: Canvas, points: Points, report: FrameReport, strain: Strain) -> None:
    """Draws the trunk: a plain line, dashed near a limit, with bars past it."""
    ends = trunk_ends(points)
    if ends is None:
        return
    if report.stage is not Stage.COUNTING:
        canvas.line(*ends, WHITE, 1.6)
    elif strain.leg is None:
        draw_strained(canvas, *ends, strain)
    else:
        canvas.line(*ends, GREEN, 1.8)


def draw_strained(canvas: Canvas, a: Point, b: Point, strain: Strain) -> None:
    """Draws a line in the colour and shape of a strain."""
    if strain.share < NEAR:
        canvas.line(a, b, strain.colour, 1.8)
    elif strain.share < 1.0:
        canvas.dashes(a, b, strain.colour, 2.2)
    else:
        canvas.line(a, b, strain.colour, 2.6)
        _draw_bars(canvas, a, b, strain.colour)


def draw_leg_strain(canvas: Canvas, points: Points, moving: Side | None, strain: Strain) -> None:
    """Draws thigh and shank in the shape of a strain that shows at the knee."""
    if strain.leg is None or strain.share < NEAR or moving not in _LEGS:
        return
    side = moving if strain.leg is Leg.MOVING else moving.other
    hip, knee, ankle = (points[landmark] for landmark in _LEGS[side])
    if all(math.isfinite(x) for x, _ in (hip, knee, ankle)):
        draw_strained(canvas, hip, knee, strain)
        draw_strained(canvas, knee, ankle, strain)


def write_strain(canvas: Canvas, exercise: Exercise, points: Points, strain: Strain) -> None:
    """Writes beside the trunk the fault and its value: `leaning back 8°`."""
    ends = trunk_ends(points)
    if ends is None or strain.finding is None or strain.share < NEAR:
        return
    name = next(f.name for f in exercise.faults if f.code == strain.finding.code)
    value = amount(abs(strain.finding.worst), strain.finding.unit).removesuffix(OF_TRUNK)
    inner = max(canvas.text_width(name, _WORD), canvas.text_width(value, _VALUE, BOLD))
    width, height = inner + canvas.px(4), canvas.px(_WORD + _VALUE + 3.5)
    (x, low), (shoulder, high) = ends
    gap = canvas.px(6)
    beside = round(0.6 * high + 0.4 * low - height / 2)
    # The side away from the lifted knee comes first.
    knees = [points[k][0] for k in (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)]
    reaches = [knee - x for knee in knees if math.isfinite(knee)]
    furthest = max(reaches, key=abs, default=0.0)
    right, left = round(max(x, shoulder) + gap), round(min(x, shoulder) - gap - width)
    sides = [(right, beside), (left, beside)]
    places = [
        *(sides if furthest <= 0 else reversed(sides)),
        (round(x - width / 2), round(high - height - canvas.px(20))),
        (round(x - width / 2), round(low + gap)),
    ]
    for left, y in places:
        box = Box(left, y, width, height)
        if canvas.frame.contains(box) and not any(box.overlaps(p) for p in canvas.panels):
            canvas.panel(box, border=strain.colour if strain.share >= 1.0 else None)
            middle, top = box.x + width // 2, box.y + canvas.px(2.0)
            canvas.text(name, (middle, top), _WORD, colour=WHITE, centred=True)
            top += canvas.px(_WORD + 1)
            canvas.text(
                value, (middle, top), _VALUE, colour=strain.colour, weight=BOLD, centred=True
            )
            return


def trunk_ends(points: Points) -> tuple[Point, Point] | None:
    """Returns hip and shoulder of the trunk: middles, or of one side if only that was seen."""
    ends = (
        (
            middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
            middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
        ),
        (points[Landmark.LEFT_HIP], points[Landmark.LEFT_SHOULDER]),
        (points[Landmark.RIGHT_HIP], points[Landmark.RIGHT_SHOULDER]),
    )
    return next((e for e in ends if math.isfinite(e[0][0]) and math.isfinite(e[1][0])), None)


def _draw_bars(canvas: Canvas, a: Point, b: Point, colour: Colour) -> None:
    """Draws short bars across a line."""
    span = math.hypot(b[0] - a[0], b[1] - a[1])
    if span < canvas.px(4):
        return
    across = ((a[1] - b[1]) / span, (b[0] - a[0]) / span)
    reach = canvas.px(3)
    for share in (0.25, 0.5, 0.75):
        x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
        canvas.line(
            (x - across[0] * reach, y - across[1] * reach),
            (x + across[0] * reach, y + across[1] * reach),
            colour,
            1.4,
        )
