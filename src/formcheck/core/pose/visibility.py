"""Which landmarks of a pose may be believed, and whether the picture shows the whole person."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from formcheck.core.pose.pose import LEG, Landmark, Points, Pose
from formcheck.core.pose.view import Position, Scene, View

BoolArray: TypeAlias = npt.NDArray[np.bool_]

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
    """Returns what to do so that the picture shows the whole person; None if it does.

    The model also guesses where the parts outside the picture lie. A part is missing when the guess
    for one of its landmarks lies outside. Hands only matter where the body hangs from them.
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

_KNEES = (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)
_THIGHS = np.array([(hip, knee) for hip, knee, _ in LEG.values()])


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPose:
    """One pose, and what of it may be believed: worked out once a frame.

    Attributes
    ----------
    raw : Pose
        As it was estimated.
    pose : Pose
        The same pose; a landmark that may not be believed is NaN.
    points : list of (float, float)
        The positions of `pose` as plain numbers, in pixels, y down.
    """

    raw: Pose
    pose: Pose
    points: Points

    @classmethod
    def of(cls, raw: Pose, *, min_visibility: float = MIN_VISIBILITY) -> SeenPose:
        """Returns what is seen of a pose by visibility and by the picture's edges alone.

        Parameters
        ----------
        raw : Pose
            As it was estimated.
        min_visibility : float
            Least visibility of a landmark that is believed, 0 to 1.
        """
        return cls.trusted(_without(raw, _shown(raw, min_visibility)), raw=raw)

    @classmethod
    def trusted(cls, pose: Pose, *, raw: Pose | None = None) -> SeenPose:
        """Returns a pose whose landmarks are believed wherever they are not NaN."""
        return cls(raw=pose if raw is None else raw, pose=pose, points=pose.points())

    @property
    def time_s(self) -> float:
        """The frame's own time stamp, in seconds."""
        return self.pose.time_s

    def in_scene(self, scene: Scene) -> SeenPose:
        """Returns the pose without knees at an unbelievable distance from their hips."""
        knees = _misplaced_knees(self.raw, scene)
        if not knees:
            return self
        believed = np.ones(len(self.raw.visibility), dtype=bool)
        believed[knees] = False
        return self.trusted(_without(self.pose, believed), raw=self.raw)

    def half_seen(self, scene: Scene) -> SeenPose:
        """Returns the pose with every landmark that is good enough to count by, if not to judge."""
        return self.of(self.raw, min_visibility=FOLLOW_VISIBILITY).in_scene(scene)

    def moved(self, points: Points) -> SeenPose:
        """Returns a copy with other `points`; `raw` and `pose` stay as they are."""
        return replace(self, points=points)


def gate(pose: Pose, scene: Scene | None = None) -> Pose:
    """Returns the pose with every landmark that can't be believed turned into NaN.

    A landmark must have a visibility of at least 0.5 and lie inside the picture. With a scene, a
    knee must also lie at a believable distance from its hip: within 30 % of the calibrated thigh
    from the side, and no more than 30 % above it from anywhere else, where a lifted thigh
    foreshortens.
    """
    believed = _shown(pose, MIN_VISIBILITY)
    if scene is not None:
        believed[_misplaced_knees(pose, scene)] = False
    return _without(pose, believed)


def _shown(pose: Pose, min_visibility: float) -> BoolArray:
    """Returns which landmarks are visible enough and lie inside the picture, (33,) bool."""
    width, height = pose.frame_size_px
    x, y = pose.image_px[:, 0], pose.image_px[:, 1]
    # Written so that a NaN coordinate fails every comparison.
    shown: BoolArray = (
        (pose.visibility >= min_visibility) & (x >= 0) & (x < width) & (y >= 0) & (y < height)
    )
    return shown


def _without(pose: Pose, believed: BoolArray) -> Pose:
    """Returns the pose with NaN for every landmark that is not believed."""
    if believed.all():
        return pose
    points = pose.image_px.copy()
    points[~believed] = np.nan
    return replace(pose, image_px=points)


def _misplaced_knees(pose: Pose, scene: Scene) -> list[Landmark]:
    """Returns the knees at an unbelievable distance from their hips."""
    found = []
    ends_px = pose.image_px[_THIGHS].tolist()
    for knee, (hip_px, knee_px), true_px in zip(_KNEES, ends_px, scene.thigh_px, strict=True):
        seen_px = math.dist(hip_px, knee_px)
        # A thigh that pointed at the camera in the start posture looks shorter than it is.
        longest_px = max(true_px, THIGH_OF_TRUNK * scene.trunk_px)
        too_long = seen_px > longest_px * (1 + BONE_TOLERANCE)
        too_short = scene.view is View.SIDE and seen_px < true_px * (1 - BONE_TOLERANCE)
        if too_long or too_short:
            found.append(knee)
    return found
