"""The part of a run in the program's first thread, which window toolkits need: window and keys."""

from __future__ import annotations

import time
from typing import Protocol

from formcheck.core.checker.session import Session
from formcheck.core.coaching.coached_run import CoachedRun
from formcheck.core.coaching.events import Listener
from formcheck.core.coaching.run_log import RunLogs
from formcheck.core.pose.frame import SourceInfo
from formcheck.errors import FormcheckError, UsageError
from formcheck.live.judge_thread import JudgeThread
from formcheck.live.keys import Key, PainKeys, key_of
from formcheck.live.picture import Picture
from formcheck.sources.latest import LatestFrame

WAKE_S = 0.015
"""Interval between looks at the keys while no new picture comes."""

PAUSED = "Paused. Press space to go on."


class Sound(Listener, Protocol):
    """A listener that a key mutes; `formcheck.sound.feedback.Feedback` is one."""

    @property
    def muted(self) -> bool:
        """Whether the sound is off."""

    def toggle_mute(self) -> bool:
        """Turns the sound off, or on again; returns whether it is off now."""


class MainThread:
    """Shows the judged frames, does what keys ask for, and ends the run.

    Parameters
    ----------
    judge : JudgeThread
        Judges in its own thread.
    run : CoachedRun
        Used by the judge; touched under `judge.lock` only.
    frames : LatestFrame
        The judge's frames.
    picture : Picture | None
        Shows and records; None where nothing is shown.
    logs : RunLogs
        Receive the noted pain.
    sound : Sound | None
        Muted by a key.
    summary_s : float
        How long the summary stays.
    """

    def __init__(
        self,
        judge: JudgeThread,
        run: CoachedRun,
        frames: LatestFrame,
        picture: Picture | None,
        logs: RunLogs,
        *,
        sound: Sound | None,
        summary_s: float,
    ) -> None:
        self._judge = judge
        self._coached = run
        self._coach = run.coach
        self._frames = frames
        self._picture = picture
        self._logs = logs
        self._pain_keys = PainKeys()
        self._sound = sound
        self._summary_s = summary_s
        self._quit = False
        self._paused_by_key = False

    def go(self) -> bool:
        """Runs to the end; returns whether the source came to its end."""
        self._judge.start()
        ended = False
        try:
            while not (self._quit or self._coach.finished):
                if not self._turn():
                    ended = self._judge.error is None
                    break
            self._finish_coach()
            if not self._quit:
                # Judging is over: the camera closes before the summary.
                self._frames.close()
                self._show_summary()
        except KeyboardInterrupt:
            self._finish_coach()
        finally:
            self._frames.close()
            self._judge.join()
        return ended

    def error(self) -> FormcheckError | None:
        """Returns the error to report with the session; raises an error that leaves no session."""
        error = self._judge.error
        if error is None or isinstance(error, KeyboardInterrupt):
            return None
        if isinstance(error, UsageError) or not isinstance(error, FormcheckError):
            raise error
        if not self._coached.judged:
            raise error
        return error

    def finish(self, source: SourceInfo, problems: list[str]) -> Session:
        """Returns the session of the whole run."""
        return self._coached.session(source, problems)

    def _turn(self) -> bool:
        """Shows the newest judged frame, if there is one; returns whether the judge still works."""
        judged = self._judge.take(WAKE_S)
        if judged is None and self._judge.over:
            return False
        self._watch_source()
        if self._picture is None:
            return True
        if judged is not None:
            begin_s = time.monotonic()
            self._picture.show(judged)
            self._judge.watch.note_shown(judged.frame, begin_s, time.monotonic())
        pressed = self._picture.key()
        if not self._noted_pain(pressed):
            self._do_key(pressed)
        self._quit |= self._picture.closed
        return True

    def _watch_source(self) -> None:
        """Pauses the run while the source is interrupted, and resumes it afterwards."""
        gone = self._frames.interruption
        with self._judge.lock:
            if gone is not None:
                self._coach.pause(gone)
            elif not self._paused_by_key:
                self._coach.resume()
            state = self._coach.state()
        if gone is not None and self._picture is not None:
            self._picture.refresh(state)

    def _do_key(self, pressed: str | None) -> None:
        key = key_of(pressed)
        if key is None or self._picture is None:
            return
        if key is Key.QUIT:
            self._quit = True
        elif key is Key.FULL_SCREEN:
            self._picture.toggle_full_screen()
        elif key is Key.HELP:
            self._picture.toggle_help()
        elif key is Key.MUTE and self._sound is not None:
            self._picture.muted = self._sound.toggle_mute()
        elif key is Key.PAUSE:
            self._toggle_pause()
        else:
            with self._judge.lock:
                if key is Key.NEXT_SET:
                    self._coach.next_set()
                elif key is Key.SWITCH:
                    self._coach.switch_side()
                elif key is Key.RECALIBRATE:
                    self._coached.checker.recalibrate()

    def _noted_pain(self, pressed: str | None) -> bool:
        """Notes pain if the key is a digit of it; returns whether it is."""
        pain = self._pain_keys.press(pressed, time.monotonic())
        if pain is None:
            return False
        self._logs.note("pain", pain)
        with self._judge.lock:
            self._coach.note_pain(pain)
        return True

    def _toggle_pause(self) -> None:
        self._paused_by_key = not self._paused_by_key
        with self._judge.lock:
            self._judge.paused = self._paused_by_key
            if self._paused_by_key:
                self._coach.pause(PAUSED)
            else:
                self._coach.resume()

    def _finish_coach(self) -> None:
        with self._judge.lock:
            self._coached.end()

    def _show_summary(self) -> None:
        """Shows the summary for `summary_s`, or until a key is pressed."""
        if self._picture is None or not self._picture.on_screen:
            return
        until_s = time.monotonic() + self._summary_s
        while time.monotonic() < until_s and not self._picture.closed:
            self._picture.refresh(self._coach.state())
            pressed = self._picture.key()
            if pressed is not None and not self._noted_pain(pressed):
                return
            time.sleep(WAKE_S)
