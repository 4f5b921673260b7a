"""The picture of a run: frames with the overlay, shown and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from formcheck.core.coaching.events import CoachState
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.frame import Frame, Image
from formcheck.live.judge_thread import JudgedFrame
from formcheck.live.keys import HELP


class Screen(Protocol):
    """Shows pictures and reads keys, as `formcheck.live.window.Window` does."""

    @property
    def closed(self) -> bool:
        """Whether the person closed the screen."""

    def show(self, image: Image) -> None:
        """Shows a picture."""

    def key(self) -> str | None:
        """Returns the key pressed since the last call; None without one."""

    def toggle_full_screen(self) -> None:
        """Switches full screen on or off."""


class Recorder(Protocol):
    """Records pictures; must return at once."""

    @property
    def raw(self) -> bool:
        """Whether to record the frames as they came, not as shown."""

    def record(self, image: Image, time_s: float) -> None:
        """Records a picture, which does not change afterwards."""


class Picture:
    """Draws the overlay once for the screen and all recorders.

    Parameters
    ----------
    screen : Screen | None
        Where to show the picture; None where it is only recorded.
    exercise : Exercise
        Gives the words.
    mirrored : bool
        Whether to show the picture as in a mirror.
    recorders : sequence of Recorder
        Record the picture.

    Attributes
    ----------
    muted : bool
        Whether to show that the sound is off.
    """

    def __init__(
        self,
        screen: Screen | None,
        exercise: Exercise,
        *,
        mirrored: bool,
        recorders: Sequence[Recorder] = (),
    ) -> None:
        # Not at the top: without a window nothing needs OpenCV's drawing.
        from formcheck.overlay import Overlay

        self.muted = False
        self._screen = screen
        self._overlay = Overlay(exercise)
        self._mirrored = mirrored
        self._recorders = recorders
        self._judged: JudgedFrame | None = None
        self._shown: CoachState | None = None
        self._help = False

    @property
    def on_screen(self) -> bool:
        """Whether a screen shows the picture; else it is only recorded."""
        return self._screen is not None

    @property
    def closed(self) -> bool:
        """Whether the person closed the window."""
        return self._screen is not None and self._screen.closed

    def key(self) -> str | None:
        """Returns the pressed key; None without one."""
        return None if self._screen is None else self._screen.key()

    def toggle_full_screen(self) -> None:
        """Switches full screen on or off."""
        if self._screen is not None:
            self._screen.toggle_full_screen()

    def toggle_help(self) -> None:
        """Switches the help on or off."""
        self._help = not self._help
        if self._judged is not None:
            self.show(self._judged)

    def show(self, judged: JudgedFrame) -> None:
        """Draw, show and record a frame."""
        fresh = self._judged is None or judged.frame is not self._judged.frame
        self._judged, self._shown = judged, judged.state
        image = _image(judged.frame)
        drawn = self._overlay.draw(
            image,
            judged.pose,
            judged.report,
            mirrored=self._mirrored,
            state=judged.state,
            keys=HELP if self._help else (),
            muted=self.muted,
        )
        if self._screen is not None:
            self._screen.show(drawn)
        for recorder in self._recorders if fresh else ():
            recorder.record(image if recorder.raw else drawn, judged.frame.time_s)

    def refresh(self, state: CoachState) -> None:
        """Draws the last frame again if the state of the run has changed."""
        if self._judged is None or state == self._shown:
            return
        # The repetitions it ended were shown with it already.
        report = replace(self._judged.report, ended=())
        self.show(replace(self._judged, report=report, state=state))


def _image(frame: Frame) -> Image:
    """Returns a frame's picture; a dark one for a recording of poses, which has none."""
    if frame.image is not None:
        return frame.image
    width, height = frame.size_px
    return np.full((height, width, 3), 60, dtype=np.uint8)
