"""Staying with the user while somebody else walks through the picture.

The model follows one person. Whoever crosses in front of the user takes that over and carries it
along at walking pace, so no jump tells; only that the person followed has left the place where the
user has been. Then the place is looked at alone, all else painted over: if the user is still there,
the model finds them and goes on with them, and nothing was paid for it but a glance.

Asking the model for two people instead costs on every frame that shows one: the detector runs each
time for the one that is missing, and the built-in smoothing is off. `tests/accuracy/passer_by.py`
measures both.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace

import numpy as np

from formcheck.closing import ClosesItself
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.spot import Spot
from formcheck.frame import Frame
from formcheck.pose import FloatArray, Pose

SETTLED_S = 1.0
STILL = 0.5
WINDOW_S = 1.5
SETTLE_EVERY_S = 0.1
LOOK_S = 0.6
MARGIN = 0.5
GREY = 127


class SamePerson(ClosesItself):
    """An estimator that stays with whoever has been in one place.

    Somebody who stays within half a trunk's length for a second has a place. When the one who is
    followed is suddenly elsewhere, or much larger or smaller, the frame counts as unseen and the
    place alone is looked at for `LOOK_S`. If nobody is found there, the user did walk away: they
    are followed from there on, until they settle again.

    Parameters
    ----------
    estimator : Estimator
        Finds one person; is closed with this one.

    Attributes
    ----------
    strayed : int
        How often somebody else was followed, or the user walked away.
    """

    others: tuple[Spot, ...] = ()
    """Where others are known to be: painted over as well where only the user's place is shown."""

    def __init__(self, estimator: Estimator) -> None:
        self._estimator = estimator
        self.strayed = 0
        self._last: tuple[float, tuple[int, int]] | None = None
        self._place: Spot | None = None
        self._looking_from_s: float | None = None
        self._spots: deque[tuple[float, Spot]] = deque()
        self._settled_s = -math.inf

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose of the user in a frame, `Pose.unseen` while it is somebody else's.

        Raises
        ------
        FormcheckError
            The estimator failed on this frame.
        """
        last, self._last = self._last, (frame.time_s, frame.size_px)
        if last and (frame.time_s <= last[0] or frame.size_px != last[1]):
            self._forget()
        if self._place is not None and self._looking_from_s is not None:
            return self._look(frame, self._place)
        pose = self._estimator.estimate(frame)
        spot = Spot.of(pose)
        if spot is None or frame.image is None:
            return pose
        if self._place is not None and not self._is_theirs(self._place, spot):
            self.strayed += 1
            self._looking_from_s = frame.time_s
            return Pose.unseen(frame.time_s, frame.size_px)
        self._settle(frame, spot)
        return pose

    def close(self) -> None:
        """Close the estimator within."""
        self._estimator.close()

    def _is_theirs(self, place: Spot, spot: Spot) -> bool:
        """Return whether the user, whose place it is, may be there."""
        return place.is_near(spot)

    def _give_up(self, frame: Frame) -> None:
        """Do what is to be done when the user was not in their place for so long."""
        self._forget()

    def _forget(self) -> None:
        self._place = self._looking_from_s = None
        self._spots.clear()
        self._settled_s = -math.inf

    def _look(self, frame: Frame, place: Spot) -> Pose:
        """Look at the place alone."""
        assert self._looking_from_s is not None
        self._looking_from_s = min(self._looking_from_s, frame.time_s)
        pose = self._estimator.estimate(_alone(frame, place, self.others))
        spot = Spot.of(pose)
        if spot is not None and self._is_theirs(place, spot):
            self._looking_from_s = None
            return pose
        if frame.time_s - self._looking_from_s >= LOOK_S:
            self._give_up(frame)
        return Pose.unseen(frame.time_s, frame.size_px)

    def _settle(self, frame: Frame, spot: Spot) -> None:
        """Take the middle of the last second and a half for the place, if all of it was there."""
        time_s = frame.time_s
        self._spots.append((time_s, spot))
        while time_s - self._spots[0][0] > WINDOW_S:
            self._spots.popleft()
        if self._place is not None:
            self._place = self._place.reaching(spot)
        if time_s - self._spots[0][0] < SETTLED_S or time_s - self._settled_s < SETTLE_EVERY_S:
            return
        self._settled_s = time_s
        hips = np.array([each.hips_px for _, each in self._spots])
        middle = np.median(hips, axis=0)
        trunk_px = float(np.median([each.trunk_px for _, each in self._spots]))
        if np.hypot(*(hips - middle).T).max() <= STILL * trunk_px:
            box = spot if self._place is None else self._place
            for _, each in self._spots if self._place is None else ():
                box = box.reaching(each)
            self._place = replace(box, hips_px=middle, trunk_px=trunk_px)


def _alone(frame: Frame, place: Spot, others: tuple[Spot, ...]) -> Frame:
    """Return the frame with everything but the place painted over."""
    assert frame.image is not None
    margin = MARGIN * place.trunk_px
    image = np.full_like(frame.image, GREY)
    shown = _box(frame, place.low_px - margin, place.high_px + margin)
    image[shown] = frame.image[shown]
    for other in others:
        image[_box(frame, other.low_px, other.high_px)] = GREY
    if others:
        theirs = _box(frame, place.low_px, place.high_px)
        image[theirs] = frame.image[theirs]
    return replace(frame, image=image)


def _box(frame: Frame, low_px: FloatArray, high_px: FloatArray) -> tuple[slice, slice]:
    """Return rows and columns of the part of a box that lies in the picture."""
    size = np.array(frame.size_px)
    left, top = np.clip(low_px, 0, size).astype(int).tolist()
    right, bottom = np.clip(high_px, 0, size).astype(int).tolist()
    return slice(top, bottom), slice(left, right)
