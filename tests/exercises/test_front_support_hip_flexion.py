"""Front support hip flexion: a plank that neither sags nor pikes while a knee is drawn up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exercises.judged import LEFT_VIEW, RIGHT_VIEW, codes, set_of, three, verdicts
from tests.stickman import Lift, Stance

SLUG = "front-support-hip-flexion"
PLANK = Stance(pitch=72.0, arm=72.0)
DRIVE = Lift(base=PLANK, peak=95.0, hold_s=0.4)


@pytest.mark.parametrize("yaw_deg", [LEFT_VIEW, RIGHT_VIEW])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_good_drive_is_clean(side: str, yaw_deg: float) -> None:
    session = set_of(SLUG, [replace(DRIVE, side=side)] * 2, yaw_deg)
    assert [(r.side.value, r.verdict.value) for r in session.reps] == [(side, "clean")] * 2
    assert session.reps[0].peak_deg == pytest.approx(95.0, abs=1.5)


@pytest.mark.parametrize(
    ("at_top", "code", "worst"),
    [
        (Stance(lean=22.0), "hips-raised", 22.0),
        (Stance(lean=-17.0), "back-arch", -17.0),
        (Stance(knee_right=32.0, thigh_right=14.0), "support-knee-bent", 32.0),
    ],
)
def test_each_fault_voids_the_drive_that_has_it(at_top: Stance, code: str, worst: float) -> None:
    # A sagging trunk takes from the driven hip's angle: the drive goes further for it.
    session = set_of(SLUG, three(replace(DRIVE, peak=105.0), at_top))
    assert verdicts(session) == ["clean", "compensated", "clean"]
    assert code in codes(session.reps[1])
    found = next(fault for fault in session.reps[1].faults if fault.code == code)
    assert found.worst == pytest.approx(worst, abs=2.5)


def test_a_short_drive_is_partial() -> None:
    assert verdicts(set_of(SLUG, [replace(DRIVE, peak=62.0)])) == ["partial"]


@pytest.mark.parametrize(
    "other",
    [
        replace(DRIVE, peak=0.0, at_top=Stance(lean=100.0)),
        replace(DRIVE, side="both", peak=20.0, knee=80.0),
    ],
    ids=["pike", "knee-tap"],
)
def test_a_pike_and_a_knee_tap_are_other_exercises(other: Lift) -> None:
    assert set_of(SLUG, [other] * 2).reps == ()


def test_a_quick_return_is_a_cue() -> None:
    (rep,) = set_of(SLUG, [replace(DRIVE, lower_s=0.7)]).reps
    assert [cue.code for cue in rep.cues] == ["fast-lowering"]
