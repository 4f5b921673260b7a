"""Legs that trade names are followed by where they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import Rep
from formcheck.core.pose.frame import SourceInfo
from formcheck.core.pose.leg_swaps import LEGS, MIXED_S, LegTracker
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.exercises import get_exercise
from tests import stickman
from tests.legs_mistaken import LEFT, RIGHT, blended, swapped
from tests.stickman import Lift, Stance, hidden

FPS = 30.0
clip = partial(stickman.clip, fps=FPS)
LIFTED = (2.6 + 0.6, 2.6 + 4.6)  # well apart in a clip of one lift


def swapping(*spans: tuple[float, float]) -> Callable[[Pose], Pose]:
    def edit(shown: Pose) -> Pose:
        return swapped(shown) if any(a <= shown.time_s < b for a, b in spans) else shown

    return edit


@pytest.mark.parametrize("frames", [1, 5, 20, 60])
@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
def test_legs_that_trade_names_while_apart_are_put_back(frames: int, yaw_deg: float) -> None:
    tracker = LegTracker()
    first = round(LIFTED[0] * FPS)
    for index, shown in enumerate(clip([Lift()], yaw_deg=yaw_deg)):
        given = swapped(shown) if first <= index < first + frames else shown
        repaired, clues = tracker.repair(given)
        np.testing.assert_allclose(repaired.image_px, shown.image_px)
        assert clues.exchanged == (given is not shown)


def test_legs_that_are_together_take_the_names_they_are_given() -> None:
    tracker = LegTracker()
    shown = next(iter(clip([])))
    tracker.repair(shown)
    given = swapped(replace(shown, time_s=0.03))
    np.testing.assert_array_equal(tracker.repair(given)[0].image_px, given.image_px)


def test_fast_alternating_legs_are_not_taken_for_swaps() -> None:
    lifts = [
        Lift(side=side, rise_s=0.25, hold_s=0.0, lower_s=0.25, rest_s=0.0)
        for side in ("left", "right") * 6
    ]
    tracker = LegTracker()
    for shown in clip(lifts):
        np.testing.assert_array_equal(tracker.repair(shown)[0].image_px, shown.image_px)


def test_a_frame_in_which_both_legs_are_misplaced_does_not_break_the_track() -> None:
    tracker = LegTracker()
    for index, shown in enumerate(clip([Lift()])):
        given = shown
        if index == 120:
            points = shown.image_px.copy()
            points[25:33] += 400.0
            given = replace(shown, image_px=points)
        elif 120 < index < 140:
            given = swapped(shown)
        out, _ = tracker.repair(given)
        if index != 120:
            np.testing.assert_allclose(out.image_px, shown.image_px)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_legs_mixed_while_their_names_are_traded_are_taken_apart(share: float) -> None:
    tracker = LegTracker()
    worst = 0.0
    for index, shown in enumerate(clip([Lift()])):
        mixed = index % 8 in (4, 5) and 3.8 < shown.time_s < 5.0
        out, _ = tracker.repair(blended(shown, share) if mixed else shown)
        legs = np.concatenate([LEFT, RIGHT])
        off = np.linalg.norm(out.image_px[legs] - shown.image_px[legs], axis=1).mean()
        worst = max(worst, float(off))
    assert worst < 0.02 * 200  # of a trunk of about 200 px; mixed, they are off by 30 % and more


@pytest.mark.parametrize("share", [0.2, 0.3, 0.4])
def test_legs_that_come_out_of_a_mixture_are_believed_at_once(share: float) -> None:
    tracker = LegTracker()
    for index, shown in enumerate(clip([Lift()])):
        # Mixed from before they part until the leg is up: what is remembered of them is wrong.
        given = blended(shown, share) if index < 100 else shown
        repaired, _ = tracker.repair(given)
        if index >= 100:
            np.testing.assert_allclose(repaired.image_px, shown.image_px)


def test_the_foot_that_stayed_outvotes_a_name_that_was_wrong_all_the_time() -> None:
    found = reps(swapping((2.6, 7.6)), distance_m=3.0)
    assert [r.side.value for r in found] == ["left", "left"]


def reps(edit: Callable[[Pose], Pose], distance_m: float = 60.0) -> tuple[Rep, ...]:
    checker = FormChecker(get_exercise("standing-hip-flexion"))
    for shown in clip([Lift(), Lift()], edit=edit, distance_m=distance_m):
        checker.update(shown)
    return checker.finish(SourceInfo(path="drawn", width=1, height=1)).reps


@pytest.mark.parametrize(
    "spans",
    [
        [(3.4, 4.0)],
        [(3.1, 3.4), (5.5, 6.3)],
        [(4.0, 4.1), (4.3, 4.4), (4.8, 4.9)],
    ],
)
def test_swaps_do_not_cost_a_repetition_nor_invent_one(spans: list[tuple[float, float]]) -> None:
    found = reps(swapping(*spans))
    assert [(r.side.value, r.verdict.value) for r in found] == [("left", "clean")] * 2


def test_a_repetition_goes_to_the_leg_it_was_called_most_of_the_time() -> None:
    # Named wrongly when the legs part, rightly from then on: followed as right, counted as left.
    found = reps(swapping((2.6, 3.3)))
    assert [r.side.value for r in found] == ["left", "left"]


def test_legs_mistaken_for_each_other_in_the_hold_make_one_repetition_with_its_fault() -> None:
    def edit(shown: Pose) -> Pose:
        if not 4.0 <= shown.time_s < 7.0:
            return shown
        if shown.time_s < 4.25:  # the track is lost
            return hidden(shown, *(Landmark(i) for i in range(25, 33)))
        return swapped(shown)

    checker = FormChecker(get_exercise("standing-hip-flexion"))
    lean = Lift(hold_s=3.5, at_top=Stance(lean=-18.0))
    for shown in clip([lean, Lift()], edit=edit):
        checker.update(shown)
    found = checker.finish(SourceInfo(path="drawn", width=1, height=1)).reps
    assert [r.verdict.value for r in found] == ["compensated", "clean"]
    assert [f.code for f in found[0].faults] == ["lean-back"]


def test_a_cut_forgets_where_the_legs_and_feet_were() -> None:
    """Behind a cut the picture shows the person elsewhere: old places must not name the legs."""
    first = [pose for pose in clip([Lift()], distance_m=3.0) if pose.time_s < 4.0]
    behind = [
        replace(swapped(pose), time_s=pose.time_s + 0.04, image_px=swapped(pose).image_px + 400.0)
        for pose in clip([Lift()], distance_m=3.0)
        if 4.0 <= pose.time_s < 5.0
    ]
    tracker = LegTracker()
    for pose in first:
        _, clues = tracker.repair(pose)
    assert clues.stays is not None
    for pose in behind:
        repaired, clues = tracker.repair(pose)
        assert repaired is pose and clues.stays is None


@pytest.mark.parametrize(("lies", "met_after_s"), [(True, MIXED_S), (False, math.inf)])
def test_legs_that_seem_mixed_for_long_have_met_if_both_may_be_up(
    lies: bool, met_after_s: float
) -> None:
    def at(time_s: float) -> Pose:
        # Apart at first, and then both half-way, where two legs mixed by the model would be.
        left, right = (55.0, 85.0) if time_s < 0.5 else (70.0, 70.0)
        stance = Stance(pitch=-90.0 * lies, thigh_left=left, thigh_right=right)
        return stickman.pose(stance, time_s)

    tracker = LegTracker(lies=lies)
    for index in range(60):
        shown = at(index / FPS)
        repaired, _ = tracker.repair(shown)
        as_given = np.allclose(repaired.image_px[LEGS], shown.image_px[LEGS])
        assert as_given == (shown.time_s < 0.5 or shown.time_s > 0.5 + met_after_s + 1e-6)
