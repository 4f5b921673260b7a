"""The estimator that an exercise needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from formcheck.estimators import mediapipe_pose
from formcheck.estimators.centred_person import CentredPerson
from formcheck.estimators.chosen_person import ChosenPerson
from formcheck.estimators.crowd import Crowd
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.outlined import Outlined
from formcheck.estimators.people_finder import PeopleFinder
from formcheck.estimators.same_person import SamePerson
from formcheck.estimators.turned import TurnedRetry
from formcheck.exercise import Exercise
from formcheck.measures import LUMBAR_GAP
from formcheck.view import Position


def estimator_for(
    exercise: Exercise | None,
    model_path: Path | None = None,
    *,
    crowd: Crowd | None = None,
    on_change: Callable[[float], None] | None = None,
    live: bool = False,
) -> Estimator:
    """Return an estimator that finds what the exercise measures, and nothing dearer.

    Masks are asked for only where an outline is measured; pictures are turned only to look for
    somebody who lies, holds a plank or hangs, and was not found. Whoever walks through is not
    followed.

    Parameters
    ----------
    exercise : Exercise | None
        Gives the position and the measures; None, where it is not known yet, looks for everything.
    model_path : Path, optional
        Another pose landmarker than the one formcheck ships.
    crowd : Crowd | None
        The people in view, if there are several, and who of them is meant.
    on_change : callable, optional
        Told the time from which on somebody else of them is followed.
    live : bool
        Whether nobody knows yet who will be in view: then whoever is nearest to the centre once
        somebody has settled is followed.
    """
    outlined = exercise is None or LUMBAR_GAP in exercise.measures

    def plain() -> Estimator:
        return mediapipe_pose.MediaPipeEstimator(model_path, silhouette=outlined)

    upright = exercise is not None and exercise.position is Position.UPRIGHT
    found = plain() if upright else TurnedRetry(plain)
    estimator: Estimator
    if crowd is not None:
        estimator = ChosenPerson(
            found, crowd, lambda: PeopleFinder(model_path), on_change=on_change
        )
    elif live:
        estimator = CentredPerson(found, lambda: PeopleFinder(model_path))
    else:
        estimator = SamePerson(found)
    return Outlined(estimator) if outlined else estimator
