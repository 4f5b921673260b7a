"""run: newest frame, pose, checker, overlay, window, over and over until someone has had enough.

One thread reads the source and keeps only its newest frame; everything else happens here, one frame
after the other. Whoever is slow makes frames go missing, never late: what the screen shows is the
body as it is now. Estimating, checking, drawing and showing take less time together than a camera
takes for its next frame, so a second thread would not show it sooner.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from formcheck.checker import FormChecker
from formcheck.errors import FormcheckError, UsageError
from formcheck.estimators.estimator import Estimator
from formcheck.exercise import Exercise
from formcheck.frame import Frame, Image, SourceInfo
from formcheck.live.narrator import Narrator
from formcheck.live.stats import LiveStats, Stopwatch
from formcheck.pose import Pose
from formcheck.session import FrameReport, Session, Stage
from formcheck.sources.latest import LatestFrame
from formcheck.sources.source import Source

OnReport = Callable[[Pose, FrameReport], None]
"""Called with every pose and what it told, after it was shown."""

QUIT_KEYS = ("q", "Q", "\x1b")
FULL_SCREEN_KEYS = ("f", "F")


class Screen(Protocol):
    """Something that shows pictures and hears keys; `formcheck.display.Window` is one."""

    @property
    def closed(self) -> bool:
        """Whether the person closed it."""

    def show(self, image: Image) -> None:
        """Show a picture."""

    def key(self) -> str | None:
        """Return the key that was pressed since the last call."""

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveResult:
    """What a run gave.

    Attributes
    ----------
    session : Session
        The repetitions.
    stats : LiveStats
        How well it kept up.
    error : FormcheckError | None
        Why the source broke off, or the estimator failed on the way; None if neither did.
    person_seen : bool
        Whether anybody was in any judged frame.
    ended : bool
        Whether the source came to its end, rather than someone stopping it.
    """

    session: Session
    stats: LiveStats
    error: FormcheckError | None
    person_seen: bool
    ended: bool


def run_live(
    source: Source,
    estimator: Estimator,
    checker: FormChecker,
    *,
    screen: Screen | None = None,
    mirrored: bool = False,
    on_report: OnReport | None = None,
    tell: Callable[[str], None] | None = None,
) -> LiveResult:
    """Judge a source live until it ends, breaks off, or someone stops it.

    Stopping is `q`, Esc or closing the window, or Ctrl-C; all of them give the session so far.

    Parameters
    ----------
    source : Source
        A camera, or a file played like one; is read in a thread of its own and closed at the end.
    estimator : Estimator
        Finds the person; stays open.
    checker : FormChecker
        Judges; fresh.
    screen : Screen | None
        Where to show the picture; None shows nothing.
    mirrored : bool
        Whether the picture is shown as in a mirror. Nothing but the picture changes.
    on_report : callable, optional
        Gets every pose and report.
    tell : callable, optional
        Gets a line of text for each finished repetition and each new prompt; None prints them to
        stderr.

    Raises
    ------
    SourceError
        The source broke off before it gave a single frame.
    """
    run = _Run(estimator, checker, Narrator(checker.exercise, tell or _to_stderr))
    run.on_report = on_report
    if screen is not None:
        run.picture = _Picture(screen, checker.exercise, mirrored=mirrored)
    error: FormcheckError | None = None
    ended = False
    with source if isinstance(source, LatestFrame) else LatestFrame(source) as frames:
        try:
            for frame in frames:
                if not run.step(frame):
                    break
            else:
                ended = True
        except KeyboardInterrupt:
            pass
        except UsageError:
            raise
        except FormcheckError as broken:
            if not run.processed:
                raise
            error = broken
        problems = [*source.problems, *([] if error is None else [str(error)])]
        session = run.finish(source.info, problems)
    return LiveResult(
        session=session,
        stats=run.watch.stats(),
        error=error,
        person_seen=run.person_seen,
        ended=ended,
    )


class _Run:
    """The work on each frame, and what is remembered of it."""

    def __init__(self, estimator: Estimator, checker: FormChecker, narrator: Narrator) -> None:
        self.on_report: OnReport | None = None
        self.picture: _Picture | None = None
        self.watch = Stopwatch()
        self.processed = 0
        self.person_seen = False
        self._estimator = estimator
        self._checker = checker
        self._narrator = narrator
        self._counted = False

    def step(self, frame: Frame) -> bool:
        """Judge a frame and show it; return whether to go on."""
        taken_s = time.monotonic()
        pose = self._estimator.estimate(frame)
        report = self._checker.update(pose)
        go_on = self.picture is None or self.picture.show(frame, pose, report)
        self.watch.note(frame, taken_s, time.monotonic())
        self.processed += 1
        self.person_seen |= report.person
        self._counted |= report.stage is Stage.COUNTING
        self._narrator.hear(report)
        if self.on_report is not None:
            self.on_report(pose, report)
        return go_on

    def finish(self, source: SourceInfo, problems: list[str]) -> Session:
        """Return the session, and tell of a repetition that only now is known to be over."""
        if not self.person_seen:
            problems.append("Nobody was seen.")
        elif not self._counted:
            problems.append(
                "The start posture was never held still for two seconds, so nothing was counted."
            )
        session = self._checker.finish(source, problems)
        self._narrator.catch_up(session)
        return session


class _Picture:
    """The overlay and the screen it is shown on."""

    def __init__(self, screen: Screen, exercise: Exercise, *, mirrored: bool) -> None:
        # Here, not at the top: without a window nothing is drawn.
        from formcheck.overlay import Overlay

        self._screen = screen
        self._overlay = Overlay(exercise)
        self._mirrored = mirrored

    def show(self, frame: Frame, pose: Pose, report: FrameReport) -> bool:
        """Draw and show a frame; return False if the person has had enough."""
        image = frame.image
        if image is None:
            # A recording of poses has no pictures; its lines are shown on a dark ground.
            width, height = frame.size_px
            image = np.full((height, width, 3), 60, dtype=np.uint8)
        self._screen.show(self._overlay.draw(image, pose, report, mirrored=self._mirrored))
        key = self._screen.key()
        if key in FULL_SCREEN_KEYS:
            self._screen.toggle_full_screen()
        return key not in QUIT_KEYS and not self._screen.closed


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
