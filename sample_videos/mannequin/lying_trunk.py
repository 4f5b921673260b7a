"""The trunk of a person on the back: two families of shapes, solved on the drawn surface.

One arches the loin away from the floor, from pressed down to hollow, buttocks and upper back lying
on it; the other rolls the pelvis up while the upper back stays where it is. Head towards world
``-x``, floor at ``z = 0``; every function's pelvis is midway between the hips at ``x = y = 0``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np

from mannequin.body import Body
from mannequin.kinematics import Bend, Pose, Skeleton, add_trunk, forward
from mannequin.underside import hollow_m, lowest_m, underside
from mannequin.vectors import Array, vec

#: Pelvic tilt of a pelvis that lies level on its back.
SUPINE_DEG = -90.0
LUMBAR_SHARE = 0.6
#: Of the roll that lifts the pelvis, at the joint next to it.
ROLL_SHARE = 0.65
#: More than any pelvis rolls while the upper back stays on the floor.
_MOST_ROLL_DEG = 60.0
#: How much further forward the pelvis tilts than pressed down, in the trunks solved beforehand.
_TILTS_DEG = np.arange(0.0, 31.0, 3.0)
_PRESSED_SEARCH_DEG = (-16.0, -2.0)
#: The head lies a little raised, as on a folded towel: flat on the floor the chin would point up.
_HEAD_M = 0.025


class Trunks(NamedTuple):
    """The trunk from pressed down to hollow: one entry a tilt, angles in degrees, lifts in cm."""

    loin_lift_cm: Array
    tilt_deg: Array
    bend_deg: Array
    root_m: Array
    neck_deg: Array
    pressed_hollow_cm: float


def find_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that changes sign between two places is zero (regula falsi, Illinois)."""
    at_low, at_high = function(low), function(high)
    middle = low
    for _ in range(40):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        at = function(middle)
        if abs(at) < 2e-5 or abs(high - low) < 1e-4:
            break
        if at * at_high < 0:
            low, at_low = high, at_high
        else:
            at_low /= 2
        high, at_high = middle, at
    return middle


def _trunk(tilt_deg: float, bend_deg: float, root_m: float) -> Pose:
    return Pose(
        root_m=vec(0.0, 0.0, root_m),
        pelvic_tilt_deg=SUPINE_DEG + tilt_deg,
        lumbar=Bend(flexion_deg=LUMBAR_SHARE * bend_deg),
        thorax=Bend(flexion_deg=(1.0 - LUMBAR_SHARE) * bend_deg),
    )


def _laid(body: Body, tilt_deg: float) -> tuple[Pose, float]:
    """Lay a trunk of the given tilt on buttocks and upper back; return it and its bend."""

    def uneven(bend_deg: float) -> float:
        skeleton = forward(body, _trunk(tilt_deg, bend_deg, 0.2))
        return lowest_m(body, skeleton, "upper_back") - lowest_m(body, skeleton, "buttocks")

    bend = find_root(uneven, -1.6 * tilt_deg - 8.0, -1.6 * tilt_deg + 14.0)
    height = lowest_m(body, forward(body, _trunk(tilt_deg, bend, 0.2)), "buttocks")
    return _trunk(tilt_deg, bend, 0.2 - height), bend


@cache
def trunks(body: Body) -> Trunks:
    """Solve the trunk of a body for every tilt beforehand: a frame then only interpolates."""

    def clearance(tilt_deg: float) -> float:
        outline = underside(body, forward(body, _laid(body, tilt_deg)[0]))
        return float(outline.height_m[outline.loin].min()) - 0.001

    pressed_deg = find_root(clearance, *_PRESSED_SEARCH_DEG)
    rows = []
    for tilt in pressed_deg + _TILTS_DEG:
        pose, bend = _laid(body, tilt)

        def above(neck_deg: float, pose: Pose = pose) -> float:
            held = replace(pose, neck=Bend(flexion_deg=neck_deg))
            return lowest_m(body, forward(body, held), "head") - _HEAD_M

        neck = find_root(above, -40.0, 60.0)
        hollow = 100.0 * hollow_m(underside(body, forward(body, pose)))
        rows.append((hollow, tilt, bend, float(pose.root_m[2]), neck))
    hollow, tilt, bend, root, neck = np.array(rows).T
    lift = np.maximum.accumulate(hollow - hollow[0])
    return Trunks(lift, tilt, bend, root, neck, float(hollow[0]))


def loin_lift_cm(body: Body, skeleton: Skeleton) -> float:
    """Measure the loin's lift on the surface of a posed body.

    It is the deepest hollow between buttocks and upper back (a thread pulled taut under the back
    being its rim), less the hollow that stays when the back is pressed down. A pelvis that rolls
    up makes no hollow.
    """
    return 100.0 * hollow_m(underside(body, skeleton)) - trunks(body).pressed_hollow_cm


def hip_rise_cm(body: Body, skeleton: Skeleton) -> float:
    """Height of the middle of the hips above its place with the back pressed down."""
    return 100.0 * float(skeleton.points["mid_hip"][2] - trunks(body).root_m[0])


def arched(body: Body, lift_cm: float, roll_deg: float) -> Pose:
    """Lay the trunk with its loin lifted as asked, and its head on the floor.

    ``roll_deg`` turns the pelvis alone about the body's length, left side up.

    Raises
    ------
    ValueError
        If the loin can't be lifted by as much as ``lift_cm``, or it is negative.
    """
    table = trunks(body)
    highest = float(table.loin_lift_cm[-1])
    if not 0.0 <= lift_cm <= highest:
        raise ValueError(f"the loin rises by 0 to {highest:.1f} cm, not by {lift_cm} cm")
    tilt, bend, root, neck = (
        float(np.interp(lift_cm, table.loin_lift_cm, column))
        for column in (table.tilt_deg, table.bend_deg, table.root_m, table.neck_deg)
    )
    pose = _trunk(tilt, bend, root)
    return replace(
        pose,
        pelvic_obliquity_deg=roll_deg,
        lumbar=replace(pose.lumbar, left_turn_deg=0.5 * roll_deg),
        thorax=replace(pose.thorax, left_turn_deg=0.5 * roll_deg),
        neck=Bend(flexion_deg=neck),
    )


def bones(body: Body, pose: Pose) -> Skeleton:
    """Return the trunk's points and frames only."""
    skeleton = Skeleton({}, {}, pose.breath)
    add_trunk(body, pose, skeleton)
    return skeleton


def rolled_up(body: Body, pose: Pose, lift_cm: float) -> Pose:
    """Roll the pelvis up until the hips have risen; the upper back stays exactly where it is.

    Raises
    ------
    ValueError
        If the hips can't rise by as much as ``lift_cm``, or it is negative.
    """
    if lift_cm == 0.0:
        return pose
    fixed = bones(body, pose).points["thorax"]

    def rolled(deg: float) -> Pose:
        turned = replace(
            pose,
            pelvic_tilt_deg=pose.pelvic_tilt_deg - deg,
            lumbar=replace(pose.lumbar, flexion_deg=pose.lumbar.flexion_deg + ROLL_SHARE * deg),
            thorax=replace(
                pose.thorax, flexion_deg=pose.thorax.flexion_deg + (1.0 - ROLL_SHARE) * deg
            ),
        )
        shift = fixed - bones(body, turned).points["thorax"]
        return replace(turned, root_m=turned.root_m + shift)

    def missing(deg: float) -> float:
        return float(rolled(deg).root_m[2] - pose.root_m[2]) - lift_cm / 100.0

    if lift_cm < 0.0 or missing(_MOST_ROLL_DEG) < 0.0:
        raise ValueError(f"the hips can't rise by {lift_cm} cm")
    return rolled(find_root(missing, 0.0, _MOST_ROLL_DEG))
