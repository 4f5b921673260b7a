"""The thread that judges: newest frame, pose, checker, coach, over and over.

The thread takes only the newest frame and offers only its newest result. The main thread draws that
result while this thread estimates the next frame. So nothing waits in a queue, and a slow screen
does not slow the judging down.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from formcheck.core.checker.session import FrameReport
from formcheck.core.coaching.coached_run import CoachedRun
from formcheck.core.coaching.events import CoachState
from formcheck.core.pose.frame import Frame
from formcheck.core.pose.pose import Pose
from formcheck.estimators.estimator import Estimator
from formcheck.live.stats import Stopwatch
from formcheck.sources.latest import LatestFrame

OnReport = Callable[[Pose, FrameReport], None]
"""Receives every pose and its report, in the thread that judges."""

Light = Callable[[Frame], "str | None"]
"""Says what to do about too little light in a frame; None where there is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFrame:
    """A frame with its pose, report and state.

    Attributes
    ----------
    frame : Frame
        The picture.
    pose : Pose
        The person's pose; of the last judged frame while paused.
    report : FrameReport
        The checker's report; `ended` includes the repetitions of results nobody took.
    state : CoachState
        The state of the run.
    """

    frame: Frame
    pose: Pose
    report: FrameReport
    state: CoachState


class JudgeThread:
    """Judges the frames of a source in a thread of its own.

    Parameters
    ----------
    frames : LatestFrame
        Gives the newest frame; `close` it to end the thread.
    estimator : Estimator
        Finds the person; only the thread uses it from now on.
    run : CoachedRun
        Judges, and guides through the sets.
    light : callable, optional
        Watches the light.
    on_report : callable, optional
        Receives every pose and report.

    Attributes
    ----------
    lock : threading.Lock
        Held while the run works; other threads take it before they touch the run.
    watch : Stopwatch
        Measures the times.
    error : BaseException | None
        Why the thread ended; None at the source's end.
    over : bool
        Whether the thread has ended.
    """

    def __init__(
        self,
        frames: LatestFrame,
        estimator: Estimator,
        run: CoachedRun,
        *,
        light: Light | None = None,
        on_report: OnReport | None = None,
    ) -> None:
        self.lock = threading.Lock()
        self.watch = Stopwatch()
        self.error: BaseException | None = None
        self.over = False
        self.paused = False
        self._frames = frames
        self._estimator = estimator
        self._coached = run
        self._light = light
        self._on_report = on_report
        self._last: JudgedFrame | None = None
        self._newest: JudgedFrame | None = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="judge", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def join(self) -> None:
        """Waits for the thread to end, as it does once the frames are closed."""
        self._thread.join()

    def take(self, timeout_s: float) -> JudgedFrame | None:
        """Returns the newest result not taken yet; None if none comes in time."""
        with self._changed:
            if self._newest is None and not self.over:
                self._changed.wait(timeout_s)
            judged, self._newest = self._newest, None
            return judged

    def _run(self) -> None:
        try:
            for frame in self._frames:
                self._publish(self._step(frame))
        except BaseException as error:  # noqa: BLE001 - it is raised in the main thread
            self.error = error
        finally:
            with self._changed:
                self.over = True
                self._changed.notify_all()

    def _step(self, frame: Frame) -> JudgedFrame:
        if self.paused and self._last is not None:
            with self.lock:
                return replace(self._last, frame=frame, state=self._coached.coach.state())
        taken_s = time.monotonic()
        pose = self._estimator.estimate(frame)
        dark = None if self._light is None else self._light(frame)
        with self.lock:
            report, state = self._coached.update(pose, dark=dark)
        self.watch.note_judged(frame, taken_s, time.monotonic())
        if self._on_report is not None:
            self._on_report(pose, report)
        # Without the silhouette, which is as large as the picture.
        self._last = JudgedFrame(
            frame=frame, pose=replace(pose, silhouette=None), report=report, state=state
        )
        return self._last

    def _publish(self, judged: JudgedFrame) -> None:
        with self._changed:
            if self._newest is not None and self._newest.report.ended:
                missed = self._newest.report.ended
                ended = (*missed, *(rep for rep in judged.report.ended if rep not in missed))
                judged = replace(judged, report=replace(judged.report, ended=ended))
            self._newest = judged
            self._changed.notify_all()
