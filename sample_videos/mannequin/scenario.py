"""What a clip shows: who, from where, and which repetitions with which faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mannequin.body import Body
from mannequin.camera import SIDE_LEFT, Camera

Side = Literal["left", "right"]
FaultCode = Literal[
    "lean-back", "lean-forward", "lateral-lean", "pelvic-hike", "pelvic-drop", "support-knee-bent"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Compensation:
    """A fault acted on purpose.

    ``amount_deg`` is its size beyond the neutral posture, always positive: how far the trunk leans
    (sideways: over the supporting leg), the pelvis hikes or drops on the lifted side, or the
    supporting knee bends.
    """

    code: FaultCode
    amount_deg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Lift:
    """One repetition of a thigh raise.

    Attributes
    ----------
    side
        The leg that is lifted.
    peak_deg
        Thigh elevation at the top, from straight down.
    rise_s
        From standing to the top.
    hold_s
        Time with the thigh at 75 degrees or more; for a lower peak, time spent at the peak.
    lowering_s
        From 5 degrees under the peak down to 20 degrees.
    rest_s
        Both feet on the floor before this repetition begins.
    compensations
        Faults acted during the rise and the hold.
    """

    side: Side
    peak_deg: float = 90.0
    rise_s: float = 1.1
    hold_s: float = 2.3
    lowering_s: float = 1.5
    rest_s: float = 0.5
    compensations: tuple[Compensation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A clip, declared.

    Attributes
    ----------
    name
        File name without its ending.
    about
        One line for people.
    calm_s
        Standing still before the first repetition.
    finish_s
        Standing still after the last.
    walk_in_s
        Time spent walking into place before standing still; 0 starts in place.
    fidget_s
        Time spent shifting weight and looking about instead of exercising, after the calm start.
    seed
        Fixes sway and every small variation.
    """

    name: str
    about: str
    exercise: str = "standing-hip-flexion"
    camera: Camera = SIDE_LEFT
    lifts: tuple[Lift, ...] = ()
    calm_s: float = 2.2
    finish_s: float = 1.0
    walk_in_s: float = 0.0
    fidget_s: float = 0.0
    seed: int = 1
    body: Body = field(default_factory=Body)
    size_px: tuple[int, int] = (640, 480)
    fps: int = 30
