"""From a recipe (age, sex, weight, muscle, proportions) to a shaped mesh with its joint centres."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from people.makehuman import Array, base_mesh, has_target, rig_weights, target

#: Joint cubes of the base mesh by the names used here; ``{s}`` is l or r.
SIDED_CUBES = {
    "hip": "upper-leg", "knee": "knee", "ankle": "ankle", "ball": "foot-1", "toe_tip": "foot-2",
    "sternoclavicular": "clavicle", "shoulder": "shoulder", "elbow": "elbow", "wrist": "hand",
    "thumb": "finger-1-1", "middle": "finger-3-1", "middle_tip": "finger-3-4", "eye": "eye",
    **{f"{name}{row}": f"finger-{n}-{row}"
       for name, n in (("index", 2), ("pinky", 5)) for row in (1, 2, 3)},
}  # fmt: skip
MIDDLE_CUBES = {
    "pelvis": "pelvis", "lumbar": "spine-4", "loin": "spine-3", "thorax": "spine-2",
    "breast": "spine-1", "neck": "neck", "skull": "head", "crown": "head-2", "mouth": "mouth",
    "ground": "ground",
}  # fmt: skip
#: The data's hip centres lie too far out: 0.12 of stature apart, where adults' lie 0.105 apart
#: (Seidel et al. 1995: 0.176 to 0.183 m). A man's lie too far back as well: a hip centre is 4 to 5
#: cm behind the front of the pelvis (Harrington et al. 2007), midway between seat and groin.
HIP_INWARD = 0.86
#: A shoulder centre lies 3.5 cm under the skin of the acromion (de Leva 1996), as a share of
#: stature; the data's lies 6 cm under it.
ACROMION_DEPTH = 0.021


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """What makes a body's shape.

    Attributes
    ----------
    stature_m
        Standing height without shoes.
    male, muscle, weight, height, ideal
        0 to 1; 0.5 is average. ``height`` shifts proportions, ``stature_m`` sets the size.
    age_years
        25 to 90.
    cup
        Breast size of a woman, 0 to 1.
    ancestry
        Share of each of the data's three faces: ``african``, ``asian``, ``caucasian``.
    hollow_m
        How much farther forward than in the data's average the loin lies; negative is flatter.
    targets
        Further shape targets by their path in the data, with their amounts.
    """

    stature_m: float
    male: float
    age_years: float
    weight: float = 0.5
    muscle: float = 0.5
    height: float = 0.5
    ideal: float = 0.5
    cup: float = 0.5
    ancestry: dict[str, float] = field(default_factory=lambda: {"caucasian": 1.0})
    hollow_m: float = 0.0
    targets: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shaped mesh at rest, upright, before it stands on a floor.

    Attributes
    ----------
    vertices
        Positions (n, 3) in metres in the order of the base mesh.
    joints
        Joint name (``left_hip``, ``lumbar``) to its centre.
    """

    vertices: Array
    joints: dict[str, Array]


def _between(value: float, low: str, middle: str, high: str) -> dict[str, float]:
    """Share a macro value in 0..1 out to its low, middle and high target."""
    side = high if value > 0.5 else low
    share = abs(value - 0.5) * 2.0
    return {name: part for name, part in ((middle, 1.0 - share), (side, share)) if part > 0.0}


def _macro_targets(recipe: Recipe) -> dict[str, float]:
    """Target path to amount for the recipe's whole-body values."""
    sexes = {
        name: share
        for name, share in (("female", 1 - recipe.male), ("male", recipe.male))
        if share > 0
    }
    old = np.clip((recipe.age_years - 25.0) / 65.0, 0.0, 1.0)
    ages = {name: share for name, share in (("young", 1 - old), ("old", old)) if share > 0}
    muscles = _between(recipe.muscle, "minmuscle", "averagemuscle", "maxmuscle")
    weights = _between(recipe.weight, "minweight", "averageweight", "maxweight")
    heights = _between(recipe.height, "minheight", "", "maxheight")
    ideals = _between(recipe.ideal, "uncommonproportions", "", "idealproportions")
    cups = _between(recipe.cup, "mincup", "averagecup", "maxcup")
    found: dict[str, float] = {}
    for (race, a), (sex, b), (age, c) in product(
        recipe.ancestry.items(), sexes.items(), ages.items()
    ):
        found[f"macrodetails/{race}-{sex}-{age}"] = a * b * c
    for (sex, b), (age, c), (muscle, d), (weight, e) in product(
        sexes.items(), ages.items(), muscles.items(), weights.items()
    ):
        kind, share = f"{sex}-{age}-{muscle}-{weight}", b * c * d * e
        found[f"macrodetails/universal-{kind}"] = share
        for name, part in heights.items():
            found[f"macrodetails/height/{kind}-{name}"] = share * part
        for name, part in ideals.items():
            found[f"macrodetails/proportions/{kind}-{name}"] = share * part
        for name, part in cups.items():
            found[f"breast/{kind}-{name}-averagefirmness"] = share * part
    return {name: amount for name, amount in found.items() if has_target(name)}


def joints_of(vertices: Array) -> dict[str, Array]:
    """Joint centres: the middles of the joint cubes that every target moves along."""
    groups = base_mesh().groups
    cubes = {name: f"joint-{cube}" for name, cube in MIDDLE_CUBES.items()}
    for side in ("left", "right"):
        cubes |= {f"{side}_{n}": f"joint-{side[0]}-{cube}" for n, cube in SIDED_CUBES.items()}
    joints = {name: vertices[groups[cube]].mean(axis=0) for name, cube in cubes.items()}
    skin = vertices[groups["body"]]
    tall = float(np.ptp(skin[:, 2]))
    off = np.abs(skin[:, :2] - joints["left_shoulder"][:2])
    acromion = float(skin[(off < [0.03, 0.02]).all(axis=1), 2].max())
    level = skin[np.abs(skin[:, 2] - joints["left_hip"][2]) < 0.015]
    seat = level[np.abs(np.abs(level[:, 1]) - joints["left_hip"][1]) < 0.02]
    for side in ("left", "right"):
        joints[f"{side}_hip"][0] = (seat[:, 0].min() + seat[:, 0].max()) / 2
        joints[f"{side}_hip"][1] *= HIP_INWARD
        joints[f"{side}_shoulder"][2] = acromion - ACROMION_DEPTH * tall
    return joints


def _hollowed(vertices: Array, amount_m: float) -> Array:
    """Bring the loin forward, and the seat and the upper back a little back."""
    trunk = np.zeros(len(vertices))
    for bone, pairs in rig_weights().items():
        if bone.startswith(("root", "pelvis", "spine")):
            for index, weight in pairs:
                trunk[index] += weight
    joints = joints_of(vertices)
    for group in base_mesh().groups:
        if group.removeprefix("joint-") in ("spine-4", "spine-3", "spine-2", "spine-1"):
            trunk[base_mesh().groups[group]] = 1.0
    low, high = joints["left_hip"][2], joints["breast"][2]
    share = (vertices[:, 2] - low) / (high - low)
    bump = np.exp(-(((share - 0.42) / 0.20) ** 2)) - 0.5 * np.exp(-(((share - 1.0) / 0.22) ** 2))
    bump -= 0.4 * np.exp(-(((share - 0.0) / 0.16) ** 2)) * (vertices[:, 0] < joints["left_hip"][0])
    moved = vertices.copy()
    moved[:, 0] += amount_m * np.clip(trunk, 0.0, 1.0) * bump
    return moved


def build(recipe: Recipe) -> Shape:
    """Shape the base mesh by the recipe and scale it to its stature.

    Raises
    ------
    KeyError
        When the recipe names a target that the data do not hold.
    """
    missing = [name for name in recipe.targets if not has_target(name)]
    if missing:
        raise KeyError(f"no such shape target: {', '.join(missing)}")
    mesh = base_mesh()
    vertices = mesh.vertices.copy()
    for name, amount in (_macro_targets(recipe) | recipe.targets).items():
        indices, offsets = target(name)
        vertices[indices] += amount * offsets
    skin = vertices[mesh.groups["body"]]
    low, high = skin[:, 2].min(), skin[:, 2].max()
    vertices *= recipe.stature_m / (high - low)
    vertices[:, 2] -= low * recipe.stature_m / (high - low)
    vertices = _hollowed(vertices, recipe.hollow_m)
    return Shape(vertices, joints_of(vertices))
