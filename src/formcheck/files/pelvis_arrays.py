"""Readings of the pelvis as arrays of a pose file; older files hold none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from formcheck.core.pose.pelvis import NUMBERS, PelvisReading
from formcheck.core.pose.pose import Pose

FARTHEST = 1e6
"""No number of a reading is larger."""


def pelvis_fields(poses: Sequence[Pose]) -> dict[str, tuple[np.dtype[Any], Callable[[Pose], Any]]]:
    """Returns the arrays to save: type and shape of each, and its value for a pose."""
    unread = (np.nan,) * len(NUMBERS)
    longest = max((len(p.pelvis.doubt) for p in poses if p.pelvis is not None), default=0)
    return {
        "pelvis": (
            np.dtype(("<f8", (len(NUMBERS),))),
            lambda pose: unread if pose.pelvis is None else pose.pelvis.numbers,
        ),
        "pelvis_doubt": (
            np.dtype(f"<U{max(1, longest)}"),
            lambda pose: "" if pose.pelvis is None else pose.pelvis.doubt,
        ),
    }


def pelvis_readings(arrays: Mapping[str, np.ndarray], count: int) -> list[PelvisReading | None]:
    """Returns the readings that the arrays of a pose file hold.

    Raises
    ------
    ValueError
        They do not fit the number of poses, or hold what no sensor tells.
    """
    if "pelvis" not in arrays:
        return [None] * count
    numbers = arrays["pelvis"].astype(np.float64)
    doubts = arrays["pelvis_doubt"].astype(np.str_)
    if numbers.shape != (count, len(NUMBERS)) or doubts.shape != (count,):
        raise ValueError("its readings of the pelvis do not fit its poses")
    if np.any(np.abs(numbers) > FARTHEST):
        raise ValueError("a reading of the pelvis can't be")
    return [
        PelvisReading.of(row, doubt)
        for row, doubt in zip(numbers.tolist(), doubts.tolist(), strict=True)
    ]
