"""The person's lines: only what was really seen; trunk and moving thigh strongest."""

from __future__ import annotations

import math

from formcheck.exercise import Phase
from formcheck.geometry import Point, length, vector
from formcheck.overlay.canvas import Box, Canvas
from formcheck.overlay.font import BOLD
from formcheck.overlay.palette import SKY, VERMILLION, WHITE, Colour
from formcheck.pose import Landmark, Points, Side
from formcheck.session import FrameReport, Stage
from formcheck.view import middle

LIFTED_DEG = 12.0
"""Below this, and at rest, an angle at the hip says nothing worth reading."""

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
    Side.LEFT: (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
    Side.RIGHT: (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
}


def draw_skeleton(canvas: Canvas, points: Points, report: FrameReport) -> None:
    """Draw the seen part of a person.

    Parameters
    ----------
    points : sequence of (x, y)
        The landmarks in the coordinates of the picture as shown; NaN where not believed.
    report : FrameReport
        Says which leg moves and whether a fault is present.
    """
    for a, b in _LIMBS:
        canvas.line(points[a], points[b], WHITE, 0.7)
    alarm = bool(report.active_faults)
    trunk = trunk_ends(points)
    if trunk is not None:
        canvas.line(*trunk, VERMILLION if alarm else WHITE, 1.6)
    side = lifted_side(report)
    if side is not None:
        hip, knee = (points[landmark] for landmark in _HIP_KNEE[side])
        canvas.line(hip, knee, VERMILLION if alarm else SKY, 2.0)
    for landmark in _JOINTS:
        canvas.dot(points[landmark], 0.8, WHITE)


def draw_hip_angle(canvas: Canvas, points: Points, report: FrameReport) -> None:
    """Draw the arc from the trunk's prolongation to the lifted thigh, and the angle as a number.

    Where the camera can't see hip flexion (a front view), the thigh's elevation is written at the
    knee, without an arc: the thigh then points at the camera. The number goes where no panel is;
    without such a place it is left out.
    """
    side = lifted_side(report)
    trunk = trunk_ends(points)
    if side is None or trunk is None:
        return
    hip, knee = (points[landmark] for landmark in _HIP_KNEE[side])
    thigh_px = length(vector(hip, knee))
    flexion_deg = report.measures.get(f"hip_flexion_{side.value}_deg", math.nan)
    elevation_deg = report.measures.get(f"thigh_elevation_{side.value}_deg", math.nan)
    colour = VERMILLION if report.active_faults else SKY
    if math.isfinite(flexion_deg) and thigh_px > 0:
        beyond_deg = _draw_arc(canvas, trunk, hip, knee, colour)
        along = (0.4 * hip[0] + 0.6 * knee[0], 0.4 * hip[1] + 0.6 * knee[1])
        _write(
            canvas, f"{flexion_deg:.0f}°", _towards(along, beyond_deg, canvas.px(9)), hip, colour
        )
    elif math.isfinite(elevation_deg) and math.isfinite(knee[0]):
        away = 1.0 if knee[0] >= hip[0] else -1.0
        _write(
            canvas, f"{elevation_deg:.0f}°", (knee[0] + away * canvas.px(8), knee[1]), hip, colour
        )


def trunk_ends(points: Points) -> tuple[Point, Point] | None:
    """Return hip and shoulder of the trunk: the middles, or of one side if only that was seen."""
    ends = (
        (
            middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
            middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
        ),
        (points[Landmark.LEFT_HIP], points[Landmark.LEFT_SHOULDER]),
        (points[Landmark.RIGHT_HIP], points[Landmark.RIGHT_SHOULDER]),
    )
    return next((e for e in ends if math.isfinite(e[0][0]) and math.isfinite(e[1][0])), None)


def lifted_side(report: FrameReport) -> Side | None:
    """Return the leg that is in a repetition, else one lifted a little, else None."""
    if report.stage is not Stage.COUNTING:
        return None
    both = report.phases.get(Side.BOTH)
    phases = dict.fromkeys(_HIP_KNEE, both) if both is not None else report.phases
    moving = [side for side in _HIP_KNEE if phases.get(side, Phase.REST) is not Phase.REST]
    lifts = {
        side: _lift_deg(report, side) for side in moving or [s for s in _HIP_KNEE if s in phases]
    }
    seen = [side for side, lift in lifts.items() if moving or lift >= LIFTED_DEG]
    return max(seen, key=lambda s: -math.inf if math.isnan(lifts[s]) else lifts[s], default=None)


def _lift_deg(report: FrameReport, side: Side) -> float:
    """Return how far a thigh is lifted: from straight down, or where lying, against the trunk."""
    name = (
        "thigh_elevation"
        if f"thigh_elevation_{side.value}_deg" in report.measures
        else "hip_flexion"
    )
    return report.measures.get(f"{name}_{side.value}_deg", math.nan)


def _draw_arc(
    canvas: Canvas, trunk: tuple[Point, Point], hip: Point, knee: Point, colour: Colour
) -> float:
    """Draw the arc at the hip; return the direction off the thigh that leads out of it.

    Both lines are taken as seen in the picture: the number comes from the filtered measure, the arc
    shows where it is. Directions are in degrees from the picture's right, towards its bottom.
    """
    bottom, top = trunk
    start_deg = math.degrees(math.atan2(bottom[1] - top[1], bottom[0] - top[0]))
    end_deg = math.degrees(math.atan2(knee[1] - hip[1], knee[0] - hip[0]))
    turn_deg = (end_deg - start_deg + 180.0) % 360.0 - 180.0
    radius_px = 0.45 * length(vector(hip, knee))
    down = _towards(hip, start_deg, radius_px * 1.15)
    canvas.path((hip, down), colour, 0.4)
    canvas.arc(hip, radius_px, start_deg, turn_deg, colour)
    # Out of the arc no line of the body crosses the number: ahead of a thigh, above a level one.
    return end_deg + math.copysign(90.0, turn_deg)


def _towards(origin: Point, direction_deg: float, reach_px: float) -> Point:
    turn = math.radians(direction_deg)
    return origin[0] + reach_px * math.cos(turn), origin[1] + reach_px * math.sin(turn)


def _write(canvas: Canvas, text: str, centre: Point, hip: Point, colour: Colour) -> None:
    """Write a number at a point, or at the point mirrored about the hip, wherever there is room."""
    size = 7.0
    width, height = canvas.text_width(text, size, BOLD) + canvas.px(2), canvas.px(8.5)
    opposite = (2 * hip[0] - centre[0], centre[1])
    for x, y in (centre, opposite, (centre[0], hip[1] + canvas.px(12))):
        box = Box(round(x - width / 2), round(y - height / 2), width, height)
        if canvas.frame.contains(box) and not any(box.overlaps(p) for p in canvas.panels):
            break
    else:
        return
    canvas.panel(box, opacity=0.6)
    at = (box.x + width // 2, box.y + canvas.px(1.5))
    canvas.text(text, at, size, colour=colour, weight=BOLD, centred=True)
