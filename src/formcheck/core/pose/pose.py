"""One person at one instant: landmark names, positions, how well each was seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from formcheck.core.pose.pelvis import PelvisReading

FloatArray: TypeAlias = npt.NDArray[np.float64]

LANDMARK_COUNT = 33

Points: TypeAlias = list[tuple[float, float]]
"""The 33 positions of one pose as plain numbers, in pixels, y down: quick to compute with."""


class Side(str, Enum):
    """A side of the person's own body, never of the picture."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The opposite side; `BOTH` has none and stays itself."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}[self]


class Landmark(IntEnum):
    """The 33 points of MediaPipe's pose topology, in its order."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


LEG: Mapping[Side, tuple[Landmark, Landmark, Landmark]] = {
    Side.LEFT: (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    Side.RIGHT: (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
}
"""Hip, knee and ankle of each side."""

MIRROR_PAIRS: tuple[tuple[Landmark, Landmark], ...] = tuple(
    (landmark, Landmark[landmark.name.replace("LEFT", "RIGHT")])
    for landmark in Landmark
    if "LEFT" in landmark.name
)
"""Each left landmark with its right twin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One person at one instant. NaN is "not seen", and stays NaN through every measure.

    Attributes
    ----------
    time_s : float
        The frame's own time stamp, in seconds.
    image_px : (33, 2) float64
        Pixels; origin top left, x to the right, y down. May lie outside the picture.
    world_m : (33, 3) float64 | None
        The model's own 3D guess in metres about the hips' midpoint. A hint, not a measurement.
    visibility : (33,) float64
        0 to 1, how sure the model is that the point can be seen.
    frame_size_px : (int, int)
        Width and height of the picture.
    silhouette : (height, width) float32 | None
        Share of each pixel that belongs to the person, 0 to 1; only where it was asked for.
    lumbar_gap : float
        Hollow under the lower back as read off the silhouette, in trunk lengths; NaN if unread.
    lumbar_doubt : str
        Why the hollow was not read; empty where it was, or was not asked for.
    interpolated : bool
        Whether the frame itself was not looked at, and lies between two that were.
    pelvis : PelvisReading | None
        What a sensor tells of the pelvis; None without a sensor, or where it found nothing.
    """

    time_s: float
    image_px: FloatArray
    visibility: FloatArray
    frame_size_px: tuple[int, int]
    world_m: FloatArray | None = None
    silhouette: npt.NDArray[np.float32] | None = None
    lumbar_gap: float = math.nan
    lumbar_doubt: str = ""
    interpolated: bool = False
    pelvis: PelvisReading | None = None
    _points: Points | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def unseen(cls, time_s: float, frame_size_px: tuple[int, int]) -> Pose:
        """Returns the pose of a frame in which nobody was found: all NaN, visibility 0.

        Examples
        --------
        >>> Pose.unseen(1.5, (640, 480)).is_seen
        False
        """
        return cls(
            time_s=time_s,
            image_px=np.full((LANDMARK_COUNT, 2), np.nan),
            visibility=np.zeros(LANDMARK_COUNT),
            frame_size_px=frame_size_px,
        )

    @property
    def is_seen(self) -> bool:
        """Whether any landmark was found."""
        return bool(np.isfinite(self.image_px).any())

    def points(self) -> Points:
        """Returns the positions as plain numbers, worked out once; they are not to be changed."""
        if self._points is None:
            points = list(map(tuple, self.image_px.tolist()))
            object.__setattr__(self, "_points", points)
            return points
        return self._points
