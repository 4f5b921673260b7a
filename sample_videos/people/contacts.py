"""Where a body touches what carries it: seat, loin, ribs and head on the floor, heels, hands."""

from __future__ import annotations

from enum import Enum

from people.body import SIDES, Body, outward
from people.kinematics import Pose, Skeleton, forward
from people.vectors import Array, vec


class Contact(Enum):
    """A patch of skin at the back of the body: segment, its measure, radius of its rounding (m)."""

    BUTTOCK = ("pelvis", "buttock_m", 0.09)
    LOIN = ("lumbar", "loin_m", 0.04)
    RIBS = ("thorax", "back_m", 0.12)
    HEAD = ("head", "occiput_m", 0.08)


_ORIGIN = {"pelvis": "mid_hip", "lumbar": "lumbar", "thorax": "thorax", "head": "head"}


def lowest_point(body: Body, skeleton: Skeleton, contact: Contact) -> Array:
    """Lowest skin of a patch in the world (metres)."""
    segment, measure, radius = contact.value
    at: tuple[float, float, float] = getattr(body, measure)
    centre = vec(at[0] + radius, 0.0, at[2])
    middle = skeleton.points[_ORIGIN[segment]] + skeleton.frames[segment] @ centre
    found: Array = middle - vec(0.0, 0.0, radius)
    return found


def height_m(body: Body, skeleton: Skeleton, contact: Contact) -> float:
    """Height of the lowest skin of a patch above the floor, below 0 where it has sunk in."""
    return float(lowest_point(body, skeleton, contact)[2])


def hollow_m(body: Body, skeleton: Skeleton) -> float:
    """Height of the loin above a thread pulled taut from the seat to the ribs: light under it.

    While both lie on the floor, that is the height above the floor; a pelvis that rolls up makes
    none. The flesh that gives way to the floor counts as pressed flat.
    """
    seat, loin, ribs = (
        lowest_point(body, skeleton, contact)
        for contact in (Contact.BUTTOCK, Contact.LOIN, Contact.RIBS)
    )
    share = float((seat[0] - loin[0]) / (seat[0] - ribs[0]))
    at_seat, at_ribs = max(0.0, float(seat[2])), max(0.0, float(ribs[2]))
    return float(loin[2]) - (at_seat + share * (at_ribs - at_seat))


def toe_radius_m(body: Body) -> float:
    """From the point inside the tip of the toes to the sole below it."""
    return body.ankle_height_m + float(body.toe_offset()[2])


def heel_radius_m(body: Body) -> float:
    """From the point inside the heel to the back of the shoe."""
    return body.heel_behind_m + float(body.heel_offset()[0])


def grip(body: Body, skeleton: Skeleton, side: str) -> Array:
    """Middle of what the hand of a side holds."""
    at = vec(body.grip_m[0], outward(side) * body.grip_m[1], body.grip_m[2])
    found: Array = skeleton.points[f"{side}_wrist"] + skeleton.frames[f"{side}_hand"] @ at
    return found


def lowest_m(body: Body, skeleton: Skeleton) -> dict[str, float]:
    """Height above the floor of all that might sink into it: feet, knees, hands, back, head."""
    points = skeleton.points
    found = {contact.name.lower(): height_m(body, skeleton, contact) for contact in Contact}
    for side in SIDES:
        found[f"{side}_toe"] = float(points[f"{side}_toe"][2]) - toe_radius_m(body)
        found[f"{side}_heel"] = float(points[f"{side}_heel"][2]) - heel_radius_m(body)
        found[f"{side}_knee"] = float(points[f"{side}_knee"][2]) - 0.04
        found[f"{side}_elbow"] = float(points[f"{side}_elbow"][2]) - 0.03
        found[f"{side}_wrist"] = float(points[f"{side}_wrist"][2]) - 0.018
    return found


def posed(body: Body, pose: Pose) -> Skeleton:
    """Skeleton with the places that the hands hold, ``left_grip`` and ``right_grip``, besides."""
    skeleton = forward(body, pose)
    for side in SIDES:
        skeleton.points[f"{side}_grip"] = grip(body, skeleton, side)
    return skeleton
