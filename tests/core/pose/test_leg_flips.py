"""Names of legs that are traded at once are put back; legs that pass each other keep theirs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.pose.leg_flips import LegFlips
from formcheck.core.pose.pose import Landmark, Pose
from tests import stickman
from tests.legs_mistaken import swapped
from tests.stickman import Lift

FPS = 30.0
clip = partial(stickman.clip, fps=FPS)
LIFT = tuple(clip([Lift()]))
HELD = range(round(3.9 * FPS), round(6.4 * FPS))
"""The pictures of that lift in which the leg is held up, far from the other one."""
STEPS = [
    Lift(side=side, rise_s=0.2, hold_s=0.0, lower_s=0.2, rest_s=0.0)
    for side in ("left", "right") * 6
]


def left_knees(poses: list[Pose]) -> np.ndarray:
    return np.array([pose.image_px[Landmark.LEFT_KNEE] for pose in poses])


@given(
    first=st.integers(HELD.start, HELD.stop - 2),
    frames=st.integers(1, 60),
)
def test_a_trade_of_far_legs_is_undone_until_they_are_called_right_again(
    first: int, frames: int
) -> None:
    flips, last = LegFlips(), min(first + frames, HELD.stop - 1)
    for index, shown in enumerate(LIFT):
        traded = first <= index < last
        repaired, clues = flips.repair(swapped(shown) if traded else shown)
        np.testing.assert_allclose(repaired.image_px, shown.image_px)
        assert clues.exchanged == traded


@pytest.mark.parametrize("late", [0, 1])
def test_legs_that_pass_each_other_are_called_as_they_come(late: int) -> None:
    # The model may notice a passing one picture later than it was.
    shown = list(clip(STEPS))
    given = [
        replace(shown[max(0, n - late)], time_s=one.time_s) if n % 6 == 5 else one
        for n, one in enumerate(shown)
    ]
    flips = LegFlips()
    repaired = [flips.repair(one)[0] for one in given]
    np.testing.assert_array_equal(left_knees(repaired), left_knees(given))


@pytest.mark.parametrize(
    ("pause_s", "exchanged"),
    [(1 / FPS, True), (0.3, False)],
    ids=["at once", "not seen between"],
)
def test_only_what_changes_at_once_is_no_passing(pause_s: float, exchanged: bool) -> None:
    flips, held = LegFlips(), LIFT[HELD.start]
    flips.repair(held)
    _, clues = flips.repair(swapped(replace(held, time_s=held.time_s + pause_s)))
    assert clues.exchanged is exchanged


def test_legs_that_are_elsewhere_after_a_cut_were_not_traded() -> None:
    flips, held = LegFlips(), LIFT[HELD.start]
    flips.repair(held)
    elsewhere = replace(held, image_px=held.image_px + 400.0, time_s=held.time_s + 1 / FPS)
    _, clues = flips.repair(swapped(elsewhere))
    assert not clues.exchanged


def test_legs_together_or_unseen_end_what_was_exchanged() -> None:
    flips, held = LegFlips(), LIFT[HELD.start]
    step_s = 1 / FPS
    flips.repair(held)
    assert flips.repair(swapped(replace(held, time_s=held.time_s + step_s)))[1].exchanged
    points = held.image_px.copy()
    points[Landmark.LEFT_KNEE] = np.nan
    unseen = replace(held, image_px=points, time_s=held.time_s + 2 * step_s)
    assert not flips.repair(unseen)[1].exchanged
    assert not flips.repair(replace(LIFT[0], time_s=held.time_s + 3 * step_s))[1].exchanged
