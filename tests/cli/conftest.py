"""The command line run in this process, and poses that took no estimator."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.analysis import machine, people_in_view
from formcheck.cli import main
from formcheck.core.pose.frame import SourceInfo
from formcheck.estimators import estimator_for, mediapipe_pose
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.files.bundled import DEMO_NAME
from formcheck.files.pose_file import PoseRecording
from formcheck.sources import opening
from tests.alone import Alone
from tests.cli.running import Ended, Run
from tests.live.rig import EveryFrame
from tests.sources.clips import write_clip
from tests.stickman import SIZE, Lift, Stance, clip

FPS = 15.0


@pytest.fixture
def formcheck(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the entry point: much quicker than a process, and with the same exit codes.

    What native code writes past `sys.stderr` is seen too.
    """
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*args: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["formcheck", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            main.run()
        written = capfd.readouterr()
        code = end.value.code or 0
        assert isinstance(code, int)
        return Ended(code=code, out=written.out, err=written.err)

    return run


@pytest.fixture(scope="session")
def recording() -> PoseRecording:
    """A clean lift of the left leg, one leaning back, and a clean one of the right leg."""
    lifts = [Lift(), Lift(at_top=Stance(lean=-20.0)), Lift(side="right")]
    poses = tuple(clip(lifts, fps=FPS))
    width, height = SIZE
    source = SourceInfo(
        path="stick.mp4",
        width=width,
        height=height,
        fps=FPS,
        frames=len(poses),
        duration_s=len(poses) / FPS,
    )
    return PoseRecording(source=source, poses=poses)


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory, recording: PoseRecording) -> Path:
    """The recording as a file, for all."""
    path = tmp_path_factory.mktemp("saved") / "stick.npz"
    recording.save(path)
    return path


@pytest.fixture
def poses(tmp_path: Path, saved: Path) -> Path:
    """The recording as a file of one's own."""
    return Path(shutil.copy(saved, tmp_path))


@pytest.fixture(scope="session")
def filmed(tmp_path_factory: pytest.TempPathFactory, recording: PoseRecording) -> Path:
    """A video with a frame for each pose of the recording."""
    stamps = tuple(round(1000 * pose.time_s) for pose in recording.poses)
    return write_clip(tmp_path_factory.mktemp("filmed") / DEMO_NAME, stamps)


@pytest.fixture
def estimate_from(monkeypatch: pytest.MonkeyPatch) -> Callable[[PoseRecording], None]:
    """Let every video show the person of a recording."""

    def use(shown: PoseRecording) -> None:
        def estimator(
            model_path: Path | None = None, *, silhouette: bool = False
        ) -> RecordedEstimator:
            return RecordedEstimator(shown)

        monkeypatch.setattr(mediapipe_pose, "MediaPipeEstimator", estimator)
        monkeypatch.setattr(people_in_view, "PeopleFinder", Alone)
        monkeypatch.setattr(estimator_for, "PeopleFinder", Alone)

    return use


@pytest.fixture
def empty_room(tmp_path: Path) -> Path:
    """Twenty frames with nobody in them."""
    return write_clip(tmp_path / "room.mp4", size=(320, 240))


@pytest.fixture
def every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play recordings as fast as they are judged, on a machine that is never too slow for them."""
    monkeypatch.setattr(opening, "Paced", EveryFrame)


@pytest.fixture(autouse=True)
def one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no processes from within the test runner, where nobody asks for them."""
    monkeypatch.setattr(machine, "usual_jobs", lambda: 1)
