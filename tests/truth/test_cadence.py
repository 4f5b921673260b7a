"""Faults at any cadence: a slow or busy camera may leave a fault unseen, but never call it clean.

`python tests/accuracy/cadence.py` prints what it makes of it, rate by rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formcheck.analysis.analyze import judge
from formcheck.core.checker.session import Session
from formcheck.core.measures.filtering import FAST
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from tests.accuracy.cadence import truth_file, truth_of
from tests.cadences import JITTERS, TrueRep, even, outcomes
from tests.exercises.judged import FRONT, LEFT_VIEW, with_gap
from tests.golden.regenerate import CLIPS, HERE
from tests.stickman import Lift, Stance, clip, steps

#: The poses of a faulty sample of every kind, as the model saw them.
KEPT = [name for name in CLIPS if truth_file(HERE / f"{name}.npz")]
LYING = Stance(pitch=-90.0, arm=180.0)


@cache
def kept(name: str) -> tuple[str, Sequence[Pose], list[TrueRep]]:
    recording = PoseRecording.load(HERE / f"{name}.npz")
    slug, reps = truth_of(HERE / f"{name}.npz")
    return slug, tuple(recording.poses), reps


@cache
def drawn(name: str) -> tuple[str, Sequence[Pose], list[TrueRep]]:
    """Return three stick-figure repetitions, the middle one faulty; of steps all are."""
    if name == "high-knee-runs lean-back":
        poses = tuple(steps(10, 2.0, during=Stance(lean=-20.0)))
        return "high-knee-runs", poses, _every(poses, "high-knee-runs", "lean-back")
    slug, code, lift, at_top, yaw_deg = {
        "standing-hip-flexion lean-back": (
            "standing-hip-flexion", "lean-back", Lift(), Stance(lean=-19.0), LEFT_VIEW,
        ),
        "standing-hip-flexion lateral-lean": (
            "standing-hip-flexion", "lateral-lean", Lift(), Stance(lateral=18.0), FRONT,
        ),
        "straight-leg-raise too-high": (
            "straight-leg-raise", "too-high", Lift(peak=15.0, knee=0.0, hold_s=1.2, base=LYING),
            Stance(thigh_left=40.0), LEFT_VIEW,
        ),
        "straight-leg-raise bent-knee": (
            "straight-leg-raise", "bent-knee", Lift(peak=20.0, knee=0.0, hold_s=1.2, base=LYING),
            Stance(thigh_left=20.0, knee_left=40.0), LEFT_VIEW,
        ),
        "hanging-leg-raises swing": (
            "hanging-leg-raises", "swing",
            Lift(side="both", base=Stance(arm=180.0), peak=108.0, rest_s=1.2),
            Stance(pitch=-20.0), LEFT_VIEW,
        ),
    }[name]  # fmt: skip
    lifts = [lift, replace(lift, at_top=at_top), lift]
    poses = tuple(clip(lifts, fps=30.0, yaw_deg=yaw_deg, edit=with_gap()))
    begin_s = 2.6 + lift.duration_s
    middle = TrueRep(start_s=begin_s, end_s=begin_s + lift.duration_s, codes=(code,))
    return slug, poses, [middle]


DRAWN = [
    "standing-hip-flexion lean-back", "standing-hip-flexion lateral-lean",
    "straight-leg-raise too-high", "straight-leg-raise bent-knee", "hanging-leg-raises swing",
    "high-knee-runs lean-back",
]  # fmt: skip


def _every(poses: Sequence[Pose], slug: str, code: str) -> list[TrueRep]:
    reps = session_of(slug, poses).reps
    return [TrueRep(start_s=r.start_s, end_s=r.end_s, codes=(code,)) for r in reps]


def session_of(slug: str, poses: Sequence[Pose]) -> Session:
    return judge(recorded(poses), get_exercise(slug)).session


def recorded(poses: Sequence[Pose]) -> PoseRecording:
    source = SourceInfo(path="drawn.npz", width=1280, height=960)
    return PoseRecording(source=source, poses=tuple(poses))


def faulty(
    known: tuple[str, Sequence[Pose], list[TrueRep]], kind: str, fps: float, seed: int
) -> tuple[list[str], Session]:
    """Return what becomes of the faulty repetitions of a clip thinned out to a frame rate."""
    slug, poses, true = known
    course = tuple(JITTERS[kind](poses, fps, np.random.default_rng(seed)))
    session = session_of(slug, course)
    found = outcomes(true, session)
    return [said for said, rep in zip(found, true, strict=True) if rep.codes], session


@pytest.mark.parametrize("name", [*KEPT, *DRAWN])
@given(fps=st.floats(4.0, 30.0), kind=st.sampled_from(list(JITTERS)), seed=st.integers(0, 2**32))
@settings(
    max_examples=5, deadline=None, derandomize=True,
    phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
def test_no_faulty_repetition_is_clean_at_any_cadence(
    name: str, fps: float, kind: str, seed: int
) -> None:
    known = kept(name) if name in KEPT else drawn(name)
    said, _ = faulty(known, kind, fps, seed)
    assert said and "clean" not in said


@pytest.mark.parametrize("name", [*KEPT, *DRAWN])
@pytest.mark.parametrize("seed", range(2))
def test_the_fault_is_named_down_to_eight_frames_a_second_and_fast_ones_to_fifteen(
    name: str, seed: int
) -> None:
    known = kept(name) if name in KEPT else drawn(name)
    slowest = 15.0 if get_exercise(known[0]).smoothing is FAST else 8.0
    said, _ = faulty(known, "even", slowest, seed)
    assert set(said) == {"named"}


@pytest.mark.parametrize(
    ("fps", "verdict", "told"),
    [(4.0, "unverified", True), (6.0, "unverified", True), (8.0, "clean", False)],
)
def test_a_camera_too_slow_to_show_a_fault_is_told_and_vouches_for_nothing(
    fps: float, verdict: str, told: bool
) -> None:
    poses = tuple(even(tuple(clip([Lift()] * 2, fps=30.0)), fps, np.random.default_rng(1)))
    exercise = get_exercise("standing-hip-flexion")
    recording = PoseRecording(
        source=PoseRecording.load(HERE / f"{KEPT[0]}.npz").source, poses=poses
    )
    analysis = judge(recording, exercise)
    assert [rep.verdict.value for rep in analysis.session.reps] == [verdict] * 2
    sentence = f"{fps:.0f} frames a second are too few to show a fault of 0.3 s, which needs 7"
    assert any(problem.startswith(sentence) for problem in analysis.session.problems) == told
    assert any((report.notice or "").startswith(sentence) for report in analysis.reports) == told
    reasons = {u.reason for rep in analysis.session.reps for u in rep.unchecked}
    assert (f"{fps:.0f} frames a second are too few to show a fault of 0.3 s" in reasons) == told
