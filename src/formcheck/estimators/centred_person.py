"""Beginning with whoever is nearest to the picture's centre, where nobody can be asked."""

from __future__ import annotations

from collections.abc import Callable

from formcheck.estimators.crowd import distinct, nearest_to_centre
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.people_finder import PeopleFinder
from formcheck.estimators.same_person import SamePerson
from formcheck.estimators.spot import Spot
from formcheck.frame import Frame


class CentredPerson(SamePerson):
    """An estimator that stays with the person nearest to the centre: of several, a live user.

    Once whoever is followed has stayed in one place for a second, before any set can begin,
    everybody in view is looked at, once. If somebody else is nearer to the picture's centre, their
    place is looked at from then on. The look takes about a tenth of a second; a further one comes
    only when a user has walked away and somebody has settled again.

    Parameters
    ----------
    estimator : Estimator
        Finds one person; is closed with this one.
    finder : callable
        Creates who looks for everybody.
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
        """Make the place that of the person nearest to the centre."""
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
