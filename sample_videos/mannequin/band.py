"""An elastic band round one foot, anchored behind: it covers part of the foot it pulls at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from mannequin.flesh import GROUPS, MATERIALS
from mannequin.kinematics import Skeleton
from mannequin.vectors import Array, vec

#: The sling round the instep, in the foot's frame: ends, radius, how much wider than thick.
SLING = (vec(0.045, 0.05, -0.03), vec(0.045, -0.05, -0.03))
SLING_RADIUS_M, SLING_STRETCH = 0.032, 1.5
STRAND_RADIUS_M = 0.007


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A band from the foot of ``side`` to a fixed point of the room (metres)."""

    side: Literal["left", "right"]
    anchor_m: tuple[float, float, float] = (-1.15, 0.0, 0.14)


def tag() -> list[int]:
    """Group and material of every part of a band."""
    return [GROUPS.index("band"), MATERIALS.index("band")]


def rows(band: Band, skeleton: Skeleton) -> list[list[float]]:
    """Cones of the sling and of the two strands, as rows of `mannequin.shape.Surface`."""
    frame, ankle = skeleton.frames[f"{band.side}_foot"], skeleton.points[f"{band.side}_ankle"]
    ends = [ankle + frame @ end for end in SLING]
    anchor = np.array(band.anchor_m)
    strands = [_row(end, anchor, STRAND_RADIUS_M, frame[:, 0], 1.0) for end in ends]
    return [_row(ends[0], ends[1], SLING_RADIUS_M, frame[:, 0], SLING_STRETCH), *strands]


def _row(start: Array, end: Array, radius_m: float, wide: Array, stretch: float) -> list[float]:
    axis = end - start
    length = float(np.linalg.norm(axis))
    bound = radius_m * stretch
    return [
        *start, *(axis / length), length, radius_m, radius_m, *wide, 1.0 - 1.0 / stretch, bound,
    ]  # fmt: skip
