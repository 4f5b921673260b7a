"""How a perfect observer counts and judges each exercise; limits as in formcheck's own rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from people.vectors import Array
from people.verdict import Columns, FaultRule, Rules, Signal, other

#: From turn to turn 20 degrees of swing weigh as much as 15 from the vertical.
TURN_WEIGHT = 0.75
ANTERIOR_DEG = 5.0


def _of(name: str, sign: float = 1.0) -> Signal:
    """Signal of a column; ``{side}`` is the moving side, ``{other}`` the opposite one."""
    return lambda delta, side: sign * delta[name.format(side=side, other=other(side))]


def _hike(delta: Columns, side: str) -> Array:
    hiked: Array = (1.0 if side == "left" else -1.0) * delta["pelvic_obliquity_deg"]
    return hiked


def _aside(delta: Columns, _: str) -> Array:
    size: Array = np.abs(delta["lateral_lean_deg"])
    return size


def _carrying_line(delta: Columns, _: str) -> Array:
    """Plank line of the less flexed leg: with fast steps both may be in the air for a moment."""
    left = delta["hip_flexion_left_deg"] < delta["hip_flexion_right_deg"]
    line: Array = np.where(left, delta["plank_line_left_deg"], delta["plank_line_right_deg"])
    return line


def _afterwards(delta: Columns, values: Array, worst: Callable[[Array], float]) -> Array:
    """Give each raise what ``worst`` makes of ``values`` in the hang that follows it; else 0.

    The fault belongs to the repetition just lowered, though it shows when that one is over.
    """
    raised = delta["hip_flexion_both_deg"] > 20.0
    begins = [int(n) + 1 for n in np.flatnonzero(~raised[:-1] & raised[1:])]
    found = np.zeros_like(values)
    for begin, following in pairwise([*begins, values.size]):
        hang = ~raised[begin:following]
        if hang.any():
            found[begin:following] = worst(values[begin:following][hang])
    return found


def _arch(delta: Columns, _: str) -> Array:
    """Degrees by which the legs go behind the hanging body after the repetition."""
    return _afterwards(delta, -delta["hip_flexion_both_deg"], lambda v: float(v.max()))


def _swing(delta: Columns, _: str) -> Array:
    """Degrees of swing, and of what swinging goes on after the repetition, weighed alike."""
    between = _afterwards(delta, delta["swing_deg"], lambda v: float(np.ptp(v)))
    found: Array = np.maximum(np.abs(delta["swing_deg"]), TURN_WEIGHT * between)
    return found


#: The pelvis tips forward by itself: no arched back under a lying or propped trunk, no lean.
_ANTERIOR = FaultRule(
    code="anterior-tilt", signal=_of("pelvic_tilt_sagittal_deg"), limit=ANTERIOR_DEG,
    unless=("back-arch", "lean-forward", "lean-back", "hips-raised", "swing"),
)  # fmt: skip


def _lying_back(*, lowering_only: bool = False) -> tuple[FaultRule, ...]:
    """Say when the back counts as arched and the pelvis as lifted."""
    rules = (
        FaultRule(code="back-arch", signal=_of("loin_lift_cm"), limit=2.5, unit="cm"),
        FaultRule(code="pelvis-lift", signal=_of("hip_rise_cm"), limit=3.0, unit="cm"),
    )
    return tuple(replace(rule, lowering_only=lowering_only) for rule in rules)


def _rule(code: str, signal: Signal, limit_deg: float, lasting_s: float = 0.3) -> FaultRule:
    return FaultRule(code=code, signal=signal, limit=limit_deg, lasting_s=lasting_s)


RULES: dict[str, Rules] = {
    "standing-hip-flexion": Rules(
        column="thigh_elevation_{side}_deg",
        start=25.0, top=80.0, back=20.0, attempt=45.0, high=75.0, hold_s=1.8, lowering_s=1.0,
        faults=(
            _rule("lean-back", _of("torso_lean_deg", -1.0), 10.0),
            _rule("lean-forward", _of("torso_lean_deg"), 15.0),
            _rule("lateral-lean", _aside, 10.0),
            _rule("pelvic-hike", _hike, 7.0),
            _rule("pelvic-drop", lambda delta, side: -_hike(delta, side), 7.0),
            _rule("support-knee-bent", _of("knee_flexion_{other}_deg"), 20.0),
            _ANTERIOR,
        ),
    ),
    "supine-marching": Rules(
        column="hip_flexion_{side}_deg", rest_from_neutral=True,
        start=12.0, top=80.0, back=8.0, attempt=45.0, high=80.0, lowering_s=1.0,
        faults=(*_lying_back(), _ANTERIOR),
    ),
    "straight-leg-raise": Rules(
        column="leg_elevation_{side}_deg", from_neutral=True,
        start=4.0, top=8.0, back=3.0, attempt=5.0, high=8.0, lowering_s=1.0,
        faults=(
            *_lying_back(),
            _rule("too-high", _of("leg_elevation_{side}_deg"), 40.0),
            _rule("bent-knee", _of("knee_flexion_{side}_deg"), 25.0),
            _ANTERIOR,
        ),
    ),
    "alternating-leg-raises": Rules(
        column="leg_elevation_{side}_deg", from_neutral=True,
        start=20.0, top=60.0, back=15.0, attempt=45.0, high=60.0, lowering_s=1.0,
        faults=(
            *_lying_back(lowering_only=True),
            _rule("bent-knee", _of("knee_flexion_{side}_deg"), 30.0),
            _ANTERIOR,
        ),
    ),
    "front-support-hip-flexion": Rules(
        column="hip_flexion_{side}_deg", moved="thigh_elevation_{side}_deg",
        start=15.0, top=80.0, back=10.0, attempt=45.0, high=80.0, lowering_s=1.0,
        faults=(
            _rule("back-arch", _of("plank_line_{other}_deg", -1.0), 10.0),
            _rule("hips-raised", _of("plank_line_{other}_deg"), 15.0),
            _rule("support-knee-bent", _of("knee_flexion_{other}_deg"), 20.0),
        ),
    ),
    "mountain-climbers": Rules(
        column="hip_flexion_{side}_deg", moved="thigh_elevation_{side}_deg",
        start=24.0, top=65.0, back=19.0, attempt=45.0, high=75.0,
        faults=(
            _rule("back-arch", lambda d, s: -_carrying_line(d, s), 12.0, 0.15),
            _rule("hips-raised", _carrying_line, 20.0, 0.15),
        ),
    ),
    "hanging-leg-raises": Rules(
        column="hip_flexion_{side}_deg", sides=("both",),
        start=30.0, top=85.0, back=20.0, attempt=45.0, high=85.0, lowering_s=1.0,
        faults=(_rule("swing", _swing, 15.0), _rule("back-arch", _arch, 15.0)),
    ),
    "high-knee-runs": Rules(
        column="thigh_elevation_{side}_deg",
        start=48.0, top=62.0, back=45.0, attempt=45.0, high=75.0,
        faults=(
            _rule("lean-back", _of("torso_lean_deg", -1.0), 12.0, 0.15),
            _rule("lateral-lean", _aside, 12.0, 0.15),
        ),
    ),
}  # fmt: skip
