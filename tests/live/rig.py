"""Screens, cameras and estimators that do as they are told, and runs at many times real speed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import FrameReport
from formcheck.core.coaching.events import CoachingEvent
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import Frame, Image, SourceInfo
from formcheck.core.pose.pose import Pose, Side
from formcheck.errors import SourceError
from formcheck.estimators.recorded import RecordedEstimator
from formcheck.exercises import get_exercise
from formcheck.files.closing import ClosesItself
from formcheck.files.pose_file import PoseRecording
from formcheck.live.run import LiveResult, LiveSettings, run_live
from formcheck.sources.latest import LatestFrame
from formcheck.sources.playback import Paced, ReplaySource
from formcheck.sources.source import Source

EXERCISE = get_exercise("standing-hip-flexion")
FPS = 20.0
FASTER = 12.0
SOURCE = SourceInfo(path="stick figure", width=1280, height=960, fps=FPS)


class FakeScreen:
    """A screen that keeps what it was shown and presses each key after so many pictures."""

    def __init__(self, keys: dict[int, str] | None = None, closes_at: int | None = None) -> None:
        self.shown: list[Image] = []
        self.full = False
        self._keys = dict(keys or {})
        self._closes_at = closes_at

    @property
    def closed(self) -> bool:
        return self._closes_at is not None and len(self.shown) >= self._closes_at

    def show(self, image: Image) -> None:
        self.shown.append(image)

    def key(self) -> str | None:
        due = [after for after in self._keys if after <= len(self.shown)]
        return self._keys.pop(min(due)) if due else None

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


class EveryFrame(LatestFrame):
    """A live source on a machine that is never too slow: no frame is dropped.

    Each frame comes `pause_s` after the one before was done with.
    """

    def __init__(self, source: Source, *, pause_s: float = 0.0) -> None:
        super().__init__(source)
        self._all = source
        self._pause_s = pause_s
        self._closed = False

    def __iter__(self) -> Iterator[Frame]:
        for frame in self._all:
            if self._closed:
                return
            yield frame
            time.sleep(self._pause_s)

    def close(self) -> None:
        self._closed = True
        super().close()


class Ear:
    """A listener that keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[CoachingEvent] = []

    def hear(self, event: CoachingEvent) -> None:
        self.heard.append(event)

    def names(self) -> list[str]:
        return [type(event).__name__ for event in self.heard]


class FakeSound(Ear):
    """A sound that a key mutes."""

    def __init__(self, *, muted: bool = False) -> None:
        super().__init__()
        self.muted = muted

    def toggle_mute(self) -> bool:
        self.muted = not self.muted
        return self.muted


def played(recording: PoseRecording, faster: float = FASTER) -> Paced:
    return Paced(
        ReplaySource(recording),
        clock=lambda: time.monotonic() * faster,
        sleep=lambda s: time.sleep(s / faster),
    )


def live(
    recording: PoseRecording,
    *,
    screen: FakeScreen | None = None,
    mirrored: bool = False,
    side: Side | None = None,
    settings: RunSettings | None = None,
    ear: Ear | None = None,
    on_report: Callable[[Pose, FrameReport], None] | None = None,
    pause_s: float = 0.0,
) -> tuple[LiveResult, list[str]]:
    told: list[str] = []
    result = run_live(
        EveryFrame(ReplaySource(recording), pause_s=pause_s),
        RecordedEstimator(recording),
        FormChecker(EXERCISE, side=side),
        LiveSettings(
            screen=screen,
            mirrored=mirrored,
            run=settings,
            on_report=on_report,
            listeners=() if ear is None else (ear,),
            tell=told.append,
            summary_s=0.0,
        ),
    )
    return result, told


def blind(source: Ticking, besides: Callable[[Frame], None] = lambda frame: None) -> LiveResult:
    return run_live(
        source,
        Blind(besides),
        FormChecker(EXERCISE),
        LiveSettings(tell=lambda line: None, summary_s=0.0),
    )
