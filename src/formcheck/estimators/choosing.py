"""The estimator that an exercise needs."""

from __future__ import annotations

from pathlib import Path

from formcheck.estimators import mediapipe_pose
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.outlined import Outlined
from formcheck.estimators.same_person import SamePerson
from formcheck.estimators.turned import TurnedRetry
from formcheck.exercise import Exercise
from formcheck.measures import LUMBAR_GAP
from formcheck.view import Position


def estimator_for(exercise: Exercise | None, model_path: Path | None = None) -> Estimator:
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
    """
    outlined = exercise is None or LUMBAR_GAP in exercise.measures

    def plain() -> Estimator:
        return mediapipe_pose.MediaPipeEstimator(model_path, silhouette=outlined)

    upright = exercise is not None and exercise.position is Position.UPRIGHT
    estimator = SamePerson(plain() if upright else TurnedRetry(plain))
    return Outlined(estimator) if outlined else estimator
