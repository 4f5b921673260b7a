"""The still of a repetition's worst moment: the line of the body, and the line of the limit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.measures import Measure
from formcheck.core.measures.silhouette import ALONG, LOIN
from formcheck.core.pose.frame import Image
from formcheck.core.pose.geometry import Point, length, vector
from formcheck.core.pose.pose import LEG, FloatArray, Landmark, Points, Pose, Side
from formcheck.core.pose.trunk import middle
from formcheck.core.pose.view import Scene, View
from formcheck.core.pose.visibility import SeenPose
from formcheck.files.writing import write_bytes

_SHOULDERS = (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
_HIPS = (Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
_WRISTS = (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST)
_NUDGE_DEG = 1.0
LONGER = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLines:
    """The two lines to draw: the body's line, and the same line at its limit.

    Attributes
    ----------
    measure : Measure
        The measure of the fault.
    side : Side
        The side of the body.
    beyond : float
        How far the value lies beyond its limit, signed, in the measure's unit: the line minus this
        amount is at the limit. NaN without a limit.
    """

    measure: Measure
    side: Side
    beyond: float


Line = Sequence[Point]
Lines = tuple[Line, Line]
"""The body's line, and the line at the limit; the second may be empty."""


def drawn_lines(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
    """Returns the body's line and the line at the limit, in pixels; either may be empty."""
    draw = _DRAWN.get(limit_lines.measure.name)
    return ((), ()) if draw is None else draw(seen, scene, limit_lines)


def _turning(
    pivot: Callable[[Points, Side], Point],
    end: Callable[[Points, Side], Point],
    moving: Callable[[Side], Sequence[Landmark]],
) -> Callable[[SeenPose, Scene, LimitLines], Lines]:
    """Returns a function that draws a segment turning about a point, and the segment at its limit.

    The measure itself tells the direction of the turn, so that no sign stands twice.
    """

    def lines(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
        side, points = limit_lines.side, seen.points
        about, tip = pivot(points, side), end(points, side)
        turned = list(points)
        for landmark in moving(side):
            turned[landmark] = _turn(points[landmark], about, _NUDGE_DEG)
        formula = limit_lines.measure.formula
        change = formula(seen.moved(turned), side, scene) - formula(seen, side, scene)
        slope = change / _NUDGE_DEG
        if not (math.isfinite(slope) and math.isfinite(limit_lines.beyond)) or abs(slope) < 0.2:
            return (about, tip), ()
        x, y = _turn(tip, about, -limit_lines.beyond / slope)
        # A little longer, so that both lines show where they lie close together.
        return (about, tip), (about, (x + LONGER * (x - about[0]), y + LONGER * (y - about[1])))

    return lines


def _turn(point: Point, about: Point, angle_deg: float) -> Point:
    """Returns a point turned clockwise in the picture."""
    sine, cosine = math.sin(math.radians(angle_deg)), math.cos(math.radians(angle_deg))
    x, y = point[0] - about[0], point[1] - about[1]
    return about[0] + cosine * x - sine * y, about[1] + sine * x + cosine * y


def _middle_of(pair: tuple[Landmark, Landmark]) -> Callable[[Points, Side], Point]:
    def point(points: Points, side: Side) -> Point:
        both = middle(points, *pair)
        own = points[pair[1] if side is Side.RIGHT else pair[0]]
        return both if math.isfinite(both[0]) else own

    return point


def _joint(number: int) -> Callable[[Points, Side], Point]:
    return lambda points, side: points[_leg(side)[number]]


def _leg(side: Side) -> tuple[Landmark, Landmark, Landmark]:
    return LEG[Side.LEFT if side is Side.BOTH else side]


def _knee(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
    hip, knee, ankle = (seen.points[landmark] for landmark in _leg(limit_lines.side))
    (_, limit) = _shank(seen, scene, limit_lines)
    return (hip, knee, ankle), limit


def _thigh(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
    done, limit = _lifted(seen, scene, limit_lines)
    # From the front the thigh points at the camera, and no turn in the picture lifts it.
    return done, () if scene.view is View.FRONT else limit


def _plank(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
    """Draws shoulder, hip and the stretched leg's ankle, and the straight line between the ends."""
    points = seen.points
    shoulder, hip = (_middle_of(pair)(points, limit_lines.side) for pair in (_SHOULDERS, _HIPS))
    ankles = [points[ankle] for _, _, ankle in LEG.values() if math.isfinite(points[ankle][0])]
    if not ankles:
        return (shoulder, hip), ()
    ankle = max(ankles, key=lambda point: math.dist(point, shoulder))
    return (shoulder, hip, ankle), (shoulder, ankle)


def _tag_line(across: bool) -> Callable[[SeenPose, Scene, LimitLines], Lines]:
    """Returns a function that draws the tag's upright, or its level, through the tag.

    Without a reading it draws the trunk, or the hips.
    """

    def lines(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
        reading = seen.pose.pelvis
        if reading is None or not reading.is_read:
            return (_hip_line if across else _trunk)(seen, scene, limit_lines)[0], ()
        formula, side = limit_lines.measure.formula, limit_lines.side
        turned = replace(reading, turn_deg=reading.turn_deg + _NUDGE_DEG)
        nudged = replace(seen, pose=replace(seen.pose, pelvis=turned))
        slope = (formula(nudged, side, scene) - formula(seen, side, scene)) / _NUDGE_DEG
        arm = 0.4 * _trunk_px(seen.points)

        def line(turn_deg: float) -> Line:
            x, y = reading.middle_px
            tip = (x + arm, y) if across else (x, y - arm)
            return [_turn(tip, (x, y), turn_deg + half) for half in (0.0, 180.0)]

        back_deg = -limit_lines.beyond / slope
        limit = line(reading.turn_deg + back_deg) if math.isfinite(back_deg) else ()
        return line(reading.turn_deg), limit

    return lines


def _height(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
    """Draws the hips' level, and the highest allowed one."""
    points = seen.points
    (x, y), trunk = _middle_of(_HIPS)(points, limit_lines.side), _trunk_px(points)
    low = y + limit_lines.beyond * trunk
    arm = 0.45 * trunk
    return ((x - arm, y), (x + arm, y)), ((x - arm, low), (x + arm, low))


def _loin(seen: SeenPose, scene: Scene, limit_lines: LimitLines) -> Lines:
    """Draws an arch at the hollow of the back, and the floor's line."""
    points = seen.points
    hip, shoulder = (_middle_of(pair)(points, limit_lines.side) for pair in (_HIPS, _SHOULDERS))
    first, last = float(ALONG[LOIN][0]), float(ALONG[LOIN][-1])
    # The back lies below the line of the joints, in the direction of gravity.
    down = 0.16 * _trunk_px(points)

    def at(share: float) -> Point:
        x = hip[0] + share * (shoulder[0] - hip[0])
        y = hip[1] + share * (shoulder[1] - hip[1])
        return x, y + down - 0.35 * down * math.sin(math.pi * (share - first) / (last - first))

    arch = [at(first + (last - first) * n / 16) for n in range(17)]
    return arch, (arch[0], arch[-1])


def _trunk_px(points: Points) -> float:
    return length(vector(middle(points, *_HIPS), middle(points, *_SHOULDERS)))


_trunk = _turning(_middle_of(_HIPS), _middle_of(_SHOULDERS), lambda side: _SHOULDERS)
_lifted = _turning(_joint(0), _joint(1), lambda side: _leg(side)[1:])
_whole_leg = _turning(_joint(0), _joint(2), lambda side: _leg(side)[1:])
_shank = _turning(_joint(1), _joint(2), lambda side: _leg(side)[2:])
_hang = _turning(_middle_of(_WRISTS), _middle_of(_HIPS), lambda side: _HIPS)
_hip_line = _turning(
    _middle_of(_HIPS), lambda points, side: points[_leg(side)[0]], lambda side: _HIPS
)

_DRAWN: dict[str, Callable[[SeenPose, Scene, LimitLines], Lines]] = {
    "torso_lean": _trunk,
    "leaning": _trunk,
    "lateral_lean": _trunk,
    "trunk_pitch": _trunk,
    "thigh_elevation": _thigh,
    "hip_flexion": _thigh,
    "hip_flexion_both": _thigh,
    "leg_elevation": _whole_leg,
    "knee_flexion": _knee,
    "support_knee_flexion": _knee,
    "swing": _hang,
    "pelvic_obliquity": _tag_line(across=True),
    "pelvic_tilt": _tag_line(across=False),
    "lumbar_extension": _tag_line(across=False),
    "plank_line": _plank,
    "hip_height": _height,
    "lumbar_gap": _loin,
}
"""Drawing functions by the name of a measure; a still of another measure has no lines."""


STILL_PX = 720
"""Longer side of a still."""

_RED, _WHITE, _INK = (30, 80, 225), (255, 255, 255), (30, 24, 20)
_ROOM = 0.18
_MIN_SHARE = 0.45
_SHAPE = 4 / 3


def still(image: Image, pose: Pose, scene: Scene, limit_lines: LimitLines) -> Image:
    """Returns the part of a picture with the person, with the limit lines drawn on it.

    Parameters
    ----------
    image : (height, width, 3) uint8
        The camera's picture; not changed.
    pose : Pose
        The pose in the picture.
    scene : Scene
        How the camera saw the person.
    limit_lines : LimitLines
        The lines to draw.

    Returns
    -------
    (height, width, 3) uint8
        The longer side has at most `STILL_PX`.
    """
    shown, scale, (left, top) = _around(image, pose)
    done, limit = (
        [((x - left) * scale, (y - top) * scale) for x, y in path]
        for path in drawn_lines(SeenPose.trusted(pose), scene, limit_lines)
    )
    unit = max(shown.shape[:2]) / 100.0
    _dashed(shown, limit, unit)
    _solid(shown, done, unit)
    return shown


def _around(image: Image, pose: Pose) -> tuple[Image, float, tuple[int, int]]:
    """Returns the picture's part around the person, its scale, and its top left corner."""
    height, width = image.shape[:2]
    x, y = pose.image_px[:, 0], pose.image_px[:, 1]
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    if not inside.any():
        x, y, inside = np.array([0, width]), np.array([0, height]), np.array([True, True])
    low = np.array([x[inside].min(), y[inside].min()])
    high = np.array([x[inside].max(), y[inside].max()])
    size = np.array([width, height], dtype=float)
    half = np.maximum((high - low) / 2 + _ROOM * (high - low).max(), _MIN_SHARE * size / 2)
    # In the shape of the page's frame, within the picture.
    half = np.minimum(np.maximum(half, half[::-1] * (_SHAPE, 1 / _SHAPE)), size / 2)
    centre = np.clip((low + high) / 2, half, size - half)
    left, top = (int(v) for v in np.clip(centre - half, 0, size))
    right, bottom = (math.ceil(v) for v in np.clip(centre + half, 0, size))
    part = image[top:bottom, left:right]
    scale = min(2.0, STILL_PX / max(part.shape[:2]))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    shown = cv2.resize(part, None, fx=scale, fy=scale, interpolation=how)
    return np.ascontiguousarray(shown), scale, (left, top)


def _known(path: Line) -> bool:
    return len(path) > 1 and all(math.isfinite(x) and math.isfinite(y) for x, y in path)


def _solid(image: Image, path: Line, unit: float) -> None:
    if not _known(path):
        return
    for colour, width in ((_WHITE, 1.9), (_RED, 1.15)):
        thick = max(2, round(width * unit))
        cv2.polylines(image, [_whole(path)], False, colour, thick, cv2.LINE_AA)
        for x, y in (path[0], path[-1]):
            centre = (round(x), round(y))
            cv2.circle(image, centre, round(thick * 0.8), colour, -1, cv2.LINE_AA)


def _dashed(image: Image, path: Line, unit: float) -> None:
    if not _known(path):
        return
    for start, end in pairwise(path):
        count = max(3, round(math.dist(start, end) / (4.4 * unit)) | 1)
        steps = np.linspace(np.array(start), np.array(end), count + 1)
        for number in range(0, count, 2):
            dash = steps[number : number + 2]
            for colour, width in ((_INK, 1.3), (_WHITE, 0.7)):
                cv2.polylines(
                    image, [_whole(dash)], False, colour, max(1, round(width * unit)), cv2.LINE_AA
                )


def _whole(path: Line | FloatArray) -> npt.NDArray[np.int32]:
    whole: npt.NDArray[np.int32] = np.rint(np.array(path)).astype(np.int32)
    return whole


def write_jpeg(image: Image, path: Path) -> None:
    """Writes a picture; an `OutputError` says why it can't be."""
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 88])
    assert done
    write_bytes(path, data.tobytes())
