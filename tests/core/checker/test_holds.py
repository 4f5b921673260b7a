"""Timed holds: the clock runs at the top, stands while a fault lasts, forgives short blindness."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.checker.wording import rep_text
from formcheck.core.exercise.exercise import timed_hold
from formcheck.core.pose.pose import Landmark, Pose
from formcheck.exercises import get_exercise, slugs
from tests.exercises.judged import judged
from tests.stickman import Lift, Stance, clip, hidden

HOLD = timed_hold(get_exercise("standing-hip-flexion"), 6.0)


def held(lift: Lift, edit=lambda p: p) -> Rep:  # type: ignore[no-untyped-def]
    (rep,) = judged(HOLD, clip([lift], edit=edit)).reps
    return rep


@pytest.mark.parametrize(("hold_s", "verdict"), [(6.2, "clean"), (9.0, "clean"), (4.0, "partial")])
def test_a_hold_counts_once_it_is_long_enough(hold_s: float, verdict: str) -> None:
    rep = held(Lift(hold_s=hold_s))
    assert rep.verdict.value == verdict
    assert rep.hold_s == pytest.approx(hold_s + 0.7, abs=0.5)
    assert not rep.cues


def test_a_hold_cut_short_says_by_how_much() -> None:
    assert rep_text(HOLD, held(Lift(hold_s=3.0))).startswith("held 4.0 s of 6.0 s")
    assert rep_text(HOLD, held(Lift(peak=60.0))).startswith("reached 60° of 80°")


def test_a_fault_stops_the_clock_and_voids_the_hold() -> None:
    straight, leaning = held(Lift(hold_s=6.2)), held(Lift(hold_s=6.2, at_top=Stance(lean=-18.0)))
    assert leaning.verdict is Verdict.COMPENSATED
    assert leaning.hold_s < straight.hold_s - 4.0


def blind(start_s: float, end_s: float):  # type: ignore[no-untyped-def]
    def edit(pose: Pose) -> Pose:
        return hidden(pose, Landmark.LEFT_KNEE) if start_s <= pose.time_s < end_s else pose

    return edit


def test_short_blindness_is_forgiven_and_long_blindness_is_not() -> None:
    lift = Lift(hold_s=6.2)
    seen = held(lift)
    glanced = held(lift, blind(5.0, 5.3))
    assert glanced.verdict is Verdict.CLEAN
    assert glanced.hold_s == pytest.approx(seen.hold_s, abs=0.1)
    assert held(lift, blind(5.0, 5.8)).verdict is Verdict.UNVERIFIED


@pytest.mark.parametrize("slug", slugs())
def test_every_exercise_can_be_held(slug: str) -> None:
    exercise = timed_hold(get_exercise(slug), 8.0)
    assert exercise.cycle.hold_target_s == exercise.dose.hold_s == 8.0
    assert {cue.code for cue in exercise.cues} <= {"low-peak"}
    assert replace(exercise.cycle, hold_target_s=0.0) == get_exercise(slug).cycle
