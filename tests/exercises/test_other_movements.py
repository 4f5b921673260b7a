"""Other movements: whatever else people do before a camera is no repetition of any exercise."""

from __future__ import annotations

from functools import cache

import pytest

from formcheck.analysis.analyze import judge
from formcheck.analysis.recognition import recognise
from formcheck.core.checker.session import DropReason, Session, Verdict
from formcheck.core.pose.frame import SourceInfo
from formcheck.exercises import get_exercise, slugs
from formcheck.files.pose_file import PoseRecording
from tests.exercises.judged import FRONT, LEFT_VIEW, judged
from tests.other_movements import HIGH_BUTT_KICKS, KINDS, STEP_UPS, two_people
from tests.stickman import Lift, clip

UPRIGHT = ("standing-hip-flexion", "high-knee-runs")
PRONE = ("front-support-hip-flexion", "mountain-climbers")


@cache
def recorded(kind: str, yaw_deg: float) -> PoseRecording:
    source = SourceInfo(path="drawn.npz", width=1280, height=960)
    return PoseRecording(source=source, poses=tuple(KINDS[kind].poses(yaw_deg)))


def session_of(kind: str, slug: str, yaw_deg: float) -> Session:
    return judge(recorded(kind, yaw_deg), get_exercise(slug)).session


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, pytest.param(35.0, marks=pytest.mark.slow),
                                     pytest.param(FRONT, marks=pytest.mark.slow)])  # fmt: skip
def test_no_other_movement_is_judged(kind: str, yaw_deg: float) -> None:
    for slug in slugs():
        session = session_of(kind, slug, yaw_deg)
        # Without a start posture what lifts a leg is listed, and vouched for in nothing.
        assert {rep.verdict for rep in session.reps} <= {Verdict.UNVERIFIED}, slug
        assert session.calibration is None or session.reps == (), slug


@pytest.mark.parametrize(
    ("kind", "slug", "number"),
    [
        *(("step-ups", slug, 2 * STEP_UPS.times) for slug in UPRIGHT),
        ("high butt kicks", "high-knee-runs", 2 * HIGH_BUTT_KICKS.times),
        *(("push-ups, then up", slug, 1) for slug in PRONE),
    ],
)
def test_it_is_listed_as_another_movement(kind: str, slug: str, number: int) -> None:
    dropped = session_of(kind, slug, LEFT_VIEW).dropped
    assert [one.reason for one in dropped] == [DropReason.OTHER_MOVEMENT] * number


def test_a_lift_made_of_two_people_is_never_clean_nor_faulty() -> None:
    alone = judged("standing-hip-flexion", clip([Lift()] * 4))
    assert alone.counts.clean == 4
    hidden = judged("standing-hip-flexion", two_people(clip([Lift()] * 4)))
    assert all(rep.verdict is Verdict.UNVERIFIED for rep in hidden.reps)


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=() if kind == "step-ups" else pytest.mark.slow) for kind in KINDS],
)
def test_no_other_movement_is_recognised_as_an_exercise(kind: str) -> None:
    assert recognise(recorded(kind, LEFT_VIEW).poses).slug is None


def test_repetitions_that_are_all_unverified_speak_for_no_exercise() -> None:
    assert recognise(tuple(clip([Lift()] * 4))).slug == "standing-hip-flexion"
    assert recognise(tuple(two_people(clip([Lift()] * 4)))).candidates == ()
