"""Start postures: what real people show lies within them, other postures lie outside."""

from __future__ import annotations

import math

import pytest

from formcheck.core.exercise.rules import Posture
from formcheck.core.exercise.start_postures import LYING_FLAT, PLANK_HELD, STANDING_STILL
from formcheck.core.measures import LUMBAR_GAP, PLANK_LINE, THIGH_ELEVATION, TORSO_LEAN

EVERY = [*STANDING_STILL, *PLANK_HELD, *LYING_FLAT]


@pytest.mark.parametrize("posture", EVERY, ids=lambda p: p.measure.name)
def test_a_start_posture_has_room_for_the_usual_and_a_sentence(posture: Posture) -> None:
    assert posture.low < posture.high and posture.usual_low < posture.usual_high
    assert posture.low <= posture.usual_low or posture.usual_low == -math.inf
    assert posture.high >= posture.usual_high or posture.usual_high == math.inf
    assert posture.say.endswith(".")
    assert not posture.capped or math.isfinite(posture.usual_low + posture.usual_high)


@pytest.mark.parametrize(
    ("posture", "values", "met", "usual"),
    [
        (PLANK_LINE, [13.0], True, True),
        (PLANK_LINE, [28.0], True, True),
        (PLANK_LINE, [48.0], True, False),
        (PLANK_LINE, [-18.0], True, False),
        (PLANK_LINE, [62.0], False, False),
        (LUMBAR_GAP, [0.03], True, True),
        (LUMBAR_GAP, [0.08], True, False),
        (THIGH_ELEVATION, [85.0, 88.0], False, False),
        (THIGH_ELEVATION, [60.0, -20.0], True, False),
        (TORSO_LEAN, [20.0], True, False),
        (TORSO_LEAN, [60.0], False, False),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_shape_and_habit_are_told_and_only_another_posture_is_refused(
    posture: object, values: list[float], met: bool, usual: bool
) -> None:
    (found,) = [each for each in EVERY if each.measure is posture and each.say]
    assert found.met(values) is met
    assert found.usual(values[0]) is usual


@pytest.mark.parametrize(
    ("value", "capped"), [(20.0, 8.0), (-20.0, -8.0), (3.0, 3.0), (math.nan, math.nan)]
)
def test_what_gravity_decides_is_held_to_the_usual(value: float, capped: float) -> None:
    lean = next(each for each in STANDING_STILL if each.measure is TORSO_LEAN)
    line = next(each for each in PLANK_HELD if each.measure is PLANK_LINE)
    assert lean.cap(value) == pytest.approx(capped, nan_ok=True)
    assert line.cap(value) == pytest.approx(value, nan_ok=True)
