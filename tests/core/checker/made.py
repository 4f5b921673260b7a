"""Attempts, repetitions and observations made by hand: what the checker's table tests share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from formcheck.core.checker.attempt import Attempt
from formcheck.core.checker.faults import Finding
from formcheck.core.checker.neutral import Calibration, assess
from formcheck.core.checker.observation import Observation
from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.pose.leg_swaps import LegClues
from formcheck.core.pose.pose import Pose, Side
from formcheck.exercises import get_exercise
from tests.stickman import Stance, pose

EXERCISE = get_exercise("standing-hip-flexion")
FPS = 30


def neutral(yaw_deg: float = 0.0) -> Calibration:
    """Returns the neutral of a figure that stands upright and still."""
    found = assess(still(yaw_deg=yaw_deg), EXERCISE)
    assert isinstance(found, Calibration)
    return found


def still(stance: Stance = Stance(), seconds: float = 2.0, yaw_deg: float = 0.0) -> list[Pose]:  # noqa: B008
    """Returns the poses of a figure that holds still."""
    return [pose(stance, i / FPS, yaw_deg=yaw_deg) for i in range(round(FPS * seconds))]


def finding(code: str = "lean-back", at_s: float = 1.0) -> Finding:
    return Finding(code=code, worst=-18.0, limit=-10.0, unit="deg", at_s=at_s)


def attempt(**changed: object) -> Attempt:
    """Returns a whole, slow attempt, with some fields changed."""
    whole = Attempt(
        start_s=1.0, top_s=2.0, end_s=6.0, peak=92.0, reached=True, lost=False,
        hold_s=2.2, lowering_s=1.8, missing=0.0, half_seen=0.0, fps=30.0,
    )  # fmt: skip
    return replace(whole, **changed)  # type: ignore[arg-type]


def rep(verdict: Verdict = Verdict.CLEAN, **changed: object) -> Rep:
    """Returns a repetition of the left leg from 1 to 6 s, with some fields changed."""
    whole = Rep(
        number=0, side=Side.LEFT, start_s=1.0, top_s=2.0, end_s=6.0, verdict=verdict,
        peak_deg=92.0, hold_s=2.2, lowering_s=1.8,
    )  # fmt: skip
    return replace(whole, **changed)  # type: ignore[arg-type]


def observed(
    time_s: float,
    values: Mapping[str, float],
    legs: LegClues = LegClues(),  # noqa: B008
) -> Observation:
    """Returns the observation of a figure that stands upright, with some columns changed."""
    seen = {**neutral_values(), **values}
    return Observation(time_s=time_s, measures=seen, followed=seen, legs=legs)


def neutral_values() -> dict[str, float]:
    """Returns a value for every column of the exercise, as seen from the side at rest."""
    columns = (m.column(side) for m in EXERCISE.measures for side in (Side.LEFT, Side.RIGHT))
    # The shanks hang from the knees.
    return {name: 0.8 if name.startswith("shank_drop") else 0.0 for name in columns}


def course(*heights: float, fps: float = FPS) -> Iterable[tuple[float, float]]:
    """Yields times and heights along straight lines between values a second apart."""
    for second, (before, after) in enumerate(pairwise(heights)):
        for index in range(round(fps)):
            yield second + index / fps, before + (after - before) * index / fps
    yield float(len(heights) - 1), heights[-1]
