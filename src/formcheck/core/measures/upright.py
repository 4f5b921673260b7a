"""Measures of an upright body: the lifted thigh's height, and how the trunk and hips are held.

The trunk is the line from mid-hip to mid-shoulder: on the drawn side clips it follows the true lean
more closely than the near hip and shoulder alone, because the model's errors on both sides partly
cancel. From the side the lean begins nearer to the hip that is seen; see `NEAR_HIP`.
"""

from __future__ import annotations

import math

from formcheck.core.measures.hips import hips_at_rest_length, thigh
from formcheck.core.measures.measure import (
    ANY_VIEW,
    FRONT_VIEW,
    SIDE_VIEW,
    SIDEWAYS,
    Measure,
    Plane,
    Scope,
    facing,
    forward_deg,
)
from formcheck.core.pose.geometry import (
    foreshortened_deg,
    from_down_deg,
    from_up_deg,
    signed_angle_deg,
    vector,
)
from formcheck.core.pose.pose import LEG, Landmark, Points, Side
from formcheck.core.pose.trunk import middle, middle_trunk
from formcheck.core.pose.view import Scene, View
from formcheck.core.pose.visibility import SeenPose

STEEPEST_HIPS_DEG = 45.0
"""Degrees that the line between the hips can lean: standing on one leg it drops or hikes by 10 to
20, with one foot on a high step by 30. Steeper than this the hips lie behind one another."""

LEAN_RANGE = (-60.0, 110.0)
"""Degrees of the trunk from the vertical: with the hands on the floor 90 to 100 forward, in a
backbend 60 back."""


HELD_IN_FRONT = 1.0
"""From the front the trunk's whole length is held once the thigh is level, and none of it while the
thigh hangs (there a step towards the camera would read as a lift). Tops of eight lifts of two drawn
bodies read 4 to 20 degrees too low from mid-hip, 0 to 9 so (16 with the trunk leaning sideways)."""
BEHIND_TOO_LOW = 0.15
"""Thigh lengths by which the model puts the knee of a level thigh too low where the body hides it:
seen from behind. Tops of nine lifts of four tuning bodies read 9 degrees too low without it."""


def _thigh_elevation(seen: SeenPose, side: Side, scene: Scene) -> float:
    if scene.view in SIDEWAYS:
        line = thigh(seen.points, side, scene)
        return from_down_deg((facing(scene) * line[0], line[1]))
    # From the front the thigh points at the camera: its height is left, its direction is not. The
    # height is taken from mid-hip, because the model lifts the hip of a lifted leg too.
    knee, true_px = seen.points[LEG[side][1]], scene.drop_px[side is Side.RIGHT]
    hips = middle(seen.points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    hanging = max(0.0, min(1.0, -vector(hips, knee)[1] / true_px)) if true_px > 0.0 else math.nan
    hips = hips_at_rest_length(seen.points, scene, HELD_IN_FRONT * (1.0 - hanging))
    behind = seen.points[Landmark.LEFT_SHOULDER][0] < seen.points[Landmark.RIGHT_SHOULDER][0]
    too_low_px = BEHIND_TOO_LOW * (1.0 - hanging) * true_px if behind else 0.0
    return foreshortened_deg(-vector(hips, knee)[1] - too_low_px, true_px)


NEAR_HIP = 2.0 / 3.0
"""Weight of the near hip in where the trunk begins, seen from the side. The model guesses the far
hip: a far thigh that is lifted takes it forward, a near one back, and the trunk's lean rises and
falls with the steps. On eleven clips of six tuning bodies that run on the spot the lean was off by
1.6 degrees (root mean square over near and far steps, as change from standing) so, by 1.9 from
mid-hip, by 2.4 from the near hip alone; on seven of standing lifts by 1.9, 2.0 and 2.5."""


def _leaning(seen: SeenPose, side: Side, scene: Scene) -> float:
    return forward_deg(middle_trunk(seen.points), scene)


def _torso_lean(seen: SeenPose, side: Side, scene: Scene) -> float:
    # Who faces the picture's right shows the camera the right side.
    near = NEAR_HIP if scene.facing < 0 else 1.0 - NEAR_HIP
    left, right = seen.points[Landmark.LEFT_HIP], seen.points[Landmark.RIGHT_HIP]
    hips = (near * left[0] + (1.0 - near) * right[0], near * left[1] + (1.0 - near) * right[1])
    shoulders = middle(seen.points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    return forward_deg(vector(hips, shoulders), scene)


def _lateral_lean(seen: SeenPose, side: Side, scene: Scene) -> float:
    left, right = seen.points[Landmark.LEFT_HIP], seen.points[Landmark.RIGHT_HIP]
    trunk = middle_trunk(seen.points)
    # Hips behind one another are no front view: what leans sideways there leans forward.
    if abs(hip_line_deg(seen.points, side)) > STEEPEST_HIPS_DEG:
        return math.inf
    return from_up_deg((math.copysign(trunk[0], trunk[0] * (right[0] - left[0])), trunk[1]))


def hip_line_deg(points: Points, side: Side) -> float:
    """Returns the hip line from level, positive when the hip of the side asked for is higher."""
    right_to_left = vector(points[Landmark.RIGHT_HIP], points[Landmark.LEFT_HIP])
    angle = signed_angle_deg((1.0, 0.0), (abs(right_to_left[0]), right_to_left[1]))
    return angle if side is not Side.RIGHT else -angle


THIGH_ELEVATION = Measure(
    name="thigh_elevation",
    unit="deg",
    scope=Scope.LEG,
    views=ANY_VIEW,
    formula=_thigh_elevation,
    meaning="thigh from straight down, forward positive; 90 parallel to the floor",
    needs="hip and knee",
    plane=Plane.SAGITTAL,
    plausible=(-100.0, 155.0),
)
LEANING = Measure(
    name="leaning",
    unit="deg",
    scope=Scope.BODY,
    views=frozenset({View.OBLIQUE}),
    formula=_leaning,
    meaning="trunk in the picture from the vertical; towards where the person faces positive. From"
    " an oblique view leaning back and leaning sideways look alike",
    needs="shoulder and hip",
    plausible=LEAN_RANGE,
)
TORSO_LEAN = Measure(
    name="torso_lean",
    unit="deg",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_torso_lean,
    meaning="trunk from the vertical; forward positive, back negative",
    needs="shoulder and hip",
    plausible=LEAN_RANGE,
)
LATERAL_LEAN = Measure(
    name="lateral_lean",
    unit="deg",
    scope=Scope.BODY,
    views=FRONT_VIEW,
    formula=_lateral_lean,
    meaning="trunk from the vertical; to the person's right positive",
    needs="both shoulders and both hips",
    plausible=(-60.0, 60.0),
)
