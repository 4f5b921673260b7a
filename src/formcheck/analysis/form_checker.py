"""The `FormChecker` that programs use: it takes an exercise by name, too."""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.core.checker.checker import FormChecker as Checker
from formcheck.core.checker.neutral import Calibration
from formcheck.core.exercise.arguments import (
    checked_exercise,
    checked_flag,
    checked_hold_s,
    checked_side,
)
from formcheck.core.exercise.exercise import Exercise, timed_hold
from formcheck.core.pose.pose import Side
from formcheck.exercises import get_exercise


def known_exercise(exercise: str | Exercise, hold_s: float | None = None) -> Exercise:
    """Returns an exercise given by its slug or as it is, as a timed hold if asked for.

    Raises
    ------
    UnknownExercise, UsageError
        There is none of that name, it is no exercise, or the hold is not 1 to 300 s.
    """
    held_s = checked_hold_s(hold_s)
    known = get_exercise(exercise) if isinstance(exercise, str) else checked_exercise(exercise)
    return known if held_s is None else timed_hold(known, held_s)


class FormChecker(Checker):
    """Measures, counts and judges one exercise, pose by pose.

    The same poses give the same repetitions, whether they come from a camera or a file, and however
    fast: time is the poses' own.

    Parameters
    ----------
    exercise : str or Exercise
        Its slug, as in `formcheck exercises`, or an exercise of your own.
    side : Side or str, optional
        The leg to count; None (or `"both"`) for both.
    strict : bool
        Whether a cue voids a repetition like a fault.
    hold_s : float, optional
        Judge the top position as a hold of so many seconds.
    calibration : Calibration, optional
        A neutral posture known beforehand; without one the checker first waits for the start
        posture. Where its `known` is False, movements are found and measured, but not judged.
    others : sequence of Calibration
        Neutrals of other views and places, to go on with where the person is seen from there.

    Raises
    ------
    UnknownExercise, UsageError
        An argument makes no sense; one sentence says what it may be.

    Examples
    --------
    >>> from formcheck import FormChecker, Pose
    >>> checker = FormChecker("standing-hip-flexion", side="left")
    >>> checker.update(Pose.unseen(0.0, (640, 480))).prompt
    'Stand so that your whole body is in the picture.'
    """

    def __init__(
        self,
        exercise: str | Exercise,
        *,
        side: Side | str | None = None,
        strict: bool = False,
        hold_s: float | None = None,
        calibration: Calibration | None = None,
        others: Sequence[Calibration] = (),
    ) -> None:
        super().__init__(
            known_exercise(exercise, hold_s),
            side=checked_side(side),
            strict=checked_flag("strict", strict),
            calibration=calibration,
            others=others,
        )
