"""run: one person taken through their sets, live.

Three threads, each with the newest there is and no queue between them: one reads the source, one
finds and judges the person (`formcheck.live.work`), and this one, the program's first as window
toolkits want it, draws, shows and hears keys. How much that gains over drawing after judging is
measured by `python tests/benchmarks/live.py`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from formcheck.checker import FormChecker
from formcheck.coaching_events import CoachingEvent, Listener
from formcheck.errors import FormcheckError, UsageError
from formcheck.estimators.estimator import Estimator
from formcheck.filtering import FrameRate
from formcheck.frame import SourceInfo
from formcheck.keeping import Keeper, RunHeader, RunSettings
from formcheck.live.coach import Coach
from formcheck.live.keys import Key, key_of
from formcheck.live.narrator import Narrator
from formcheck.live.pain import PainKeys
from formcheck.live.picture import Picture, Recorder, Screen
from formcheck.live.plan import plan_for
from formcheck.live.record import Record
from formcheck.live.stats import LiveStats
from formcheck.live.work import Light, OnReport, Work
from formcheck.session import Session
from formcheck.sources.latest import LatestFrame
from formcheck.sources.source import Source
from formcheck.wording import PAIN_STOPS, pain_stop

WAKE_S = 0.015
"""So often keys are looked for while no new picture comes."""

SUMMARY_S = 20.0
"""How long the summary stays on the screen; any key ends it."""

LEAST_FPS = 10.0
"""With fewer, no leg can be followed from frame to frame."""

PAUSED = "Paused. Press space to go on."


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
    pain : int | None
        How much it hurt, 0 to 10, as noted last; None where nothing was noted.
    """

    session: Session
    stats: LiveStats
    error: FormcheckError | None
    person_seen: bool
    ended: bool
    pain: int | None = None


def run_live(
    source: Source,
    estimator: Estimator,
    checker: FormChecker,
    *,
    settings: RunSettings | None = None,
    screen: Screen | None = None,
    mirrored: bool = False,
    light: Light | None = None,
    listeners: Sequence[Listener] = (),
    keepers: Sequence[Keeper] = (),
    header: RunHeader | None = None,
    recorders: Sequence[Recorder] = (),
    on_mute: Callable[[], bool] | None = None,
    on_report: OnReport | None = None,
    tell: Callable[[str], None] | None = None,
    summary_s: float = SUMMARY_S,
) -> LiveResult:
    """Take a person through their sets until those are done, the source ends, or someone stops it.

    Stopping is `q`, Esc or closing the window, or Ctrl-C; all of them give the session so far.

    Parameters
    ----------
    source : Source
        A camera, or a file played like one; is read in a thread of its own and closed at the end.
    estimator : Estimator
        Finds the person; stays open.
    checker : FormChecker
        Judges; fresh.
    settings : RunSettings | None
        Sets, repetitions and rest; None takes the exercise's dose.
    screen : Screen | None
        Where to show the picture; None shows nothing.
    mirrored : bool
        Whether the picture is shown as in a mirror. Nothing but the picture changes.
    light : callable, optional
        Says what to do about a picture that is too dark.
    listeners : sequence of Listener
        Hear every event of the course of the run: sounds, a voice. They must return at once.
    keepers : sequence of Keeper
        Keep each repetition the moment it ends.
    header : RunHeader | None
        What the keepers begin with; needed where there are any.
    recorders : sequence of Recorder
        Record pictures as they are shown, or as they came.
    on_mute : callable, optional
        Turns the sound off or on again; returns whether it is off now.
    on_report : callable, optional
        Gets every pose and report, in the thread that judges.
    tell : callable, optional
        Gets a line of text for each thing that happened; None prints them to stderr.
    summary_s : float
        How long the summary stays on the screen after the last set.

    Raises
    ------
    SourceError
        The source broke off before it gave a single frame.
    """
    say = tell or _to_stderr
    settings = settings or plan_for(checker.exercise)
    record = Record(keepers, say)
    narrator = Narrator(checker.exercise, say)
    # Kept before it is told: what somebody has heard of must not be lost.
    hearing: list[Listener] = [record, narrator, *listeners]

    def spread(event: CoachingEvent) -> None:
        for listener in hearing:
            listener.hear(event)

    coach = Coach(checker.exercise, settings, checker.sides, spread)
    if keepers and header is not None:
        record.begin(header)
    picture = None
    if screen is not None or recorders:
        picture = Picture(screen, checker.exercise, mirrored=mirrored, recorders=recorders)
    with source if isinstance(source, LatestFrame) else LatestFrame(source) as frames:
        work = Work(frames, estimator, checker, coach, light=light, on_report=on_report)
        run = _Run(work, checker, coach, frames, picture, record, on_mute, summary_s)
        ended = run.go()
        error = run.error()
        problems = [*source.problems, *([] if error is None else [str(error)])]
        session = run.finish(source.info, problems)
    record.finish(session)
    return LiveResult(
        session=session,
        stats=work.watch.stats(),
        error=error,
        person_seen=work.person_seen,
        ended=ended,
        pain=coach.pain,
    )


class _Run:
    """The first thread's part: shows what was judged, and does what keys ask for."""

    def __init__(
        self,
        work: Work,
        checker: FormChecker,
        coach: Coach,
        frames: LatestFrame,
        picture: Picture | None,
        record: Record,
        on_mute: Callable[[], bool] | None,
        summary_s: float,
    ) -> None:
        self._work = work
        self._checker = checker
        self._coach = coach
        self._frames = frames
        self._picture = picture
        self._record = record
        self._pain_keys = PainKeys()
        self._on_mute = on_mute
        self._summary_s = summary_s
        self._rate = FrameRate()
        self._quit = False
        self._paused_by_key = False

    def go(self) -> bool:
        """Run until it is over; return whether the source came to its end."""
        self._work.start()
        ended = False
        try:
            while not (self._quit or self._coach.finished):
                if not self._turn():
                    ended = self._work.error is None
                    break
            self._finish_coach()
            if not self._quit:
                self._show_summary()
        except KeyboardInterrupt:
            self._finish_coach()
        finally:
            self._frames.close()
            self._work.join()
        return ended

    def error(self) -> FormcheckError | None:
        """Return what broke the work off, to be told with the session; raise what forbids one."""
        error = self._work.error
        if error is None or isinstance(error, KeyboardInterrupt):
            return None
        if isinstance(error, UsageError) or not isinstance(error, FormcheckError):
            raise error
        if not self._work.processed:
            raise error
        return error

    def finish(self, source: SourceInfo, problems: list[str]) -> Session:
        """Return the session, with the repetition that only now is known to be over."""
        if not self._work.person_seen:
            problems.append("Nobody was seen.")
        elif not self._work.counted:
            problems.append(
                "The start posture was never held still for two seconds, so nothing was counted."
            )
        if self._coach.pain is not None and self._coach.pain >= PAIN_STOPS:
            problems.append(pain_stop(self._coach.pain))
        return replace(
            self._checker.finish(source, problems),
            reps=self._coach.reps,
            sets=self._coach.results,
        )

    def _turn(self) -> bool:
        """Show the newest result, if there is one; return whether the work goes on."""
        judged = self._work.take(WAKE_S)
        if judged is None and self._work.over:
            return False
        self._mind_the_source()
        if judged is not None:
            self._mind_the_rate(judged.frame.time_s)
        if self._picture is None:
            return True
        if judged is not None:
            begin_s = time.monotonic()
            self._picture.show(judged)
            self._work.watch.note_shown(judged.frame, begin_s, time.monotonic())
        pressed = self._picture.key()
        if not self._noted_pain(pressed):
            self._obey(pressed)
        self._quit |= self._picture.closed
        return True

    def _mind_the_source(self) -> None:
        """Pause while the source is interrupted, and go on when it is back."""
        gone = self._frames.interruption
        with self._work.lock:
            if gone is not None:
                self._coach.pause(gone)
            elif not self._paused_by_key:
                self._coach.resume()
            state = self._coach.state()
        if gone is not None and self._picture is not None:
            self._picture.refresh(state)

    def _mind_the_rate(self, time_s: float) -> None:
        self._rate.note(time_s)
        needed, fps = max(LEAST_FPS, self._checker.exercise.needs_fps), self._rate.fps
        short = fps < needed
        say = f"{fps:.0f} frames a second are too few: this exercise needs {needed:.0f}."
        with self._work.lock:
            self._coach.notice(say if short else None)

    def _obey(self, pressed: str | None) -> None:
        key = key_of(pressed)
        if key is None or self._picture is None:
            return
        if key is Key.QUIT:
            self._quit = True
        elif key is Key.FULL_SCREEN:
            self._picture.toggle_full_screen()
        elif key is Key.HELP:
            self._picture.toggle_help()
        elif key is Key.MUTE and self._on_mute is not None:
            self._picture.muted = self._on_mute()
        elif key is Key.PAUSE:
            self._toggle_pause()
        else:
            with self._work.lock:
                if key is Key.NEXT_SET:
                    self._coach.next_set()
                elif key is Key.SWITCH:
                    self._coach.switch_side()
                elif key is Key.RECALIBRATE:
                    self._checker.recalibrate()

    def _noted_pain(self, pressed: str | None) -> bool:
        """Take note of how much it hurts, if the key says so; return whether it did."""
        pain = self._pain_keys.press(pressed, time.monotonic())
        if pain is None:
            return False
        self._record.note("pain", pain)
        with self._work.lock:
            self._coach.note_pain(pain)
        return True

    def _toggle_pause(self) -> None:
        self._paused_by_key = not self._paused_by_key
        with self._work.lock:
            self._work.paused = self._paused_by_key
            if self._paused_by_key:
                self._coach.pause(PAUSED)
            else:
                self._coach.resume()

    def _finish_coach(self) -> None:
        with self._work.lock:
            for rep in self._checker.end():
                self._coach.take_in(rep)
            self._coach.finish()

    def _show_summary(self) -> None:
        """Show how it went, for a while or until a key is pressed."""
        if self._picture is None:
            return
        until_s = time.monotonic() + self._summary_s
        while time.monotonic() < until_s and not self._picture.closed:
            self._picture.refresh(self._coach.state())
            pressed = self._picture.key()
            if pressed is not None and not self._noted_pain(pressed):
                return
            time.sleep(WAKE_S)


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
