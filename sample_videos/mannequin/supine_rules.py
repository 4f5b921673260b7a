"""How a perfect observer counts and judges the three exercises on the back."""

from __future__ import annotations

from mannequin.vectors import Array
from mannequin.verdict import Columns, FaultRule, Rules


def _loin(delta: Columns, _: str) -> Array:
    return delta["loin_lift_cm"]


def _hips(delta: Columns, _: str) -> Array:
    return delta["hip_rise_cm"]


def _knee(delta: Columns, side: str) -> Array:
    return delta[f"knee_flexion_{side}_deg"]


def _elevation(delta: Columns, side: str) -> Array:
    return delta[f"leg_elevation_{side}_deg"]


def _back(*, lowering_only: bool = False) -> tuple[FaultRule, ...]:
    """Say when the back counts as arched and the pelvis as lifted."""
    signals = (("back-arch", _loin, 2.5), ("pelvis-lift", _hips, 3.0))
    return tuple(
        FaultRule(code=code, signal=signal, limit=limit, unit="cm", lowering_only=lowering_only)
        for code, signal, limit in signals
    )


RULES: dict[str, Rules] = {
    "supine-marching": Rules(
        column="hip_flexion_{side}_deg", rest_from_neutral=True,
        start=12.0, top=80.0, back=8.0, attempt=45.0, high=80.0, lowering_s=1.0,
        faults=_back(),
    ),
    "straight-leg-raise": Rules(
        column="leg_elevation_{side}_deg", from_neutral=True,
        start=4.0, top=8.0, back=3.0, attempt=5.0, high=8.0, lowering_s=1.0,
        faults=(
            *_back(),
            FaultRule(code="too-high", signal=_elevation, limit=40.0),
            FaultRule(code="bent-knee", signal=_knee, limit=25.0),
        ),
    ),
    "alternating-leg-raises": Rules(
        column="leg_elevation_{side}_deg", from_neutral=True,
        start=20.0, top=60.0, back=15.0, attempt=45.0, high=60.0, lowering_s=1.0,
        faults=(
            *_back(lowering_only=True), FaultRule(code="bent-knee", signal=_knee, limit=30.0)
        ),
    ),
}  # fmt: skip
