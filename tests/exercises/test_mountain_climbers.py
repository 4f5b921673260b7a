"""Mountain climbers: every step of both legs, fast, over a trunk that holds still."""

from __future__ import annotations

import pytest

from tests.exercises.judged import LEFT_VIEW, RIGHT_VIEW, codes, judged, verdicts
from tests.stickman import Stance, steps

SLUG = "mountain-climbers"
PLANK = Stance(pitch=72.0, arm=72.0)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("per_s", [1.0, 1.5, 2.0, 2.5, 3.0])
def test_every_step_is_counted_up_to_three_a_second(per_s: float, yaw_deg: float) -> None:
    session = judged(SLUG, steps(12, per_s, peak=95.0, base=PLANK, yaw_deg=yaw_deg))
    assert verdicts(session) == ["clean"] * 12
    assert {side.value: c.clean for side, c in session.by_side.items()} == {"left": 6, "right": 6}


@pytest.mark.parametrize(
    ("during", "code"), [(Stance(lean=28.0), "hips-raised"), (Stance(lean=-19.0), "back-arch")]
)
def test_a_plank_out_of_line_voids_its_steps(during: Stance, code: str) -> None:
    session = judged(SLUG, steps(8, 1.5, peak=95.0, base=PLANK, during=during))
    assert len(session.reps) == 8
    # The first step may be over before the fault has lasted.
    assert all(codes(rep) == [code] for rep in session.reps[1:])


def test_short_steps_are_partial() -> None:
    session = judged(SLUG, steps(8, 1.5, peak=56.0, base=PLANK))
    assert verdicts(session) == ["partial"] * 8


def test_a_slow_camera_is_named_and_grades_no_height() -> None:
    session = judged(SLUG, steps(8, 2.0, peak=58.0, base=PLANK, fps=12.0))
    assert any("12 frames a second are too few" in problem for problem in session.problems)
    assert set(verdicts(session)) <= {"unverified"}
