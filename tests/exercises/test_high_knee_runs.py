"""High knee runs: every step of both legs, from the side and from the front."""

from __future__ import annotations

import pytest

from tests.exercises.judged import FRONT, LEFT_VIEW, RIGHT_VIEW, codes, judged, verdicts
from tests.stickman import Stance, steps

SLUG = "high-knee-runs"


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW, FRONT])
@pytest.mark.parametrize("per_s", [1.0, 1.5, 2.0, 2.5, 3.0])
def test_every_step_is_counted_up_to_three_a_second(per_s: float, yaw_deg: float) -> None:
    session = judged(SLUG, steps(12, per_s, peak=90.0, yaw_deg=yaw_deg))
    assert verdicts(session) == ["clean"] * 12
    assert {side.value: c.clean for side, c in session.by_side.items()} == {"left": 6, "right": 6}


@pytest.mark.parametrize(
    ("during", "code", "yaw_deg"),
    [(Stance(lean=-18.0), "lean-back", LEFT_VIEW), (Stance(lateral=17.0), "lateral-lean", FRONT)],
)
def test_leaning_voids_its_steps(during: Stance, code: str, yaw_deg: float) -> None:
    session = judged(SLUG, steps(8, 2.0, peak=90.0, during=during, yaw_deg=yaw_deg))
    assert len(session.reps) == 8
    assert all(codes(rep) == [code] for rep in session.reps[1:])


@pytest.mark.parametrize(
    ("lean", "verdict"), [(-7.0, "clean"), (-10.5, "unverified"), (-14.0, "compensated")]
)
def test_a_lean_just_under_the_limit_is_not_called_clean(lean: float, verdict: str) -> None:
    session = judged(SLUG, steps(8, 2.0, peak=90.0, during=Stance(lean=lean)))
    assert verdicts(session)[1:] == [verdict] * 7


def test_low_knees_are_partial_and_jogging_lower_counts_nothing() -> None:
    assert verdicts(judged(SLUG, steps(8, 2.0, peak=56.0))) == ["partial"] * 8
    assert judged(SLUG, steps(8, 2.0, peak=35.0)).reps == ()


def test_a_middling_height_counts_with_a_cue() -> None:
    session = judged(SLUG, steps(8, 1.5, peak=71.0))
    assert verdicts(session) == ["clean"] * 8
    assert all([cue.code for cue in rep.cues] == ["low-peak"] for rep in session.reps)


@pytest.mark.parametrize("fps", [20.0, 24.0, 60.0])
def test_from_twenty_frames_a_second_on_no_step_is_lost(fps: float) -> None:
    assert len(judged(SLUG, steps(12, 3.0, peak=92.0, fps=fps)).reps) == 12


def test_a_slow_camera_is_named() -> None:
    session = judged(SLUG, steps(8, 1.5, peak=92.0, fps=12.0))
    assert any("12 frames a second are too few" in problem for problem in session.problems)
