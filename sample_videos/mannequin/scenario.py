"""What a clip shows: who, from where, and which repetitions with which faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mannequin.band import Band
from mannequin.body import Body
from mannequin.camera import SIDE_LEFT, Camera

Side = Literal["left", "right", "both"]
FaultCode = Literal[
    "lean-back", "lean-forward", "lateral-lean", "pelvic-hike", "pelvic-drop", "back-arch",
    "pelvis-lift", "hips-raised", "bent-knee", "too-high", "support-knee-bent", "swing",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Compensation:
    """A fault acted on purpose.

    ``amount`` is its size beyond the neutral posture, always positive, in the unit that the
    movement names: degrees for a lean, a bent knee or a plank out of line, centimetres for a loin
    or a pelvis that leaves the floor.
    """

    code: FaultCode
    amount: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Lift:
    """One repetition.

    Attributes
    ----------
    side
        The leg that is lifted, or both.
    peak_deg
        The judged angle at the top; for the standing lift, of the thigh from straight down.
    rise_s
        From the start posture to the top.
    hold_s
        Time at the top; for the standing lift, with the thigh at 75 degrees or more.
    lowering_s
        From just under the peak down to the level at which the repetition is over.
    rest_s
        In the start posture before this repetition begins.
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
    steps_per_s
        Cadence of fast alternating steps, both legs together; each lift is then a step, its
        ``rest_s`` a pause beyond the cadence.
    bar_m
        Height of the pull-up bar to hang from; none without it.
    seat_m
        Height of a stool to sit down on for ``fidget_s`` instead of exercising; none without it.
    band
        An elastic band round one foot; none without it.
    straight_legs
        Whether the legs are raised with straight knees where bent ones are usual.
    arms
        Where the arms of a person on the back lie: along the body, on the floor beyond the head,
        or crossed on the chest.
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
    steps_per_s: float = 0.0
    bar_m: float | None = None
    seat_m: float | None = None
    band: Band | None = None
    straight_legs: bool = False
    arms: Literal["flank", "overhead", "chest"] = "overhead"
