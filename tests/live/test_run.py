from __future__ import annotations

import math
import os
import signal
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import FrameReport, Verdict
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.errors import FormcheckError, SourceError, UsageError
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.files.pose_file import PoseRecording
from formcheck.live.run import LiveSettings, run_live
from formcheck.sources.latest import LatestFrame
from formcheck.sources.playback import ReplaySource
from tests.live.rig import EXERCISE, Blind, EveryFrame, FakeScreen, Ticking, blind, live, played


def test_a_set_is_counted_and_told_rep_by_rep(recording: PoseRecording) -> None:
    result, told = live(recording)
    session = result.session
    assert [rep.verdict for rep in session.reps] == [Verdict.CLEAN, Verdict.COMPENSATED]
    assert session.source.path == "stick figure"
    assert result.ended and result.person_seen and result.error is None
    reps = [line for line in told if line.startswith("rep ")]
    assert reps[0] == "rep 1 left: counted"
    assert reps[1].startswith("rep 2 left: rejected - leaning back 20° (limit 10°) at ")
    assert told[-1] == "Set 1 of 3 done: 1 clean of 2, 1 compensated."
    assert [(one.number, one.counts.attempts) for one in session.sets] == [(1, 2)]
    assert [rep.set_number for rep in session.reps] == [1, 1]
    assert "Go: set 1 of 3." in told


def test_what_to_do_first_is_told_once(recording: PoseRecording) -> None:
    _, told = live(recording)
    assert told[0] == "Hold still." and told.count("Hold still.") == 1


def test_the_window_gets_the_judged_frames_drawn(recording: PoseRecording) -> None:
    screen = FakeScreen()
    short = replace(recording, poses=recording.poses[:40])
    result, _ = live(short, screen=screen, pause_s=0.05)
    assert 2 < result.stats.shown <= result.stats.processed
    assert len(screen.shown) >= result.stats.shown
    assert not math.isnan(result.stats.display.p95_ms)
    assert screen.shown[0].shape == (960, 1280, 3)


def test_only_the_display_is_mirrored(recording: PoseRecording) -> None:
    poses: list[Pose] = []
    short = replace(recording, poses=recording.poses[:30])
    screen = FakeScreen()
    live(short, screen=screen, mirrored=True, on_report=lambda pose, _: poses.append(pose))
    assert all(any(pose is saved for saved in short.poses) for pose in poses)
    plain = FakeScreen()
    live(short, screen=plain)
    assert not np.array_equal(screen.shown[0], plain.shown[0])


@pytest.mark.parametrize(
    "screen",
    [FakeScreen({5: "q"}), FakeScreen({5: "Q"}), FakeScreen({5: "\x1b"}), FakeScreen(closes_at=5)],
    ids=["q", "Q", "Esc", "closed"],
)
def test_the_person_ends_the_run(recording: PoseRecording, screen: FakeScreen) -> None:
    result, _ = live(recording, screen=screen, pause_s=0.02)
    assert 5 <= len(screen.shown) <= 7
    assert not result.ended and result.error is None
    assert result.session.counts.attempts == 0


def test_f_fills_the_screen(recording: PoseRecording) -> None:
    screen = FakeScreen({3: "f", 6: "q"})
    live(recording, screen=screen, pause_s=0.02)
    assert screen.full


def test_slow_estimation_drops_frames_and_never_queues_them() -> None:
    source = Ticking(120, interval_s=0.005)
    behind: list[int] = []
    times: list[float] = []

    def dawdle(frame: Frame) -> None:
        behind.append(source.given - 1 - frame.index)
        times.append(frame.time_s)
        time.sleep(0.04)

    result = blind(source, dawdle)
    stats = result.stats
    assert stats.seen == 120
    assert stats.processed < 40 and stats.dropped == 120 - stats.processed
    # The newest, or one given in the very moment; a queue would fall behind further and further.
    assert np.median(behind) <= 1 and behind[-1] <= 1
    assert times == sorted(set(times))
    assert stats.verdict.p95_ms < 250


def test_ctrl_c_ends_the_run_with_what_was_counted(recording: PoseRecording) -> None:
    told: list[str] = []

    def interrupt(pose: Pose, report: FrameReport) -> None:
        if report.ended:
            # To the thread that waits, as a terminal's Ctrl-C goes: this one only judges.
            os.kill(os.getpid(), signal.SIGINT)

    # A shell starts what runs in its background with Ctrl-C ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = run_live(
            EveryFrame(ReplaySource(recording), pause_s=0.01),
            RecordedEstimator(recording),
            FormChecker(EXERCISE),
            LiveSettings(on_report=interrupt, tell=told.append, summary_s=0.0),
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert result.session.counts.clean == 1
    assert not result.ended and result.error is None
    assert "rep 1 left: counted" in told


def test_a_lost_camera_leaves_the_session_so_far() -> None:
    source = Ticking(20, interval_s=0.005, breaks=True)
    result = blind(source)
    assert isinstance(result.error, SourceError)
    assert "Camera 0 stopped sending: check its cable." in result.session.problems
    assert source.closed and not result.ended


def test_a_camera_that_never_sends_is_an_error() -> None:
    with pytest.raises(SourceError, match="stopped sending"):
        blind(Ticking(0, breaks=True))


def test_a_failing_estimator_leaves_the_session_so_far() -> None:
    def fail(frame: Frame) -> None:
        if frame.index >= 10:
            raise FormcheckError("MediaPipe failed on frame 10.")

    result = blind(Ticking(20, interval_s=0.005), fail)
    assert str(result.error) == "MediaPipe failed on frame 10."
    assert "MediaPipe failed on frame 10." in result.session.problems


def test_wrong_use_is_not_mistaken_for_a_lost_camera(recording: PoseRecording) -> None:
    other = replace(recording, poses=recording.poses[:10])
    with pytest.raises(UsageError, match="recording made from this source"):
        run_live(
            played(recording),
            RecordedEstimator(other),
            FormChecker(EXERCISE),
            LiveSettings(tell=lambda line: None),
        )


def test_an_empty_room_is_noted() -> None:
    result = blind(Ticking(10, interval_s=0.002))
    assert not result.person_seen
    assert result.session.problems == ("Nobody was seen.",)


def test_who_never_stands_still_is_told_why_nothing_counted(recording: PoseRecording) -> None:
    result, _ = live(replace(recording, poses=recording.poses[-15:]))
    assert "never held still" in result.session.problems[0]


def test_a_source_that_reads_itself_is_not_read_twice() -> None:
    before = threading.active_count()
    counts: list[int] = []
    source = LatestFrame(Ticking(10, interval_s=0.002))
    run_live(
        source,
        Blind(lambda frame: counts.append(threading.active_count())),
        FormChecker(EXERCISE),
        LiveSettings(tell=lambda line: None),
    )
    assert max(counts) <= before + 2  # one reads, one judges


def test_lines_go_to_stderr_by_default(
    recording: PoseRecording, capsys: pytest.CaptureFixture[str]
) -> None:
    short = replace(recording, poses=recording.poses[:30])
    run_live(
        EveryFrame(ReplaySource(short)),
        RecordedEstimator(short),
        FormChecker(EXERCISE),
        LiveSettings(summary_s=0.0),
    )
    out, err = capsys.readouterr()
    assert out == "" and "Hold still." in err
