"""Forward kinematics: joint angles to joint centres.

Every joint is a turn about its parent's ``y``, then ``x``, then ``z``. In the neutral pose all
frames are aligned with the world: the person stands upright, arms and legs straight down, palms
inward.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from people.body import SIDES, Body, outward
from people.vectors import Array, turn, turn_x, turn_y, turn_z, vec


@dataclass(frozen=True, kw_only=True, slots=True)
class Bend:
    """A three-way joint of the trunk or neck: forward, to the person's right, turned left."""

    flexion_deg: float = 0.0
    right_deg: float = 0.0
    left_turn_deg: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """One leg's joint angles.

    Hip flexion, abduction (away from the midline) and outward rotation are positive; so are knee
    flexion, ankle dorsiflexion (toes up), and eversion (sole turned out).
    """

    hip_flexion_deg: float = 0.0
    hip_abduction_deg: float = 0.0
    hip_rotation_deg: float = 0.0
    knee_flexion_deg: float = 0.0
    ankle_dorsiflexion_deg: float = 0.0
    ankle_eversion_deg: float = 0.0
    ankle_rotation_deg: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Arm:
    """One arm's joint angles; shoulder like the hip, elbow flexion and wrist flexion positive."""

    shoulder_flexion_deg: float = 0.0
    shoulder_abduction_deg: float = 8.0
    shoulder_rotation_deg: float = 0.0
    elbow_flexion_deg: float = 12.0
    wrist_flexion_deg: float = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Pose:
    """A whole body in one instant.

    Attributes
    ----------
    root_m
        Midpoint of the hip centres in the world.
    heading_deg
        The way the person faces, turned left from world ``x``.
    pelvic_tilt_deg, pelvic_obliquity_deg, pelvic_rotation_deg
        Anterior tilt, left hip higher, pelvis turned left of the heading: positive.
    breath
        0 breathed out, 1 breathed in.
    """

    root_m: Array = field(default_factory=lambda: vec(0.0, 0.0, 0.0))
    heading_deg: float = 0.0
    pelvic_tilt_deg: float = 0.0
    pelvic_obliquity_deg: float = 0.0
    pelvic_rotation_deg: float = 0.0
    lumbar: Bend = Bend()
    thorax: Bend = Bend()
    neck: Bend = Bend()
    left_leg: Leg = Leg()
    right_leg: Leg = Leg()
    left_arm: Arm = Arm()
    right_arm: Arm = Arm()
    breath: float = 0.0

    def leg(self, side: str) -> Leg:
        """Return the leg of ``side``."""
        return self.left_leg if side == "left" else self.right_leg

    def arm(self, side: str) -> Arm:
        """Return the arm of ``side``."""
        return self.left_arm if side == "left" else self.right_arm


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joint centres and segment frames in the world.

    Attributes
    ----------
    points
        Name to position (metres): ``mid_hip``, ``lumbar``, ``thorax``, ``neck``, ``head`` and, with
        ``left_`` or ``right_`` before it, ``shoulder``, ``elbow``, ``wrist``, ``hip``, ``knee``,
        ``ankle``, ``heel``, ``toe``.
    frames
        Segment to rotation matrix whose columns are the segment's forward, left and up.
    """

    points: dict[str, Array]
    frames: dict[str, Array]
    breath: float = 0.0


def pelvis_frame(pose: Pose) -> Array:
    """Pelvis orientation: heading and rotation, then obliquity, then tilt."""
    yaw = turn_z(pose.heading_deg + pose.pelvic_rotation_deg)
    frame: Array = yaw @ turn_x(pose.pelvic_obliquity_deg) @ turn_y(pose.pelvic_tilt_deg)
    return frame


def _bend(joint: Bend, share: float = 1.0) -> Array:
    return turn(share * joint.flexion_deg, share * joint.right_deg, share * joint.left_turn_deg)


def add_trunk(body: Body, pose: Pose, skeleton: Skeleton) -> None:
    """Add the points and frames from the pelvis up to the head."""
    points, frames = skeleton.points, skeleton.frames
    frames["pelvis"] = pelvis_frame(pose)
    points["mid_hip"] = pose.root_m
    points["lumbar"] = pose.root_m + frames["pelvis"] @ body.lumbar_offset()
    frames["lumbar"] = frames["pelvis"] @ _bend(pose.lumbar)
    points["thorax"] = points["lumbar"] + frames["lumbar"] @ body.thorax_offset()
    frames["thorax"] = frames["lumbar"] @ _bend(pose.thorax)
    points["neck"] = points["thorax"] + frames["thorax"] @ body.neck_offset()
    # The neck bends along its length: half at its base, the rest under the skull.
    frames["neck"] = frames["thorax"] @ _bend(pose.neck, 0.5)
    points["head"] = points["neck"] + frames["neck"] @ body.head_offset()
    frames["head"] = frames["thorax"] @ _bend(pose.neck)


def _add_leg(body: Body, pose: Pose, side: str, skeleton: Skeleton) -> None:
    points, frames, leg, out = skeleton.points, skeleton.frames, pose.leg(side), outward(side)
    hip = pose.root_m + frames["pelvis"] @ body.hip_offset(side)
    thigh = frames["pelvis"] @ turn(
        -leg.hip_flexion_deg, out * leg.hip_abduction_deg, out * leg.hip_rotation_deg
    )
    knee = hip - body.thigh_m * thigh[:, 2]
    shank = thigh @ turn_y(leg.knee_flexion_deg)
    ankle = knee - body.shank_m * shank[:, 2]
    foot = shank @ turn(
        -leg.ankle_dorsiflexion_deg, out * leg.ankle_eversion_deg, out * leg.ankle_rotation_deg
    )
    frames |= {f"{side}_thigh": thigh, f"{side}_shank": shank, f"{side}_foot": foot}
    points |= {f"{side}_hip": hip, f"{side}_knee": knee, f"{side}_ankle": ankle}
    points[f"{side}_heel"] = ankle + foot @ body.heel_offset()
    points[f"{side}_toe"] = ankle + foot @ body.toe_offset()


def _add_arm(body: Body, pose: Pose, side: str, skeleton: Skeleton) -> None:
    points, frames, arm, out = skeleton.points, skeleton.frames, pose.arm(side), outward(side)
    lift = body.at(0.0, 0.0, 0.004 * pose.breath)
    shoulder = points["thorax"] + frames["thorax"] @ (body.shoulder_offset(side) + lift)
    upper = frames["thorax"] @ turn(
        -arm.shoulder_flexion_deg, out * arm.shoulder_abduction_deg, out * arm.shoulder_rotation_deg
    )
    elbow = shoulder - body.upper_arm_m * upper[:, 2]
    forearm = upper @ turn_y(-arm.elbow_flexion_deg)
    wrist = elbow - body.forearm_m * forearm[:, 2]
    frames |= {f"{side}_upper_arm": upper, f"{side}_forearm": forearm}
    frames[f"{side}_hand"] = forearm @ turn_x(-out * arm.wrist_flexion_deg)
    points |= {f"{side}_shoulder": shoulder, f"{side}_elbow": elbow, f"{side}_wrist": wrist}


def forward(body: Body, pose: Pose) -> Skeleton:
    """Joint centres and frames of ``body`` in ``pose``."""
    skeleton = Skeleton({}, {}, pose.breath)
    add_trunk(body, pose, skeleton)
    for side in SIDES:
        _add_leg(body, pose, side, skeleton)
        _add_arm(body, pose, side, skeleton)
    return skeleton
