"""A recording's speed: slow motion makes every hold look long."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import median

from formcheck.core.checker.session import Rep, Session, Verdict
from formcheck.core.exercise.exercise import Exercise
from formcheck.core.measures.filtering import FAST
from formcheck.files.pose_file import PoseRecording
from formcheck.sources.slow_motion import check_speed

SLOW_S, SLOW_STEP_S = 3.0, 1.5
"""A lift without its hold, and a whole step of a fast exercise, take less: of 150 drawn and
18 filmed sets the slowest lifts took 2.0 s in the median. House defaults: people may lift slowly on
purpose, so this is a remark and voids nothing."""
FEWEST = 2
"""Repetitions for a doubt: one slow lift is one slow lift."""
AT_SPEED = (
    "The recording plays {:.3g} times {} than it was filmed; every time given here is that of the"
    " movement: --speed 1 takes the player's."
)
IS_IT_SLOW = (
    "{} take {:.1f} s each, which is slow: if this is slow motion, give its factor (--speed 4 or"
    " 8), or holds are measured too long."
)


def about_speed(session: Session, exercise: Exercise) -> tuple[str, ...]:
    """Returns at what speed the recording was judged, or the doubt that it is in slow motion."""
    speed = session.source.speed
    if speed is not None and speed != 1.0:
        slower = speed > 1.0
        said = AT_SPEED.format(speed if slower else 1 / speed, "slower" if slower else "faster")
        return (said,)
    if speed is not None:
        return ()
    fast = exercise.smoothing is FAST
    full = [rep for rep in session.reps if rep.verdict is not Verdict.PARTIAL]
    times_s = [_took_s(rep, whole=fast) for rep in full]
    if len(times_s) < FEWEST or median(times_s) < (SLOW_STEP_S if fast else SLOW_S):
        return ()
    return (IS_IT_SLOW.format("Steps" if fast else "Lifts without their hold", median(times_s)),)


def at_speed(recording: PoseRecording, speed: float | None) -> PoseRecording:
    """Returns a recording of poses with the times of a movement that was so many times as fast.

    None, and the speed that it was read with, change nothing but that the speed is now known.
    """
    check_speed(speed)
    if speed is None:
        return recording
    source = recording.source
    factor = (source.speed or 1.0) / speed
    scaled = {
        name: None if value is None else value * factor
        for name, value in (
            ("duration_s", source.duration_s),
            ("from_s", source.from_s),
            ("to_s", source.to_s),
        )
    }
    fps = None if source.fps is None else source.fps / factor
    return PoseRecording(
        source=replace(source, speed=speed, fps=fps, **scaled),  # type: ignore[arg-type]
        poses=tuple(replace(pose, time_s=pose.time_s * factor) for pose in recording.poses),
    )


def _took_s(rep: Rep, *, whole: bool) -> float:
    held_s = 0.0 if whole or math.isnan(rep.hold_s) else rep.hold_s
    return rep.end_s - rep.start_s - held_s
