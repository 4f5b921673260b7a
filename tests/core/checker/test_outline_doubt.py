"""An outline that was filled at rest is doubted; an arch among flat repetitions is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.outline_doubt import FILLED, with_outline_doubt
from formcheck.core.checker.recorded_neutrals import find_neutrals
from formcheck.core.measures import LUMBAR_GAP
from formcheck.core.pose.pose import Pose, Side
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip

SLR = get_exercise("straight-leg-raise")
STANDING = get_exercise("standing-hip-flexion")
COLUMN = LUMBAR_GAP.column(Side.BOTH)
BENT = Stance(pitch=-90.0, thigh_right=50.0, knee_right=90.0)
REST_S, LIFT = 2.6, Lift(base=BENT, peak=18.0, knee=0.0)


def lying(*tops: float, rest: float = 0.03) -> list[Pose]:
    """Returns repetitions at whose tops the gap reads so, and `rest` between them."""
    shown = []
    for pose in clip([LIFT] * len(tops)):
        number = int((pose.time_s - REST_S) // LIFT.duration_s)
        since_s = pose.time_s - REST_S - number * LIFT.duration_s
        up = 0 <= number < len(tops) and LIFT.rest_s < since_s < LIFT.duration_s - 0.3
        shown.append(replace(pose, lumbar_gap=tops[number] if up else rest))
    return shown


def calibrated(poses: list[Pose]) -> Calibration:
    (found,) = find_neutrals(poses, SLR)
    return found


@pytest.mark.parametrize(
    ("tops", "doubted"),
    [
        ((0.03, 0.04, 0.03), False),
        # Arches among flat ones: the outline shows both.
        ((0.03, 0.09, 0.03, 0.09), False),
        # The hollow shows in every repetition, and once it is larger.
        ((0.08, 0.08, 0.14), True),
        ((0.09, 0.09, 0.09), True),
    ],
)
def test_what_every_repetition_shows_is_doubted(tops: tuple[float, ...], doubted: bool) -> None:
    found = calibrated(lying(*tops))
    assert (found.doubts.get(COLUMN) == FILLED) is doubted
    assert found.neutral[COLUMN] == pytest.approx(min(tops) if doubted else 0.03, abs=0.005)


@pytest.mark.parametrize(
    ("filled", "tops", "doubted"),
    [
        # A mask that flickers shows at rest what it shows with a leg up: the back never moved.
        (0.03, (0.08, 0.08, 0.08), False),
        (0.03, (0.08, 0.14, 0.08), False),
        # More than it ever shows at rest.
        (0.03, (0.12, 0.12, 0.12), True),
        (0.08, (0.12, 0.12, 0.12), True),
    ],
)
def test_a_mask_that_flickers_at_rest_tells_what_it_fills(
    filled: float, tops: tuple[float, ...], doubted: bool
) -> None:
    shown = [
        replace(pose, lumbar_gap=0.08) if n % 3 == 0 and pose.lumbar_gap == filled else pose
        for n, pose in enumerate(lying(*tops, rest=filled))
    ]
    found = calibrated(shown)
    assert (found.doubts.get(COLUMN) == FILLED) is doubted
    assert found.neutral[COLUMN] == pytest.approx(min(tops), abs=0.005)


def test_an_exercise_without_an_outline_is_left_alone() -> None:
    poses = list(clip([Lift()]))
    (found,) = find_neutrals(poses, STANDING)
    assert with_outline_doubt(found, poses, STANDING) is found


def test_an_outline_that_was_not_seen_is_left_alone() -> None:
    poses = [replace(p, lumbar_gap=float("nan")) for p in lying(0.09, 0.09)]
    assert dict(calibrated(poses).doubts) == {}
