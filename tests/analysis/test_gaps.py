"""Gaps in a recording: still pictures that a screen recorder left out, and frames that are lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.analyze import judge
from formcheck.analysis.gaps import Bridged, about_gaps, are_still, find_gaps
from formcheck.core.checker.session import Verdict
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.exercises import get_exercise
from formcheck.files.pose_file import PoseRecording
from tests.stickman import SIZE, Lift, clip

EXERCISE = get_exercise("standing-hip-flexion")
FPS = 30.0


@pytest.fixture(scope="module")
def lifts() -> list[Pose]:
    return list(clip([Lift(side="left"), Lift(side="left")], fps=FPS))


def _recording(poses: list[Pose]) -> PoseRecording:
    source = SourceInfo(path="set.mp4", width=SIZE[0], height=SIZE[1])
    return PoseRecording(source=source, poses=tuple(poses))


def _moving(poses: list[Pose]) -> list[Pose]:
    """Return the poses without those that show nothing new, as a screen recorder writes them."""
    kept = [poses[0]]
    for pose in poses[1:]:
        if np.nanmax(np.abs(pose.image_px - kept[-1].image_px)) > 2.0:
            kept.append(pose)
    return [*kept, poses[-1]]


def test_a_screen_recording_is_judged_as_the_film(lifts: list[Pose]) -> None:
    shown = _moving(lifts)
    assert len(shown) < 0.7 * len(lifts)
    whole, session = (judge(_recording(poses), EXERCISE).session for poses in (lifts, shown))
    assert [rep.verdict for rep in session.reps] == [rep.verdict for rep in whole.reps]
    assert [rep.verdict for rep in session.reps] == [Verdict.CLEAN] * 2
    assert [rep.hold_s for rep in session.reps] == pytest.approx(
        [rep.hold_s for rep in whole.reps], abs=0.25
    )
    (said,) = [problem for problem in session.problems if "still pictures" in problem]
    assert f"{find_gaps(shown)[0].from_s:.1f}-{find_gaps(shown)[0].to_s:.1f} s" in said


def test_reports_are_those_of_filmed_frames(lifts: list[Pose]) -> None:
    shown = _moving(lifts)
    found = judge(_recording(shown), EXERCISE)
    assert [report.time_s for report in found.reports] == [pose.time_s for pose in shown]
    told = [rep for report in found.reports for rep in report.ended]
    assert [rep.number for rep in told] == [rep.number for rep in found.session.reps]


def test_missing_frames_are_named_and_not_filled(lifts: list[Pose]) -> None:
    # While the leg goes up: it is elsewhere afterwards.
    first = judge(_recording(lifts), EXERCISE).session.reps[0]
    begin_s = first.start_s - 0.2
    left = [pose for pose in lifts if not begin_s <= pose.time_s <= begin_s + 0.7]
    session = judge(_recording(left), EXERCISE).session
    (gap,) = find_gaps(left)
    assert not are_still([gap]) and len(Bridged(left).poses) == len(left)
    (said,) = [problem for problem in session.problems if "Frames are missing" in problem]
    assert f"({gap.from_s:.1f}-{gap.to_s:.1f} s)" in said
    assert session.reps[0].verdict is not Verdict.CLEAN or session.reps[0].start_s > begin_s + 0.6


def test_one_gap_with_movement_makes_none_still(lifts: list[Pose]) -> None:
    shown = _moving(lifts)
    first = judge(_recording(lifts), EXERCISE).session.reps[0]
    lost = [p for p in shown if not first.start_s - 0.2 <= p.time_s <= first.start_s + 0.5]
    gaps = find_gaps(lost)
    assert len(gaps) > 1 and not are_still(gaps)
    assert about_gaps(gaps)[0].startswith("Frames are missing")


@pytest.mark.parametrize("every", [1, 2, 10, 30])
def test_a_steady_rate_has_no_gaps(lifts: list[Pose], every: int) -> None:
    assert find_gaps(lifts[::every]) == ()
    assert about_gaps(()) == ()


def test_nobody_at_an_end_of_a_gap_is_not_still(lifts: list[Pose]) -> None:
    unseen = Pose.unseen(lifts[60].time_s + 2.0, SIZE)
    gaps = find_gaps([*lifts[:61], unseen])
    assert len(gaps) == 1 and not are_still(gaps)


def test_many_gaps_are_named_in_short(lifts: list[Pose]) -> None:
    apart = [replace(pose, time_s=pose.time_s + number // 20) for number, pose in enumerate(lifts)]
    (said,) = about_gaps(find_gaps(apart))
    assert said.count("-") == 4 and " and " in said
