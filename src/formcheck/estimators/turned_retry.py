"""Looks again at turned pictures for people who lie or hang."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import FloatArray, Landmark, Pose
from formcheck.errors import UsageError
from formcheck.estimators.estimator import Estimator
from formcheck.files.closing import ClosesItself

#: Frames without a person before the first look at a turned picture.
AFTER_FRAMES = 10
#: A further look follows every so many frames, so that a live picture stays fluid meanwhile.
EVERY_FRAMES = 5
#: Clockwise turns that stand a person up who lies across the picture, whichever way the head is.
TURNS_DEG = (90, 270)
#: How far the trunk may be off upright in a turned picture: a plank rises by 30 degrees, and more
#: with bent hips.
STANDING_DEG = 60.0


class TurnedRetry(ClosesItself):
    """Looks at upright pictures, and at turned ones where nobody is found for a while.

    A detector trained on people who stand may overlook a person who lies. Once a turned picture
    shows a person, turned pictures are used until the person is lost there; then, from the same
    frame on, upright ones again. While a person is found every frame is looked at once; while
    nobody is, one frame in `every` twice, each turn in its turn.

    Turned pictures are there to stand a lying person up, so only a person whose trunk stands in
    them, within `STANDING_DEG`, is taken: from blurred pictures of people who hang, turning made
    confident poses of nobody, mostly ones that lay across the turned picture.

    The poses are in the upright frame's coordinates whichever way it was looked at. A frame that
    is not later than the one before it, or has another size, means another recording begins.

    Parameters
    ----------
    make : callable
        Creates an estimator: one at the start, and one for each turn when it is first needed. Each
        sees only pictures turned one way. All are closed in the end.
    after : int
        Number of frames in a row without a person, the present one included, before a turned
        picture is looked at; the first frames of a source count as well.
    every : int
        Number of frames from one such look to the next.
    turns_deg : tuple of int
        Clockwise turns to try, of 90, 180 and 270.

    Raises
    ------
    UsageError
        `after` or `every` is not positive, or a turn is none of these.
    FormcheckError
        An estimator can't be created; also from `estimate`.
    """

    def __init__(
        self,
        make: Callable[[], Estimator],
        after: int = AFTER_FRAMES,
        *,
        every: int = EVERY_FRAMES,
        turns_deg: tuple[int, ...] = TURNS_DEG,
    ) -> None:
        if after < 1 or every < 1:
            raise UsageError("A turned picture is looked at after, and every, 1 frame or more.")
        if not turns_deg or set(turns_deg) - {90, 180, 270}:
            raise UsageError(f"Pictures can be turned by 90, 180 or 270 degrees, not {turns_deg}.")
        self._make = make
        self._after, self._every, self._turns_deg = after, every, turns_deg
        self._turned: dict[int, Estimator] = {}
        self._last: tuple[float, tuple[int, int]] | None = None
        self._kept_deg = 0
        self._lost = 0
        self._upright = make()

    @property
    def turn_deg(self) -> int:
        """Clockwise turn of the pictures in which the person is followed now; 0 while upright."""
        return self._kept_deg

    def estimate(self, frame: Frame) -> Pose:
        """Returns the pose in a frame, `Pose.unseen` where nobody is found either way.

        Raises
        ------
        FormcheckError
            An estimator failed on this frame, or another one can't be created.
        """
        last, self._last = self._last, (frame.time_s, frame.size_px)
        if last and (frame.time_s <= last[0] or frame.size_px != last[1]):
            self._forget()
            self._close_turned()
        if self._kept_deg:
            pose = self._look(frame, self._kept_deg)
            if pose.is_seen:
                return pose
            self._forget()
        pose = self._upright.estimate(frame)
        self._lost = 0 if pose.is_seen else self._lost + 1
        overdue = self._lost - self._after
        if frame.image is None or overdue < 0 or overdue % self._every:
            return pose
        turn_deg = self._turns_deg[overdue // self._every % len(self._turns_deg)]
        found = self._look(frame, turn_deg)
        if not found.is_seen:
            return pose
        self._kept_deg = turn_deg
        return found

    def close(self) -> None:
        """Closes all estimators."""
        with contextlib.ExitStack() as stack:
            stack.callback(self._upright.close)
            stack.callback(self._close_turned)

    def _forget(self) -> None:
        self._kept_deg = 0
        self._lost = 0

    def _close_turned(self) -> None:
        with contextlib.ExitStack() as stack:
            for estimator in self._turned.values():
                stack.callback(estimator.close)
            self._turned = {}

    def _look(self, frame: Frame, turn_deg: int) -> Pose:
        if turn_deg not in self._turned:
            self._turned[turn_deg] = self._make()
        pose = self._turned[turn_deg].estimate(turned_frame(frame, turn_deg))
        if not _stands(pose):
            return Pose.unseen(frame.time_s, frame.size_px)
        return turned_back(pose, turn_deg, frame.size_px)


def _stands(pose: Pose) -> bool:
    """Returns whether the trunk stands, in a picture with y down; False where unseen."""
    at = pose.image_px
    shoulders = at[Landmark.LEFT_SHOULDER] + at[Landmark.RIGHT_SHOULDER]
    hips = at[Landmark.LEFT_HIP] + at[Landmark.RIGHT_HIP]
    aside, down = (hips - shoulders).tolist()
    return math.degrees(math.atan2(abs(aside), down)) <= STANDING_DEG


def turned_frame(frame: Frame, clockwise_deg: int) -> Frame:
    """Returns a frame with its picture turned; a quarter turn swaps width and height."""
    if frame.image is None:
        raise UsageError("A recording of poses holds no pictures to turn.")
    image = np.ascontiguousarray(np.rot90(frame.image, -clockwise_deg // 90))
    return replace(frame, image=image, size_px=(image.shape[1], image.shape[0]))


def turned_back(pose: Pose, clockwise_deg: int, size_px: tuple[int, int]) -> Pose:
    """Returns a pose found in a turned picture in the coordinates of the upright one.

    Parameters
    ----------
    pose : Pose
        Found in the turned picture.
    clockwise_deg : int
        Turn of that picture: 90, 180 or 270.
    size_px : (int, int)
        Width and height of the upright picture.
    """
    quarters = clockwise_deg // 90
    # The turned picture's top left corner, where it is in the upright picture.
    corner = {1: (0, size_px[1]), 2: size_px, 3: (size_px[0], 0)}[quarters]
    world, mask = pose.world_m, pose.silhouette
    if world is not None:
        world = np.column_stack([_turned_points(world[:, :2], quarters), world[:, 2]])
    return replace(
        pose,
        image_px=_turned_points(pose.image_px, quarters) + np.array(corner, dtype=np.float64),
        frame_size_px=size_px,
        world_m=world,
        silhouette=None if mask is None else np.ascontiguousarray(np.rot90(mask, quarters)),
    )


def _turned_points(points: FloatArray, quarters: int) -> FloatArray:
    """Turns points (n, 2), y down, counter-clockwise about the origin; NaN stays NaN."""
    x, y = points[:, 0], points[:, 1]
    columns = {1: (y, -x), 2: (-x, -y), 3: (-y, x)}[quarters]
    return np.stack(columns, axis=1)
