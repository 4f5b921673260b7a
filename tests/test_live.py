from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from formcheck.checker import FormChecker
from formcheck.cli.main import app
from formcheck.closing import ClosesItself
from formcheck.errors import FormcheckError, SourceError, UsageError
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.exercises import get_exercise
from formcheck.frame import Frame, Image, SourceInfo
from formcheck.live import LiveResult, run_live
from formcheck.live.narrator import Narrator
from formcheck.live.stats import Stopwatch
from formcheck.pose import Pose, Side
from formcheck.recording import PoseRecording
from formcheck.session import FrameReport, Stage, Verdict
from formcheck.sources.latest import LatestFrame
from formcheck.sources.paced import Paced
from formcheck.sources.replay import Replay
from formcheck.view import View
from tests.overlay.scenes import REJECTED, report
from tests.stickman import Lift, Stance, clip

EXERCISE = get_exercise("standing-hip-flexion")
FPS = 20.0
FASTER = 12.0
SOURCE = SourceInfo(path="stick figure", width=1280, height=960, fps=FPS)


@pytest.fixture(scope="module")
def recording() -> PoseRecording:
    """One clean lift of the left leg, then one leaning back."""
    lifts = [Lift(), Lift(at_top=Stance(lean=-20.0))]
    return PoseRecording(source=SOURCE, poses=tuple(clip(lifts, fps=FPS)))


class FakeScreen:
    """A screen that keeps what it was shown and presses the keys it was given."""

    def __init__(self, keys: dict[int, str] | None = None, closes_at: int | None = None) -> None:
        self.shown: list[Image] = []
        self.full = False
        self._keys = keys or {}
        self._closes_at = closes_at

    @property
    def closed(self) -> bool:
        return self._closes_at is not None and len(self.shown) >= self._closes_at

    def show(self, image: Image) -> None:
        self.shown.append(image)

    def key(self) -> str | None:
        return self._keys.get(len(self.shown))

    def toggle_full_screen(self) -> None:
        self.full = not self.full


class Ticking(ClosesItself):
    """A camera that gives so many empty frames, then ends or breaks off."""

    live = True
    info = SourceInfo(path="camera 0", width=64, height=48)

    def __init__(self, frames: int, *, interval_s: float = 0.0, breaks: bool = False) -> None:
        self.problems: list[str] = []
        self.given = 0
        self.closed = False
        self._frames = frames
        self._interval_s = interval_s
        self._breaks = breaks

    def __iter__(self) -> Iterator[Frame]:
        begin_s = time.monotonic()
        for index in range(self._frames):
            time.sleep(max(0.0, begin_s + index * self._interval_s - time.monotonic()))
            self.given = index + 1
            time_s = index * self._interval_s if self._interval_s else index / 30
            yield Frame(index=index, time_s=time_s, image=None, size_px=(64, 48))
        if self._breaks:
            raise SourceError("Camera 0 stopped sending: check its cable.")

    def close(self) -> None:
        self.closed = True


class Blind:
    """An estimator that sees nobody, and does something besides."""

    def __init__(self, besides: Callable[[Frame], None] = lambda frame: None) -> None:
        self._besides = besides

    def estimate(self, frame: Frame) -> Pose:
        self._besides(frame)
        return Pose.unseen(frame.time_s, frame.size_px)

    def close(self) -> None:
        pass

    def __enter__(self) -> Blind:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def played(recording: PoseRecording, faster: float = FASTER) -> Paced:
    return Paced(
        Replay(recording),
        clock=lambda: time.monotonic() * faster,
        sleep=lambda s: time.sleep(s / faster),
    )


def live(
    recording: PoseRecording,
    *,
    screen: FakeScreen | None = None,
    mirrored: bool = False,
    side: Side | None = None,
    on_report: Callable[[Pose, FrameReport], None] | None = None,
) -> tuple[LiveResult, list[str]]:
    told: list[str] = []
    result = run_live(
        played(recording), RecordedEstimator(recording), FormChecker(EXERCISE, side=side),
        screen=screen, mirrored=mirrored, on_report=on_report, tell=told.append,
    )  # fmt: skip
    return result, told


def blind(source: Ticking, besides: Callable[[Frame], None] = lambda frame: None) -> LiveResult:
    return run_live(source, Blind(besides), FormChecker(EXERCISE), tell=lambda line: None)


def test_a_set_is_counted_and_told_rep_by_rep(recording: PoseRecording) -> None:
    result, told = live(recording)
    session = result.session
    assert [rep.verdict for rep in session.reps] == [Verdict.CLEAN, Verdict.COMPENSATED]
    assert session.source.path == "stick figure"
    assert result.ended and result.person_seen and result.error is None
    assert told[-2] == "rep 1 left: counted"
    assert told[-1].startswith("rep 2 left: rejected - leaning back 20° (limit 10°) at ")
    assert "Go: counting (side view)." in told


def test_the_start_prompt_is_told_once(recording: PoseRecording) -> None:
    _, told = live(recording)
    assert told.count(EXERCISE.start_prompt) == 1


def test_the_window_gets_every_judged_frame_drawn(recording: PoseRecording) -> None:
    screen = FakeScreen()
    short = replace(recording, poses=recording.poses[:40])
    result, _ = live(short, screen=screen)
    assert len(screen.shown) == result.stats.processed > 1
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
    result, _ = live(recording, screen=screen)
    assert len(screen.shown) == 5
    assert not result.ended and result.error is None
    assert result.session.counts.attempts == 0


def test_f_fills_the_screen(recording: PoseRecording) -> None:
    screen = FakeScreen({3: "f", 6: "q"})
    live(recording, screen=screen)
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
    assert stats.p95_ms < 250


def test_ctrl_c_ends_the_run_with_what_was_counted(recording: PoseRecording) -> None:
    told: list[str] = []

    def interrupt(pose: Pose, report: FrameReport) -> None:
        if report.ended:
            raise KeyboardInterrupt

    result = run_live(
        played(recording), RecordedEstimator(recording), FormChecker(EXERCISE),
        on_report=interrupt, tell=told.append,
    )  # fmt: skip
    assert result.session.counts.clean == 1
    assert not result.ended and result.error is None
    assert told[-1] == "rep 1 left: counted"


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
            played(recording), RecordedEstimator(other), FormChecker(EXERCISE),
            tell=lambda line: None,
        )  # fmt: skip


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
        source, Blind(lambda frame: counts.append(threading.active_count())),
        FormChecker(EXERCISE), tell=lambda line: None,
    )  # fmt: skip
    assert max(counts) <= before + 1


def test_lines_go_to_stderr_by_default(
    recording: PoseRecording, capsys: pytest.CaptureFixture[str]
) -> None:
    short = replace(recording, poses=recording.poses[:10])
    run_live(played(short), RecordedEstimator(short), FormChecker(EXERCISE))
    out, err = capsys.readouterr()
    assert out == "" and EXERCISE.start_prompt in err


def test_flickering_prompts_are_not_told_one_by_one() -> None:
    told: list[str] = []
    narrator = Narrator(EXERCISE, told.append)
    for index in range(60):
        prompt = "Come closer." if index % 2 else "Step back."
        narrator.hear(report(time_s=index / 30, stage=Stage.CALIBRATING, prompt=prompt))
    assert told == ["Step back.", "Come closer."]


def test_a_prompt_that_comes_back_is_told_again() -> None:
    told: list[str] = []
    narrator = Narrator(EXERCISE, told.append)
    for second, prompt in enumerate(["Go.", "Nobody.", "Nobody.", None, "Nobody."]):
        narrator.hear(report(time_s=float(second), prompt=prompt))
    assert told == ["Go: counting (side view).", "Nobody.", "Nobody."]


def test_a_rep_and_a_new_calibration_are_told() -> None:
    told: list[str] = []
    narrator = Narrator(EXERCISE, told.append)
    narrator.hear(report(ended=(REJECTED,), view=View.FRONT))
    narrator.hear(report(stage=Stage.CALIBRATING, prompt="Stand.", time_s=20.0))
    narrator.hear(report(time_s=23.0, prompt=None))
    assert told == [
        "rep 3 left: rejected - leaning back 14° (limit 10°) at 6.5 s;"
        " bending the supporting knee 28° (limit 20°) at 6.6 s",
        "Go: counting (front view).",
        "Stand.",
        "Go: counting (side view).",
    ]


def test_a_stopwatch_knows_delay_and_rate() -> None:
    watch = Stopwatch()
    assert watch.stats().processed == 0 and math.isnan(watch.stats().p50_ms)
    for index in range(0, 100, 2):
        there_s = 1000.0 + index / 30
        taken_s = there_s + (0.0 if index == 10 else 0.004)
        frame = Frame(index=index, time_s=index / 30, image=None, size_px=(64, 48))
        watch.note(frame, taken_s, taken_s + 0.020)
    stats = watch.stats()
    assert (stats.seen, stats.processed, stats.dropped) == (99, 50, 49)
    assert stats.fps == pytest.approx(15.0, rel=0.01)
    assert stats.p50_ms == pytest.approx(24.0) and stats.p95_ms == pytest.approx(24.0)


@pytest.fixture
def short_file(recording: PoseRecording, tmp_path: Path) -> Path:
    path = tmp_path / "poses.npz"
    replace(recording, poses=recording.poses[:28]).save(path)
    return path


def test_the_command_plays_a_file_in_real_time_and_prints_json_alone(
    short_file: Path, tmp_path: Path
) -> None:
    begin_s = time.monotonic()
    result = CliRunner().invoke(
        app,
        ["run", "standing-hip-flexion", "--source", str(short_file), "--no-window", "--mute",
         "--json", "-", "--csv", str(tmp_path / "f.csv"), "--save-poses", str(tmp_path / "p.npz")],
    )  # fmt: skip
    assert time.monotonic() - begin_s >= 27 / FPS
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["exercise"] == "standing-hip-flexion"
    assert "frames judged" in result.stderr
    rows = (tmp_path / "f.csv").read_text().splitlines()
    saved = PoseRecording.load(tmp_path / "p.npz")
    assert len(rows) - 1 == len(saved.poses) > 10


def test_the_command_fails_without_a_person(tmp_path: Path) -> None:
    path = tmp_path / "empty.npz"
    poses = tuple(Pose.unseen(index / 20, (640, 480)) for index in range(6))
    PoseRecording(source=SOURCE, poses=poses).save(path)
    result = CliRunner().invoke(
        app, ["run", "standing-hip-flexion", "--source", str(path), "--no-window"]
    )
    assert result.exit_code == 1
    assert "Nobody was seen." in result.stdout


def test_the_command_refuses_before_it_opens_anything(short_file: Path) -> None:
    for arguments in (
        ["run", "squat", "--no-window"],
        ["run", "standing-hip-flexion", "--source", "nowhere.mp4", "--no-window"],
        ["run", "standing-hip-flexion", "--source", str(short_file), "--save-poses", "poses.txt"],
    ):
        result = CliRunner().invoke(app, arguments)
        assert isinstance(result.exception, FormcheckError)
