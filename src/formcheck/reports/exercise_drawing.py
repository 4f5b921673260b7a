"""Draws an exercise as SVG: start and top as a figure from the side, and where the camera goes.

The figure follows the exercise's own data (how the body lies, the counted measure and its aim, the
start posture), so an exercise of a user's own is drawn as well. Lines take the colour of the text
around them; the moving leg has the accent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures import HIP_FLEXION, HIP_FLEXION_BOTH, KNEE_FLEXION, THIGH_ELEVATION
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Position, View

Point = tuple[float, float]

TRUNK, NECK, HEAD = 1.0, 0.3, 0.17
THIGH, SHANK, FOOT = 0.84, 0.82, 0.3
UPPER_ARM, FOREARM = 0.6, 0.55
"""Lengths in trunk lengths; `HEAD` is a radius, `NECK` from shoulder to its centre."""
ACCENT, ARM = "#1763ab", "#8c99a8"
SCALE = 60.0
BENDS_THE_OTHER_KNEE = frozenset({"straight-leg-raise"})
"""Exercises on the back whose resting leg is bent: nothing in their rules says so."""
LYING_HIP_DEG = 50.0
"""Hip angle of a lying leg with its foot on the floor; the knee bends by twice as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """The moving and the resting leg: hip flexion and knee flexion, degrees."""

    moving: tuple[float, float]
    resting: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """How the trunk lies: its direction from the hip, degrees counted from forward and level."""

    hip: Point
    trunk_deg: float
    arm_deg: float
    floor: float
    bar: bool = False


def exercise_svg(exercise: Exercise) -> str:
    """Returns the drawing of start and top side by side, as an `<svg>` element.

    The person faces right, or lies with the head at the left.
    """
    start, top = legs_at_start(exercise), legs_at_top(exercise)
    body = _body(exercise)
    boxes = [_box(body, legs) for legs in (start, top)]
    left, low = min(b[0] for b in boxes) - 0.3, min(*(b[1] for b in boxes), body.floor) - 0.5
    right, high = max(b[2] for b in boxes) + 0.3, max(b[3] for b in boxes) + 0.3
    width, height = (right - left) * SCALE, (high - low) * SCALE
    parts = []
    for place, (legs, word) in enumerate(((start, "start"), (top, "top"))):
        parts.append(f'<g transform="translate({place * width:.0f} 0)">')
        parts += _figure(body, legs, (left, high), width)
        parts.append(_text((width / 2, height - 6.0), word) + "</g>")
    label = f"{exercise.title}: the start on the left, the top on the right"
    return _svg(2 * width, height, label, parts)


def legs_at_start(exercise: Exercise) -> Legs:
    """Returns the legs in the start posture."""
    bent = (LYING_HIP_DEG, 2 * LYING_HIP_DEG)
    if exercise.position is Position.SUPINE:
        both = any(p.measure is KNEE_FLEXION and p.usual_low > 30.0 for p in exercise.posture)
        other = both or exercise.slug in BENDS_THE_OTHER_KNEE
        return Legs(moving=bent if both else (0.0, 0.0), resting=bent if other else (0.0, 0.0))
    return Legs(moving=(0.0, 0.0), resting=(0.0, 0.0))


def legs_at_top(exercise: Exercise) -> Legs:
    """Returns the legs at the aim of the cycle."""
    start, aim = legs_at_start(exercise), max(0.0, min(exercise.cycle.aim, 130.0))
    measure = exercise.cycle.measure
    if measure is KNEE_FLEXION:
        moving = (start.moving[0], aim)
    elif measure in (HIP_FLEXION, HIP_FLEXION_BOTH, THIGH_ELEVATION):
        # In a plank the foot of the drawn-up knee stays off the floor.
        folded = 45.0 if exercise.position is Position.PRONE else 0.0
        moving = (aim, min(aim, 100.0) + folded)
    else:
        moving = (aim if measure.unit == "deg" else 60.0, 0.0)
    together = exercise.moving == (Side.BOTH,)
    return replace(start, moving=moving, resting=moving if together else start.resting)


def _body(exercise: Exercise) -> Body:
    if exercise.position is Position.SUPINE:
        return Body(hip=(0.0, 0.13), trunk_deg=180.0, arm_deg=180.0, floor=0.0)
    if exercise.position is Position.PRONE:
        # Hands under the shoulders, toes on the floor: the body's line rises to the shoulders.
        rise = math.asin((UPPER_ARM + FOREARM - 0.2) / (TRUNK + THIGH + SHANK))
        hip = (0.0, 0.2 + (THIGH + SHANK) * math.sin(rise))
        return Body(hip=hip, trunk_deg=math.degrees(rise), arm_deg=-90.0, floor=0.0)
    if exercise.position is Position.HANGING:
        return Body(hip=(0.0, 2.0), trunk_deg=90.0, arm_deg=90.0, floor=0.0, bar=True)
    return Body(hip=(0.0, THIGH + SHANK + 0.08), trunk_deg=90.0, arm_deg=-84.0, floor=0.0)


def _along(start: Point, angle_deg: float, length: float) -> Point:
    turn = math.radians(angle_deg)
    return start[0] + length * math.cos(turn), start[1] + length * math.sin(turn)


def _leg(body: Body, flexion: tuple[float, float]) -> tuple[Point, Point, Point, Point]:
    """Returns hip, knee, ankle and toe: the hip bends towards the front of the body."""
    thigh_deg = body.trunk_deg + 180.0 + flexion[0]
    shank_deg = thigh_deg - flexion[1]
    knee = _along(body.hip, thigh_deg, THIGH)
    ankle = _along(knee, shank_deg, SHANK)
    flat = ankle[1] - body.floor < 0.2 and body.trunk_deg >= 90.0 and shank_deg % 360.0 > 180.0
    return body.hip, knee, ankle, _along(ankle, 0.0 if flat else shank_deg + 80.0, FOOT)


def _points(body: Body, legs: Legs) -> dict[str, tuple[Point, ...]]:
    shoulder = _along(body.hip, body.trunk_deg, TRUNK)
    elbow = _along(shoulder, body.arm_deg, UPPER_ARM)
    hand = _along(elbow, body.arm_deg + (8.0 if abs(body.arm_deg + 84.0) < 1.0 else 0.0), FOREARM)
    return {
        "resting": _leg(body, legs.resting),
        "trunk": (body.hip, shoulder),
        "head": (_along(shoulder, body.trunk_deg, NECK),),
        "moving": _leg(body, legs.moving),
        "arm": (shoulder, elbow, hand),
    }


def _box(body: Body, legs: Legs) -> tuple[float, float, float, float]:
    every = [point for line in _points(body, legs).values() for point in line]
    xs, ys = [p[0] for p in every], [p[1] for p in every]
    return min(xs) - HEAD, min(ys), max(xs) + HEAD, max(ys) + HEAD


def _figure(body: Body, legs: Legs, corner: Point, width: float) -> list[str]:
    """Returns one figure in a picture so wide; `corner` is the point at its upper left."""

    def at(point: Point) -> Point:
        return (point[0] - corner[0]) * SCALE, (corner[1] - point[1]) * SCALE

    points = {name: tuple(map(at, line)) for name, line in _points(body, legs).items()}
    floor = at((0.0, body.floor))[1] + 5.0
    parts = [_line([(8.0, floor), (width - 8.0, floor)], 1.5, opacity=0.35)]
    if body.bar:
        hand = points["arm"][-1]
        parts.append(f'<circle cx="{hand[0]:.1f}" cy="{hand[1]:.1f}" r="6" fill="currentColor"/>')
    parts.append(_line(points["resting"], 9.0, opacity=0.45))
    parts.append(_line(points["trunk"], 15.0))
    x, y = points["head"][0]
    parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{HEAD * SCALE:.1f}" fill="currentColor"/>')
    parts.append(_line(points["moving"], 9.0, colour=ACCENT))
    parts.append(_line(points["arm"], 6.0, colour=ARM))
    return parts


def camera_svg(exercise: Exercise) -> str:
    """Returns a plan, seen from above, of the person and the places for the camera, as `<svg>`."""
    width, height, person = (
        300.0,
        220.0,
        (210.0 if View.FRONT not in exercise.views else 110.0, 62.0),
    )
    parts = _from_above(exercise, person)
    places = [(person[0], height - 34.0, -90.0, "side")] if View.SIDE in exercise.views else []
    if View.FRONT in exercise.views:
        places.append((width - 32.0, person[1], 180.0, "front"))
    for x, y, looking_deg, word in places:
        parts.append(_line([(x, y), person], 1.2, opacity=0.4, dashed=True))
        parts.append(
            f'<g transform="translate({x:.0f} {y:.0f}) rotate({looking_deg:.0f})">'
            f'<rect x="-15" y="-9" width="20" height="18" rx="3" fill="{ACCENT}"/>'
            f'<path d="M4 0 L15 -8 L15 8 Z" fill="{ACCENT}"/></g>'
        )
        parts.append(
            _text(
                (x + (34.0 if word == "side" else 0.0), y + (5.0 if word == "side" else 28.0)), word
            )
        )
    words = " or ".join(word for *_, word in places)
    label = f"Seen from above: the camera looks from the {words}"
    return _svg(width, height, label, parts)


def _from_above(exercise: Exercise, person: Point) -> list[str]:
    """Returns the person from above: facing right, or lying with the head at the left."""
    x, y = person
    if exercise.position in (Position.UPRIGHT, Position.HANGING):
        return [
            f'<ellipse cx="{x}" cy="{y}" rx="13" ry="30" fill="currentColor" opacity="0.45"/>',
            f'<circle cx="{x}" cy="{y}" r="12" fill="currentColor"/>',
            f'<path d="M{x + 10} {y - 6} L{x + 20} {y} L{x + 10} {y + 6} Z" fill="currentColor"/>',
        ]
    legs = [[(x + 15, y + way * 8.0), (x + 85, y + way * 11.0)] for way in (-1, 1)]
    return [
        *(_line(leg, 10.0, opacity=0.45) for leg in legs),
        _line([(x - 45, y), (x + 15, y)], 30.0, opacity=0.6),
        f'<circle cx="{x - 75}" cy="{y}" r="12" fill="currentColor"/>',
    ]


def _line(
    points: Iterable[Point], width: float, *, colour: str = "currentColor", opacity: float = 1.0,
    dashed: bool = False,
) -> str:  # fmt: skip
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dash = ' stroke-dasharray="5 5"' if dashed else ""
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        f' stroke-linecap="round" stroke-linejoin="round" opacity="{opacity:g}"{dash}/>'
    )


def _text(place: Point, words: str) -> str:
    return (
        f'<text x="{place[0]:.0f}" y="{place[1]:.0f}" text-anchor="middle" font-size="14"'
        f' fill="currentColor">{words}</text>'
    )


def _svg(width: float, height: float, label: str, parts: Iterable[str]) -> str:
    return (
        f'<svg class="exercise-drawing" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-label="{escape(label)}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}">' + "".join(parts) + "</svg>"
    )
