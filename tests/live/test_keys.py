"""Keys, the pause, the summary on the screen, recording: what a run does beside judging."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.coaching.events import Notice
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import Image, SourceInfo
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.files.pose_file import PoseRecording
from formcheck.live import run
from formcheck.live.judge_thread import JudgedFrame
from formcheck.live.keys import HELP, Key, key_of
from formcheck.live.picture import Picture
from formcheck.live.run import LiveSettings, run_live
from formcheck.live.video_recorder import FileRecorder
from formcheck.sources.playback import ReplaySource
from tests.live.rig import (
    EXERCISE,
    FPS,
    Blind,
    Ear,
    EveryFrame,
    FakeScreen,
    FakeSound,
    Ticking,
    live,
)
from tests.stickman import Stance, pose


@pytest.fixture(scope="module")
def calm() -> PoseRecording:
    """Somebody who stands still for six seconds."""
    poses = tuple(pose(Stance(), index / FPS) for index in range(int(6 * FPS)))
    return PoseRecording(
        source=SourceInfo(path="stick figure", width=1280, height=960, fps=FPS), poses=poses
    )


def test_every_key_of_the_help_does_what_it_says() -> None:
    shown = [pressed for pressed, _ in HELP]
    assert {"q", "space", "r", "c", "s", "m", "f", "h"} <= set(shown)
    for key in "q rcsmfh":
        assert key_of(key) is not None and key_of(key) is key_of(key.upper())
    assert key_of("Q") is Key.QUIT and key_of("\x1b") is Key.QUIT
    assert key_of("x") is None and key_of(None) is None


def test_space_pauses_judging_and_goes_on(calm: PoseRecording) -> None:
    ear, judged = Ear(), []
    screen = FakeScreen({5: " ", 15: " ", 25: "q"})
    live(
        calm, screen=screen, ear=ear, pause_s=0.02,
        on_report=lambda pose, report: judged.append(report.time_s),
    )  # fmt: skip
    assert [name for name in ear.names() if name in ("Paused", "Resumed")] == ["Paused", "Resumed"]
    gaps = np.diff(judged)
    assert gaps.max() > 3 / FPS > np.median(gaps)


def test_a_paused_picture_goes_on_moving(calm: PoseRecording) -> None:
    screen = FakeScreen({5: " ", 12: "q"})
    live(calm, screen=screen, pause_s=0.02)
    assert len(screen.shown) >= 12
    assert screen.shown[8].mean() < 0.7 * screen.shown[3].mean()  # dimmed


def test_h_shows_the_keys_and_takes_them_away(calm: PoseRecording) -> None:
    screen = FakeScreen({30: "h", 36: "h", 42: "q"})
    live(calm, screen=screen, pause_s=0.02)
    # The edge of the dark panel, where nothing else is.
    corner = (slice(600, 620), slice(52, 62))
    ground = [float(image[corner].mean()) for image in screen.shown]
    assert min(ground[31:36]) < 0.8 * ground[0]
    assert ground[-1] == pytest.approx(ground[0], abs=1.0)


def test_c_measures_the_start_posture_anew(calm: PoseRecording) -> None:
    stages = []
    screen = FakeScreen({55: "c", 66: "q"})
    live(
        calm, screen=screen, pause_s=0.03,
        on_report=lambda pose, report: stages.append(report.stage.value),
    )  # fmt: skip
    assert "counting" in stages and stages[-1] == "calibrating"


def test_m_asks_for_silence(calm: PoseRecording) -> None:
    sound = FakeSound()
    run_live(
        EveryFrame(ReplaySource(calm), pause_s=0.02),
        RecordedEstimator(calm),
        FormChecker(EXERCISE),
        LiveSettings(
            screen=FakeScreen({3: "m", 8: "q"}), sound=sound, tell=lambda line: None, summary_s=0.0
        ),
    )
    assert sound.muted


@pytest.mark.parametrize("muted", [True, False])
def test_a_run_that_begins_silent_shows_it(
    calm: PoseRecording, muted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Picture] = []

    class Kept(Picture):
        def show(self, judged: JudgedFrame) -> None:
            made.append(self)
            super().show(judged)

    monkeypatch.setattr(run, "Picture", Kept)
    run_live(
        EveryFrame(ReplaySource(calm), pause_s=0.02),
        RecordedEstimator(calm),
        FormChecker(EXERCISE),
        LiveSettings(
            screen=FakeScreen({3: "q"}),
            sound=FakeSound(muted=muted),
            tell=lambda line: None,
            summary_s=0.0,
        ),
    )
    assert made and made[0].muted is muted


def test_r_and_s_end_set_and_leg(recording: PoseRecording) -> None:
    ear = Ear()
    slow = EveryFrame(ReplaySource(recording), pause_s=0.012)
    pressed: list[str] = []

    class Pressing(FakeScreen):
        def key(self) -> str | None:
            if "RepClean" in ear.names() and not pressed:
                pressed.append("r")
                return "r"
            return None

    run_live(
        slow,
        RecordedEstimator(recording),
        FormChecker(EXERCISE),
        LiveSettings(listeners=[ear], screen=Pressing(), tell=lambda line: None, summary_s=0.0),
    )
    names = ear.names()
    assert names.index("SetDone") > names.index("RepClean")
    assert "RestTick" in names


def test_the_summary_stays_until_a_key_is_pressed(calm: PoseRecording) -> None:
    class Pressing(FakeScreen):
        def key(self) -> str | None:
            return "x" if time.monotonic() - begin_s > 1.5 else None

    short = replace(calm, poses=calm.poses[:10])
    begin_s = time.monotonic()
    screen = Pressing()
    run_live(
        EveryFrame(ReplaySource(short)),
        RecordedEstimator(short),
        FormChecker(EXERCISE),
        LiveSettings(screen=screen, tell=lambda line: None, summary_s=20.0),
    )
    assert 1.0 < time.monotonic() - begin_s < 10.0


def test_too_few_frames_are_said_once() -> None:
    ear = Ear()
    source = Ticking(14, interval_s=0.2)
    run_live(
        source,
        Blind(),
        FormChecker(EXERCISE),
        LiveSettings(listeners=[ear], tell=lambda line: None, summary_s=0.0),
    )
    said = [event.say for event in ear.heard if isinstance(event, Notice)]
    assert said == ["5 frames a second are too few: this exercise needs 10."]


def test_what_is_shown_and_what_came_are_recorded(recording: PoseRecording, tmp_path: Path) -> None:
    warned: list[str] = []
    short = replace(recording, poses=recording.poses[:30])
    with (
        FileRecorder(tmp_path / "shown.mp4", raw=False, warn=warned.append) as shown,
        FileRecorder(tmp_path / "raw.mp4", raw=True, warn=warned.append) as raw,
    ):
        run_live(
            EveryFrame(ReplaySource(short), pause_s=0.03),
            RecordedEstimator(short),
            FormChecker(EXERCISE),
            LiveSettings(
                run=RunSettings(sets=1, reps=5, rest_s=0.0),
                recorders=[shown, raw],
                tell=lambda line: None,
                summary_s=0.0,
            ),
        )
    assert not [line for line in warned if "can't" in line]
    contents = {}
    for path in (tmp_path / "shown.mp4", tmp_path / "raw.mp4"):
        with av.open(str(path)) as container:
            frames = [
                (frame.time, frame.to_ndarray(format="bgr24"))
                for frame in container.decode(video=0)
            ]
        assert len(frames) > 3 and frames[0][1].shape == (960, 1280, 3)
        contents[path.stem] = frames
    drawn, plain = contents["shown"][-1][1], contents["raw"][-1][1]
    assert plain.std() < 5 < drawn.std()
    assert contents["raw"][-1][0] <= 30 / FPS + 0.1


def test_a_place_that_cannot_be_written_ends_no_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    warned: list[str] = []
    image: Image = np.zeros((48, 64, 3), dtype=np.uint8)
    with FileRecorder(tmp_path / "file" / "a.mp4", raw=True, warn=warned.append) as recorder:
        for index in range(40):
            recorder.record(image, index / 30)
            time.sleep(0.002)
    assert any("can't be written" in line for line in warned)


def test_a_run_without_pictures_leaves_no_file(tmp_path: Path) -> None:
    with FileRecorder(tmp_path / "a.mp4", raw=True, warn=print):
        pass
    assert not (tmp_path / "a.mp4").exists()
