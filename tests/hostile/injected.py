"""Faults put into live runs and commands while they go on, and what must survive each."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

import cv2
import numpy as np

from formcheck.checker import FormChecker
from formcheck.closing import ClosesItself
from formcheck.errors import ModelError, SoundError, SourceError
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.feedback import output
from formcheck.feedback.engine import Espeak
from formcheck.frame import Frame, SourceInfo
from formcheck.history.folder import ENVIRONMENT, PLAN
from formcheck.history.store import History
from formcheck.live import LiveResult, run_live
from formcheck.pose import Pose
from formcheck.recording import PoseRecording
from formcheck.reports.journal import journal_path, recover
from formcheck.sources.camera import Camera
from formcheck.sources.latest import LatestFrame
from formcheck.sources.reconnecting import Reconnecting
from formcheck.sources.replay import Replay
from tests.cli.running import SLUG
from tests.fuzz.invariances import told
from tests.history.disks import mounted
from tests.history.made import kept
from tests.hostile.case import Case, run_case
from tests.live.rig import EXERCISE, Blind, EveryFrame, live
from tests.sources.clips import write_clip
from tests.stickman import Lift, clip

FPS = 15.0
ROOT = Path(__file__).resolve().parents[2]
LIFT = Lift(rise_s=0.6, hold_s=0.6, lower_s=1.1, rest_s=0.7)


class NotHere(Exception):
    """This machine can't have that fault."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault: `inject` raises AssertionError unless what must survive did, and says what did."""

    name: str
    inject: Callable[[], str]
    slow: bool = False


@lru_cache
def lifts() -> PoseRecording:
    """Return three quick lifts of the left leg."""
    poses = tuple(clip([LIFT] * 3, fps=FPS))
    source = SourceInfo(path="stick figure", width=1280, height=960, fps=FPS, frames=len(poses))
    return PoseRecording(source=source, poses=poses)


def _survived(result: LiveResult, least: int = 1) -> str:
    reps = result.session.reps
    assert len(reps) >= least, (len(reps), result.session.problems)
    assert [rep.number for rep in reps] == list(range(1, len(reps) + 1))
    return f"{len(reps)} of 3 repetitions, the session whole"


class Disturbed(ClosesItself):
    """A camera that does something between its frames."""

    live = True

    def __init__(self, besides: Callable[[int], None], first: int = 0) -> None:
        self.info = lifts().source
        self.problems: list[str] = []
        self._besides = besides
        self._first = first

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames of the lifts."""
        begin_s = time.monotonic()
        for index, pose in enumerate(lifts().poses[self._first :], self._first):
            self._besides(index)
            due_s = begin_s + (index - self._first) / FPS / 4
            time.sleep(max(0.0, due_s - time.monotonic()))
            yield Frame(index=index, time_s=pose.time_s, image=None, size_px=(1280, 960))

    def close(self) -> None:
        """Do nothing."""


class Nearest(Blind):
    """An estimator that finds the figure as it was about then: times are drawn out by breaks."""

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose nearest in time."""
        nearest = min(lifts().poses, key=lambda pose: abs(pose.time_s - frame.time_s))
        return replace(nearest, time_s=frame.time_s)


def _watched(source: LatestFrame) -> LiveResult:
    return run_live(
        source,
        Nearest(),
        FormChecker(EXERCISE),
        tell=lambda line: None,
        summary_s=0.0,
    )


def camera_hangs() -> str:
    def hang(index: int) -> None:
        time.sleep(2.5 if index == 60 else 0.0)

    result = _watched(LatestFrame(Disturbed(hang)))
    assert result.error is None, result.error
    return _survived(result)


def camera_fails_for_good() -> str:
    def fail(index: int) -> None:
        if index == 130:
            raise SourceError("Camera 0 stopped sending: check its cable.")

    result = _watched(EveryFrame(Disturbed(fail)))
    assert isinstance(result.error, SourceError)
    return _survived(result) + ", and why it ended"


def camera_fails_now_and_then() -> str:
    at = [0]

    def reopened() -> Disturbed:
        def fail(index: int) -> None:
            at[0] = index + 1
            if index in (30, 55, 125):
                raise SourceError("Camera 0 stopped sending: check its cable.")

        return Disturbed(fail, first=at[0])

    # At the end of the lifts it is gone for good.
    result = _watched(LatestFrame(Reconnecting(reopened, give_up_s=2.0)))
    assert any("gone from" in problem for problem in result.session.problems)
    return _survived(result, least=0) + ", each break told"


class Capture:
    """An OpenCV camera that gives what it is told to."""

    def __init__(self, reads: list[object]) -> None:
        self._reads = list(reads)
        self._taken: object = None

    def isOpened(self) -> bool:  # noqa: N802
        return True

    def grab(self) -> bool:
        time.sleep(0.002)
        self._taken = self._reads.pop(0) if self._reads else None
        return self._taken is not None

    def retrieve(self) -> tuple[bool, object]:
        return self._taken is not None, self._taken

    def read(self) -> tuple[bool, object]:
        self.grab()
        return self.retrieve()

    def get(self, _: int) -> float:
        return 30.0

    def set(self, *_: object) -> bool:
        return True

    def release(self) -> None:
        self._reads.clear()


def _read_by_camera(reads: list[object]) -> list[Frame]:
    frames = []
    with patch.object(cv2, "VideoCapture", lambda *_: Capture(reads)), Camera(0) as camera:
        try:
            for frame in camera:
                frames.append(frame)
        except SourceError:
            pass
    assert all(frame.image is not None and frame.image.size for frame in frames)
    times = [frame.time_s for frame in frames]
    assert times == sorted(set(times))
    return frames


def _image(width: int, height: int) -> object:
    return np.full((height, width, 3), 90, dtype=np.uint8)


def camera_gives_empty_frames() -> str:
    whole, nothing = _image(64, 48), np.zeros((0, 0, 3), dtype=np.uint8)
    frames = _read_by_camera([whole, whole, None, whole, nothing, whole, None, nothing, whole])
    assert len(frames) == 5, len(frames)
    return "all 5 whole frames; the empty ones passed over"


def camera_changes_size() -> str:
    frames = _read_by_camera([_image(64, 48)] * 3 + [_image(128, 96)] * 3 + [_image(48, 64)] * 3)
    assert [frame.size_px for frame in frames] == [(64, 48)] * 3 + [(128, 96)] * 3 + [(48, 64)] * 3
    result = run_live(
        EveryFrame(_Given(frames)), Blind(), FormChecker(EXERCISE), tell=lambda line: None,
        summary_s=0.0,
    )  # fmt: skip
    assert result.error is None
    return "every frame, each with its own size"


class _Given(Disturbed):
    def __init__(self, frames: list[Frame]) -> None:
        super().__init__(lambda index: None)
        self._frames = frames

    def __iter__(self) -> Iterator[Frame]:
        return iter(self._frames)


class Failing(RecordedEstimator):
    """An estimator that raises at a frame."""

    def __init__(self, error: Exception) -> None:
        super().__init__(lifts())
        self._error = error

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose, or raise."""
        if frame.index == 130:
            raise self._error
        return super().estimate(frame)


def estimator_raises() -> str:
    error = ModelError("MediaPipe failed: restart formcheck.")
    result = run_live(
        EveryFrame(Replay(lifts())), Failing(error), FormChecker(EXERCISE),
        tell=lambda line: None, summary_s=0.0,
    )  # fmt: skip
    assert result.error is error
    return _survived(result) + ", and why it ended"


def clock_jumps() -> str:
    expected = told(live(lifts())[0].session.reps)
    rng = random.Random(1)
    real = time.time
    with (
        patch.object(time, "time", lambda: real() + rng.uniform(-1e6, 1e6)),
        patch.object(time, "time_ns", lambda: int(1e9 * (real() + rng.uniform(-1e6, 1e6)))),
    ):
        assert told(live(lifts())[0].session.reps) == expected
    return f"the same {len(expected)} repetitions as without"


def _command(*line: str, make: Callable[[Path], None], code: int, **more: object) -> str:
    case = Case(group="fault", name="", line=line, code=code, make=make, **more)  # type: ignore[arg-type]
    ended, broken = run_case(case)
    assert not broken, (broken, ended)
    return ended.out


def sound_is_missing() -> str:
    def refuse(*_: object, **__: object) -> None:
        raise SoundError("No sound device was found: plug one in, or use --mute.")

    def save(place: Path) -> None:
        short = replace(lifts(), poses=lifts().poses[: int(7 * FPS)])
        short.save(place / "a.npz")

    with patch.object(output, "Speaker", refuse):
        out = _command("run", SLUG, "--no-window", "--source", "{}/a.npz", make=save, code=0)
    assert "Standing hip flexion" in out
    return "the run to its end"


def voice_dies() -> str:
    with Espeak() as engine:
        assert len(engine.speak("One.")) > 0
        os.kill(engine._process.pid, signal.SIGKILL)
        try:
            engine.speak("Two.")
        except SoundError as error:
            assert "\n" not in str(error)
        else:
            raise AssertionError("a dead voice spoke")
        assert len(engine.speak("One.")) > 0, "what was said before can be said again"
    return "one sentence about it, nothing raised past it"


@contextmanager
def full_disk(kilobytes: int = 64) -> Iterator[Path]:
    """Mount a disk in memory with a result on it, and fill it to the last byte."""
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder)
        if not mounted("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", disk):
            raise NotHere("this machine lets nobody mount a disk")
        try:
            (disk / "a.json").write_text('{"earlier": true}', encoding="utf-8")
            _fill(disk)
            yield disk
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(disk: Path) -> None:
    with (disk / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 4096):
            pass


def disk_is_full() -> str:
    with full_disk() as disk:
        for option in ("--json", "--csv", "--out", "--save-poses"):
            target = disk / {"--json": "a.json", "--save-poses": "p.npz"}.get(option, "made")
            _command(
                "analyze", "{}/a.npz", "-e", SLUG, option, str(target), code=1,
                make=lambda place: lifts().save(place / "a.npz"),
                words=("No space left",),
            )  # fmt: skip
            assert json.loads((disk / "a.json").read_text(encoding="utf-8")) == {"earlier": True}
            left = sorted(path.name for path in disk.rglob("*") if path.is_file())
            assert left == ["a.json", "filler"], left
    return "the results of before; nothing half written"


def disk_fills_during_a_run() -> str:
    with full_disk(300) as disk:
        (disk / "filler").write_bytes(b"x" * 120_000)
        short = replace(lifts(), poses=lifts().poses[: int(7 * FPS)])
        timer = threading.Timer(3.0, lambda: _fill(disk))
        timer.start()
        out = _command(
            "run", SLUG, "--no-window", "--mute", "--source", "{}/a.npz",
            make=lambda place: short.save(place / "a.npz"), code=0,
            environ={ENVIRONMENT: str(disk / "data")},
        )  # fmt: skip
        timer.join()
    assert "Standing hip flexion" in out
    return "the run to its end, its session told"


# Signals, at moments drawn at random, to commands in processes of their own

CHILD = (
    "import sys, time\n"
    "from formcheck.estimators import mediapipe_pose\n"
    "from tests.hostile.case import Seen, lifting\n"
    "class Slow(Seen):\n"
    "    def estimate(self, frame):\n"
    "        time.sleep(0.01)\n"
    "        return super().estimate(frame)\n"
    "slow = lambda model_path=None, *, silhouette=False: Slow(lifting)\n"
    "mediapipe_pose.MediaPipeEstimator = slow\n"
    "from formcheck.cli.main import run\n"
    "print('ready', flush=True)\n"
    "run()\n"
)
PLAN_TEXT = """days = ["mon"]

[[exercise]]
name = "standing-hip-flexion"
sets = 1
reps = 2
"""


def _line(command: str, place: Path) -> list[str]:
    poses = str(place / "a.npz")
    return {
        "run": ["run", SLUG, "--no-window", "--mute", "--source", poses, "--json",
                str(place / "set.json")],
        "analyze": ["analyze", str(place / "a.mp4"), "-e", SLUG, "--out", str(place / "out"),
                    "--save"],
        "routine": ["routine", "--no-window", "--mute", "--source", poses],
    }[command]  # fmt: skip


def _prepared(place: Path) -> None:
    data = place / "data"
    with History(data) as history:
        history.add(kept())
    (data / PLAN).write_text(PLAN_TEXT, encoding="utf-8")
    replace(lifts(), poses=lifts().poses[: int(8 * FPS)]).save(place / "a.npz")
    write_clip(place / "a.mp4", range(0, 7000, 50))


def signalled(command: str, number: signal.Signals, moments: int = 2) -> str:
    """Send a signal to a command at random moments, and look at what is left."""
    rng = random.Random(f"{command} {number.name}")
    codes = []
    for _ in range(moments):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            _prepared(place)
            codes.append(_struck(command, number, rng.uniform(0.0, 6.0), place))
    return f"history, earlier sessions and results; exit codes {sorted(set(codes))}"


def _struck(command: str, number: signal.Signals, after_s: float, place: Path) -> int:
    environ = os.environ | {
        ENVIRONMENT: str(place / "data"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environ.pop("DISPLAY", None)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *_line(command, place)], cwd=ROOT, env=environ, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        time.sleep(after_s)
        child.send_signal(number)
        _, err = child.communicate(timeout=90)
    finally:
        child.kill()
        child.wait()
    assert "Traceback" not in err, (command, number.name, after_s, err)
    _whole(place, killed=number is signal.SIGKILL)
    return child.returncode


def _whole(place: Path, *, killed: bool) -> None:
    with History(place / "data") as history:
        sessions = history.sessions()
        assert sessions, "the session of before is gone"
    for path in place.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    assert (place / "data" / PLAN).read_text(encoding="utf-8").startswith("days"), "plan"
    journal = journal_path(place / "set.json")
    if journal.exists() and journal.stat().st_size:
        recover(journal)
    if not killed:
        assert not list(place.rglob("*.part")), "half a result was left behind"


FAULTS = (
    Fault(name="a camera's read hangs for 2.5 s", inject=camera_hangs, slow=True),
    Fault(name="a camera fails for good", inject=camera_fails_for_good),
    Fault(name="a camera fails now and then", inject=camera_fails_now_and_then, slow=True),
    Fault(name="a camera gives empty frames", inject=camera_gives_empty_frames),
    Fault(name="a camera changes its size", inject=camera_changes_size),
    Fault(name="the estimator raises", inject=estimator_raises),
    Fault(name="no sound device", inject=sound_is_missing, slow=True),
    Fault(name="the voice engine is killed", inject=voice_dies),
    Fault(name="the clock jumps by days", inject=clock_jumps),
    Fault(name="the disk is full", inject=disk_is_full),
    Fault(name="the disk fills during a run", inject=disk_fills_during_a_run, slow=True),
    *(
        Fault(
            name=f"{number.name} to {command}, at random moments",
            inject=lambda command=command, number=number: signalled(command, number),  # type: ignore[misc]
            slow=True,
        )
        for command in ("run", "analyze", "routine")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
    ),
)
