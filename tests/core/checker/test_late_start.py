"""The neutral looked for among the poses that came before it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from formcheck.core.checker.late_start import FIRST_LOOK_S, LOOK_EVERY_S, REMEMBERED_S, LateStart
from formcheck.core.pose.pose import Pose
from formcheck.exercises import get_exercise
from tests.stickman import Lift, Stance, clip, pose

EXERCISE = get_exercise("standing-hip-flexion")
BRIEF = Lift(rise_s=0.8, hold_s=0.2, lower_s=0.8, rest_s=0.2)


def looks(poses: Iterable[Pose]) -> list[float]:
    """Returns when a look among the poses so far found a neutral."""
    late, found = LateStart(EXERCISE), []
    for shown in poses:
        late.add(shown)
        if late.look():
            found.append(shown.time_s)
    return found


@pytest.mark.parametrize(
    ("lifts", "finds"),
    [([BRIEF] * 6, True), ([BRIEF], False), ([], False)],
    ids=["again and again", "once", "standing still"],
)
def test_a_movement_that_is_done_again_is_the_exercise(lifts: list[Lift], finds: bool) -> None:
    assert bool(looks(clip(lifts, calm_s=0.4 if lifts else 12.0))) == finds


def test_it_looks_now_and_then_only() -> None:
    found = looks(clip([BRIEF] * 7, calm_s=0.4))
    assert found[0] == pytest.approx(FIRST_LOOK_S, abs=0.05)
    assert np.diff(found) == pytest.approx([LOOK_EVERY_S] * (len(found) - 1), abs=0.05)


def test_at_the_end_one_repetition_is_enough() -> None:
    late = LateStart(EXERCISE)
    for shown in clip([Lift(rest_s=2.5)], calm_s=0.4):
        late.add(shown)
    (found,) = late.search()
    assert found.known


def test_the_past_is_remembered_for_a_while_and_without_pictures() -> None:
    late = LateStart(EXERCISE)
    for index in range(5 * int(REMEMBERED_S + 10)):
        late.add(pose(Stance(), index / 5))
    times = [shown.time_s for shown in late.poses]
    assert times[-1] - times[0] == pytest.approx(REMEMBERED_S, abs=0.21)
    assert all(shown.silhouette is None and shown.world_m is None for shown in late.poses)


def test_nobody_has_no_neutral() -> None:
    late = LateStart(EXERCISE)
    for index in range(300):
        late.add(Pose.unseen(index / 30, (640, 480)))
    assert late.look() == () and late.search() == ()
