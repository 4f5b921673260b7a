"""The underside of the trunk: where the back is above the floor, measured on the drawn surface.

Lengths are metres, ``z`` is up and the floor is ``z = 0``. Only the trunk's own flesh counts:
buttocks, loin and upper back, not the limbs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mannequin.body import Body
from mannequin.compiling import compiled
from mannequin.field import SEAM_M, cone_distance, melted
from mannequin.flesh import MELT_M
from mannequin.kinematics import Skeleton
from mannequin.shape import PARTS, surface
from mannequin.vectors import Array

_MELT = np.array(list(MELT_M.values()))
#: Distance between the places along the body that are measured.
STEP_M = 0.01
#: Across the body: the middle, where the loin is lowest, and out to the shoulder blades.
_ACROSS_M = np.array([-0.09, -0.07, -0.035, 0.0, 0.035, 0.07, 0.09])
#: Stands for "no flesh above this place": the compiled code may not meet NaN.
NOTHING_M = 1e3
_BELOW_M, _ABOVE_M = -0.30, 0.80


def _rows(*segments: str) -> NDArray[np.int64]:
    return np.array([n for n, (_, seg, _) in enumerate(PARTS) if seg in segments], dtype=np.int64)


_TRUNK = _rows("pelvis", "lumbar", "thorax")
_BUTTOCKS = _rows("pelvis")
_UPPER_BACK = _rows("thorax")
_HEAD = _rows("head")


@compiled()
def _distance(
    cones: Array, groups: NDArray[np.int64], melt: Array, x: float, y: float, z: float
) -> float:
    total, inside = 1e3, 1e3
    group = -1
    for i in range(cones.shape[0]):
        if groups[i] != group:
            total = melted(total, inside, SEAM_M)
            group = groups[i]
            inside = 1e3
        inside = melted(inside, cone_distance(cones, i, x, y, z), melt[group])
    return melted(total, inside, SEAM_M)


@compiled()
def _lowest(
    cones: Array, groups: NDArray[np.int64], melt: Array, along: Array, across: Array
) -> Array:
    """Height of the first flesh met from below at each ``x``, the lowest over the ``y`` given."""
    found = np.full(along.size, NOTHING_M)
    for n in range(along.size):
        for y in across:
            z = _BELOW_M
            while z < min(_ABOVE_M, found[n]):
                gap = _distance(cones, groups, melt, along[n], y, z)
                if gap < 1e-4:
                    found[n] = z
                    break
                z += gap
    return found


class Underside(NamedTuple):
    """The trunk's lower outline as seen from the side.

    Attributes
    ----------
    along_m
        World ``x`` of each place, from the buttocks towards the head (falling).
    height_m
        Lowest flesh above the floor there; infinite where there is none.
    loin
        Indices between the lumbosacral and the thoracolumbar joint, 2 cm more at either end.
    """

    along_m: Array
    height_m: Array
    loin: slice


def _profile(body: Body, skeleton: Skeleton, rows: NDArray[np.int64], along_m: Array) -> Array:
    seen = surface(body, skeleton)
    middle = float(skeleton.points["thorax"][1] + skeleton.points["mid_hip"][1]) / 2
    across = middle + body.scale * _ACROSS_M
    return np.asarray(_lowest(seen.cones[rows], seen.tags[rows, 0], _MELT, along_m, across))


def underside(body: Body, skeleton: Skeleton) -> Underside:
    """Return the trunk's lower outline, from the buttocks to the shoulder blades."""
    points = skeleton.points
    start = float(points["mid_hip"][0]) + 0.10 * body.scale
    along = np.arange(start, float(points["neck"][0]), -STEP_M)
    height = _profile(body, skeleton, _TRUNK, along)
    low, high = points["lumbar"][0] + 0.02, points["thorax"][0] - 0.02
    inside = np.flatnonzero((along <= low) & (along >= high))
    loin = slice(int(inside[0]), int(inside[-1]) + 1)
    return Underside(along, np.where(height < NOTHING_M, height, np.inf), loin)


def _hull(along: Array, height: Array) -> Array:
    """Height of a taut thread under the outline, at each of its places."""
    chain: list[int] = []
    for i in range(along.size):
        while len(chain) > 1:
            a, b = chain[-2], chain[-1]
            # The middle one goes if it isn't below the line from the one before to this one.
            line = height[a] + (height[i] - height[a]) * (along[b] - along[a]) / (
                along[i] - along[a]
            )
            if height[b] < line:
                break
            chain.pop()
        chain.append(i)
    taut: Array = np.interp(-along, -along[chain], height[chain])
    return taut


def hollow_m(outline: Underside) -> float:
    """Deepest hollow of the loin above a thread pulled taut under the back; never negative.

    While buttocks and upper back lie on the floor, that is the light under the loin.
    """
    there = np.isfinite(outline.height_m)
    light = np.full(outline.height_m.size, -np.inf)
    height = outline.height_m[there]
    light[there] = height - _hull(outline.along_m[there], height)
    return float(np.max(light[outline.loin]))


def limb_lowest_m(body: Body, skeleton: Skeleton, side: str, *segments: str) -> float:
    """Lowest surface of one side's ``segments``, without the few millimetres that melting adds."""
    rows = [n for n, (own, seg, _) in enumerate(PARTS) if own == side and seg in segments]
    cones = surface(body, skeleton).cones[rows]
    stretch = 1.0 / (1.0 - cones[:, 12])
    down = np.sqrt(1.0 + (stretch**2 - 1.0) * cones[:, 11] ** 2)
    first = cones[:, 2] - cones[:, 7] * down
    last = cones[:, 2] + cones[:, 6] * cones[:, 5] - cones[:, 8] * down
    return float(min(first.min(), last.min()))


def lowest_m(body: Body, skeleton: Skeleton, part: str) -> float:
    """Lowest surface of the ``buttocks``, the ``upper_back``, or the ``head``."""
    rows = {"buttocks": _BUTTOCKS, "upper_back": _UPPER_BACK, "head": _HEAD}[part]
    origin = {"buttocks": "mid_hip", "upper_back": "thorax", "head": "head"}[part]
    reach = {"buttocks": (0.16, -0.10), "upper_back": (0.0, -0.36), "head": (0.12, -0.12)}[part]
    centre = float(skeleton.points[origin][0])
    along = centre + body.scale * np.arange(reach[0], reach[1], -STEP_M)
    return float(np.min(_profile(body, skeleton, rows, along)))
