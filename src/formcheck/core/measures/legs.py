"""Measures of the legs: hip, knee, and how far one leg is ahead of the other.

The trunk is the line from mid-hip to mid-shoulder; lying and in a plank, hip flexion is measured
from behind the model's hip points (see `BEHIND`). The hip angle is thigh against *trunk* (a camera
does not see the pelvis), so it holds lumbar motion as well: 13-37 % of it in healthy people (Murray
2002; Bohannon 1985). From an oblique view its projection is good enough to count by, but not to
judge by: nothing that voids a repetition is measured from there.
"""

from __future__ import annotations

import math

from formcheck.core.measures.hips import hips_at_rest_length, thigh, trunk_from_joints
from formcheck.core.measures.measure import (
    ANY_VIEW,
    SIDE_VIEW,
    SIDEWAYS,
    WELL_SEEN_DEG,
    Measure,
    Plane,
    Scope,
    facing,
    forward_deg,
)
from formcheck.core.pose.geometry import (
    joint_angle_deg,
    length,
    signed_angle_deg,
    vector,
)
from formcheck.core.pose.pose import LEG, Landmark, Side
from formcheck.core.pose.trunk import in_trunks, middle, middle_trunk, seen_middle
from formcheck.core.pose.view import Scene
from formcheck.core.pose.visibility import SeenPose

HIP_RANGE = (-60.0, 170.0)
"""Degrees between thigh and trunk: a hip flexes by 120 and extends by 30 (normal values of the
American Academy of Orthopaedic Surgeons), the lower back adds up to 40 either way. Real people who
hang and draw their knees to the chest read up to 167."""

LEG_RANGE = (-45.0, 140.0)
"""Degrees of a leg over level, lying: 90 is straight up, and a supple leg comes 30 further; below
level lie only legs that hang over an edge."""


def _hip_flexion(seen: SeenPose, side: Side, scene: Scene) -> float:
    trunk = trunk_from_joints(seen.points, scene)
    return facing(scene) * signed_angle_deg((-trunk[0], -trunk[1]), thigh(seen.points, side, scene))


def _hip_flexion_both(seen: SeenPose, side: Side, scene: Scene) -> float:
    # From mid-hip, as the trunk is: the model's errors on both hips partly cancel.
    hips = hips_at_rest_length(seen.points, scene)
    knees = seen_middle(seen.points, Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)
    trunk = middle_trunk(seen.points)
    return facing(scene) * signed_angle_deg((-trunk[0], -trunk[1]), vector(hips, knees))


def _hip_lead(seen: SeenPose, side: Side, scene: Scene) -> float:
    own, other = _hip_flexion(seen, side, scene), _hip_flexion(seen, side.other, scene)
    return _difference(own, other, HIP_RANGE)


def _difference(own: float, other: float, plausible: tuple[float, float]) -> float:
    """Returns how much more one leg reads; infinite where a leg reads what none can do."""
    low, high = plausible
    if min(own, other) < low or max(own, other) > high:
        return math.inf
    return own - other


def _leg_elevation(seen: SeenPose, side: Side, scene: Scene) -> float:
    hip, _, ankle = LEG[side]
    leg = vector(seen.points[hip], seen.points[ankle])
    # On the back the feet lie where who faces right would have them: away from the head.
    angle_deg = 90.0 - forward_deg(leg, scene)
    # From -90 to 270 as the difference comes: a leg that points below the head's end is below.
    return angle_deg - 360.0 if angle_deg > 180.0 else angle_deg


def _leg_lead(seen: SeenPose, side: Side, scene: Scene) -> float:
    own, other = _leg_elevation(seen, side, scene), _leg_elevation(seen, side.other, scene)
    return _difference(own, other, LEG_RANGE)


def _knee_flexion(seen: SeenPose, side: Side, scene: Scene) -> float:
    hip, knee, ankle = (seen.points[landmark] for landmark in LEG[side])
    return 180.0 - joint_angle_deg(hip, knee, ankle)


SURE_VISIBILITY = 0.75
"""How visible knee and ankle of a supporting leg must be: in drawn planks the model called a far
knee that the driven leg hid 0.6 to 0.75 visible, and placed it 15 to 36 pixels off."""


def _support_knee_flexion(seen: SeenPose, side: Side, scene: Scene) -> float:
    visible = seen.pose.visibility
    if not min(visible[LEG[side][1]], visible[LEG[side][2]]) >= SURE_VISIBILITY:
        return math.nan
    bend_deg = _knee_flexion(seen, side, scene)
    true_px = scene.leg_px[side is Side.RIGHT]
    hips = middle(seen.points, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    seen_px = length(vector(hips, seen.points[LEG[side][2]]))
    if not (true_px > 0.0 and seen_px > 0.0):
        return bend_deg
    # A leg of two equal halves that bends by `k` is `cos(k / 2)` as long.
    return min(bend_deg, 2.0 * math.degrees(math.acos(min(1.0, seen_px / true_px))))


def _foot_lift(seen: SeenPose, side: Side, scene: Scene) -> float:
    own, other = seen.points[LEG[side][2]], seen.points[LEG[side.other][2]]
    return in_trunks(vector(other, own)[1], scene.trunk_px)


def _feet_height(seen: SeenPose, side: Side, scene: Scene) -> float:
    feet = middle(seen.points, Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)
    return in_trunks(-feet[1], scene.trunk_px)


def _shank_drop(seen: SeenPose, side: Side, scene: Scene) -> float:
    _, knee, ankle = LEG[side]
    return in_trunks(vector(seen.points[ankle], seen.points[knee])[1], scene.trunk_px)


def _thigh_length(seen: SeenPose, side: Side, scene: Scene) -> float:
    hip, knee, _ = LEG[side]
    return in_trunks(length(vector(seen.points[hip], seen.points[knee])), scene.trunk_px)


HIP_FLEXION = Measure(
    name="hip_flexion",
    unit="deg",
    scope=Scope.LEG,
    views=SIDEWAYS,
    formula=_hip_flexion,
    meaning="thigh against trunk; 0 in line, flexion positive",
    needs="shoulder, hip and knee",
    plane=Plane.SAGITTAL,
    plausible=HIP_RANGE,
)
HIP_FLEXION_BOTH = Measure(
    name="hip_flexion_both",
    unit="deg",
    scope=Scope.BODY,
    views=SIDEWAYS,
    formula=_hip_flexion_both,
    meaning="line from mid-hip to both knees, or to the one that is seen, against the trunk",
    needs="shoulder, hip and knee",
    plane=Plane.SAGITTAL,
    plausible=HIP_RANGE,
)
HIP_LEAD = Measure(
    name="hip_lead",
    unit="deg",
    scope=Scope.LEG,
    views=SIDEWAYS,
    formula=_hip_lead,
    meaning="how much more this hip is flexed than the other one",
    needs="both knees",
    plane=Plane.SAGITTAL,
    plausible=(-170.0, 170.0),
)
LEG_ELEVATION = Measure(
    name="leg_elevation",
    unit="deg",
    scope=Scope.LEG,
    views=SIDEWAYS,
    formula=_leg_elevation,
    meaning="lying: hip to ankle from level, up positive; 90 straight up",
    needs="hip and ankle",
    plane=Plane.SAGITTAL,
    plausible=LEG_RANGE,
)
LEG_LEAD = Measure(
    name="leg_lead",
    unit="deg",
    scope=Scope.LEG,
    views=SIDEWAYS,
    formula=_leg_lead,
    meaning="how much higher this leg is lifted than the other one",
    needs="both ankles",
    plane=Plane.SAGITTAL,
    plausible=(-140.0, 140.0),
)
KNEE_FLEXION = Measure(
    name="knee_flexion",
    unit="deg",
    scope=Scope.LEG,
    views=SIDE_VIEW,
    formula=_knee_flexion,
    meaning="0 straight, bent positive",
    needs="hip, knee and ankle",
    plane=Plane.SAGITTAL,
    oblique_to_deg=WELL_SEEN_DEG,
    plausible=(0.0, 165.0),
)
SUPPORT_KNEE_FLEXION = Measure(
    name="support_knee_flexion",
    unit="deg",
    scope=Scope.LEG,
    views=SIDE_VIEW,
    formula=_support_knee_flexion,
    meaning="knee flexion of a leg whose foot stays where it is, as far as the leg is shorter, too:"
    " the model misplaces a hidden far knee by 25 to 50 degrees, its ankle and hip hardly",
    needs="hip, knee and ankle",
    plane=Plane.PICTURE,
    oblique_to_deg=WELL_SEEN_DEG,
    plausible=(0.0, 165.0),
)
FOOT_LIFT = Measure(
    name="foot_lift",
    unit="trunk",
    scope=Scope.LEG,
    views=ANY_VIEW,
    formula=_foot_lift,
    meaning="height of this ankle over the other one, in trunk lengths",
    needs="both ankles",
    plausible=(-1.8, 1.8),
)
FEET_HEIGHT = Measure(
    name="feet_height",
    unit="trunk",
    scope=Scope.BODY,
    views=ANY_VIEW,
    formula=_feet_height,
    meaning="height of the middle of both ankles in the picture, in trunk lengths; only its change"
    " means something",
    needs="both ankles",
)
SHANK_DROP = Measure(
    name="shank_drop",
    unit="trunk",
    scope=Scope.LEG,
    views=ANY_VIEW,
    formula=_shank_drop,
    meaning="height of the knee over its ankle, in trunk lengths; 0 with the shank level",
    needs="knee and ankle",
    plausible=(-1.2, 1.4),
)
THIGH_LENGTH = Measure(
    name="thigh_length",
    unit="trunk",
    scope=Scope.LEG,
    views=ANY_VIEW,
    formula=_thigh_length,
    meaning="length of the thigh as seen, in trunk lengths; short when it points at the camera",
    needs="hip and knee",
    plausible=(0.0, 1.4),
)
