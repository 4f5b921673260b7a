"""Measures of the pelvis: its tilt, its obliquity, and what trunk and thigh do against it.

They are read off a tag that rides on the pelvis. From the side the tag's turn in the picture is
sagittal pelvic tilt, from the front or from behind it is obliquity. How somebody sticks the tag on
is not known, so every value is the change since the start posture, where it is 0. A turn in its own
plane needs no correction for the yaw: a view from the side narrows the tag, and the turn is taken
out of that (see `formcheck.sensors`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.measures.legs import HIP_FLEXION, HIP_RANGE
from formcheck.core.measures.measure import (
    FRONT_VIEW,
    SIDE_VIEW,
    WELL_SEEN_DEG,
    Measure,
    Plane,
    Scope,
    facing,
    forward_deg,
)
from formcheck.core.measures.upright import STEEPEST_HIPS_DEG, hip_line_deg
from formcheck.core.pose.pelvis import TagNeutral, middle_turn_deg, turned_deg
from formcheck.core.pose.pose import Landmark, Points, Pose, Side
from formcheck.core.pose.trunk import middle_trunk
from formcheck.core.pose.view import Scene, sagittal
from formcheck.core.pose.visibility import SeenPose

TAG_NOISE_DEG = 1.0
"""Degrees by which a tag's turn scatters from frame to frame, with a margin: 0.2 to 0.6 on drawn
people who stand still, at 17 to 30 pixels."""
TRUNK_NOISE_DEG = 2.0
"""The same for a turn against the line from the hips to the shoulders."""
SHOWN = 0.5
"""Share of the start posture in which a tag must be read."""


def with_tag(scene: Scene, poses: Sequence[Pose]) -> Scene:
    """Returns the scene with how the tag looked in these poses of the start posture.

    Without a tag in half of them it stays as it is: a tag that is found later has no neutral.
    """
    read = [pose.pelvis for pose in poses if pose.pelvis is not None and pose.pelvis.is_read]
    if not read or len(read) < SHOWN * len(poses):
        return scene
    facings = [min(1.0, reading.facing) for reading in read]
    return replace(
        scene,
        tag=TagNeutral(
            turn_deg=middle_turn_deg([reading.turn_deg for reading in read]),
            trunk_deg=middle_turn_deg([_trunk_deg(_flat(pose, scene), scene) for pose in poses]),
            away_deg=math.degrees(math.acos(float(np.median(facings)))),
            left_sign=_left_sign(poses),
        ),
    )


def _flat(pose: Pose, scene: Scene) -> Points:
    return sagittal(scene.levelled(pose.points(), pose.frame_size_px), scene)


def _left_sign(poses: Sequence[Pose]) -> int:
    """Returns +1 where the left hip is mostly the right one in the picture, -1 else; 0 unseen."""
    hips = np.array([pose.image_px[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP], 0] for pose in poses])
    apart = hips[:, 0] - hips[:, 1]
    seen = apart[np.isfinite(apart)]
    return 0 if not seen.size else (1 if np.median(seen) > 0.0 else -1)


def _trunk_deg(points: Points, scene: Scene) -> float:
    """Returns the trunk's lean towards where the person faces, however the body lies."""
    trunk = middle_trunk(points)
    return forward_deg(trunk, scene)


def _change_deg(seen: SeenPose, scene: Scene) -> float:
    """Returns the tag's turn since the start posture, clockwise positive; NaN if not known."""
    reading, tag = seen.pose.pelvis, scene.tag
    if reading is None or tag is None or not tag.faces_camera:
        return math.nan
    return turned_deg(tag.turn_deg, reading.turn_deg)


def _pelvic_tilt(seen: SeenPose, side: Side, scene: Scene) -> float:
    return facing(scene) * _change_deg(seen, scene)


def _lumbar_extension(seen: SeenPose, side: Side, scene: Scene) -> float:
    if scene.tag is None:
        return math.nan
    leant = turned_deg(scene.tag.trunk_deg, _trunk_deg(seen.points, scene))
    return _pelvic_tilt(seen, side, scene) - leant


def _hip_flexion_pelvis(seen: SeenPose, side: Side, scene: Scene) -> float:
    if scene.tag is None:
        return math.nan
    # A pelvis that tips forward under a trunk that stays closes the angle to the thigh.
    return HIP_FLEXION.formula(seen, side, scene) + _lumbar_extension(seen, side, scene)


def _pelvic_obliquity(seen: SeenPose, side: Side, scene: Scene) -> float:
    if scene.tag is None:
        return hip_line_deg(seen.points, side)
    # The left hip higher: from behind that is a clockwise turn.
    towards = -1.0 if side is not Side.RIGHT else 1.0
    sign = float(scene.tag.left_sign) if scene.tag.left_sign else math.nan
    return towards * sign * _change_deg(seen, scene)


TAG = "the pelvis tag"
"""What the measures need, for the sentence that says why one could not be measured."""
PELVIC_TILT = Measure(
    name="pelvic_tilt",
    unit="deg",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_pelvic_tilt,
    meaning="sagittal tilt of the pelvis since the start posture, by a tag; anterior positive",
    needs=TAG,
    oblique_to_deg=WELL_SEEN_DEG,
    plausible=(-60.0, 60.0),
    noise=TAG_NOISE_DEG,
)
LUMBAR_EXTENSION = Measure(
    name="lumbar_extension",
    unit="deg",
    scope=Scope.BODY,
    views=SIDE_VIEW,
    formula=_lumbar_extension,
    meaning="pelvis, by a tag, against the trunk since the start posture; arching positive",
    needs=f"{TAG}, shoulders and hips",
    plane=Plane.SAGITTAL,
    oblique_to_deg=WELL_SEEN_DEG,
    plausible=(-90.0, 90.0),
    noise=TRUNK_NOISE_DEG,
)
HIP_FLEXION_PELVIS = Measure(
    name="hip_flexion_pelvis",
    unit="deg",
    scope=Scope.LEG,
    views=SIDE_VIEW,
    formula=_hip_flexion_pelvis,
    meaning="thigh against the pelvis, by a tag: the hip's own angle; in the start posture as"
    " against the trunk, flexion positive",
    needs=f"{TAG}, shoulder, hip and knee",
    plane=Plane.SAGITTAL,
    oblique_to_deg=WELL_SEEN_DEG,
    plausible=HIP_RANGE,
)
PELVIC_OBLIQUITY = Measure(
    name="pelvic_obliquity",
    unit="deg",
    scope=Scope.TOWARD,
    views=FRONT_VIEW,
    formula=_pelvic_obliquity,
    meaning="pelvis from level, positive when the side asked for is higher (the column: the left"
    " side); by a tag since the start posture, else by the hip line",
    needs=TAG,
    plausible=(-STEEPEST_HIPS_DEG, STEEPEST_HIPS_DEG),
    noise=TAG_NOISE_DEG,
)
