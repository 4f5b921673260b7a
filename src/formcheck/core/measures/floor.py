"""Measures of a body that lies, holds a plank, or hangs: where trunk, hips and loin are."""

from __future__ import annotations

import math

from formcheck.core.measures.measure import (
    ANY_VIEW,
    HANGING_SEEN_DEG,
    LYING_SEEN_DEG,
    SIDE_VIEW,
    SIDEWAYS,
    WELL_SEEN_DEG,
    Measure,
    Plane,
    Scope,
    facing,
)
from formcheck.core.pose.geometry import (
    Point,
    from_down_deg,
    from_up_deg,
    joint_angle_deg,
    length,
    signed_angle_deg,
    vector,
)
from formcheck.core.pose.pose import LEG, Landmark, Points, Side
from formcheck.core.pose.trunk import in_trunks, middle, middle_trunk, seen_middle
from formcheck.core.pose.view import Position, Scene
from formcheck.core.pose.visibility import SeenPose

STRAIGHT_BELOW_DEG = 45.0
"""Knee flexion from which on a leg no longer shows the line it would support."""

BEHIND, STRETCHED = 1.9, 2.15
"""Trunk lengths from the shoulders to the ankle: at least so much for a leg that is behind, and for
one that is straight though its knee can't be seen. A straight one reads 2.3 on the drawn clips, the
ankle of a knee driven to the chest at most 1.75."""


LINE_OF_PITCH = -1.6
"""Degrees of the plank line for each degree of the trunk's pitch, hands and toes on the floor: hips
that rise by `h` tip the trunk by `-h / T` and the leg, 1.65 trunks long, by `h / 1.65 T`. In two
filmed sets of climbers, two of other planks and four drawn ones the slope was -1.2 to -2.0 (median
-1.6) and the line so told was 0.3 to 1.6 degrees (standard deviation) off the seen one."""


def _trunk_pitch(seen: SeenPose, side: Side, scene: Scene) -> float:
    trunk = middle_trunk(seen.points)
    if scene.position is Position.SUPINE:
        # The hips rise when the trunk's end at the head sinks against them.
        return -(90.0 - abs(from_up_deg(trunk)))
    return 90.0 - abs(from_up_deg(trunk))


def _hip_height(seen: SeenPose, side: Side, scene: Scene) -> float:
    hips = middle(seen.points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    return in_trunks(-hips[1], scene.unforeshortened_trunk_px)


def _plank_line(seen: SeenPose, side: Side, scene: Scene) -> float:
    hips = middle(seen.points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    trunk = middle_trunk(seen.points)
    leg = _supporting_leg(seen.points, hips)
    if leg is None:
        line_deg, pitch_deg = scene.plank_deg
        return line_deg + LINE_OF_PITCH * (_trunk_pitch(seen, side, scene) - pitch_deg)
    # Straight on from the trunk is 0; a leg that points below that line means raised hips.
    return facing(scene) * signed_angle_deg((-trunk[0], -trunk[1]), leg)


def _supporting_leg(points: Points, hips: Point) -> tuple[float, float] | None:
    """Returns the line from mid-hip to the ankle of the leg that is stretched out behind, y up."""
    shoulders = middle(points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    legs = [[points[landmark] for landmark in LEG[side]] for side in (Side.LEFT, Side.RIGHT)]
    reach = [length(vector(shoulders, ankle)) for _, _, ankle in legs]
    # A driven foot may hide behind the other leg: the stretched one is known by its reach, too.
    trunk = length(vector(hips, shoulders))
    seen = [(r / trunk, leg) for r, leg in zip(reach, legs, strict=True) if r >= BEHIND * trunk]
    if not seen:
        return None
    share, (hip, knee, ankle) = max(seen, key=lambda found: found[0])
    bend_deg = 180.0 - joint_angle_deg(hip, knee, ankle)
    straight = share >= STRETCHED if math.isnan(bend_deg) else bend_deg < STRAIGHT_BELOW_DEG
    return vector(hips, ankle) if straight else None


def _swing(seen: SeenPose, side: Side, scene: Scene) -> float:
    hands = seen_middle(seen.points, Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST)
    hips = middle(seen.points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    line = vector(hands, hips)
    return from_down_deg((facing(scene) * line[0], line[1]))


def _reach(seen: SeenPose, side: Side, scene: Scene) -> float:
    hands = seen_middle(seen.points, Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST)
    shoulders = middle(seen.points, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    return in_trunks(vector(shoulders, hands)[1], scene.trunk_px)


def _lumbar_gap(seen: SeenPose, side: Side, scene: Scene) -> float:
    # Read off the body's outline, which came with the picture, and not off the landmarks.
    return seen.pose.lumbar_gap


TRUNK_PITCH = Measure(
    name="trunk_pitch",
    unit="deg",
    scope=Scope.BODY,
    views=SIDEWAYS,
    formula=_trunk_pitch,
    meaning="trunk from level; on the back the hips' end higher, in a plank the shoulders' end"
    " higher is positive",
    needs="shoulders and hips",
    plane=Plane.SAGITTAL,
    plausible=(-90.0, 90.0),
)
HIP_HEIGHT = Measure(
    name="hip_height",
    unit="trunk",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_hip_height,
    meaning="height of the hips in the picture, in trunk lengths; only its change means something",
    needs="both hips",
    plane=Plane.SAGITTAL,
    oblique_to_deg=LYING_SEEN_DEG,
)
HIP_LEVEL = Measure(
    name="hip_level",
    unit="trunk",
    scope=Scope.BODY,
    views=ANY_VIEW,
    formula=_hip_height,
    meaning="height of the hips of somebody who stands, in trunk lengths; only its change means"
    " something",
    needs="both hips",
)
PLANK_LINE = Measure(
    name="plank_line",
    unit="deg",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_plank_line,
    meaning="trunk against the supporting leg; hips above the line positive, sagging negative."
    " While the stretched leg is hidden, told by the trunk's pitch and the start posture",
    needs="shoulders and hips",
    plane=Plane.SAGITTAL,
    oblique_to_deg=WELL_SEEN_DEG,
    plausible=(-60.0, 130.0),
)
SWING = Measure(
    name="swing",
    unit="deg",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_swing,
    meaning="hands to hips from the vertical; hips ahead of the hands positive",
    needs="hands and hips",
    plane=Plane.SAGITTAL,
    oblique_to_deg=HANGING_SEEN_DEG,
    plausible=(-75.0, 75.0),
)
REACH = Measure(
    name="reach",
    unit="trunk",
    scope=Scope.BODY,
    views=SIDEWAYS,
    formula=_reach,
    meaning="height of the hands over the shoulders, in trunk lengths",
    needs="hands and shoulders",
    plane=Plane.SAGITTAL,
    plausible=(-1.7, 1.7),
)
LUMBAR_GAP = Measure(
    name="lumbar_gap",
    unit="trunk",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_lumbar_gap,
    meaning="hollow of the back's outline over the loin, in trunk lengths",
    needs="the outline of the lower back",
    plane=Plane.SAGITTAL,
    oblique_to_deg=LYING_SEEN_DEG,
    plausible=(0.0, 0.25),
)
