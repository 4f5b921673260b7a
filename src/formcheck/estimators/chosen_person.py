"""Staying with the one who is meant, where several people are in view from the beginning."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Sequence

from formcheck.estimators.crowd import Crowd, distinct, found_again, is_theirs, nearest_to_centre
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.people_finder import PeopleFinder
from formcheck.estimators.same_person import SamePerson
from formcheck.estimators.spot import Spot
from formcheck.frame import Frame

SEARCH_EVERY_S = 0.5
"""From one look for somebody who is lost to the next."""
ANEW_S = 3.0
"""After so long, where nobody asked for a certain person, the nearest to the centre is."""


class ChosenPerson(SamePerson):
    """An estimator that begins with whoever is meant, and stays with them.

    Their place alone is shown to the estimator within until it finds them there; then it sees whole
    pictures again, as long as it does not follow somebody else. Whoever is not in their place is
    looked for in the whole picture. If they can't be told from the others for long, and were meant
    only because they were nearest to the centre, whoever is that now takes their part; somebody who
    was asked for stays unseen.

    Parameters
    ----------
    estimator : Estimator
        Finds one person; is closed with this one.
    crowd : Crowd
        Who is there, and who is meant.
    finder : callable
        Creates who looks for everybody, where that is needed.
    on_change : callable, optional
        Told the time from which on somebody else is followed.
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
        """Close the estimator within, and who looked for everybody."""
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
        """Look for them in the whole picture, now and then."""
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
        """Take whoever is nearest to the centre now."""
        index = nearest_to_centre(found, frame.size_px)
        self.others = tuple(one for n, one in enumerate(found) if n != index)
        self._move(found[index])
        if self._on_change is not None:
            self._on_change(frame.time_s)

    def _move(self, spot: Spot) -> None:
        self._place = spot
        self._spots.clear()
