"""Whole poses: a trunk that is carried, with its legs and arms put where they belong."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import fields, replace

from people.body import SIDES, Body, outward
from people.contacts import heel_radius_m
from people.kinematics import Arm, Bend, Pose, Skeleton
from people.limbs import (
    KNEE_CLEAR_M,
    LegAim,
    lifted,
    planted,
    reach,
    solve_arm,
    solve_leg,
    two_bones,
)
from people.posture import (
    FOOT_PITCH_DEG,
    HANDS_X_M,
    HANGING_ARM,
    SUPPORTS,
    Channels,
    bones,
    foot_spot,
    plank_toes_x,
    toe_ankle,
    wrist_spot,
)
from people.profiles import smooth
from people.vectors import Array, turn, turn_angles, turn_y, turn_z, vec

TOE_OUT_DEG = 7.0
#: Knee of a leg that lies with its foot flat, and of one that lies straight on its heel.
FLAT_KNEE_DEG, STRAIGHT_KNEE_DEG = 88.0, 5.0
#: Where the head looks in a plank: at the floor ahead of the hands.
PLANK_GAZE_DEG = 62.0


def mixed(a: float, b: float, share: float) -> float:
    """Angle on the shorter way from ``a`` to ``b`` degrees."""
    return a + share * ((b - a + 180.0) % 360.0 - 180.0)


def mixed_arm(a: Arm, b: Arm, share: float) -> Arm:
    """Arm on the way from one pose to another."""
    if share <= 0.0:
        return a
    values = {f.name: (getattr(a, f.name), getattr(b, f.name)) for f in fields(Arm)}
    found = {name: mixed(p, q, share) for name, (p, q) in values.items()}
    # The shoulder lifts past the front.
    p, q = values["shoulder_flexion_deg"]
    return Arm(**(found | {"shoulder_flexion_deg": p + share * (q - p)}))


def mixed_trunk(a: Pose, b: Pose, share: float) -> Pose:
    """Trunk on the way from one pose to another, its limbs those of ``a``."""

    def bend(p: Bend, q: Bend) -> Bend:
        return Bend(
            flexion_deg=p.flexion_deg + share * (q.flexion_deg - p.flexion_deg),
            right_deg=p.right_deg + share * (q.right_deg - p.right_deg),
            left_turn_deg=p.left_turn_deg + share * (q.left_turn_deg - p.left_turn_deg),
        )

    tilt = a.pelvic_tilt_deg + share * (b.pelvic_tilt_deg - a.pelvic_tilt_deg)
    return replace(
        a, root_m=a.root_m + share * (b.root_m - a.root_m), pelvic_tilt_deg=tilt,
        heading_deg=mixed(a.heading_deg, b.heading_deg, share),
        pelvic_obliquity_deg=mixed(a.pelvic_obliquity_deg, b.pelvic_obliquity_deg, share),
        pelvic_rotation_deg=mixed(a.pelvic_rotation_deg, b.pelvic_rotation_deg, share),
        lumbar=bend(a.lumbar, b.lumbar), thorax=bend(a.thorax, b.thorax),
        neck=bend(a.neck, b.neck),
    )  # fmt: skip


def _above_line_deg(body: Body, knee_deg: float) -> float:
    """Angle by which the thigh of a bent leg stands above the line from hip to ankle."""
    knee = math.radians(knee_deg)
    beyond = body.thigh_m + body.shank_m * math.cos(knee)
    return math.degrees(math.atan2(body.shank_m * math.sin(knee), beyond))


def _elevation_deg(frame: Array) -> float:
    """Thigh from straight down, towards world ``x`` positive."""
    return math.degrees(math.atan2(-float(frame[0, 2]), float(frame[2, 2])))


def _raised(s: Channels, side: str, flexion_deg: float) -> float:
    """How far a thigh is lifted from its place on the floor, where its hip has this flexion."""
    return s[f"{side}.thigh"] + s[f"{side}.aim"] - s[f"{side}.level"] * flexion_deg


def _lean_deg(at: Skeleton, side: str) -> float:
    """Line from hip to shoulder of a side from the vertical, towards world ``x`` positive."""
    line = at.points[f"{side}_shoulder"] - at.points[f"{side}_hip"]
    return math.degrees(math.atan2(float(line[0]), float(line[2])))


def _wrapped(deg: float) -> float:
    return (deg + 180.0) % 360.0 - 180.0


def _standing_aim(body: Body, side: str, s: Channels) -> LegAim:
    raised, turned = s[f"{side}.thigh"], s[f"{side}.foot_turn"] if s["walks"] else s["heading"]
    out = outward(side)
    pitch = s[f"{side}.foot_pitch"] + s["toes_down"]
    base = planted(foot_spot(body, side, s), out * TOE_OUT_DEG, turned, pitch)
    share = raised / 90.0
    return replace(
        base, free=max(lifted(raised), s[f"{side}.free"]), thigh_deg=raised,
        knee_deg=max(0.0, raised * s["knee_ahead"] + 30.0 * share * max(0.0, 1.0 - share))
        + s[f"{side}.knee"],
        abduction_deg=2.0 + s[f"{side}.abduct"], level=not s[f"{side}.free"],
    )  # fmt: skip


def flat_spot(body: Body, side: str) -> Array:
    """Ankle of a foot that stands flat while its owner lies on the back."""
    along = reach(body.thigh_m, body.shank_m, FLAT_KNEE_DEG) - 0.02
    wide = 1.15 * float(body.hip_offset(side)[1])
    return vec(along, wide, body.ankle_height_m)


def _lying_aim(body: Body, side: str, s: Channels, at: Skeleton) -> LegAim:
    """Aim a leg with its foot flat, straight on its heel, or raised from either."""
    out, straight, hip = outward(side), s[f"{side}.straight"], at.points[f"{side}_hip"]
    bones_m = (body.thigh_m, body.shank_m)
    spot = flat_spot(body, side)
    base = replace(planted(spot, out * TOE_OUT_DEG), pole=vec(0.0, 0.0, 1.0))
    bent_thigh, bent_knee = two_bones(hip, spot, bones_m, base.pole)
    elevation = _elevation_deg(bent_thigh)
    raised = _raised(s, side, _wrapped(elevation + _lean_deg(at, side)))
    knee, droop = STRAIGHT_KNEE_DEG + s[f"{side}.knee"], 12.0 + 8.0 * straight
    heel, down = body.heel_offset(), math.radians(droop - STRAIGHT_KNEE_DEG)
    heel_m = heel_radius_m(body) - heel[0] * math.cos(down) - heel[2] * math.sin(down)
    drop = (float(hip[2]) - heel_m) / reach(*bones_m, STRAIGHT_KNEE_DEG)
    line = raised - math.degrees(math.asin(max(-0.9, min(0.9, drop))))
    thigh = 90.0 + line + _above_line_deg(body, knee)
    bent = elevation + raised
    return replace(
        base, free=max(straight, lifted(raised)),
        thigh_deg=bent + straight * (thigh - bent),
        knee_deg=(1.0 - straight) * (bent_knee + s[f"{side}.knee"]) + straight * knee,
        abduction_deg=2.0 + straight * 3.0 + s[f"{side}.abduct"],
        turn_out_deg=9.0 * straight, droop_deg=droop,
    )  # fmt: skip


def _plank_aim(body: Body, side: str, s: Channels, at: Skeleton) -> LegAim:
    """Aim a leg on its toes, or driven towards the chest, clear of the floor."""
    pitch, hip = FOOT_PITCH_DEG + s["rock"] + 12.0 * s["kneel"], at.points[f"{side}_hip"]
    spot = toe_ankle(body, pitch) + vec(
        plank_toes_x(body, s["line_rest"], s["left.forearms"]),
        1.1 * float(body.hip_offset(side)[1]),
        0.0,
    )
    base = LegAim(spot_m=spot, foot=turn_y(pitch), pole=vec(0.0, 0.0, -1.0))
    thigh, _ = two_bones(hip, spot, (body.thigh_m, body.shank_m), base.pole)
    elevation = _elevation_deg(thigh)
    raised = _raised(s, side, _wrapped(elevation + _lean_deg(at, side)))
    return replace(
        base, free=max(lifted(raised), s[f"{side}.free"]), thigh_deg=elevation + raised,
        knee_deg=4.0 + 128.0 * (1.0 - math.exp(-max(0.0, raised) / 52.0)) + s[f"{side}.knee"],
        abduction_deg=3.0, droop_deg=32.0, toe_clear_m=0.012, knee_clear_m=KNEE_CLEAR_M,
    )  # fmt: skip


def _hanging_aim(body: Body, side: str, s: Channels, at: Skeleton) -> LegAim:
    """Aim a leg flexed by ``thigh`` against the line from hip to shoulder."""
    lean, flexion = _lean_deg(at, side), s[f"{side}.thigh"]
    raised = max(0.0, flexion) / 100.0
    return LegAim(
        spot_m=vec(0.0, 0.0, 0.0), foot=turn_y(0.0), pole=vec(1.0, 0.0, 0.0), free=1.0,
        thigh_deg=flexion - lean, knee_deg=max(3.0, s[f"{side}.knee"]),
        abduction_deg=1.5 + 4.0 * raised + s[f"{side}.abduct"],
        droop_deg=30.0 - 8.0 * raised,
    )  # fmt: skip


def _arm_at_ease(s: Channels, side: str, thorax: Array) -> Arm:
    """Let an arm hang by gravity: most of the trunk's lean is undone at the shoulder."""
    pitch, roll, _ = turn_angles(turn_z(-s["heading"]) @ thorax)
    return Arm(
        shoulder_flexion_deg=s[f"{side}.shoulder"] - 4.0 + 0.8 * pitch,
        shoulder_abduction_deg=max(
            6.0, 9.0 + s[f"{side}.aside"] - 0.6 * outward(side) * roll
        ),
        shoulder_rotation_deg=s[f"{side}.turn_in"],
        elbow_flexion_deg=14.0 + s[f"{side}.elbow"],
    )  # fmt: skip


def _hand_spots(body: Body, side: str, at: Skeleton) -> dict[str, tuple[Array, Array]]:
    """Wrist and direction of the elbow of a hand at a named place: floor, chest, head, hip."""
    out, thorax, shoulder = outward(side), at.frames["thorax"], at.points[f"{side}_shoulder"]
    floor_m, aside = body.wrist_behind_m + 0.012, vec(0.0, outward(side), 0.0)
    long, over = body.upper_arm_m + body.forearm_m, 1.0 if side == "left" else -1.0
    chest = vec(body.chest_m[0] + 0.05 + 0.015 * over, -out * 0.05, body.chest_m[2] + 0.04 * over)
    hips, pelvis = at.points["mid_hip"], at.frames["pelvis"]
    wide = abs(float(body.hip_offset(side)[1])) + 0.09
    return {
        "flank": (vec(shoulder[0] + 0.93 * long, shoulder[1] + out * 0.10, floor_m), aside),
        "overhead": (vec(shoulder[0] - 0.80 * long, 0.55 * shoulder[1], floor_m), aside),
        "chest": (at.points["thorax"] + thorax @ chest, thorax @ vec(-0.3, out, -0.5)),
        "belly": (
            hips + pelvis @ vec(body.belly_m[0] + 0.03, out * 0.06, body.belly_m[2]),
            thorax @ vec(-0.5, out, -0.3),
        ),
        "head": (
            at.points["head"] + at.frames["head"] @ vec(0.0, out * 0.10, 0.06),
            thorax @ vec(0.4, out, -0.1),
        ),
        "hip": (hips + pelvis @ vec(-0.02, out * wide, 0.13), thorax @ vec(-0.5, out, 0.0)),
        "hands": (wrist_spot(body, side), aside),
        "forearms": (
            vec(HANDS_X_M + 0.97 * body.forearm_m, 0.8 * shoulder[1], body.wrist_palm_m),
            vec(-1.0, 0.0, -0.4),
        ),
    }  # fmt: skip


def _reached(body: Body, side: str, at: Skeleton, place: str) -> Arm:
    """Arm whose hand is at a named place."""
    spot, pole = _hand_spots(body, side, at)[place]
    shoulder = at.points[f"{side}_shoulder"]
    return solve_arm(body, side, shoulder, spot, pole, at.frames["thorax"])


PLACES = ("flank", "overhead", "chest", "belly", "head", "hip", "hands", "forearms")


def _arms(body: Body, s: Channels, support: str, at: Skeleton) -> tuple[Arm, ...]:
    if support == "bar":
        return (HANGING_ARM, HANGING_ARM)
    found = []
    for side in SIDES:
        arm = _arm_at_ease(s, side, at.frames["thorax"])
        for place in PLACES:
            share = s[f"{side}.{place}"]
            if share > 0.0:
                arm = mixed_arm(arm, _reached(body, side, at, place), share)
        found.append(arm)
    return tuple(found)


def _gaze(s: Channels, support: str, pose: Pose, thorax: Array) -> Bend:
    """Head upright and ahead while standing, at the floor in a plank, as the trunk lies else."""
    own = turn_z(-pose.heading_deg) @ thorax
    pitch, roll, _ = turn_angles(own)
    level = {
        "feet": turn(0.2 * pitch, 0.3 * roll, 0.0), "hands": turn(PLANK_GAZE_DEG, 0.0, 0.0),
        "bar": turn(0.3 * pitch, 0.5 * roll, 0.0),
    }.get(support)  # fmt: skip
    base = (pose.neck.flexion_deg, 0.0, 0.0) if level is None else turn_angles(own.T @ level)
    return Bend(
        flexion_deg=base[0] + s["nod"], right_deg=base[1], left_turn_deg=base[2] + s["look"]
    )


def place(body: Body, s: Channels, support: str) -> Pose:
    """Pose of a body that is carried by its feet, its back, its hands and toes, or a bar.

    ``sit`` and ``lie`` (0..1) take somebody who stands down to the floor and onto the back.
    """
    trunk = SUPPORTS[support](body, s)
    at = bones(body, trunk)
    heading, pelvis = turn_z(trunk.heading_deg), at.frames["pelvis"]
    legs = []
    for side in SIDES:
        hip = at.points[f"{side}_hip"]
        if support == "feet":
            aim = _standing_aim(body, side, s)
        elif support == "back":
            aim = _lying_aim(body, side, s, at)
        elif support == "hands":
            aim = _plank_aim(body, side, s, at)
        else:
            aim = _hanging_aim(body, side, s, at)
        legs.append(solve_leg(body, side, aim, hip, pelvis, heading))
    arms = _arms(body, s, support, at)
    return replace(
        trunk, left_leg=legs[0], right_leg=legs[1], left_arm=arms[0], right_arm=arms[1],
        neck=_gaze(s, support, trunk, at.frames["thorax"]),
    )  # fmt: skip


def get_down(body: Body, s: Channels, down: float) -> Pose:
    """Pose on the way from standing over the own feet (0) by sitting (0.5) to the back (1)."""
    stand: Channels = defaultdict(float, {"left.stand_knee": 6.0, "right.stand_knee": 6.0,
                                          "lean": 2.0, "knee_ahead": 1.0})  # fmt: skip
    spot_x = float(flat_spot(body, "left")[0])
    up = SUPPORTS["feet"](body, stand)
    up = replace(up, root_m=up.root_m + vec(spot_x + 0.035, 0.0, 0.0))
    lain = SUPPORTS["back"](body, s)
    seat = float(body.buttock_m[0])
    sat = replace(
        lain, root_m=vec(0.02, 0.0, abs(seat) + 0.01), pelvic_tilt_deg=-28.0,
        lumbar=Bend(flexion_deg=24.0), thorax=Bend(flexion_deg=20.0), neck=Bend(),
    )  # fmt: skip
    squat = replace(
        up, root_m=vec(0.55 * spot_x - 0.05, 0.0, 0.42), pelvic_tilt_deg=32.0,
        lumbar=Bend(flexion_deg=12.0), thorax=Bend(flexion_deg=10.0),
    )  # fmt: skip
    path = [up, squat, sat, lain]
    step = min(2, int(down * 3.0))
    trunk = mixed_trunk(path[step], path[step + 1], down * 3.0 - step)
    at = bones(body, trunk)
    legs = []
    for side in SIDES:
        hip, out = at.points[f"{side}_hip"], outward(side)
        base = planted(flat_spot(body, side), out * TOE_OUT_DEG)
        pole = vec(1.0 - 0.7 * down, 0.0, 0.3 + down)
        legs.append(
            solve_leg(body, side, replace(base, pole=pole), hip, at.frames["pelvis"], turn_z(0.0))
        )
    arms = [_arm_down(body, s, side, at, down) for side in SIDES]
    return replace(trunk, left_leg=legs[0], right_leg=legs[1], left_arm=arms[0], right_arm=arms[1])


def _arm_down(body: Body, s: Channels, side: str, at: Skeleton, down: float) -> Arm:
    """Arm of somebody who gets down: hanging, then a prop behind, then to its place in an arc."""
    shoulder, thorax = at.points[f"{side}_shoulder"], at.frames["thorax"]
    spot = vec(-0.26, 1.6 * float(shoulder[1]), body.wrist_palm_m)
    pole = vec(-1.0, 0.6 * outward(side), 0.0)
    place = next((p for p in PLACES if s[f"{side}.{p}"] >= 1.0), "flank")
    end, end_pole = _hand_spots(body, side, at)[place]
    share = smooth(3.0 * down - 2.0)
    wrist = spot + share * (end - spot) + vec(0.0, 0.0, 0.35 * math.sin(math.pi * share))
    prop = solve_arm(body, side, shoulder, wrist, (1.0 - share) * pole + share * end_pole, thorax)
    return mixed_arm(_arm_at_ease(s, side, thorax), prop, smooth(3.0 * down - 1.0))
