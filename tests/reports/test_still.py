"""Stills: the line that went wrong where the body is, and the limit where it belongs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from formcheck.core.measures import LUMBAR_GAP, PLANK_LINE, THIGH_ELEVATION, TORSO_LEAN, Measure
from formcheck.core.pose.pose import Landmark, Side
from formcheck.core.pose.view import scene_of
from formcheck.core.pose.visibility import SeenPose, gate
from formcheck.exercises import get_exercise, slugs
from formcheck.reports.still import STILL_PX, LimitLines, drawn_lines, still
from tests.stickman import SIZE, Stance, hidden, pose

SEEN = scene_of([pose(Stance())])


def limit_lines(measure: Measure, beyond: float, side: Side = Side.LEFT) -> LimitLines:
    return LimitLines(measure=measure, side=side, beyond=beyond)


def turn_deg(line: Sequence[tuple[float, float]]) -> float:
    (x0, y0), (x1, y1) = line[0], line[-1]
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


@pytest.mark.parametrize("yaw_deg", [0.0, 180.0])
@pytest.mark.parametrize("lean", [-18.0, 20.0])
def test_the_limit_lies_beyond_the_trunk_by_as_much_as_was_too_much(
    yaw_deg: float, lean: float
) -> None:
    shown = pose(Stance(lean=lean), yaw_deg=yaw_deg)
    scene = scene_of([pose(Stance(), yaw_deg=yaw_deg)])
    done, limit = drawn_lines(
        SeenPose.trusted(shown), scene, limit_lines(TORSO_LEAN, lean - math.copysign(10, lean))
    )
    upright = -90.0
    assert abs(turn_deg(done) - upright) == pytest.approx(abs(lean), abs=0.5)
    assert abs(turn_deg(limit) - upright) == pytest.approx(10, abs=0.5)
    assert done[0] == limit[0]


def test_a_leg_that_fell_short_is_shown_against_the_full_range() -> None:
    shown = pose(Stance(thigh_left=62.0, knee_left=62.0))
    done, limit = drawn_lines(
        SeenPose.trusted(shown), SEEN, limit_lines(THIGH_ELEVATION, 62.0 - 80.0)
    )
    assert abs(turn_deg(limit) - turn_deg(done)) == pytest.approx(18, abs=0.5)


def test_a_plank_is_shown_against_the_straight_line() -> None:
    shown = pose(Stance(pitch=80.0, thigh_left=70.0))
    done, limit = drawn_lines(SeenPose.trusted(shown), SEEN, limit_lines(PLANK_LINE, 8.0))
    assert len(done) == 3
    assert limit == (done[0], done[2])
    assert done[2] == shown.points()[Landmark.RIGHT_ANKLE], "the stretched leg's ankle"


def test_every_fault_of_every_exercise_can_be_drawn() -> None:
    shown = pose(Stance(pitch=-90.0, arm=150.0), time_s=1.0)
    for slug in slugs():
        for fault in get_exercise(slug).faults:
            done, _ = drawn_lines(SeenPose.trusted(shown), SEEN, limit_lines(fault.measure, 0.02))
            assert len(done) >= 2, fault.code


def test_the_still_shows_the_person_with_the_line_and_leaves_the_picture_alone() -> None:
    picture = np.full((SIZE[1], SIZE[0], 3), 120, dtype=np.uint8)
    shown = still(picture, pose(Stance(lean=-18.0)), SEEN, limit_lines(TORSO_LEAN, -8.0))
    assert (picture == 120).all()
    assert max(shown.shape[:2]) == STILL_PX
    red = (shown[:, :, 2].astype(int) - shown[:, :, 0] > 120).sum()
    white = (shown.min(axis=2) > 240).sum()
    assert red > 500
    assert white > 200


@pytest.mark.parametrize("measure", [TORSO_LEAN, LUMBAR_GAP])
def test_what_was_not_seen_is_not_drawn(measure: Measure) -> None:
    unseen = gate(hidden(pose(Stance()), *Landmark))
    picture = np.full((SIZE[1], SIZE[0], 3), 120, dtype=np.uint8)
    shown = still(picture, unseen, SEEN, limit_lines(measure, -8.0))
    assert (shown == 120).all()
