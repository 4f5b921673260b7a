"""Which landmarks of a pose may be believed: the gate, and the repair of swapped legs.

MediaPipe's `visibility` is a running average that needs about 0.2 s to halve, so it alone comes too
late: bone lengths that no body has, and legs that trade places from one frame to the next, are
caught here as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from formcheck.pose import FloatArray, Landmark, Pose
from formcheck.view import Scene, View

MIN_VISIBILITY = 0.5
BONE_TOLERANCE = 0.30
MAX_SWAPPED_FRAMES = 5

_LEFT_LEG = np.array([25, 27, 29, 31])
_RIGHT_LEG = np.array([26, 28, 30, 32])
_BONES = (
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE, 0),
    (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE, 1),
)


def gate(pose: Pose, scene: Scene | None = None) -> Pose:
    """Return the pose with every landmark that can't be believed turned into NaN.

    A landmark must have visibility of at least 0.5 and lie inside the picture. With a scene, a knee
    must also lie at a believable distance from its hip: within 30 % of the calibrated thigh from
    the side, and no more than 30 % above it from anywhere else, where a lifted thigh foreshortens.
    """
    width, height = pose.frame_size_px
    x, y = pose.image_px[:, 0], pose.image_px[:, 1]
    # Written so that a NaN coordinate fails every comparison.
    believed = (
        (pose.visibility >= MIN_VISIBILITY) & (x >= 0) & (x < width) & (y >= 0) & (y < height)
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
        too_long = seen_px > true_px * (1 + BONE_TOLERANCE)
        too_short = scene.view is View.SIDE and seen_px < true_px * (1 - BONE_TOLERANCE)
        if too_long or too_short:
            believed[knee] = False


@dataclass(slots=True)
class SwapRepair:
    """Gives the legs their own names back when the model trades left for right.

    Both legs are predicted from the last two frames. If exchanging them lies at under half the
    distance to the prediction that leaving them does, they are exchanged, for up to 5 frames: what
    lasts longer is believed, since the repair itself may have been the mistake.
    """

    _last: Pose | None = None
    _before: Pose | None = None
    _swapped_frames: int = 0

    def repair(self, pose: Pose) -> Pose:
        """Return the pose, legs exchanged back where they were swapped."""
        prediction = self._predict(pose.time_s)
        if prediction is not None and self._looks_swapped(pose.image_px, prediction):
            self._swapped_frames += 1
            if self._swapped_frames <= MAX_SWAPPED_FRAMES:
                pose = _exchange_legs(pose)
            else:
                self._forget()
        else:
            self._swapped_frames = 0
        self._before, self._last = self._last, pose
        return pose

    def _forget(self) -> None:
        self._last = self._before = None
        self._swapped_frames = 0

    def _predict(self, time_s: float) -> FloatArray | None:
        if self._last is None:
            return None
        if self._before is None:
            return self._last.image_px
        span_s = self._last.time_s - self._before.time_s
        if not 0.0 < span_s < 0.2 or time_s - self._last.time_s > 0.2:
            return self._last.image_px
        share = (time_s - self._last.time_s) / span_s
        return self._last.image_px + (self._last.image_px - self._before.image_px) * share

    @staticmethod
    def _looks_swapped(points: FloatArray, prediction: FloatArray) -> bool:
        def distance(left: FloatArray, right: FloatArray) -> float:
            gap = np.concatenate([left - prediction[_LEFT_LEG], right - prediction[_RIGHT_LEG]])
            return float(np.hypot(gap[:, 0], gap[:, 1]).sum())

        as_is = distance(points[_LEFT_LEG], points[_RIGHT_LEG])
        exchanged = distance(points[_RIGHT_LEG], points[_LEFT_LEG])
        # NaN on either side compares as false: nothing is exchanged on a guess.
        return exchanged < 0.5 * as_is


def _exchange_legs(pose: Pose) -> Pose:
    order = np.arange(len(pose.image_px))
    order[_LEFT_LEG], order[_RIGHT_LEG] = _RIGHT_LEG, _LEFT_LEG
    return replace(
        pose,
        image_px=pose.image_px[order],
        visibility=pose.visibility[order],
        world_m=None if pose.world_m is None else pose.world_m[order],
    )
