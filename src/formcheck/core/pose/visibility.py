"""Which landmarks of a pose may be believed, and whether the picture shows the whole person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.core.pose.pose import Landmark, Pose
from formcheck.core.pose.view import Position, Scene, View

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


MIN_VISIBILITY = 0.5
FOLLOW_VISIBILITY = 0.15
"""From here on a landmark is good enough to count by, though not to judge by: a leg half hidden by
an arm or by the other leg reads 0.2 to 0.5 and is still where the model says."""
BONE_TOLERANCE = 0.30
THIGH_OF_TRUNK = 0.85
"""Length of the thigh over that of the line from mid-hip to mid-shoulder (Winter's segments)."""

_BONES = (
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, 0),
    (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, 1),
)


def gate(pose: Pose, scene: Scene | None = None, *, min_visibility: float = MIN_VISIBILITY) -> Pose:
    """Return the pose with every landmark that can't be believed turned into NaN.

    A landmark must have a visibility of at least `min_visibility` and lie inside the picture. With
    a scene, a knee must also lie at a believable distance from its hip: within 30 % of the
    calibrated thigh from the side, and no more than 30 % above it from anywhere else, where a
    lifted thigh foreshortens.
    """
    width, height = pose.frame_size_px
    x, y = pose.image_px[:, 0], pose.image_px[:, 1]
    # Written so that a NaN coordinate fails every comparison.
    believed = (
        (pose.visibility >= min_visibility) & (x >= 0) & (x < width) & (y >= 0) & (y < height)
    )
    if scene is not None:
        _check_thighs(pose, scene, believed)
    if believed.all():
        return pose
    points = pose.image_px.copy()
    points[~believed] = np.nan
    return replace(pose, image_px=points)


def _check_thighs(pose: Pose, scene: Scene, believed: np.ndarray) -> None:
    for hip, knee, index in _BONES:
        true_px = scene.thigh_px[index]
        seen_px = float(np.hypot(*(pose.image_px[knee] - pose.image_px[hip])))
        # A thigh that pointed at the camera in the start posture looks shorter than it is.
        longest_px = max(true_px, THIGH_OF_TRUNK * scene.trunk_px)
        too_long = seen_px > longest_px * (1 + BONE_TOLERANCE)
        too_short = scene.view is View.SIDE and seen_px < true_px * (1 - BONE_TOLERANCE)
        if too_long or too_short:
            believed[knee] = False
