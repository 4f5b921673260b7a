"""How far a live run lags behind the camera, and whether it stays small for half an hour.

python tests/benchmarks/live.py latency    one thread against three, p50 and p95 from capture on
python tests/benchmarks/live.py soak       30 minutes of source time as fast as it goes: memory

Both play a drawn sample over and over. `latency` plays it in real time, into a real window where
there is a screen. Figures taken beside other work say little; the load is printed with them.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import cv2
import numpy as np

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import FrameReport
from formcheck.core.coaching.settings import RunSettings
from formcheck.core.pose.frame import Frame, Image, SourceInfo
from formcheck.core.pose.pose import Pose
from formcheck.errors import DisplayError
from formcheck.estimators.estimator_for import estimator_for
from formcheck.exercises import get_exercise
from formcheck.files.closing import ClosesItself
from formcheck.live.picture import Screen
from formcheck.live.run import LiveSettings, run_live
from formcheck.live.stats import LiveStats, Stopwatch
from formcheck.live.window import Window
from formcheck.overlay import Overlay
from formcheck.sources.latest import LatestFrame
from formcheck.sources.playback import Paced
from formcheck.sources.video import VideoFile

SAMPLES = Path(__file__).resolve().parents[2] / "sample_videos"
CLIPS = {
    "standing-hip-flexion": "standing-side-left-clean",
    "high-knee-runs": "high-knee-runs-clean",
    "supine-marching": "supine-marching-clean",
}
SETTLED_MINUTES = 5
GROWTH_MB = 25.0
"""More than this after the first minutes is a leak."""


class Looping(ClosesItself):
    """A clip that begins anew at its end, its time going on, for so many seconds.

    Parameters
    ----------
    path : Path
        The clip.
    seconds : float
        Of its own time.
    size_px : (int, int)
        What its pictures are brought to, as a camera would give them.
    """

    live = True
    problems: list[str]

    def __init__(self, path: Path, seconds: float, size_px: tuple[int, int]) -> None:
        self.problems = []
        self.info = SourceInfo(path=path.name, width=size_px[0], height=size_px[1])
        self.given_s = 0.0
        self._path = path
        self._seconds = seconds

    def __iter__(self) -> Iterator[Frame]:
        index, shift_s = count(), 0.0
        size_px = (self.info.width, self.info.height)
        while True:
            with VideoFile(self._path) as clip:
                for frame in clip:
                    assert frame.image is not None
                    image = cv2.resize(frame.image, size_px)
                    time_s = frame.time_s + shift_s
                    if time_s > self._seconds:
                        return
                    self.given_s = time_s
                    yield Frame(
                        index=next(index),
                        time_s=time_s,
                        image=np.asarray(image, dtype=np.uint8),
                        size_px=size_px,
                    )
            shift_s = time_s + 1 / 30

    def close(self) -> None:
        """Nothing stays open between two rounds."""


class Unpaced(LatestFrame):
    """Gives every frame as soon as the one before is done with."""

    def __init__(self, source: Looping) -> None:
        super().__init__(source)
        self._looping = source
        self._closed = False

    def __iter__(self) -> Iterator[Frame]:
        for frame in self._looping:
            if self._closed:
                return
            yield frame

    def close(self) -> None:
        """End it."""
        self._closed = True
        super().close()


class NoScreen:
    """Takes pictures and shows none."""

    closed = False

    def show(self, image: Image) -> None:
        """Do nothing."""

    def key(self) -> str | None:
        """Return no key."""
        return None

    def toggle_full_screen(self) -> None:
        """Do nothing."""


def in_one_thread(source: Looping, slug: str, screen: Screen) -> LiveStats:
    """Run the whole way of a frame in one thread beside the one that reads, as a comparison."""
    exercise, watch = get_exercise(slug), Stopwatch()
    checker, overlay = FormChecker(exercise), Overlay(exercise)
    with LatestFrame(Paced(source)) as frames, estimator_for(exercise, live=True) as estimator:
        for frame in frames:
            taken_s = time.monotonic()
            pose = estimator.estimate(frame)
            report = checker.update(pose)
            judged_s = time.monotonic()
            assert frame.image is not None
            screen.show(overlay.draw(frame.image, pose, report, mirrored=True))
            screen.key()
            watch.note_judged(frame, taken_s, judged_s)
            watch.note_shown(frame, judged_s, time.monotonic())
    return watch.stats()


def in_three(source: Looping, slug: str, screen: Screen) -> LiveStats:
    """Run it as `formcheck run` does."""
    exercise = get_exercise(slug)
    with estimator_for(exercise, live=True) as estimator:
        result = run_live(
            Paced(source),
            estimator,
            FormChecker(exercise),
            LiveSettings(
                run=endless(), screen=screen, mirrored=True, tell=lambda line: None, summary_s=0.0
            ),
        )
    return result.stats


def endless() -> RunSettings:
    """Return settings under which no set ends."""
    return RunSettings(sets=20, reps=10_000, rest_s=1.0)


def latency(slug: str, seconds: float, size_px: tuple[int, int]) -> None:
    """Print the times of both ways, one after the other."""
    clip = SAMPLES / f"{CLIPS[slug]}.mp4"
    print(f"{slug}, {size_px[0]}x{size_px[1]}, {seconds:.0f} s each, {os.cpu_count()} cores")
    for name, way in (("one thread", in_one_thread), ("three threads", in_three)):
        window: Window | NoScreen
        try:
            window = Window("formcheck benchmark")
        except DisplayError:
            window = NoScreen()
        before = time.process_time()
        stats = way(Looping(clip, seconds, size_px), slug, window)
        used = (time.process_time() - before) / seconds
        if isinstance(window, Window):
            window.close()
        shown = "real window" if isinstance(window, Window) else "no screen"
        print(
            f"\n{name} ({shown}, load {os.getloadavg()[0]:.1f}): {stats.processed} of {stats.seen}"
            f" judged, {stats.fps:.1f} a second, {stats.shown} shown, {used:.2f} cores"
        )
        for row, spread in stats.rows():
            print(f"  {row:18} p50 {spread.p50_ms:7.1f} ms   p95 {spread.p95_ms:7.1f} ms")


def rss_mb() -> float:
    """Return the memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def soak(slug: str, minutes: float, size_px: tuple[int, int], *, estimate_once: bool) -> bool:
    """Run for so many minutes of source time; print memory; return whether it stayed flat."""
    source = Looping(SAMPLES / f"{CLIPS[slug]}.mp4", 60 * minutes, size_px)
    held: list[float] = []
    begin_s = time.monotonic()

    def note(pose: Pose, report: FrameReport) -> None:
        if report.time_s >= 60 * len(held):
            held.append(rss_mb())
            spent_s = time.monotonic() - begin_s
            print(
                f"minute {len(held) - 1:3}: {held[-1]:6.1f} MB after {spent_s:6.1f} s", flush=True
            )

    exercise = get_exercise(slug)
    with estimator_for(exercise, live=True) as estimator:
        result = run_live(
            Unpaced(source),
            Remembering(estimator) if estimate_once else estimator,
            FormChecker(exercise),
            LiveSettings(
                run=endless(),
                screen=NoScreen(),
                on_report=note,
                tell=lambda line: None,
                summary_s=0.0,
            ),
        )
    held.append(rss_mb())
    settled = held[min(SETTLED_MINUTES, len(held) // 2) :]
    growth = max(settled[len(settled) // 2 :]) - settled[0]
    flat = growth < GROWTH_MB
    print(
        f"{result.stats.processed} frames judged, {result.session.counts.attempts} repetitions;"
        f" grown by {growth:.1f} MB since the first minutes: {'flat' if flat else 'NOT FLAT'}"
    )
    return flat


class Remembering(ClosesItself):
    """Estimates a round of the clip, and gives the same poses again in every other round."""

    def __init__(self, estimator: object) -> None:
        self._estimator = estimator
        self._known: dict[bytes, Pose] = {}

    def estimate(self, frame: Frame) -> Pose:
        """Return the pose, found now or in an earlier round."""
        assert frame.image is not None
        key = frame.image[::16, ::16].tobytes()
        if key not in self._known:
            pose: Pose = self._estimator.estimate(frame)  # type: ignore[attr-defined]
            self._known[key] = replace(pose, silhouette=None)
        return replace(self._known[key], time_s=frame.time_s)

    def close(self) -> None:
        """Nothing of its own."""


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("latency", "soak"))
    parser.add_argument("--exercise", choices=tuple(CLIPS), default="standing-hip-flexion")
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument(
        "--estimate-once", action="store_true", help="soak: find the poses of one round only"
    )
    asked = parser.parse_args()
    width, height = (int(side) for side in asked.size.split("x"))
    if asked.what == "latency":
        latency(asked.exercise, asked.seconds, (width, height))
    elif not soak(
        asked.exercise, asked.minutes, (width, height), estimate_once=asked.estimate_once
    ):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
