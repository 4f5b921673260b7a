"""The estimator that an exercise needs."""

from __future__ import annotations

from pathlib import Path

from formcheck.estimators.estimator import Estimator
from formcheck.estimators.mediapipe_pose import MediaPipeEstimator
from formcheck.estimators.outlined import Outlined
from formcheck.exercise import Exercise
from formcheck.measures import LUMBAR_GAP


def estimator_for(exercise: Exercise, model_path: Path | None = None) -> Estimator:
    """Return an estimator that finds what the exercise measures, and nothing dearer.

    Masks are asked for only where an outline is measured.

    Parameters
    ----------
    exercise : Exercise
        Gives the position and the measures.
    model_path : Path, optional
        Another pose landmarker than the one formcheck ships.
    """
    outlined = LUMBAR_GAP in exercise.measures
    estimator = MediaPipeEstimator(model_path, silhouette=outlined)
    return Outlined(estimator) if outlined else estimator
