"""What is shown and recorded of a run: the frames with the overlay on them."""

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
    """Something that shows pictures and hears keys; `formcheck.live.window.Window` is one."""

    @property
    def closed(self) -> bool:
        """Whether the person closed it."""

    def show(self, image: Image) -> None:
        """Shows a picture."""

    def key(self) -> str | None:
        """Returns the key that was pressed since the last call."""

    def toggle_full_screen(self) -> None:
        """Fills the screen, or stop filling it."""


class Recorder(Protocol):
    """Something that records pictures; must return at once."""

    @property
    def raw(self) -> bool:
        """Whether it wants the frames as they came, not as they are shown."""

    def record(self, image: Image, time_s: float) -> None:
        """Takes in a picture, which is not changed afterwards."""


class Picture:
    """Draws the overlay once for whoever shows and records it.

    Parameters
    ----------
    screen : Screen | None
        Where to show it; None where it is only recorded.
    exercise : Exercise
        Gives the words.
    mirrored : bool
        Whether to show it as in a mirror.
    recorders : sequence of Recorder
        Who records.

    Attributes
    ----------
    muted : bool
        Whether the sound is off, to be shown.
    """

    def __init__(
        self,
        screen: Screen | None,
        exercise: Exercise,
        *,
        mirrored: bool,
        recorders: Sequence[Recorder] = (),
    ) -> None:
        # Here, not at the top: without a window nothing is drawn.
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
        """Whether anybody can see it; else it is only recorded."""
        return self._screen is not None

    @property
    def closed(self) -> bool:
        """Whether the person closed the window."""
        return self._screen is not None and self._screen.closed

    def key(self) -> str | None:
        """Returns the key that was pressed."""
        return None if self._screen is None else self._screen.key()

    def toggle_full_screen(self) -> None:
        """Fills the screen, or stop filling it."""
        if self._screen is not None:
            self._screen.toggle_full_screen()

    def toggle_help(self) -> None:
        """Shows the keys, or stop showing them."""
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
        """Draws the last frame again where the run stands otherwise by now."""
        if self._judged is None or state == self._shown:
            return
        # The repetitions it ended were shown with it.
        report = replace(self._judged.report, ended=())
        self.show(replace(self._judged, report=report, state=state))


def _image(frame: Frame) -> Image:
    """Returns a frame's picture; a recording of poses has none, and gets a dark ground."""
    if frame.image is not None:
        return frame.image
    width, height = frame.size_px
    return np.full((height, width, 3), 60, dtype=np.uint8)
