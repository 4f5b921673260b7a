"""Whether the picture shows the whole person, and what to do if it does not."""

from __future__ import annotations

import numpy as np

from formcheck.pose import Landmark, Pose
from formcheck.view import Position

_HANDS = ("hands", (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST))
_PARTS: tuple[tuple[str, tuple[Landmark, ...]], ...] = (
    ("shoulders", (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)),
    ("hips", (Landmark.LEFT_HIP, Landmark.RIGHT_HIP)),
    ("knees", (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)),
    ("feet", (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE)),
)
FITS = 0.85
"""Share of the picture's size up to which a body fits into it and only has to move over."""


def cut_off(pose: Pose, position: Position = Position.UPRIGHT) -> str | None:
    """Return what to do so that the picture shows the whole person; None if it does.

    The model also places the parts of a body that lie outside the picture, and this goes by its
    guess: a part is missing when one of its landmarks lies outside. Hands only matter where the
    body hangs from them.
    """
    width, height = pose.frame_size_px
    x, y = pose.image_px[:, 0], pose.image_px[:, 1]
    # NaN fails every comparison: a point that was not found at all lies nowhere.
    outside = (x < 0) | (x >= width) | (y < 0) | (y >= height)
    parts = (_HANDS, *_PARTS) if position is Position.HANGING else _PARTS
    missing = [name for name, landmarks in parts if outside[list(landmarks)].any()]
    if not missing:
        return None
    if len(missing) == len(parts):
        return "Move into the picture."
    return f"{_advice(pose)}: your {' and '.join(missing)} are out of the picture."


def _advice(pose: Pose) -> str:
    low, high = np.nanmin(pose.image_px, axis=0), np.nanmax(pose.image_px, axis=0)
    size = np.array(pose.frame_size_px, dtype=np.float64)
    if ((high - low) >= FITS * size).any():
        return "Move back"
    beyond = np.maximum(-low, high - size)
    return "Move to the middle" if beyond[0] >= beyond[1] else "Tilt the camera"
