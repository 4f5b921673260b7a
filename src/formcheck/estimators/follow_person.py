"""Follows the user while other people are in the picture.

The user is the person nearest to the picture's centre at the start, or the person chosen by number;
after that, the person at the user's place.
"""

from __future__ import annotations

import contextlib
import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import FloatArray, Pose
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.mediapipe_pose import PeopleFinder
from formcheck.estimators.people import (
    Crowd,
    Spot,
    distinct,
    found_again,
    is_theirs,
    nearest_to_centre,
)
from formcheck.files.closing import ClosesItself

SETTLED_S = 1.0
STILL = 0.5
WINDOW_S = 1.5
SETTLE_EVERY_S = 0.1
LOOK_S = 0.6
MARGIN = 0.5
GREY = 127


class SamePerson(ClosesItself):
    """An estimator that follows the person who has been in one place.

    A person who stays within half a trunk's length for a second has a place. When the followed
    person is suddenly elsewhere, or much larger or smaller, the frame counts as unseen and only the
    place is searched for `LOOK_S`. If nobody is found there, the user did walk away, and is
    followed from there on until they settle again.

    Parameters
    ----------
    estimator : Estimator
        Finds one person; is closed with this one.

    Attributes
    ----------
    strayed : int
        How often another person was found instead, or the user walked away.
    """

    others: tuple[Spot, ...] = ()
    """Places of other people: painted over as well where only the user's place is shown."""

    def __init__(self, estimator: Estimator) -> None:
        self._estimator = estimator
        self.strayed = 0
        self._last: tuple[float, tuple[int, int]] | None = None
        self._place: Spot | None = None
        self._looking_from_s: float | None = None
        self._spots: deque[tuple[float, Spot]] = deque()
        self._settled_s = -math.inf

    def estimate(self, frame: Frame) -> Pose:
        """Returns the pose of the user in a frame, `Pose.unseen` while another person is found.

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
        """Closes the inner estimator."""
        self._estimator.close()

    def _is_theirs(self, place: Spot, spot: Spot) -> bool:
        """Returns whether the user with this place may be at the spot."""
        return place.is_near(spot)

    def _give_up(self, frame: Frame) -> None:
        """Reacts to a user who was not in their place for `LOOK_S`."""
        self._forget()

    def _forget(self) -> None:
        self._place = self._looking_from_s = None
        self._spots.clear()
        self._settled_s = -math.inf

    def _look(self, frame: Frame, place: Spot) -> Pose:
        """Searches only the place."""
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
        """Makes the middle of the last second and a half the place, if the person stayed there."""
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
    """Returns the frame with everything but the place painted over."""
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
    """Returns rows and columns of the part of a box that lies in the picture."""
    size = np.array(frame.size_px)
    left, top = np.clip(low_px, 0, size).astype(int).tolist()
    right, bottom = np.clip(high_px, 0, size).astype(int).tolist()
    return slice(top, bottom), slice(left, right)


class CentredPerson(SamePerson):
    """An estimator that follows the person nearest to the centre: the live user, of several people.

    Once the followed person has stayed in one place for a second, before any set can begin, all
    people in view are looked for, once. If another person is nearer to the picture's centre, that
    person is followed from then on. The look takes about a tenth of a second; another comes only
    when a user has walked away and somebody has settled again.

    Parameters
    ----------
    estimator : Estimator
        Finds one person; is closed with this one.
    finder : callable
        Creates the finder of all people.
    """

    def __init__(self, estimator: Estimator, finder: Callable[[], PeopleFinder]) -> None:
        super().__init__(estimator)
        self._make_finder = finder

    def _forget(self) -> None:
        super()._forget()
        self.others = ()

    def _settle(self, frame: Frame, spot: Spot) -> None:
        had_place = self._place is not None
        super()._settle(frame, spot)
        if self._place is not None and not had_place:
            self._look_round(frame, self._place)

    def _look_round(self, frame: Frame, place: Spot) -> None:
        """Makes the place that of the person nearest to the centre."""
        with self._make_finder() as finder:
            found = distinct(finder.find(frame))
        if len(found) < 2:
            return
        nearest = found[nearest_to_centre(found, frame.size_px)]
        if nearest is min(found, key=place.apart):
            return
        self.others = tuple(one for one in found if one is not nearest)
        self._place, self._looking_from_s = nearest, frame.time_s
        self._spots.clear()


SEARCH_EVERY_S = 0.5
"""From one search for a lost person to the next."""
ANEW_S = 3.0
"""After this time the person now nearest to the centre is followed, if none was asked for."""


class ChosenPerson(SamePerson):
    """An estimator that follows the chosen one of several people.

    The inner estimator sees only their place until it finds them there; then it sees whole pictures
    again, as long as it does not find another person. Away from their place they are searched for
    in the whole picture. If they can't be told from the others for long, and were chosen only as
    the nearest to the centre, the person now nearest is followed; a person who was asked for by
    number stays unseen.

    Parameters
    ----------
    estimator : Estimator
        Finds one person; is closed with this one.
    crowd : Crowd
        The people, and the chosen one.
    finder : callable
        Creates the finder of all people, where one is needed.
    on_change : callable, optional
        Gets the time from which on another person is followed.
    """

    def __init__(
        self,
        estimator: Estimator,
        crowd: Crowd,
        finder: Callable[[], PeopleFinder],
        *,
        on_change: Callable[[float], None] | None = None,
    ) -> None:
        super().__init__(estimator)
        self._crowd = crowd
        self._make_finder = finder
        self._finder: PeopleFinder | None = None
        self._on_change = on_change
        self._forget()

    def close(self) -> None:
        """Closes the inner estimator and the finder."""
        with contextlib.ExitStack() as stack:
            stack.callback(super().close)
            if self._finder is not None:
                stack.callback(self._finder.close)

    def _forget(self) -> None:
        super()._forget()
        self.others = self._crowd.others
        self._place = self._crowd.chosen
        self._looking_from_s = math.inf
        self._searched_s = -math.inf

    def _is_theirs(self, place: Spot, spot: Spot) -> bool:
        return is_theirs(place, self.others, spot)

    def _give_up(self, frame: Frame) -> None:
        """Searches the whole picture, now and then."""
        assert self._place is not None and self._looking_from_s is not None
        if frame.time_s - self._searched_s < SEARCH_EVERY_S:
            return
        self._searched_s = frame.time_s
        if self._finder is None:
            self._finder = self._make_finder()
        found = distinct(self._finder.find(frame))
        again = found_again(self._place, self.others, found, len(self.others) + 1)
        if again is not None:
            self._move(again)
        elif found and not self._crowd.given and frame.time_s - self._looking_from_s >= ANEW_S:
            self._choose(found, frame)

    def _choose(self, found: Sequence[Spot], frame: Frame) -> None:
        """Follows the person now nearest to the centre."""
        index = nearest_to_centre(found, frame.size_px)
        self.others = tuple(one for n, one in enumerate(found) if n != index)
        self._move(found[index])
        if self._on_change is not None:
            self._on_change(frame.time_s)

    def _move(self, spot: Spot) -> None:
        self._place = spot
        self._spots.clear()
