"""Other movements: whatever else people do before a camera is no repetition of any exercise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from formcheck.analysis.analyze import judge
from formcheck.analysis.recognition import recognise
from formcheck.core.checker.session import DropReason, Session, Verdict
from formcheck.core.pose.frame import SourceInfo
from formcheck.exercises import get_exercise, slugs
from formcheck.files.pose_file import PoseRecording
from tests.exercises.judged import FRONT, LEFT_VIEW, judged
from tests.other_movements import FPS, HIGH_BUTT_KICKS, KINDS, STEP_UPS, two_people
from tests.stickman import Lift, clip

UPRIGHT = ("standing-hip-flexion", "high-knee-runs")
PRONE = ("front-support-hip-flexion", "mountain-climbers")
THROUGH_ALL = "push-ups, then up"
"""Goes through a plank, kneeling and standing, so every exercise is tried with it at once."""
ON_THE_FLOOR = ("donkey kicks", THROUGH_ALL)


SLOWEST_FPS = 15.0
"""At so few frames a second everything is judged, in half the time."""


@cache
def recorded(kind: str, yaw_deg: float, fps: float) -> PoseRecording:
    source = SourceInfo(path="drawn.npz", width=1280, height=960)
    return PoseRecording(source=source, poses=tuple(KINDS[kind].poses(yaw_deg, fps)))


@cache
def session_of(kind: str, slug: str, yaw_deg: float, fps: float = SLOWEST_FPS) -> Session:
    return judge(recorded(kind, yaw_deg, fps), get_exercise(slug)).session


def sweep() -> Iterator[object]:
    """Yields every movement with every exercise, from three sides; the likely ones quickly, too."""
    for kind, slug in product(KINDS, slugs()):
        own = slug in (PRONE if kind in ON_THE_FLOOR else UPRIGHT)
        if own or kind == THROUGH_ALL:
            yield kind, slug, LEFT_VIEW, SLOWEST_FPS
        for yaw_deg in (LEFT_VIEW, 35.0, FRONT):
            yield pytest.param(kind, slug, yaw_deg, FPS, marks=pytest.mark.slow)


@pytest.mark.parametrize(("kind", "slug", "yaw_deg", "fps"), list(sweep()))
def test_no_other_movement_is_judged(kind: str, slug: str, yaw_deg: float, fps: float) -> None:
    session = session_of(kind, slug, yaw_deg, fps)
    # Without a start posture what lifts a leg is listed, and vouched for in nothing.
    assert {rep.verdict for rep in session.reps} <= {Verdict.UNVERIFIED}
    assert session.calibration is None or session.reps == ()


@pytest.mark.parametrize(
    ("kind", "slug", "number"),
    [
        *(("step-ups", slug, 2 * STEP_UPS.times) for slug in UPRIGHT),
        ("high butt kicks", "high-knee-runs", 2 * HIGH_BUTT_KICKS.times),
        *((THROUGH_ALL, slug, 1) for slug in PRONE),
    ],
)
def test_it_is_listed_as_another_movement(kind: str, slug: str, number: int) -> None:
    dropped = session_of(kind, slug, LEFT_VIEW).dropped
    assert [one.reason for one in dropped] == [DropReason.OTHER_MOVEMENT] * number


def test_a_lift_made_of_two_people_is_never_clean_nor_faulty() -> None:
    alone = judged("standing-hip-flexion", clip([Lift()] * 4, fps=SLOWEST_FPS))
    assert alone.counts.clean == 4
    hidden = judged("standing-hip-flexion", two_people(clip([Lift()] * 4, fps=SLOWEST_FPS)))
    assert all(rep.verdict is Verdict.UNVERIFIED for rep in hidden.reps)


@pytest.mark.parametrize(
    ("kind", "fps"),
    [
        ("step-ups", SLOWEST_FPS),
        *(pytest.param(kind, FPS, marks=pytest.mark.slow) for kind in KINDS),
    ],
)
def test_no_other_movement_is_recognised_as_an_exercise(kind: str, fps: float) -> None:
    assert recognise(recorded(kind, LEFT_VIEW, fps).poses).slug is None


def test_repetitions_that_are_all_unverified_speak_for_no_exercise() -> None:
    lifts = tuple(clip([Lift()] * 4, fps=SLOWEST_FPS))
    assert recognise(lifts).slug == "standing-hip-flexion"
    assert recognise(tuple(two_people(iter(lifts)))).candidates == ()
