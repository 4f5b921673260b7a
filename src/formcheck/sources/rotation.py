"""Turns pictures upright, and mirrors them."""

from __future__ import annotations

import numpy as np

from formcheck.core.pose.frame import Image
from formcheck.errors import UsageError

QUARTERS_DEG = (0, 90, 180, 270)


def check_rotation(rotate_deg: int | None) -> None:
    """Raises `UsageError` unless the turn is None, 0, 90, 180 or 270 degrees."""
    if rotate_deg is not None and rotate_deg not in QUARTERS_DEG:
        raise UsageError(f"Pictures can be turned by 0, 90, 180 or 270 degrees, not {rotate_deg}.")


def left_for_right(image: Image) -> Image:
    """Returns the picture with left and right exchanged, contiguous in memory."""
    return np.ascontiguousarray(image[:, ::-1])


def turned(image: Image, clockwise_deg: int) -> Image:
    """Returns the picture turned clockwise by quarter turns, contiguous in memory."""
    return np.ascontiguousarray(np.rot90(image, -(clockwise_deg // 90) % 4))
