"""Where the hip of a moving leg is, though the model's hip points move with the thigh.

A hip joint stays where it is while its thigh is lifted. The model's hip points do not: both are put
up along the trunk, and the two of them part, so that the lifted leg reads too little from its own
hip and the other one too little from mid-hip.
"""

from __future__ import annotations

from formcheck.core.pose.geometry import Point, Vector, length, signed_angle_deg, vector
from formcheck.core.pose.pose import LEG, Landmark, Points, Side
from formcheck.core.pose.trunk import middle, middle_trunk
from formcheck.core.pose.view import Scene, View

HELD = 0.5
"""Share of the way back to where the trunk is as long as in the start posture. On four rendered
bodies that lift a thigh to 75 degrees and more the near leg's angle was off by (mean absolute) 4.2
degrees from the leg's own hip, 3.2 from mid-hip, 1.6 with this share, and 1.8 at full length."""
LONGEST_SHIFT = 0.2
"""Share: a trunk that looks shorter or longer by more bends, or is at another distance."""
LIFTED_DEG = 60.0
"""Hip flexion from which on the thigh runs from mid-hip; hanging it runs from its own hip, and in
between from in between. On the tuning bodies the near leg of high knees was off by 2.7 degrees so,
by 5.9 from mid-hip all the way, by 2.8 from its own hip; of climbers by 4.2, 5.4 and 4.1; of
standing lifts by 2.5, 2.7 and 3.7."""

BEHIND = 0.02
"""Trunk lengths that a hip joint lies behind the model's hip points. On seven clips of five tuning
bodies the points lay 0.01 to 0.06 before the joints. Standing and hanging that error is known from
the start posture; lying with bent knees, or in a plank, nobody knows the true angle there, and the
near leg read too little by up to 5 degrees. It was off by 3.2 degrees (mean absolute) without this,
2.9 with it and with 0.03."""


def thigh(points: Points, side: Side, scene: Scene) -> Vector:
    """Returns the line of the thigh, y up.

    From the side it runs from between the leg's own hip and mid-hip, held at the trunk's length. An
    oblique view shows the hips apart, so there it runs from the leg's own hip.
    """
    hip, knee, _ = LEG[side]
    back = _behind(points, scene)
    own = vector((points[hip][0] + back[0], points[hip][1] + back[1]), points[knee])
    if scene.view is not View.SIDE:
        return own
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    shoulders = middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    down = vector(shoulders, hips)
    flexion_deg = scene.facing * signed_angle_deg(down, own)
    lifted = max(0.0, min(1.0, flexion_deg / LIFTED_DEG))
    held = _held(hips, shoulders, scene, HELD)
    from_x = held[0] + back[0] + (1.0 - lifted) * (points[hip][0] - hips[0])
    from_y = held[1] + back[1] + (1.0 - lifted) * (points[hip][1] - hips[1])
    return vector((from_x, from_y), points[knee])


def _behind(points: Points, scene: Scene) -> Vector:
    """Returns by how much the joints lie behind the model's hip points, in the picture."""
    if scene.view is not View.SIDE or not scene.position.level:
        return 0.0, 0.0
    x, y = middle_trunk(points)
    # Towards the back: the trunk turned by a quarter, away from where a flexed thigh points.
    return -scene.facing * BEHIND * y, -scene.facing * BEHIND * x


def trunk_from_joints(points: Points, scene: Scene) -> Vector:
    """Returns the line from between the hip joints to mid-shoulder, y up."""
    back, trunk = _behind(points, scene), middle_trunk(points)
    return trunk[0] - back[0], trunk[1] + back[1]


def hips_at_rest_length(points: Points, scene: Scene, held: float = HELD) -> Point:
    """Returns mid-hip, put back along the trunk by a share of what a lifted thigh took it up.

    The model lifts the hip points with the thigh, and the trunk looks shorter for it.
    """
    hips = middle(points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return _held(hips, middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER), scene, held)


def _held(hips: Point, shoulders: Point, scene: Scene, held: float) -> Point:
    down = (hips[0] - shoulders[0], hips[1] - shoulders[1])
    seen_px = length(down)
    # NaN fails the comparison.
    if not (
        scene.at_rest and seen_px > 0.0 and abs(scene.trunk_px / seen_px - 1.0) <= LONGEST_SHIFT
    ):
        return hips
    share = held * (scene.trunk_px / seen_px - 1.0)
    return hips[0] + share * down[0], hips[1] + share * down[1]
