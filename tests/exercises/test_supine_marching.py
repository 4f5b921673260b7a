"""Supine marching: faults, verdicts and setup, by table, on an exactly known figure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.checker.checker import FormChecker
from formcheck.exercises import get_exercise
from tests.exercises.judged import (
    LEFT_VIEW,
    OBLIQUE,
    RIGHT_VIEW,
    codes,
    reasons,
    set_of,
    three,
    verdicts,
    with_gap,
)
from tests.stickman import Lift, Stance, pose

SLUG = "supine-marching"
LYING = Stance(pitch=-90.0, thigh_left=50.0, thigh_right=50.0, knee_left=100.0, knee_right=100.0)
MARCH = Lift(base=LYING, peak=45.0, knee=10.0, hold_s=0.4)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_good_march_is_clean(side: str, yaw_deg: float) -> None:
    session = set_of(SLUG, [replace(MARCH, side=side)] * 2, yaw_deg)
    assert [(r.side.value, r.verdict.value) for r in session.reps] == [(side, "clean")] * 2
    assert session.reps[0].peak_deg == pytest.approx(95.0, abs=1.5)


@pytest.mark.parametrize(
    ("at_top", "code"),
    [
        # The trunk tips up from the shoulders, and with it the hips rise.
        (Stance(pitch=-14.0), "pelvis-lift"),
        (Stance(hips_up=0.05), "pelvis-lift"),
    ],
)
def test_each_fault_voids_the_march_that_has_it(at_top: Stance, code: str) -> None:
    session = set_of(SLUG, three(MARCH, at_top))
    assert verdicts(session) == ["clean", "compensated", "clean"]
    assert codes(session.reps[1]) == [code]


def test_a_growing_gap_under_the_loin_is_an_arched_back() -> None:
    arched = with_gap(lambda p: 0.02 if p.time_s < 3.0 else 0.08)
    (rep,) = set_of(SLUG, [MARCH], edit=arched).reps
    assert codes(rep) == ["back-arch"]
    assert rep.faults[0].worst == pytest.approx(0.06, abs=0.005)
    assert rep.faults[0].unit == "trunk"


@pytest.mark.parametrize(
    ("rest", "at_top", "verdict"),
    [
        # Hardly a hollow at rest: a shirt may fill it, and an arch would not show.
        (0.010, 0.012, "unverified"),
        # What shows all the same is told.
        (0.010, 0.060, "compensated"),
        (0.020, 0.022, "clean"),
    ],
)
def test_an_outline_without_a_hollow_vouches_for_no_back(
    rest: float, at_top: float, verdict: str
) -> None:
    filled = with_gap(lambda p: rest if p.time_s < 3.0 else at_top)
    session = set_of(SLUG, [MARCH], edit=filled)
    assert verdicts(session) == [verdict]
    assert ("a loose shirt" in str(reasons(session.reps[0]))) is (verdict == "unverified")


def test_an_arm_in_front_of_the_loin_leaves_the_march_unverified_and_says_why() -> None:
    doubt = "an arm lies in front of the lower back"
    session = set_of(
        SLUG, [MARCH], edit=lambda p: replace(p, lumbar_gap=np.nan, lumbar_doubt=doubt)
    )
    assert verdicts(session) == ["unverified"]
    assert doubt in reasons(session.reps[0])["back-arch"]


def test_a_low_march_is_partial() -> None:
    assert verdicts(set_of(SLUG, [replace(MARCH, peak=22.0)])) == ["partial"]


def test_drawing_both_knees_up_is_another_exercise() -> None:
    assert set_of(SLUG, [replace(MARCH, side="both")] * 2).reps == ()


def test_an_oblique_camera_is_asked_to_move_and_blames_nobody() -> None:
    session = set_of(SLUG, three(MARCH, Stance(lean=14.0)), OBLIQUE)
    assert set(verdicts(session)) <= {"unverified"}
    assert any("straight at your side" in problem for problem in session.problems)


def test_standing_is_not_lying() -> None:
    checker = FormChecker(get_exercise(SLUG))
    said = [checker.update(pose(Stance(), i / 30)).prompt for i in range(60)]
    assert said[-1] is not None and said[-1].startswith("You seem to stand")
