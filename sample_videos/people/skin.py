"""Linear blend skinning: the mesh follows the joint centres and segment frames of a skeleton.

Each bone of the data's rig belongs to a segment. Where two segments meet, a bone that turns half as
far takes the mixed part of the weights: that keeps the volume of a hip bent by 100 degrees.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from people.body import SIDES
from people.kinematics import Skeleton
from people.makehuman import Array, base_mesh, rig_weights
from people.mesh import smoothed, triangles
from people.shape import Shape

Floats = NDArray[np.float32]

#: Start of a rig bone's name to the segment that it follows; ``*`` is filled with the side.
_SEGMENT_OF = (
    ("root", "pelvis"), ("pelvis", "pelvis"), ("spine05", "pelvis"), ("spine04", "lumbar"),
    ("spine03", "lumbar"), ("spine02", "thorax"), ("spine01", "thorax"), ("breast", "thorax"),
    ("neck", "neck"), ("clavicle", "*_clavicle"), ("shoulder01", "*_clavicle"),
    ("upperarm01", "*_upper_arm_turn"), ("upperarm02", "*_upper_arm"), ("lowerarm01", "*_forearm"),
    ("lowerarm02", "*_forearm_turn"), ("wrist", "*_hand"), ("metacarpal", "*_hand"),
    ("finger1", "*_thumb"), ("upperleg", "*_thigh"), ("lowerleg", "*_shank"), ("foot", "*_foot"),
    ("toe", "*_foot"),
)  # fmt: skip
#: Two segments that meet, and the joint about which both turn.
_MEETING = (
    ("pelvis", "lumbar", "lumbar"), ("lumbar", "thorax", "thorax"), ("thorax", "neck", "neck"),
    ("neck", "head", "skull"),
    *(
        (a.replace("*", side), b.replace("*", side), f"{side}_{joint}")
        for side in SIDES
        for a, b, joint in (
            ("pelvis", "*_thigh", "hip"), ("*_thigh", "*_shank", "knee"),
            ("*_shank", "*_foot", "ankle"), ("*_clavicle", "*_upper_arm_turn", "shoulder"),
            ("*_upper_arm", "*_forearm", "elbow"), ("*_forearm_turn", "*_hand", "wrist"),
        )
    ),
)  # fmt: skip
_PHALANGES = ("1", "2", "3")
#: How much of the turn between two segments their twisting parts show.
_UPPER_ARM_TURN, _FOREARM_TURN = 0.5, 0.65
#: Rounds of spreading the trunk's weights over the mesh, so that the loin bends as one arch.
_TRUNK_SPREAD = 25
#: How far the thumb of a hand laid flat turns out of its place beside the palm.
_SPREAD_DEG = 40.0
_TRUNK = ("pelvis", "lumbar", "thorax")


class _Bone(NamedTuple):
    """A posed bone: turn from rest to pose, and where a point of the rest mesh goes."""

    turn: Array
    rest: Array
    posed: Array


def _share_of(turn: Array, share: float) -> Array:
    """Return the same turn, ``share`` as far."""
    return np.asarray(cv2.Rodrigues(share * cv2.Rodrigues(turn)[0])[0])


def _twist_about(turn: Array, axis: Array, share: float) -> Array:
    """Part of a turn's twist about the unit vector ``axis``."""
    vector = cv2.Rodrigues(turn)[0][:, 0]
    angle = float(np.linalg.norm(vector))
    if angle < 1e-9:
        return np.eye(3)
    along = float(vector @ axis) / angle * np.sin(angle / 2)
    twist = 2.0 * np.arctan2(along, np.cos(angle / 2))
    return np.asarray(cv2.Rodrigues(share * twist * axis)[0])


def _frame(up: Array, forward: Array | None = None, left: Array | None = None) -> Array:
    """Columns forward, left, up: ``up`` exactly, one of the others as near as can be."""
    z = up / np.linalg.norm(up)
    if forward is not None:
        x = forward - z * (forward @ z)
        x /= np.linalg.norm(x)
    else:
        assert left is not None
        x = np.cross(left, z)
        x /= np.linalg.norm(x)
    return np.stack([x, np.cross(z, x), z], axis=1)


def _rest_frames(joints: dict[str, Array]) -> dict[str, Array]:
    """Frames of the segments as the mesh stands at rest, arms and legs apart."""
    frames = {name: np.eye(3) for name in ("pelvis", "lumbar", "thorax", "neck", "head")}
    left = np.array([0.0, 1.0, 0.0])
    for side in SIDES:
        at = {n.removeprefix(f"{side}_"): p for n, p in joints.items() if n.startswith(side)}
        frames[f"{side}_thigh"] = _frame(at["hip"] - at["knee"], left=left)
        frames[f"{side}_shank"] = _frame(at["knee"] - at["ankle"], left=left)
        ahead = (at["ball"] - at["ankle"]) * np.array([1.0, 1.0, 0.0])
        frames[f"{side}_foot"] = _frame(np.array([0.0, 0.0, 1.0]), forward=ahead)
        upper = _frame(at["shoulder"] - at["elbow"], forward=at["wrist"] - at["elbow"])
        frames[f"{side}_upper_arm"] = upper
        frames[f"{side}_forearm"] = _frame(at["elbow"] - at["wrist"], left=upper[:, 1])
        thumbwards = at["index1"] - at["pinky1"]
        frames[f"{side}_hand"] = _frame(at["wrist"] - at["middle"], forward=thumbwards)
    return frames


def _bone_names() -> list[str]:
    names = [*_TRUNK, "neck", "head"]
    for side in SIDES:
        parts = (
            "clavicle", "upper_arm_turn", "upper_arm", "forearm", "forearm_turn", "hand", "thumb",
            "thigh", "shank", "foot", *(f"finger{n}" for n in _PHALANGES),
        )  # fmt: skip
        names += [f"{side}_{part}" for part in parts]
    return names + [f"{a}|{b}" for a, b, _ in _MEETING]


BONES = tuple(_bone_names())


def _segment_of(bone: str) -> str:
    side = {"L": "left", "R": "right"}.get(bone.rpartition(".")[2], "")
    if bone.startswith("finger") and not bone.startswith("finger1"):
        return f"{side}_finger{bone[8]}"
    for start, segment in _SEGMENT_OF:
        if bone.startswith(start):
            return segment.replace("*", side)
    return "head"


@cache
def skin_weights() -> Floats:
    """Weights (n, bones) of the base mesh's vertices over `BONES`; rows sum to one."""
    column = {name: i for i, name in enumerate(BONES)}
    weights = np.zeros((len(base_mesh().vertices), len(BONES)))
    for bone, pairs in rig_weights().items():
        if pairs:
            indices, amounts = zip(*pairs, strict=True)
            np.add.at(weights[:, column[_segment_of(bone)]], list(indices), amounts)
    weights[weights.sum(axis=1) == 0, column["head"]] = 1.0
    weights /= weights.sum(axis=1, keepdims=True)
    trunk = [column[name] for name in _TRUNK]
    spread = smoothed(weights[:, trunk], triangles(base_mesh().quads), _TRUNK_SPREAD)
    shares = spread / np.maximum(spread.sum(axis=1, keepdims=True), 1e-9)
    weights[:, trunk] = shares * weights[:, trunk].sum(axis=1, keepdims=True)
    for a, b, _ in _MEETING:
        mixed = np.minimum(weights[:, column[a]], weights[:, column[b]])
        weights[:, column[a]] -= mixed
        weights[:, column[b]] -= mixed
        weights[:, column[f"{a}|{b}"]] += 2.0 * mixed
    return weights.astype(np.float32)


class Rig:
    """A shaped body at rest, ready to follow skeletons.

    Parameters
    ----------
    shape
        The body at rest, of the same proportions as the skeletons.
    """

    def __init__(self, shape: Shape) -> None:
        self._joints = shape.joints
        self._frames = _rest_frames(shape.joints)

    def transforms(self, skeleton: Skeleton, finger_curl_deg: float = 20.0) -> Floats:
        """Matrices (bones, 3, 4) that carry points of the mesh at rest into the pose.

        Parameters
        ----------
        skeleton
            Joint centres and frames in the world.
        finger_curl_deg
            How far each row of finger joints bends; 0 is a flat hand, 65 a fist round a bar.
        """
        turns = {name: skeleton.frames[name] @ self._frames[name].T for name in self._frames}
        bones: dict[str, _Bone] = {}
        self._add_trunk(bones, turns, skeleton)
        for side in SIDES:
            self._add_leg(bones, turns, skeleton, side)
            self._add_arm(bones, turns, skeleton, side)
            self._add_fingers(bones, side, finger_curl_deg)
        for a, b, joint in _MEETING:
            half = turns_between(bones[a].turn, bones[b].turn, 0.5)
            rest = self._joints[joint]
            posed = bones[b].posed + bones[b].turn @ (rest - bones[b].rest)
            bones[f"{a}|{b}"] = _Bone(half, rest, posed)
        found = np.empty((len(BONES), 3, 4), dtype=np.float32)
        for i, name in enumerate(BONES):
            bone = bones[name]
            found[i, :, :3] = bone.turn
            found[i, :, 3] = bone.posed - bone.turn @ bone.rest
        return found

    def _add_trunk(
        self, bones: dict[str, _Bone], turns: dict[str, Array], skeleton: Skeleton
    ) -> None:
        joints, points = self._joints, skeleton.points
        middle = (joints["left_hip"] + joints["right_hip"]) / 2
        bones["pelvis"] = _Bone(turns["pelvis"], middle, points["mid_hip"])
        for name in ("lumbar", "thorax", "neck"):
            bones[name] = _Bone(turns[name], joints[name], points[name])
        skull = points["neck"] + turns["neck"] @ (joints["skull"] - joints["neck"])
        bones["head"] = _Bone(turns["head"], joints["skull"], skull)

    def _add_leg(
        self, bones: dict[str, _Bone], turns: dict[str, Array], skeleton: Skeleton, side: str
    ) -> None:
        for part, joint in (("thigh", "hip"), ("shank", "knee"), ("foot", "ankle")):
            name, at = f"{side}_{part}", f"{side}_{joint}"
            bones[name] = _Bone(turns[name], self._joints[at], skeleton.points[at])

    def _add_arm(
        self, bones: dict[str, _Bone], turns: dict[str, Array], skeleton: Skeleton, side: str
    ) -> None:
        rest = {n: self._joints[f"{side}_{n}"] for n in ("shoulder", "elbow", "wrist")}
        posed = {n: skeleton.points[f"{side}_{n}"] for n in rest}
        inner = self._joints[f"{side}_sternoclavicular"]
        thorax = bones["thorax"]
        start = thorax.posed + thorax.turn @ (inner - thorax.rest)
        # The collar bone points at the shoulder, wherever the skeleton has lifted it to.
        was, is_now = thorax.turn @ (rest["shoulder"] - inner), posed["shoulder"] - start
        axis = np.cross(was, is_now)
        sine, cosine = float(np.linalg.norm(axis)), float(was @ is_now)
        lift = np.arctan2(sine, cosine) * axis / max(sine, 1e-9)
        clavicle = np.asarray(cv2.Rodrigues(lift)[0]) @ thorax.turn
        upper, fore = turns[f"{side}_upper_arm"], turns[f"{side}_forearm"]
        hand = turns[f"{side}_hand"]
        bones[f"{side}_clavicle"] = _Bone(clavicle, inner, start)
        along = self._frames[f"{side}_upper_arm"][:, 2]
        turned = upper @ _twist_about(clavicle.T @ upper, along, -_UPPER_ARM_TURN)
        bones[f"{side}_upper_arm_turn"] = _Bone(turned, rest["shoulder"], posed["shoulder"])
        bones[f"{side}_upper_arm"] = _Bone(upper, rest["shoulder"], posed["shoulder"])
        bones[f"{side}_forearm"] = _Bone(fore, rest["elbow"], posed["elbow"])
        along = self._frames[f"{side}_forearm"][:, 2]
        turned = fore @ _twist_about(fore.T @ hand, along, _FOREARM_TURN)
        bones[f"{side}_forearm_turn"] = _Bone(turned, rest["elbow"], posed["elbow"])
        bones[f"{side}_hand"] = _Bone(hand, rest["wrist"], posed["wrist"])

    def _add_fingers(self, bones: dict[str, _Bone], side: str, curl_deg: float) -> None:
        """Bend the four fingers together, row by row, about the line across their joints."""
        parent = bones[f"{side}_hand"]
        for row in _PHALANGES:
            first = self._joints[f"{side}_index{row}"]
            last = self._joints[f"{side}_pinky{row}"]
            across = (first - last) / np.linalg.norm(first - last)
            # About the line towards the thumb the left hand closes one way, the right the other.
            sign = -1.0 if side == "left" else 1.0
            wanted = np.radians(curl_deg) - self._natural_curl(side, row)
            bend = np.asarray(cv2.Rodrigues(sign * wanted * across)[0])
            middle = (first + last) / 2
            posed = parent.posed + parent.turn @ (middle - parent.rest)
            parent = _Bone(parent.turn @ bend, middle, posed)
            bones[f"{side}_finger{row}"] = parent
        # A hand laid flat spreads its thumb into the plane of the palm.
        hand, root = bones[f"{side}_hand"], self._joints[f"{side}_thumb"]
        along = self._frames[f"{side}_hand"][:, 2]
        spread = np.radians(_SPREAD_DEG) * max(0.0, 1.0 - curl_deg / 20.0)
        out = np.asarray(cv2.Rodrigues((1.0 if side == "left" else -1.0) * spread * along)[0])
        posed = hand.posed + hand.turn @ (root - hand.rest)
        bones[f"{side}_thumb"] = _Bone(hand.turn @ out, root, posed)

    def _natural_curl(self, side: str, row: str) -> float:
        """How far a row of finger joints is bent at rest, in radians."""
        rows = [
            (self._joints[f"{side}_index{n}"] + self._joints[f"{side}_pinky{n}"]) / 2
            for n in _PHALANGES
        ]
        ends = [self._joints[f"{side}_wrist"], *rows]
        # The last joint bends about as far as the one before it.
        first = min(int(row), 2)
        before, after = ends[first] - ends[first - 1], ends[first + 1] - ends[first]
        cosine = before @ after / (np.linalg.norm(before) * np.linalg.norm(after))
        return float(np.arccos(cosine))


def turns_between(first: Array, second: Array, share: float) -> Array:
    """Return the turn ``share`` of the way from the first to the second."""
    return first @ _share_of(first.T @ second, share)


def follow(rest: Floats, weights: Floats, transforms: Floats) -> Floats:
    """Positions (n, 3) of rest vertices (n, 3) that follow the bones' ``transforms``."""
    mixed = (weights @ transforms.reshape(len(transforms), 12)).reshape(-1, 3, 4)
    found: Floats = np.einsum("nij,nj->ni", mixed[:, :, :3], rest) + mixed[:, :, 3]
    return found
