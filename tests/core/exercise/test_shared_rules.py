"""The rules that exercises share: directions, limits, phases, sources."""

from __future__ import annotations

import pytest

from formcheck.core.exercise.rules import Fault, Leg, Phase, Quantity
from formcheck.core.exercise.shared_rules import (
    FAST_S,
    LOWERING,
    bent_knee,
    fast_lowering,
    lateral_lean,
    lean_back,
    low_peak,
    lying_camera,
    lying_faults,
    plank_faults,
    support_knee_bent,
)
from formcheck.core.pose.view import View

FAULTS = [
    lean_back(10.0), lateral_lean(12.0), support_knee_bent(), bent_knee(25.0), *lying_faults(),
    *plank_faults(10.0, 15.0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "faulty", "fine"),
    [
        (lean_back(10.0), -11.0, 30.0),
        (lateral_lean(12.0), -13.0, 11.0),
        (lateral_lean(12.0), 13.0, -11.0),
        (support_knee_bent(), 21.0, -30.0),
        (bent_knee(25.0), 26.0, -30.0),
        (plank_faults(10.0, 15.0)[0], -11.0, 30.0),
        (plank_faults(10.0, 15.0)[1], 16.0, -30.0),
    ],
    ids=lambda value: value.code if isinstance(value, Fault) else "",
)
def test_the_direction_of_a_fault(fault: Fault, faulty: float, fine: float) -> None:
    bound = abs(fault.limit.value)
    assert fault.limit.excess(faulty, bound) > 0.0 > fault.limit.excess(fine, bound)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_a_fault_has_a_source_a_name_and_a_correction(fault: Fault) -> None:
    assert fault.limit.source and fault.name
    assert fault.say.endswith(".")


def test_whose_knee_is_watched() -> None:
    assert support_knee_bent().leg is Leg.SUPPORT
    assert bent_knee(25.0).leg is Leg.MOVING


@pytest.mark.parametrize(
    ("found", "lasting_s"),
    [
        (lean_back(10.0), 0.3),
        (lean_back(10.0, lasting_s=FAST_S), 0.15),
        (lateral_lean(10.0, lasting_s=FAST_S), 0.15),
        (plank_faults(10.0, 15.0, lasting_s=FAST_S)[1], 0.15),
    ],
)
def test_how_long_a_fault_must_last(found: Fault, lasting_s: float) -> None:
    assert found.lasting_s == lasting_s


def test_a_back_on_the_floor_is_known_by_several_signs() -> None:
    codes = [fault.code for fault in lying_faults(LOWERING)]
    assert codes == ["back-arch", "pelvis-lift", "pelvis-lift"]
    assert {phase for fault in lying_faults(LOWERING) for phase in fault.phases} == {Phase.LOWER}
    assert Phase.REST not in lying_faults()[0].phases


def test_cues_are_judged_from_the_side_only() -> None:
    for cue, quantity in (
        (fast_lowering(), Quantity.LOWERING_S),
        (low_peak(85.0, "Higher.", "a test"), Quantity.PEAK_DEG),
    ):
        assert cue.quantity is quantity and cue.views == {View.SIDE}
    assert fast_lowering("another").source == "another"
    assert low_peak(85.0, "Higher.", "a test").at_least == 85.0


def test_where_the_camera_goes_for_a_lying_person() -> None:
    assert lying_camera("At your side")[0].startswith("At your side, low")
