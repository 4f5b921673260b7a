"""What people wear: garments cut from the data's close suit, shoes, and how loose cloth hangs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from people.makehuman import Array, Indices, base_mesh
from people.mesh import Part, grown, linear, smoothed, triangles
from people.shape import Shape
from people.skin import BONES, Floats, skin_weights

Colour = tuple[int, int, int]
_CLOTH_M = 0.004
#: Skin this far inside a garment is left out, so that it can't show through.
_HIDDEN_M = 0.018


@dataclass(frozen=True, kw_only=True, slots=True)
class Outfit:
    """Clothes, hair and colours of a person; colours are sRGB, 0-255.

    Attributes
    ----------
    shirt, bottoms, shoes, sole, hair, skin, iris
        Colours.
    sleeve_of_arm
        Where the sleeve ends: 0 at the shoulder, 1 at the elbow, 2 at the wrist; under 0 a vest.
    leg_of_leg
        Where the leg of the bottoms ends: 0 at the hip, 1 at the knee, 2 at the ankle.
    hem_of_hip
        Lower edge of the shirt: 0 at the hip joints, 1 at the lumbosacral joint.
    shirt_ease_m, bottoms_ease_m
        How far the cloth stands off the skin all round; over 0.008 m the shirt hangs loose.
    stripe
        Colour of a stripe round the chest, or None.
    hair_style
        ``short``, ``bun``, ``tail``, ``long``, ``cropped`` or ``bald``.
    """

    shirt: Colour
    bottoms: Colour
    shoes: Colour = (96, 102, 116)
    sole: Colour = (240, 238, 232)
    hair: Colour = (74, 50, 36)
    skin: Colour = (222, 174, 142)
    iris: Colour = (84, 62, 44)
    sleeve_of_arm: float = 0.55
    leg_of_leg: float = 0.6
    hem_of_hip: float = 0.2
    shirt_ease_m: float = 0.0
    bottoms_ease_m: float = 0.0
    stripe: Colour | None = None
    hair_style: str = "short"

    @property
    def is_loose(self) -> bool:
        """Whether the shirt hangs away from the skin."""
        return self.shirt_ease_m > 0.008


def _weight_of(weights: Floats, *segments: str) -> Array:
    """Sum the weights (n,) of the bones that start with one of the segments, on either side."""
    chosen = [
        i
        for i, name in enumerate(BONES)
        if name.removeprefix("left_").removeprefix("right_").startswith(segments)
    ]
    return np.asarray(weights[:, chosen].sum(axis=1), dtype=np.float64)


class _Suit(NamedTuple):
    """The data's close suit, from which garments are cut.

    Attributes
    ----------
    vertices, faces
        Numbers in the base mesh, and triangles over them.
    weights
        Those of the skin under it, so that cloth and skin move as one.
    over_skin
        For each vertex of the base mesh the suit's nearest.
    """

    vertices: Indices
    faces: Indices
    weights: Floats
    over_skin: Indices


def _nearest(points: Floats, among: Floats) -> Indices:
    """Find the nearest of other points for each point."""
    return np.array([match.trainIdx for match in cv2.BFMatcher().match(points, among)])


@cache
def _suit() -> _Suit:
    mesh = base_mesh()
    chosen, body = mesh.groups["helper-tights"], mesh.groups["body"]
    place = np.full(len(mesh.vertices), -1)
    place[chosen] = np.arange(len(chosen))
    faces = place[triangles(mesh.quads[mesh.faces_of("helper-tights")])]
    cloth, bare = (mesh.vertices[one].astype(np.float32) for one in (chosen, body))
    under = body[_nearest(cloth, bare)]
    over = np.zeros(len(mesh.vertices), dtype=np.int64)
    over[body] = _nearest(bare, cloth)
    weights = smoothed(skin_weights()[under].astype(np.float64), faces, 1)
    return _Suit(chosen, faces, weights.astype(np.float32), over)


def covered(garments: list[Part]) -> NDArray[np.bool_]:
    """Which vertices of the base mesh lie well inside one of the garments."""
    inside = np.zeros(len(base_mesh().vertices), dtype=bool)
    for garment in garments:
        inside |= garment.reach[_suit().over_skin] > _HIDDEN_M
    inside[np.setdiff1d(np.arange(len(inside)), base_mesh().groups["body"])] = False
    return inside


def _along_arm(points: Array, joints: dict[str, Array]) -> Array:
    """How far down an arm the points lie: 0 at the shoulder, 1 at the elbow, 2 at the wrist."""
    mirrored = np.stack([points[:, 0], np.abs(points[:, 1]), points[:, 2]], axis=1)
    upper = joints["left_elbow"] - joints["left_shoulder"]
    fore = joints["left_wrist"] - joints["left_elbow"]
    first = (mirrored - joints["left_shoulder"]) @ upper / (upper @ upper)
    second = (mirrored - joints["left_elbow"]) @ fore / (fore @ fore)
    return np.where(second > 0, 1.0 + np.maximum(second, 0.0), np.minimum(first, 1.0))


def _hanging_gap(points: Array, trunk: NDArray[np.bool_], joints: dict[str, Array]) -> Array:
    """How far cloth that hangs from the widest place above stands off each point of the trunk."""
    axis_x = float(joints["lumbar"][0] + joints["thorax"][0]) / 2 + 0.03
    angle = np.arctan2(points[:, 1], points[:, 0] - axis_x)
    radius = np.hypot(points[:, 0] - axis_x, points[:, 1])
    top = float(joints["left_shoulder"][2]) - 0.10
    bottom = float(joints["left_hip"][2]) - 0.10
    gap = np.zeros(len(points))
    for sector in np.linspace(-np.pi, np.pi, 24, endpoint=False):
        inside = (np.abs((angle - sector + np.pi) % (2 * np.pi) - np.pi) < 0.22) & trunk
        order = np.flatnonzero(inside & (points[:, 2] < top) & (points[:, 2] > bottom))
        order = order[np.argsort(-points[order, 2])]
        if len(order):
            widest = np.maximum.accumulate(radius[order])
            gap[order] = np.maximum(gap[order], 0.85 * (widest - radius[order]))
    return gap


def shirt(shape: Shape, outfit: Outfit) -> Part:
    """Cut the shirt."""
    chosen, faces, weights, _ = _suit()
    points = shape.vertices[chosen]
    joints = shape.joints
    arm = _weight_of(weights, "upper_arm", "forearm", "hand", "clavicle|upper")
    sleeve = (outfit.sleeve_of_arm - _along_arm(points, joints)) * 0.28 + 0.5 * (1.0 - arm) ** 2
    low = float(joints["left_hip"][2]) + outfit.hem_of_hip * float(
        joints["lumbar"][2] - joints["left_hip"][2]
    )
    ahead = points[:, 0] - float(joints["neck"][0])
    collar = float(joints["neck"][2]) + 0.02 - 0.55 * np.maximum(ahead, -0.02)
    reach = np.minimum.reduce([sleeve, points[:, 2] - low, collar - points[:, 2]])
    trunk = arm < 0.4
    gap = np.full(len(points), outfit.shirt_ease_m)
    if outfit.is_loose:
        gap += _hanging_gap(points, trunk, joints)
        gap *= 1.0 + 0.5 * np.sin(points[:, 2] * 60.0 + 25.0 * points[:, 1] + 30 * points[:, 0])
        gap = smoothed(gap[:, None], faces, 5)[:, 0]
    colours = linear(outfit.shirt, len(points))
    if outfit.stripe is not None:
        chest = np.abs(points[:, 2] - float(joints["breast"][2]) + 0.02) < 0.035
        colours[chest & (arm < 0.5)] = linear(outfit.stripe, 1)
    return Part(
        vertices=grown(points, faces, _CLOTH_M + 0.002),
        weights=weights, faces=faces, colours=colours,
        gloss=np.zeros(len(points)), reach=reach, gap=gap,
    )  # fmt: skip


def bottoms(shape: Shape, outfit: Outfit) -> Part:
    """Cut shorts, leggings or trousers."""
    chosen, faces, weights, _ = _suit()
    points = shape.vertices[chosen]
    joints = shape.joints
    arm = _weight_of(weights, "upper_arm", "forearm", "hand", "clavicle")
    hip, knee, ankle = (float(joints[f"left_{n}"][2]) for n in ("hip", "knee", "ankle"))
    waist = float(joints["lumbar"][2]) + 0.015
    hem = float(np.interp(outfit.leg_of_leg, [0, 1, 2], [hip, knee, ankle]))
    reach = np.minimum(waist - points[:, 2], points[:, 2] - hem) - arm
    below = np.clip((hip - points[:, 2]) / (hip - hem + 0.05), 0.0, 1.0)
    gap = outfit.bottoms_ease_m * (0.25 + 0.75 * below)
    gap = gap * (1.0 + 0.2 * np.sin(points[:, 2] * 60.0 + 50.0 * points[:, 0]))
    return Part(
        vertices=grown(points, faces, _CLOTH_M),
        weights=weights, faces=faces, colours=linear(outfit.bottoms, len(points)),
        gloss=np.full(len(points), 0.05), reach=reach, gap=gap,
    )  # fmt: skip


def shoes(shape: Shape, outfit: Outfit, sole_m: float) -> Part:
    """Make shoes from the feet of the close suit, with flat soles, and socks above them."""
    chosen, faces, weights, _ = _suit()
    points = shape.vertices[chosen]
    ankle = float(shape.joints["left_ankle"][2])
    top = ankle + 0.045
    feet = points[:, 2] < top + 0.03
    made = np.where(feet[:, None], smoothed(points, faces, 5), points)
    made = grown(made, faces, 0.009)
    low = made[:, 2] < 0.012
    made[low, 2] = -sole_m
    colours = linear(outfit.shoes, len(points))
    colours[points[:, 2] > ankle + 0.012] = linear((235, 235, 235), 1)
    colours[made[:, 2] < 0.006] = linear(outfit.sole, 1)
    return Part(
        vertices=made, weights=weights, faces=faces, colours=colours,
        gloss=np.full(len(points), 0.12), reach=top - points[:, 2],
        gap=np.zeros(len(points)),
    )  # fmt: skip
