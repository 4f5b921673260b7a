"""The same frames give the same repetitions, live or recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.analysis.analyze import judge
from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Session
from formcheck.core.pose.frame import Frame
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.exercises import get_exercise
from formcheck.files.frames_csv import to_csv
from formcheck.files.pose_file import PoseRecording
from formcheck.files.session_json import to_dict
from formcheck.live.run import LiveSettings, run_live
from formcheck.sources.latest import LatestFrame
from formcheck.sources.playback import ReplaySource
from tests.cadences import seen_from
from tests.truth.clips import QUICK, analysis, each, recording, truth

HELD_TOP = (
    "live, whoever is found with a leg held up has that for the neutral until the leg has come down"
    " twice: a lift that goes far higher in between counts from there, as clean and too small"
)
PHASES = (
    "where every other step leans, the trunk's neutral is read off all phases of a recording, and"
    " live off those of the first seconds: one lean near its limit is told by one of them only"
)
LEANS = (
    "where nobody keeps still and every other step leans, the trunk's neutral is read off all"
    " phases and holds some of the lean: one near its limit is not told"
)
RESTS = (
    "the neutral of the recording comes of its rests together, the live one of the first: the hips"
    " that an arch takes up, which no lift is, pass their limit against one of them only"
)


class EveryFrame(LatestFrame):
    """A live source on a machine that is never too slow: no frame is dropped."""

    def __iter__(self) -> Iterator[Frame]:
        return iter(self._source)


def live(poses: PoseRecording, name: str) -> Session:
    checker = FormChecker(get_exercise(truth(name).data["exercise"]))
    frames = EveryFrame(ReplaySource(poses))
    result = run_live(
        frames, RecordedEstimator(poses), checker, LiveSettings(tell=lambda line: None)
    )
    assert result.stats.processed == len(poses.poses)
    return result.session


@each()
def test_live_and_recorded_give_the_same_repetitions(name: str) -> None:
    seen_live, recorded = live(recording(name), name), analysis(name).session
    assert len(seen_live.reps) == len(recorded.reps) > 0
    for one, other in zip(seen_live.reps, recorded.reps, strict=True):
        assert (one.number, one.side, one.verdict) == (other.number, other.side, other.verdict)
        assert [f.code for f in one.faults] == [f.code for f in other.faults]
        assert [c.code for c in one.cues] == [c.code for c in other.cues]
        assert {u.check for u in one.unchecked} == {u.check for u in other.unchecked}
        # The neutral comes from another stretch of standing still; nothing else differs.
        assert one.start_s == pytest.approx(other.start_s, abs=0.05)
        assert one.end_s == pytest.approx(other.end_s, abs=0.05)
        assert one.peak_deg == pytest.approx(other.peak_deg, abs=1.0)
        for live_fault, fault in zip(one.faults, other.faults, strict=True):
            assert live_fault.worst == pytest.approx(fault.worst, abs=1.5)


@each(
    known={
        "straight-leg-raise-too-high": HELD_TOP,
        "high-knee-runs-lean-back": PHASES,
        "supine-marching-back-arch": RESTS,
    }
)
@pytest.mark.parametrize("after_s", [0.0, 1.0])
def test_somebody_who_is_found_late_is_counted_the_same_live_and_recorded(
    name: str, after_s: float
) -> None:
    """No still start posture was seen: the neutral comes from a later rest, or from the cycle."""
    until_s = truth(name).calm_end_s + after_s
    late = seen_from(recording(name), until_s)
    exercise = get_exercise(truth(name).data["exercise"])
    checker = FormChecker(exercise)
    for pose in late.poses:
        checker.update(pose)
    live = checker.finish(late.source).reps
    recorded = judge(late, exercise).session.reps
    seen_whole = [rep for rep in truth(name).reps if rep["start_s"] >= until_s]
    assert len(recorded) >= len(seen_whole) > 0
    assert [(r.side, r.verdict) for r in live] == [(r.side, r.verdict) for r in recorded]
    assert [[f.code for f in r.faults] for r in live] == [
        [f.code for f in r.faults] for r in recorded
    ]


@each(known={"high-knee-runs-lean-back": LEANS})
@pytest.mark.parametrize("after_s", [0.0, 1.0])
def test_a_recording_that_does_not_begin_still_is_counted_as_drawn(
    name: str, after_s: float
) -> None:
    """Straight leg raises rest for less than two seconds here, and are held up for longer."""
    until_s = truth(name).calm_end_s + after_s
    exercise = get_exercise(truth(name).data["exercise"])
    reps = judge(seen_from(recording(name), until_s), exercise).session.reps
    begun_before = [rep["end_s"] for rep in truth(name).reps if rep["start_s"] < until_s]
    found = [r for r in reps if r.end_s > max(begun_before, default=0.0) + 0.2]
    whole = [rep for rep in truth(name).reps if rep["start_s"] >= until_s]
    assert [(r.side.value, r.verdict.value) for r in found] == [
        (r["side"], r["verdict"]) for r in whole
    ]


def test_saved_poses_give_exactly_the_same_session(tmp_path: Path) -> None:
    name = QUICK[0]
    recording(name).save(tmp_path / "poses.npz")
    again = judge(
        PoseRecording.load(tmp_path / "poses.npz"), get_exercise(truth(name).data["exercise"])
    )
    assert again.session == analysis(name).session


@each()
def test_saved_poses_give_the_very_same_session(name: str, tmp_path: Path) -> None:
    """Lying, too: the outline is not saved, but what was read off it is."""
    recording(name).save(tmp_path / "set.npz")
    exercise = get_exercise(truth(name).data["exercise"])
    again = judge(PoseRecording.load(tmp_path / "set.npz"), exercise)
    assert to_dict(again.session) == to_dict(analysis(name).session)
    assert to_csv(again.reports) == to_csv(analysis(name).reports)
