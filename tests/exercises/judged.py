"""Judging stick figures: what the tests of all exercises share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Rep, Session
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip

SOURCE = SourceInfo(path="drawn", width=1280, height=960)
LEFT_VIEW, OBLIQUE, FRONT, RIGHT_VIEW = 0.0, 45.0, 90.0, 180.0
PRESSED_GAP = 0.02


def judged(exercise: str | Exercise, poses: Iterable[Pose], **options: object) -> Session:
    """Return the session that some poses give."""
    known = get_exercise(exercise) if isinstance(exercise, str) else exercise
    checker = FormChecker(known, **options)  # type: ignore[arg-type]
    for pose in poses:
        checker.update(pose)
    return checker.finish(SOURCE)


def verdicts(session: Session) -> list[str]:
    return [rep.verdict.value for rep in session.reps]


def codes(rep: Rep) -> list[str]:
    return [fault.code for fault in rep.faults]


def reasons(rep: Rep) -> dict[str, str]:
    return {u.check: u.reason for u in rep.unchecked}


def with_gap(value: Callable[[Pose], float] = lambda _: PRESSED_GAP) -> Callable[[Pose], Pose]:
    """Return an edit that gives a pose the lumbar gap that a silhouette would have shown."""

    def edit(pose: Pose) -> Pose:
        return replace(pose, lumbar_gap=value(pose))

    return edit


def three(lift: Lift, at_top: Stance) -> list[Lift]:
    """Return three lifts, the middle one with something added at the top."""
    return [lift, replace(lift, at_top=at_top), lift]


def set_of(
    exercise: str, lifts: list[Lift], yaw_deg: float = LEFT_VIEW, **options: object
) -> Session:
    """Return the session of some lifts of a figure whose lower back is pressed down."""
    edit = options.pop("edit", with_gap())
    poses = clip(lifts, yaw_deg=yaw_deg, edit=edit)  # type: ignore[arg-type]
    return judged(exercise, poses, **options)
