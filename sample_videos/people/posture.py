"""Trunks that hold together: the trunk of a person who stands, lies, supports himself or hangs.

World ``x`` is where the person faces or the head points in a plank, ``-x`` the head of somebody who
lies on the back; ``y`` is left, ``z`` up, the floor ``z = 0``. What the body is to do comes as
`Channels`: named amounts, degrees or metres, 0 where nothing is said (see `people.acting`).
Each function returns a pose whose limbs are still neutral; `people.placing` puts them down.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from people.body import SIDES, Body
from people.contacts import Contact, height_m, posed, toe_radius_m
from people.kinematics import Arm, Bend, Pose, Skeleton, add_trunk, pelvis_frame
from people.limbs import lifted, reach
from people.vectors import Array, turn_y, turn_z, vec

Channels = defaultdict[str, float]

#: Of the trunk's bend, at the loin; the rest is at the lower ribs.
LUMBAR_SHARE = 0.6
#: Pitch of a pelvis that lies level on its back.
SUPINE_DEG = -90.0
#: How far the flesh of seat and back gives way to the floor; the picture's floor hides it.
SEAT_SINK_M, RIBS_SINK_M = 0.018, 0.006
#: Elbows and knees that hold the body are never quite straight.
ELBOW_DEG = 5.0
#: Ankles are a little behind the hips, so that the weight is over the middle of the feet.
ANKLE_X_M = -0.035
#: Pitch of a foot on its toes in a plank; 90 is upright.
FOOT_PITCH_DEG = 68.0
#: Shoulders ahead of the middle of the mat.
HANDS_X_M = 0.50


def settle(
    guess: Array, miss: Callable[[Array], Array], least: float = 2e-5, most_steps: int = 12
) -> Array:
    """Solve as many equations as unknowns by Newton's method.

    ``miss`` returns what is missing in each equation; unknowns and misses are near 1 in size.
    """
    found = np.array(guess, dtype=np.float64)
    for _ in range(most_steps):
        missing = miss(found)
        if np.max(np.abs(missing)) < least:
            break
        slopes = np.empty((missing.size, found.size))
        for n in range(found.size):
            nudged = found.copy()
            nudged[n] += 1e-4
            slopes[:, n] = (miss(nudged) - missing) / 1e-4
        found = found - np.clip(np.linalg.solve(slopes, missing), -0.5, 0.5)
    return found


def bones(body: Body, pose: Pose) -> Skeleton:
    """Points and frames of the trunk, the shoulders and the hips only."""
    skeleton = Skeleton({}, {}, pose.breath)
    add_trunk(body, pose, skeleton)
    points, frames = skeleton.points, skeleton.frames
    lift = vec(0.0, 0.0, 0.004 * pose.breath)
    for side in SIDES:
        points[f"{side}_hip"] = pose.root_m + frames["pelvis"] @ body.hip_offset(side)
        points[f"{side}_shoulder"] = points["thorax"] + frames["thorax"] @ (
            body.shoulder_offset(side) + lift
        )
    points["mid_shoulder"] = (points["left_shoulder"] + points["right_shoulder"]) / 2
    return skeleton


def spine(pose: Pose, flexion_deg: float, right_deg: float = 0.0, turn_deg: float = 0.0) -> Pose:
    """Share a bend of the trunk between the loin and the lower ribs."""
    return replace(
        pose,
        lumbar=Bend(
            flexion_deg=LUMBAR_SHARE * flexion_deg, right_deg=LUMBAR_SHARE * right_deg,
            left_turn_deg=0.5 * turn_deg,
        ),
        thorax=Bend(
            flexion_deg=(1 - LUMBAR_SHARE) * flexion_deg,
            right_deg=(1 - LUMBAR_SHARE) * right_deg, left_turn_deg=0.5 * turn_deg,
        ),
    )  # fmt: skip


def _start(s: Channels) -> Pose:
    return Pose(
        heading_deg=s["heading"], pelvic_tilt_deg=s["tilt"], pelvic_obliquity_deg=s["obliquity"],
        pelvic_rotation_deg=s["rotation"], breath=s["breath"],
    )  # fmt: skip


def foot_spot(body: Body, side: str, s: Channels) -> Array:
    """Ankle of a standing foot: its place on the floor, moved by steps."""
    sign = 1.0 if side == "left" else -1.0
    wide = 1.05 * abs(float(body.hip_offset(side)[1]))
    moved = vec(s[f"{side}.foot_x"], s[f"{side}.foot_y"], s[f"{side}.foot_up"] + s["heel_up"])
    own = turn_z(s[f"{side}.foot_turn"] if s["walks"] else s["heading"]) @ vec(
        ANKLE_X_M, sign * wide, 0.0
    )
    return own + moved + vec(0.0, 0.0, body.ankle_height_m)


def standing(body: Body, s: Channels) -> Pose:
    """Hips as high as the loaded legs allow, the trunk line leaning as asked."""
    pose = _start(s)
    pelvis = pelvis_frame(pose)
    flat = turn_z(s["heading"]) @ vec(s["hip_x"], s["hip_y"], 0.0) + vec(s["x"], s["y"], 0.0)
    bones_m = (body.thigh_m, body.shank_m)
    heights = []
    for side in SIDES:
        hip, spot = flat + pelvis @ body.hip_offset(side), foot_spot(body, side, s)
        length = reach(*bones_m, max(1.0, s[f"{side}.stand_knee"]))
        across = min(math.hypot(hip[0] - spot[0], hip[1] - spot[1]), 0.98 * length)
        free = 0.5 * max(lifted(s[f"{side}.thigh"]), s[f"{side}.free"])
        heights.append(math.sqrt(length**2 - across**2) + float(spot[2] - hip[2]) + free)
    knee = min(s["left.stand_knee"], s["right.stand_knee"], 8.0)
    hiked = abs(math.sin(math.radians(s["obliquity"]))) * abs(float(body.hip_offset("left")[1]))
    most = reach(*bones_m, max(1.0, knee)) + body.ankle_height_m + hiked
    heights.append(most - s["dip"] + s["heel_up"])
    low = min(heights)
    height = low - 0.002 * math.log(sum(math.exp((low - h) / 0.002) for h in heights))
    pose = replace(pose, root_m=flat + vec(0.0, 0.0, height))

    def bent(u: Array) -> Pose:
        flexion, right = (math.degrees(v) for v in u)
        return spine(pose, flexion, right, -s["rotation"] + s["twist"])

    def miss(u: Array) -> Array:
        line = turn_z(-s["heading"]) @ (bones(body, bent(u)).points["mid_shoulder"] - pose.root_m)
        lean, right = math.atan2(line[0], line[2]), math.atan2(-line[1], line[2])
        return np.array([lean - math.radians(s["lean"]), right - math.radians(s["lateral"])])

    guess = np.radians([s["lean"] - s["tilt"], s["lateral"] - s["obliquity"]])
    return bent(settle(guess, miss))


def _supine(s: Channels, u: Array) -> Pose:
    """Trunk from height of the hips (m), tilt and bend (radians)."""
    pose = replace(
        _start(s), root_m=vec(0.0, 0.0, float(u[0])),
        pelvic_tilt_deg=SUPINE_DEG + math.degrees(u[1]), pelvic_obliquity_deg=s["roll"],
    )  # fmt: skip
    return spine(pose, math.degrees(u[2]), 0.0, s["roll"])


def _head_down(body: Body, pose: Pose) -> Pose:
    """Lay the head down, a little raised as on a folded towel."""

    def miss(u: Array) -> Array:
        held = replace(pose, neck=Bend(flexion_deg=math.degrees(u[0])))
        return np.array([height_m(body, bones(body, held), Contact.HEAD) - 0.02])

    deg = math.degrees(settle(np.array([0.1]), miss)[0])
    return replace(pose, neck=Bend(flexion_deg=max(-22.0, deg)))


def lying(body: Body, s: Channels) -> Pose:
    """Buttocks and upper back on the floor, the loin ``loin`` metres above it.

    ``rise`` rolls the pelvis up, the upper back staying where it is; ``bridge`` lifts the hips, the
    trunk straight, the shoulders staying.
    """
    loin = max(0.0, s["loin"])

    def miss(u: Array) -> Array:
        at = bones(body, _supine(s, u))
        wanted = {Contact.BUTTOCK: -SEAT_SINK_M, Contact.RIBS: -RIBS_SINK_M, Contact.LOIN: loin}
        return np.array([10.0 * (height_m(body, at, c) - h) for c, h in wanted.items()])

    pose = _supine(s, settle(np.array([0.1, 0.0, 0.0]), miss, 2e-4))
    for channel, part, share in (("rise", "thorax", 1.0), ("bridge", "neck", 0.15)):
        if s[channel] > 1e-4:
            pose = _rolled(body, pose, s[channel], part, share)
    return _head_down(body, pose)


def _rolled(body: Body, pose: Pose, rise_m: float, part: str, share: float) -> Pose:
    """Turn the pelvis up until the hips have risen; the spine bends by a share of the turn."""
    fixed = bones(body, pose).points[part]
    bend = pose.lumbar.flexion_deg + pose.thorax.flexion_deg

    def rolled(u: Array) -> Pose:
        deg = math.degrees(u[0])
        turned = spine(
            replace(pose, pelvic_tilt_deg=pose.pelvic_tilt_deg - deg), bend + share * deg,
            0.0, 2.0 * pose.lumbar.left_turn_deg,
        )  # fmt: skip
        return replace(turned, root_m=turned.root_m + fixed - bones(body, turned).points[part])

    def miss(u: Array) -> Array:
        return np.array([10.0 * (float(rolled(u).root_m[2] - pose.root_m[2]) - rise_m)])

    return rolled(settle(np.array([2.0 * rise_m]), miss))


def wrist_spot(body: Body, side: str) -> Array:
    """Wrist over the hand on the floor, just outside the shoulder."""
    return vec(HANDS_X_M, 1.04 * float(body.shoulder_offset(side)[1]), body.wrist_palm_m)


def toe_ankle(body: Body, pitch_deg: float) -> Array:
    """Ankle of a foot that stands on its toes, from the point of the floor below them."""
    tip = body.toe_offset()
    return vec(0.0, 0.0, toe_radius_m(body)) - turn_y(pitch_deg) @ vec(tip[0], 0.0, tip[2])


def _plank_pose(s: Channels, u: Array) -> Pose:
    pose = replace(
        _start(s), root_m=vec(float(u[0]), 0.0, float(u[1])),
        pelvic_tilt_deg=math.degrees(u[2]), pelvic_obliquity_deg=s["roll"],
    )  # fmt: skip
    return spine(pose, s["lumbar"], 0.0, -s["roll"])


def _plank_miss(body: Body, s: Channels, toes_x: float, u: Array) -> tuple[Array, float]:
    """Return what a plank misses of arms' and legs' lengths and its line; shoulders past hands."""
    at = bones(body, _plank_pose(s, u)).points
    ankle = toe_ankle(body, FOOT_PITCH_DEG + s["rock"]) + vec(toes_x, 0.0, 0.0)
    hip, shoulder = at["mid_hip"], at["mid_shoulder"]
    prop = body.elbow_behind_m if s["left.forearms"] else body.wrist_palm_m
    arm = shoulder - vec(HANDS_X_M, 0.0, prop)
    leg = hip - ankle
    arm_m = reach(body.upper_arm_m, body.forearm_m, ELBOW_DEG + s["elbows"])
    if s["left.forearms"]:
        arm_m = body.upper_arm_m
    leg_m = reach(body.thigh_m, body.shank_m, max(1.0, s["left.stand_knee"]))
    trunk = shoulder - hip
    line = math.atan2(-leg[0], leg[2]) + math.atan2(trunk[0], trunk[2])
    missing = [
        math.hypot(arm[0], arm[2]) - arm_m,
        math.hypot(leg[0], leg[2]) - leg_m,
        line - math.radians(s["line"]),
    ]
    return np.array(missing), float(arm[0])


@cache
def plank_toes_x(body: Body, line_deg: float, forearms: float = 0.0) -> float:
    """Where the toes are so that in this person's plank the (upper) arms are upright."""
    s: Channels = defaultdict(
        float, {"line": line_deg, "left.stand_knee": 4.0, "left.forearms": forearms}
    )

    def miss(u: Array) -> Array:
        missing, past = _plank_miss(body, s, float(u[3]), u[:3])
        return np.array([*missing, past])

    return float(settle(np.array([0.0, 0.5, 1.2, -0.9]), miss, most_steps=40)[3])


def plank(body: Body, s: Channels) -> Pose:
    """Span the trunk between hands and toes, its line to the ankles bent by ``line`` at the hips.

    ``kneel`` lowers the knees to the floor; ``elbows`` bends the arms, as in a push-up.
    """
    toes = plank_toes_x(body, s["line_rest"], s["left.forearms"])
    u = settle(np.array([0.0, 0.45, 1.3]), lambda u: _plank_miss(body, s, toes, u)[0])
    if s["kneel"] > 0.0:
        ankle = toe_ankle(body, FOOT_PITCH_DEG + 12.0) + vec(toes, 0.0, 0.0)
        down = math.asin(min(0.9, (float(ankle[2]) - 0.06) / body.shank_m))
        knee_x = float(ankle[0]) + body.shank_m * math.cos(down)
        hip = vec(knee_x + 0.62 * body.thigh_m, 0.0, 0.06 + 0.78 * body.thigh_m)
        knelt = np.array([hip[0], hip[2], 1.32])
        u = u + s["kneel"] * (knelt - u)
    return _plank_pose(s, u)


HANGING_ARM = Arm(
    shoulder_flexion_deg=176.0, shoulder_abduction_deg=7.0, shoulder_rotation_deg=-90.0,
    elbow_flexion_deg=4.0, wrist_flexion_deg=0.0,
)  # fmt: skip


def hanging(body: Body, s: Channels) -> Pose:
    """Hang from hands on the bar over the origin; from the bar down one turn gives the swing."""
    pose = spine(_start(s), s["lumbar"], 0.0, s["twist"])

    def swing(pose: Pose) -> float:
        at = posed(body, pose).points
        line = at["mid_hip"] - (at["left_wrist"] + at["right_wrist"]) / 2
        return math.degrees(math.atan2(float(line[0]), -float(line[2])))

    pose = replace(pose, pelvic_tilt_deg=0.0, left_arm=HANGING_ARM, right_arm=HANGING_ARM)
    pose = replace(pose, pelvic_tilt_deg=swing(pose) - s["swing"])
    at = posed(body, pose).points
    grip = (at["left_grip"] + at["right_grip"]) / 2
    return replace(pose, root_m=vec(0.0, 0.0, s["bar"]) - grip * vec(1.0, 0.0, 1.0))


SUPPORTS: dict[str, Callable[[Body, Channels], Pose]] = {
    "feet": standing, "back": lying, "hands": plank, "bar": hanging,
}  # fmt: skip
