"""What kept a whole set from being judged, in sentences."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.checker.faults import Unchecked
from formcheck.core.checker.session import Rep
from formcheck.core.checker.set_limits import RATE_EVERY_S, SlowFrames, set_limits, slow_frames
from formcheck.core.checker.verdict import FRAME_RATE
from formcheck.core.measures.filtering import FrameRate
from formcheck.core.pose.view import View
from formcheck.exercises import get_exercise
from tests.core.checker.made import rep

SLOW = replace(rep(), unchecked=(Unchecked(check=FRAME_RATE, reason="5 frames a second"),))


@pytest.mark.parametrize(
    ("slug", "fps", "part"),
    [
        ("standing-hip-flexion", math.inf, None),
        ("standing-hip-flexion", 7.0, None),
        ("standing-hip-flexion", 6.0, "6 frames a second are too few to show a fault of 0.3 s"),
        ("mountain-climbers", 14.0, None),
        ("mountain-climbers", 13.0, "a fault of 0.15 s, which needs 14"),
        ("hanging-leg-raises", 7.0, None),
    ],
)
def test_the_shortest_fault_says_how_many_frames_are_needed(
    slug: str, fps: float, part: str | None
) -> None:
    said = slow_frames(get_exercise(slug), View.SIDE, fps)
    assert (said is None) if part is None else (said is not None and part in said)
    assert slow_frames(get_exercise(slug), View.UNKNOWN, fps) is None


@pytest.mark.parametrize(("fps", "step_s"), [(30.0, 1 / 30), (4.0, 1 / 4)])
def test_a_slow_camera_is_told_within_a_quarter_of_a_second(fps: float, step_s: float) -> None:
    exercise = get_exercise("standing-hip-flexion")
    watch, rate = SlowFrames(exercise), FrameRate()
    late = 0
    for number in range(round(6 * fps)):
        rate.note(number * step_s)
        said = watch.notice(number * step_s, View.SIDE, rate)
        late += said != slow_frames(exercise, View.SIDE, rate.fps)
    assert late * step_s <= RATE_EVERY_S
    assert (said is None) is (fps > 20)


@pytest.mark.parametrize(
    ("fps", "reps", "advice", "parts"),
    [
        (30.0, [rep()], None, []),
        (18.0, [rep()], None, ["too few for the fastest repetitions, which need 20"]),
        (30.0, [rep(), SLOW], None, ["1 of 2 repetitions came with too few frames"]),
        (
            12.0,
            [SLOW],
            "Turn.",
            ["a fault of 0.15 s", "the fastest repetitions", "to call anything clean: turn."],
        ),
    ],
)
def test_each_limit_is_said_once(
    fps: float, reps: list[Rep], advice: str | None, parts: list[str]
) -> None:
    said = set_limits(get_exercise("high-knee-runs"), View.SIDE, fps, reps, advice)
    assert len(said) == len(parts)
    assert all(part in sentence for part, sentence in zip(parts, said, strict=True))
