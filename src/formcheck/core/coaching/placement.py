"""What prevents judging before and during a set, and when the coach says so.

"Placement" means where camera and person are in relation to each other: in view, in frame, the
right side to the camera, enough light, in the start posture.
"""

from __future__ import annotations

import math

from formcheck.core.checker.neutral import SHOW_FACING, STAND_STILL
from formcheck.core.checker.session import FrameReport, Stage
from formcheck.core.checker.sideways import turn_to_camera
from formcheck.core.coaching.events import Placement, PlacementPrompt
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.pose.view import Position, View

SETTLED_S = 0.7
"""A shorter-lived sentence flickers and is not said."""

AGAIN_S = 8.0
"""The sentence is said again after this time, for a person who did not hear it."""


def hides_other_leg(exercise: Exercise, view: View) -> bool:
    """Returns whether the person has to turn round for the other leg: the near leg hides it."""
    return view is View.SIDE and exercise.position is Position.UPRIGHT


def placement_of(exercise: Exercise, report: FrameReport) -> Placement | None:
    """Returns what a report's prompt is about; None without a prompt."""
    if report.prompt is None:
        return None
    if not report.person:
        return Placement.NOBODY
    if report.prompt in {SHOW_FACING, turn_to_camera(exercise)}:
        return Placement.VIEW
    postures = {posture.say for posture in exercise.posture}
    if report.prompt in {exercise.start_prompt, STAND_STILL, *postures}:
        return Placement.POSTURE
    return Placement.FRAMING


class PlacementWatch:
    """Watches what prevents judging, and what to say about it.

    Parameters
    ----------
    exercise : Exercise
        Gives the sentences.

    Attributes
    ----------
    placement : Placement | None
        What prevents judging; None where nothing does.
    prompt : str | None
        What the person has to do; None where nothing.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.placement: Placement | None = None
        self.prompt: str | None = None
        self._exercise = exercise
        self._prompter = Prompter()

    def update(
        self, report: FrameReport, *, awaited: bool, quiet: bool, dark: str | None
    ) -> list[PlacementPrompt]:
        """Processes a report and returns the prompts to send with it.

        Parameters
        ----------
        awaited : bool
            Whether a set waits for the start posture.
        quiet : bool
            Whether to say nothing, because a countdown runs.
        dark : str | None
            What to do about too little light; None where there is enough.
        """
        placement, prompt = placement_of(self._exercise, report), report.prompt
        if placement is None and awaited and report.stage is Stage.COUNTING:
            placement, prompt = Placement.POSTURE, self._exercise.start_prompt
        if dark is not None and placement is not None:
            placement, prompt = Placement.LIGHT, dark
        self.placement, self.prompt = placement, prompt
        said = (None, None) if quiet else (placement, prompt)
        return self._prompter.update(report.time_s, *said)

    def forget(self) -> None:
        """Asks for nothing, as in a rest."""
        self.placement = self.prompt = None


class Prompter:
    """Turns prompts that may flicker with every frame into sentences to say."""

    def __init__(self) -> None:
        self._prompt: str | None = None
        self._since_s = math.nan
        self._said: str | None = None
        self._said_s = -math.inf

    def update(
        self, time_s: float, placement: Placement | None, prompt: str | None
    ) -> list[PlacementPrompt]:
        """Returns the sentence to say with this frame, if there is one."""
        if prompt != self._prompt:
            self._prompt, self._since_s = prompt, time_s
        if time_s - self._since_s < SETTLED_S:
            return []
        if prompt is None or placement is None:
            # Once the person has complied, the same sentence is new when it comes back.
            self._said = None
            return []
        if prompt == self._said and time_s - self._said_s < AGAIN_S:
            return []
        self._said, self._said_s = prompt, time_s
        return [PlacementPrompt(time_s=time_s, placement=placement, say=prompt)]
