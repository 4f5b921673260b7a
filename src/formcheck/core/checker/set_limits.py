"""What about the camera keeps a whole set from being judged: too few frames, too little seen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from formcheck.core.checker.lasting import frames_are
from formcheck.core.checker.session import Rep
from formcheck.core.checker.tag_slip import SLIPPED
from formcheck.core.checker.verdict import FRAME_RATE
from formcheck.core.checker.wording import capital, small
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures.filtering import FrameRate
from formcheck.core.pose.view import View

RATE_EVERY_S = 0.25
"""So often the frame rate, a median over three seconds, is looked at."""


def slow_frames(exercise: Exercise, view: View, fps: float) -> str | None:
    """Returns that the camera is too slow to show every fault; None where it is not.

    Parameters
    ----------
    exercise : Exercise
        Its faults say how long each of them must last.
    view : View
        Where the camera stands; unknown before the neutral.
    fps : float
        Frames a second that come in; infinite while unknown.
    """
    lasting_s = exercise.shortest_fault_s(view)
    needed = 2.0 / lasting_s
    if fps >= needed - 1e-6:
        return None
    return (
        f"{capital(frames_are(fps))} too few to show a fault of {lasting_s:g} s, which needs"
        f" {math.ceil(needed)}: let in more light, or nothing can be called clean."
    )


class SlowFrames:
    """Says frame by frame that the camera is too slow, as of a quarter of a second ago."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._rated_s = math.nan
        self._notice: str | None = None

    def notice(self, time_s: float, view: View, rate: FrameRate) -> str | None:
        """Returns what `slow_frames` says; a median over seconds is not taken at every frame."""
        # NaN fails the comparison.
        if not abs(time_s - self._rated_s) < RATE_EVERY_S:
            self._rated_s = time_s
            self._notice = slow_frames(self._exercise, view, rate.fps)
        return self._notice


def set_limits(
    exercise: Exercise, view: View, fps: float, reps: Sequence[Rep], advice: str | None
) -> list[str]:
    """Returns what kept the checker from judging the whole set, a sentence or two for each.

    Parameters
    ----------
    exercise, view, fps
        As for `slow_frames`.
    reps : sequence of Rep
        What was counted.
    advice : str | None
        How to turn so that the exercise can be judged; None where the view is right.
    """
    slow = slow_frames(exercise, view, fps)
    said = [] if slow is None else [slow]
    doubted = sum(u.check == FRAME_RATE for rep in reps for u in rep.unchecked)
    if doubted and slow is None:
        said.append(
            f"{doubted} of {len(reps)} repetitions came with too few frames a second to show every"
            " fault: let in more light."
        )
    if fps < exercise.needs_fps:
        said.append(
            f"{capital(frames_are(fps))} too few for the fastest repetitions, which need"
            f" {exercise.needs_fps:.0f}: some may have been missed."
        )
    slipped = sum(any(u.reason == SLIPPED for u in rep.unchecked) for rep in reps)
    if slipped:
        said.append(
            f"The pelvis tag slipped in {slipped} of {len(reps)} repetitions: tape it to the skin"
            " or to a close waistband."
        )
    if advice is not None:
        said.append(f"Too little was seen to call anything clean: {small(advice)}")
    return said
