"""Cameras that hang, fail, give nothing, or change their size."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from unittest.mock import patch

import cv2
import numpy as np

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Verdict
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.errors import SourceError
from formcheck.files.closing import ClosesItself
from formcheck.live.run import LiveResult, LiveSettings, run_live
from formcheck.sources.camera import Camera
from formcheck.sources.latest import SILENT, LatestFrame
from formcheck.sources.reconnecting import Reconnecting
from tests.hostile.fault import FPS, lifts
from tests.live.rig import EXERCISE, Blind, EveryFrame


def survived(result: LiveResult, least: int = 1) -> str:
    reps = result.session.reps
    assert len(reps) >= least, (len(reps), result.session.problems)
    assert [rep.number for rep in reps] == list(range(1, len(reps) + 1))
    return f"{len(reps)} of 3 repetitions, the session whole"


class Disturbed(ClosesItself):
    """A camera that does something between its frames."""

    live = True

    def __init__(
        self, besides: Callable[[int], None], first: int = 0, *, faster: float = 4.0
    ) -> None:
        self.info = lifts().source
        self.problems: list[str] = []
        self._besides = besides
        self._first = first
        self._faster = faster
        self.untaken: Callable[[], bool] = lambda: False

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames of the lifts, each at its time; what hangs puts off all that follow."""
        put_off_s = 0.0
        begin_s = time.monotonic()
        for index, pose in enumerate(lifts().poses[self._first :], self._first):
            before_s = time.monotonic()
            self._besides(index)
            held_s = time.monotonic() - before_s
            # Less is a busy machine, not the camera.
            put_off_s += held_s if held_s > 1.0 else 0.0
            due_s = begin_s + put_off_s + (index - self._first) / FPS / self._faster
            time.sleep(max(0.0, due_s - time.monotonic()))
            time_s = pose.time_s + put_off_s * self._faster
            while self.untaken():
                time.sleep(0.001)
            yield Frame(index=index, time_s=time_s, image=None, size_px=(1280, 960))

    def close(self) -> None:
        """Do nothing."""


class Nearest(Blind):
    """An estimator that finds the figure as it was about then: times are drawn out by breaks."""

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose nearest in time."""
        nearest = min(lifts().poses, key=lambda pose: abs(pose.time_s - frame.time_s))
        return replace(nearest, time_s=frame.time_s)


class Unhurried(LatestFrame):
    """The newest frame of a disturbed camera, on a machine that is never too slow for it.

    The camera waits until its frame was taken: a machine busy with other things drops none.
    """

    def wait_for_me(self, camera: Disturbed) -> Disturbed:
        """Let a camera wait; return it."""
        camera.untaken = lambda: self._newest is not None and not self._stopping
        return camera


class Unmoved(Blind):
    """An estimator that finds the figure as it is in each frame: who is filmed waits meanwhile."""

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose of the frame's number, at the frame's time."""
        return replace(lifts().poses[frame.index], time_s=frame.time_s)


def _watched(
    source: LatestFrame, estimator: Blind, told: Callable[[str], None] = lambda line: None
) -> LiveResult:
    return run_live(
        source, estimator, FormChecker(EXERCISE), LiveSettings(tell=told, summary_s=0.0)
    )


def camera_hangs() -> str:
    def hang(index: int) -> None:
        # While the first lift is lowered.
        time.sleep(3.0 if index == 60 else 0.0)

    told: list[str] = []
    camera = Disturbed(hang)
    source = Unhurried(camera)
    source.wait_for_me(camera)
    result = _watched(source, Unmoved(), told.append)
    assert result.error is None, result.error
    assert any(SILENT in line for line in told), told
    first, *others = result.session.reps
    assert first.verdict is not Verdict.CLEAN, "it was not seen to its end"
    assert [rep.verdict for rep in others] == [Verdict.CLEAN] * 2, result.session.reps
    return f"{survived(result, least=3)}; that it hung was told, and the lift it hid is not clean"


def camera_fails_for_good() -> str:
    def fail(index: int) -> None:
        if index == 130:
            raise SourceError("Camera 0 stopped sending: check its cable.")

    result = _watched(EveryFrame(Disturbed(fail)), Nearest())
    assert isinstance(result.error, SourceError)
    return survived(result) + ", and why it ended"


def camera_fails_now_and_then() -> str:
    at = [0]
    # Before the first lift, while it is up, and while the second one is.
    due = {30, 55, 100}

    def reopened() -> Disturbed:
        def fail(index: int) -> None:
            at[0] = index
            if index in due:
                due.remove(index)
                raise SourceError("Camera 0 stopped sending: check its cable.")
            at[0] = index + 1

        camera = Disturbed(fail, first=at[0], faster=1.0)
        return source.wait_for_me(camera) if source else camera

    # At the end of the lifts it is gone for good.
    source: Unhurried | None = None
    source = Unhurried(Reconnecting(reopened, give_up_s=2.0))
    result = _watched(source, Unmoved())
    gone = [problem for problem in result.session.problems if "gone from" in problem]
    assert len(gone) == 3, result.session.problems
    verdicts = [rep.verdict for rep in result.session.reps]
    assert verdicts == [Verdict.UNVERIFIED] * 2 + [Verdict.CLEAN], result.session.reps
    return survived(result, least=3) + ", each break told; the lifts in a break are unverified"


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
        EveryFrame(_Given(frames)),
        Blind(),
        FormChecker(EXERCISE),
        LiveSettings(tell=lambda line: None, summary_s=0.0),
    )
    assert result.error is None
    return "every frame, each with its own size"


class _Given(Disturbed):
    def __init__(self, frames: list[Frame]) -> None:
        super().__init__(lambda index: None)
        self._frames = frames

    def __iter__(self) -> Iterator[Frame]:
        return iter(self._frames)
