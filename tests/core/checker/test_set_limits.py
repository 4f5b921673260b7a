"""What kept a whole set from being judged, in sentences."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.core.checker.faults import Unchecked
from formcheck.core.checker.session import Rep
from formcheck.core.checker.set_limits import set_limits, slow_frames
from formcheck.core.checker.verdict import FRAME_RATE
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
