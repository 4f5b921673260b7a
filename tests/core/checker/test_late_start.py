"""The neutral looked for among the poses that came before it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.late_start import FIRST_LOOK_S, LOOK_EVERY_S, REMEMBERED_S, LateStart
from formcheck.core.pose.pose import Pose
from formcheck.exercises import get_exercise
from tests.exercises.judged import SOURCE, with_gap
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


BENT = Stance(pitch=-90.0, arm=180.0, thigh_right=45.0, knee_right=90.0)
RAISE = Lift(base=BENT, peak=14.0, knee=0.0, hold_s=3.0, rest_s=1.2)


@pytest.mark.parametrize(
    ("begins_s", "calm_s", "clean"),
    [(1.7, 0.5, 3), (0.0, 2.6, 4)],
    ids=["found with the leg held up", "found lying still"],
)
def test_live_a_held_top_is_not_the_neutral_for_long(
    begins_s: float, calm_s: float, clean: int
) -> None:
    checker, told = FormChecker(get_exercise("straight-leg-raise")), []
    for shown in clip([RAISE] * 4, calm_s=calm_s, edit=with_gap()):
        if shown.time_s >= begins_s:
            told += [rep.number for rep in checker.update(shown).ended]
    session = checker.finish(SOURCE)
    assert session.calibration is not None
    neutral_deg = session.calibration.neutral["leg_elevation_left_deg"]
    assert neutral_deg == pytest.approx(0.0, abs=1.0)
    assert session.counts.clean >= clean
    assert told == list(range(1, len(session.reps) + 1))


def test_live_a_neutral_that_a_repetition_rose_from_is_doubted_no_more() -> None:
    checker = FormChecker(EXERCISE)
    for shown in clip([Lift()] * 2):
        checker.update(shown)
    before = checker.calibration
    for shown in clip([Lift(base=Stance(thigh_left=-20.0))] * 2, start_s=30.0):
        checker.update(shown)
    assert before is not None and checker.calibration is before
