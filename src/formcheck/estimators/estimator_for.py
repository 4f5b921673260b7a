"""The estimator that an exercise needs.

A measure of the outline is read from the mask at once; the mask is not carried along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures import LUMBAR_GAP
from formcheck.core.measures.silhouette import lumbar_gap
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.core.pose.trunk import trunk_length_px
from formcheck.core.pose.view import Position
from formcheck.estimators import mediapipe_pose
from formcheck.estimators.estimator import Estimator
from formcheck.estimators.follow_person import CentredPerson, ChosenPerson, SamePerson
from formcheck.estimators.mediapipe_pose import PeopleFinder
from formcheck.estimators.people import Crowd
from formcheck.estimators.picture_cuts import NewAtCuts
from formcheck.estimators.turned_retry import TurnedRetry
from formcheck.estimators.with_pelvis import WithPelvis
from formcheck.files.closing import ClosesItself
from formcheck.sensors.tag_sensor import TagSensor


def read_outline(pose: Pose) -> Pose:
    """Returns the pose with the lumbar gap read from its silhouette, and without the silhouette.

    The trunk's own length in this picture is the unit: three per cent of tracking noise in it are
    three per cent of a gap.
    """
    if not pose.is_seen:
        return replace(pose, silhouette=None)
    gap = lumbar_gap(pose, trunk_px=trunk_length_px(pose))
    return replace(pose, silhouette=None, lumbar_gap=gap.value, lumbar_doubt=gap.reason)


class Outlined(ClosesItself):
    """An estimator whose silhouettes are read at once.

    Parameters
    ----------
    estimator : Estimator
        Gives poses with silhouettes; is closed with this one.
    """

    def __init__(self, estimator: Estimator) -> None:
        self._estimator = estimator

    def estimate(self, frame: Frame) -> Pose:
        """Returns the pose in a frame, with its lumbar gap."""
        return read_outline(self._estimator.estimate(frame))

    def close(self) -> None:
        """Closes the inner estimator."""
        self._estimator.close()


def estimator_for(
    exercise: Exercise | None,
    model_path: Path | None = None,
    *,
    crowd: Crowd | None = None,
    on_change: Callable[[float], None] | None = None,
    live: bool = False,
) -> Estimator:
    """Returns an estimator that finds what the exercise measures, and nothing more costly.

    Masks are made only where an outline is measured; pictures are turned only to look for a person
    who lies, holds a plank or hangs, and was not found. A person who walks through is not followed.
    A printed tag on the person's pelvis is read wherever there is one. Where a film of one person
    is cut, the person is looked for anew.

    Parameters
    ----------
    exercise : Exercise | None
        Gives the position and the measures; None, for an unknown exercise, looks for everything.
    model_path : Path, optional
        A pose landmarker other than the one formcheck ships.
    crowd : Crowd | None
        The people in view, if there are several, and which of them to follow.
    on_change : callable, optional
        Gets the time from which on another of them is followed.
    live : bool
        Whether it is not known yet who will be in view: then the person nearest to the centre is
        followed, once somebody has settled.
    """
    outlined = exercise is None or LUMBAR_GAP in exercise.measures

    def plain() -> Estimator:
        return mediapipe_pose.MediaPipeEstimator(model_path, silhouette=outlined)

    upright = exercise is not None and exercise.position is Position.UPRIGHT

    def found() -> Estimator:
        return plain() if upright else TurnedRetry(plain)

    estimator: Estimator
    if crowd is not None:
        estimator = ChosenPerson(
            found(), crowd, lambda: PeopleFinder(model_path), on_change=on_change
        )
    elif live:
        estimator = CentredPerson(found(), lambda: PeopleFinder(model_path))
    else:
        estimator = NewAtCuts(lambda: SamePerson(found()))
    return WithPelvis(Outlined(estimator) if outlined else estimator, TagSensor())
