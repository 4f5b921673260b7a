"""The proportions of each body, as measured on its mesh.

They are kept beside this module, so that kinematics needs no body data; `people.measure` measures
them anew. All offsets are in metres in the frame of a segment: forward, left, up while the person
stands upright, arms down. Surfaces are those of the bare skin; feet stand in shoes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from people.vectors import Array, vec

SIDES = ("left", "right")
Offset = tuple[float, float, float]


def outward(side: str) -> float:
    """+1 for the left side, -1 for the right: the sign of ``y`` away from the midline."""
    return 1.0 if side == "left" else -1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A person's measures; ``left`` offsets are mirrored for the right side.

    Attributes
    ----------
    name
        Which of the people this is.
    stature_m
        Standing height without shoes.
    thigh_m, shank_m, upper_arm_m, forearm_m
        Between the joint centres at the ends.
    ankle_height_m
        Ankle centre above the floor under a flat foot in its shoe.
    left_hip_m, lumbar_m
        Hip centre and lumbosacral joint in the pelvis frame, whose origin is midway between hips.
    thorax_m
        Thoracolumbar joint in the lumbar frame.
    left_shoulder_m, neck_m
        Shoulder centre and base of the neck in the thorax frame.
    left_clavicle_m
        Sternoclavicular joint in the thorax frame: the shoulder centre turns about it.
    head_m
        Middle of the head in the neck frame.
    heel_m, toe_m
        Points inside the heel and the tip of the big toe in the foot frame, whose origin is the
        ankle.
    buttock_m
        Hindmost skin of the seat in the pelvis frame: what a lying pelvis rests on.
    loin_m
        Skin of the hollow of the back in the lumbar frame.
    back_m
        Hindmost skin of the ribs in the thorax frame: what a lying thorax rests on.
    occiput_m
        Hindmost skin of the head in the head frame, whose origin is the middle of the head.
    chest_m, belly_m
        Foremost skin in the thorax frame and in the pelvis frame.
    heel_behind_m
        Ankle centre to the back of the shoe: height of the ankle of a lying leg, toes up.
    sole_m
        Thickness of the shoe under the foot, included in ``ankle_height_m``.
    knee_front_m
        Knee centre to the skin of the kneecap: height of the centre of a kneeling knee.
    elbow_behind_m, wrist_behind_m
        Joint centre to the skin at the back of the elbow, and of the wrist on the hand's back.
    wrist_palm_m
        Wrist centre to the plane of the palm: its height over a hand flat on the floor.
    grip_m
        Middle of what the hand holds, such as a bar, in the hand frame (origin: wrist; fingers
        down, thumb forward).
    hand_m
        Wrist centre to the tip of the middle finger.
    """

    name: str
    stature_m: float
    thigh_m: float
    shank_m: float
    upper_arm_m: float
    forearm_m: float
    ankle_height_m: float
    left_hip_m: Offset
    lumbar_m: Offset
    thorax_m: Offset
    left_shoulder_m: Offset
    left_clavicle_m: Offset
    neck_m: Offset
    head_m: Offset
    heel_m: Offset
    toe_m: Offset
    buttock_m: Offset
    loin_m: Offset
    back_m: Offset
    occiput_m: Offset
    chest_m: Offset
    belly_m: Offset
    heel_behind_m: float
    sole_m: float
    knee_front_m: float
    elbow_behind_m: float
    wrist_behind_m: float
    wrist_palm_m: float
    grip_m: Offset
    hand_m: float

    @property
    def scale(self) -> float:
        """Stature over 1.72 m."""
        return self.stature_m / 1.72

    def at(self, x: float, y: float, z: float) -> Array:
        """Offset in metres for this stature, given for a stature of 1.72 m."""
        return vec(x, y, z) * self.scale

    def hip_offset(self, side: str) -> Array:
        """Hip centre in the pelvis frame, whose origin is midway between the hips."""
        return _sided(self.left_hip_m, side)

    def lumbar_offset(self) -> Array:
        """Lumbosacral joint in the pelvis frame: behind and above the hips."""
        return vec(*self.lumbar_m)

    def thorax_offset(self) -> Array:
        """Thoracolumbar joint in the lumbar frame."""
        return vec(*self.thorax_m)

    def shoulder_offset(self, side: str) -> Array:
        """Shoulder centre in the thorax frame, arm hanging."""
        return _sided(self.left_shoulder_m, side)

    def neck_offset(self) -> Array:
        """Return the base of the neck in the thorax frame."""
        return vec(*self.neck_m)

    def head_offset(self) -> Array:
        """Middle of the head in the neck frame."""
        return vec(*self.head_m)

    def heel_offset(self) -> Array:
        """Point inside the heel, in the foot frame (origin: ankle)."""
        return vec(*self.heel_m)

    def toe_offset(self) -> Array:
        """Point inside the tip of the big toe, in the foot frame."""
        return vec(*self.toe_m)


def _sided(left: Offset, side: str) -> Array:
    return vec(left[0], left[1] * outward(side), left[2])


@cache
def bodies() -> dict[str, Body]:
    """Every body by its name."""
    text = resources.files("people").joinpath("bodies.json").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = json.loads(text)
    for row in rows.values():
        row |= {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return {name: Body(name=name, **row) for name, row in rows.items()}
