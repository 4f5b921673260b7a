"""What must not end a set, and what must not lose one: cables, killers, closed terminals."""

from __future__ import annotations

import http.server
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.coaching.events import Paused, Resumed
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import Frame, SourceInfo
from formcheck.core.pose.pose import Pose, Side
from formcheck.files.pose_file import PoseRecording
from formcheck.files.run_journal import journal_path, recover
from formcheck.live.run import LiveSettings, run_live
from formcheck.sources.opening import open_source
from tests.live.rig import EXERCISE, Blind, Ear
from tests.sources.clips import number_in, picture
from tests.stickman import Lift, clip

pytestmark = pytest.mark.slow
FPS = 15
QUICK = Lift(rise_s=0.6, hold_s=0.6, lower_s=1.1, rest_s=0.7)
CUT_S = 2.0


@pytest.fixture(scope="module")
def lifts() -> PoseRecording:
    """Three quick lifts of the left leg, standing between them."""
    poses = tuple(clip([QUICK] * 3, fps=FPS))
    source = SourceInfo(path="stick figure", width=1280, height=960, fps=FPS)
    return PoseRecording(source=source, poses=poses)


class ByNumber(Blind):
    """Finds the figure of the pose whose number the picture carries."""

    def __init__(self, poses: tuple[Pose, ...]) -> None:
        super().__init__()
        self._poses = poses

    def estimate(self, frame: Frame) -> Pose:
        assert frame.image is not None
        known = self._poses[min(number_in(frame.image), len(self._poses) - 1)]
        return replace(known, time_s=frame.time_s)


class Camera(http.server.BaseHTTPRequestHandler):
    """An MJPEG camera whose cable is pulled once, after `cut_at` pictures, for `CUT_S`."""

    next = 0
    cut_at = 78
    back_at_s = 0.0
    count = 0

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        camera = type(self)
        if time.monotonic() < camera.back_at_s:
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        try:
            # Then the last picture for a while: the person stands still.
            while camera.next < camera.count + 5 * FPS:
                if camera.next == camera.cut_at and not camera.back_at_s:
                    camera.back_at_s = time.monotonic() + CUT_S
                    return
                body = cv2.imencode(".jpg", picture(min(camera.next, camera.count - 1)))[
                    1
                ].tobytes()
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                self.wfile.write(head.encode() + body + b"\r\n")
                self.wfile.flush()
                camera.next += 1
                time.sleep(1 / FPS)
        except OSError:
            pass  # the run is over


@pytest.fixture
def camera(lifts: PoseRecording) -> Iterator[str]:
    Camera.next, Camera.back_at_s, Camera.count = 0, 0.0, len(lifts.poses)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/camera.mjpg"
        running.shutdown()


def test_a_stream_cut_and_resumed_in_mid_set_goes_on_with_the_set(
    camera: str, lifts: PoseRecording
) -> None:
    ear, settings = Ear(), RunSettings(sets=1, reps=3, rest_s=0.0, side=Side.LEFT)
    told: list[str] = []
    with open_source(camera, live=True) as source:
        result = run_live(
            source,
            ByNumber(tuple(lifts.poses)),
            FormChecker(EXERCISE, side=Side.LEFT),
            LiveSettings(run=settings, listeners=[ear], tell=told.append, summary_s=0.0),
        )
    assert Camera.back_at_s > 0.0
    assert result.error is None
    assert [(rep.set_number, rep.verdict.value) for rep in result.session.reps] == [
        (1, "clean"), (1, "clean"), (1, "clean"),
    ]  # fmt: skip
    names = ear.names()
    paused, resumed = names.index(Paused.__name__), names.index(Resumed.__name__)
    reps = [index for index, name in enumerate(names) if name == "RepClean"]
    assert reps[0] < paused < resumed < reps[-1]
    assert names.count("SetBegan") == 1
    assert any("gone from" in problem for problem in result.session.problems)


@pytest.fixture
def running(lifts: PoseRecording, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`formcheck run` in a process of its own, its first repetition just over."""
    lifts.save(tmp_path / "lifts.npz")
    program = "from formcheck.cli.main import run; run()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "run", EXERCISE.slug, "--no-window", "--mute",
         "--source", str(tmp_path / "lifts.npz"), "--json", str(tmp_path / "set.json"),
         "--data", str(tmp_path / "data")],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    lines = [""]
    while not lines[-1].startswith("rep 1 left"):
        lines.append(process.stderr.readline())
        assert lines[-1], lines
    yield process
    process.kill()
    process.communicate()


def test_kill_9_loses_no_repetition_that_was_over(
    running: subprocess.Popen[str], tmp_path: Path
) -> None:
    running.kill()
    running.wait(10)
    assert not (tmp_path / "set.json").exists()
    found = recover(journal_path(tmp_path / "set.json"))
    assert len(found["reps"]) >= 1 and found["reps"][0]["set"] == 1
    assert found["counts"]["attempts"] == len(found["reps"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_polite_end_prints_and_saves_the_session(
    running: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0, err
    assert "Standing hip flexion" in out and "Traceback" not in err
    saved = json.loads((tmp_path / "set.json").read_text(encoding="utf-8"))
    assert saved["counts"]["attempts"] >= 1
    assert saved["sets"][0]["number"] == 1
    assert not journal_path(tmp_path / "set.json").exists()
