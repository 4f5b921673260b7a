"""An elastic band round one foot, anchored behind: it covers part of the foot it pulls at."""

from __future__ import annotations

import numpy as np

from people.kinematics import Skeleton
from people.makehuman import Array
from people.mesh import Part, linear, triangles
from people.skin import BONES

ANCHOR_M = (-1.15, 0.0, 0.14)
_GREEN = (60, 140, 90)
#: The sling round the instep in the foot frame: where along the foot, and its half axes.
_AHEAD_M, _HALF_M, _WIDE_M = 0.045, (0.050, 0.044), 0.05
_STRAND_M, _AROUND = 0.007, 12


def _ring(centre: Array, first: Array, second: Array) -> Array:
    turn = np.linspace(0.0, 2.0 * np.pi, _AROUND, endpoint=False)[:, None]
    found: Array = centre + np.cos(turn) * first + np.sin(turn) * second
    return found


def vertices(foot: str, skeleton: Skeleton) -> Array:
    """Rings (72, 3) of the sling and of its two strands in the world."""
    frame, ankle = skeleton.frames[f"{foot}_foot"], skeleton.points[f"{foot}_ankle"]
    ahead, left, up = frame.T
    middle = ankle + _AHEAD_M * ahead - 0.035 * up
    rings = [
        _ring(middle + end * ahead, _HALF_M[0] * left, _HALF_M[1] * up)
        for end in (-_WIDE_M / 2, _WIDE_M / 2)
    ]
    for side in (-1.0, 1.0):
        start = middle + side * _HALF_M[0] * left
        line = np.array(ANCHOR_M) - start
        across = np.cross(line, [0.0, 0.0, 1.0])
        across *= _STRAND_M / np.linalg.norm(across)
        upwards = np.cross(across, line) / np.linalg.norm(line)
        rings += [_ring(end, across, upwards) for end in (start, np.array(ANCHOR_M))]
    return np.concatenate(rings)


def part() -> Part:
    """Make the band a part of a person; `vertices` says where it is, not its bones."""
    here = np.arange(_AROUND)
    there = (here + 1) % _AROUND
    tube = np.stack([here, there, there + _AROUND, here + _AROUND], axis=1)
    quads = np.concatenate([tube + 2 * _AROUND * n for n in range(3)])
    count = 6 * _AROUND
    return Part(
        vertices=np.zeros((count, 3)), faces=triangles(quads), gap=np.zeros(count),
        weights=np.zeros((count, len(BONES)), dtype=np.float32),
        colours=linear(_GREEN, count), gloss=np.full(count, 0.2), reach=np.ones(count),
    )  # fmt: skip
