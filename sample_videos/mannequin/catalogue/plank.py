"""Knee drives in a high plank, slow and fast: the scenarios that ship, and those on demand."""

from __future__ import annotations

from dataclasses import replace

from mannequin.band import Band
from mannequin.camera import Camera
from mannequin.catalogue.people import BEN, CARLA
from mannequin.plank_drives import FAST, SLOW
from mannequin.scenario import Compensation, FaultCode, Lift, Scenario, Side

LEFT = Camera(yaw_deg=82.0, distance_m=2.35, height_m=0.7, aim_m=(-0.03, 0.0, 0.36))
RIGHT = replace(LEFT, yaw_deg=-82.0)
#: For a tall person, from a little farther away.
LEFT_FAR = replace(LEFT, distance_m=2.5)


def _acted(code: FaultCode, amount_deg: float) -> tuple[Compensation, ...]:
    return (Compensation(code=code, amount=amount_deg),)


def _slow(
    *sides: Side, faults: dict[int, tuple[Compensation, ...]] | None = None
) -> tuple[Lift, ...]:
    """Make controlled drives, one a side named; ``faults`` compensates the numbered ones."""
    varied = ((101.0, 1.1, 1.4), (104.0, 1.2, 1.5), (98.0, 1.05, 1.35), (102.0, 1.15, 1.4))
    acted = faults or {}
    return tuple(
        Lift(
            side=side, peak_deg=peak, rise_s=rise_s, hold_s=1.2, lowering_s=lowering_s,
            rest_s=0.35, compensations=acted.get(number, ()),
        )
        for number, (side, (peak, rise_s, lowering_s)) in enumerate(
            zip(sides, varied, strict=False), start=1
        )
    )  # fmt: skip


def _steps(
    number: int,
    steps_per_s: float,
    peak_deg: float = 92.0,
    acted: tuple[Compensation, ...] = (),
    rest_s: float = 0.0,
) -> tuple[Lift, ...]:
    """Alternating steps, the left leg first, after a pause of ``rest_s`` in the plank."""
    interval_s = 1.0 / steps_per_s
    sides: tuple[Side, Side] = ("left", "right")
    return tuple(
        Lift(
            side=sides[n % 2], peak_deg=peak_deg + (n % 3 - 1) * 2.0, rise_s=0.65 * interval_s,
            hold_s=0.3 * interval_s, lowering_s=0.45 * interval_s,
            rest_s=0.0 if n else rest_s, compensations=acted,
        )
        for n in range(number)
    )  # fmt: skip


_ARCH = _acted("back-arch", 20.0)
_BENT = _acted("support-knee-bent", 32.0)
_RAISED = _acted("hips-raised", 27.0)

SHIPPED: tuple[Scenario, ...] = (
    Scenario(
        name="front-support-hip-flexion-clean", exercise=SLOW, camera=LEFT, seed=51, fps=20,
        lifts=_slow("left", "left", "left"),
        about="high plank, left side near the camera, left knee: three clean repetitions",
    ),
    Scenario(
        name="front-support-hip-flexion-back-arch", exercise=SLOW, camera=RIGHT, seed=52, fps=20,
        lifts=_slow("right", "right", "right", faults={2: _acted("back-arch", 21.0)}),
        about="high plank, right knee: the hips sag in the second repetition",
    ),
    Scenario(
        name="mountain-climbers-clean", exercise=FAST, camera=LEFT, seed=61, steps_per_s=2.0,
        lifts=_steps(16, 2.0),
        about="left side near the camera, two steps a second: sixteen clean steps",
    ),
    Scenario(
        name="mountain-climbers-hips-raised", exercise=FAST, camera=RIGHT, seed=62,
        steps_per_s=2.0, lifts=_steps(7, 2.0) + _steps(8, 2.0, 84.0, _RAISED, 1.0),
        about="right side near the camera: seven clean steps, then eight with the hips raised",
    ),
)  # fmt: skip

_SLOW_ON_DEMAND: tuple[Scenario, ...] = (
    Scenario(
        name="front-support-hip-flexion-right-clean", exercise=SLOW, camera=RIGHT, seed=53, fps=20,
        lifts=_slow("right", "right", "right"),
        about="right side near the camera, right knee: three clean repetitions",
    ),
    Scenario(
        name="front-support-hip-flexion-far-leg", exercise=SLOW, camera=LEFT, seed=54, fps=20,
        lifts=_slow("right", "right", "right"),
        about="left side near the camera, the far right knee: three clean repetitions",
    ),
    Scenario(
        name="front-support-hip-flexion-band", exercise=SLOW, camera=LEFT, seed=70, fps=20,
        lifts=_slow("left", "left", "left"), band=Band(side="left"),
        about="a band round the near left foot, anchored behind: three clean repetitions",
    ),
    Scenario(
        name="front-support-hip-flexion-band-hips-raised", exercise=SLOW, camera=LEFT, seed=71,
        fps=20, lifts=_slow("right", "right", "right", faults={2: _RAISED}),
        band=Band(side="right"),
        about="a band round the far right foot: the hips go up in the second repetition",
    ),
    Scenario(
        name="front-support-hip-flexion-alternating", exercise=SLOW, camera=RIGHT, seed=55, fps=20,
        lifts=_slow("left", "right", "left"),
        about="right side near the camera, knees alternating: three clean repetitions",
    ),
    Scenario(
        name="front-support-hip-flexion-hips-raised", exercise=SLOW, camera=LEFT, seed=56, fps=20,
        lifts=_slow("left", "left", "left", faults={2: _acted("hips-raised", 24.0)}),
        about="left knee: the hips go up in the second repetition",
    ),
    Scenario(
        name="front-support-hip-flexion-support-knee-bent", exercise=SLOW, camera=LEFT, seed=57,
        fps=20, lifts=_slow("right", "right", "right", faults={2: _BENT}),
        about="far right knee: the near supporting knee bends in the second repetition",
    ),
    Scenario(
        name="front-support-hip-flexion-partial", exercise=SLOW, camera=RIGHT, seed=58, fps=20,
        lifts=tuple(
            Lift(side="right", peak_deg=p, rise_s=1.1, hold_s=h, lowering_s=1.3, rest_s=0.35)
            for p, h in ((60.0, 0.4), (102.0, 1.15), (62.0, 0.4))
        ),
        about="right knee: first and third repetition reach 60 degrees only",
    ),
    Scenario(
        name="front-support-hip-flexion-fast-lowering", exercise=SLOW, camera=LEFT, seed=59, fps=20,
        lifts=tuple(
            Lift(side="left", peak_deg=p, rise_s=1.2, hold_s=0.8, lowering_s=0.5, rest_s=0.9)
            for p in (101.0, 98.0, 103.0)
        ),
        about="left knee: three repetitions, the leg put back in 0.5 s",
    ),
    Scenario(
        name="front-support-hip-flexion-idle", exercise=SLOW, camera=LEFT, seed=60, fps=20,
        fidget_s=8.0, about="holds the plank, a little restless: no repetition",
    ),
    Scenario(
        name="front-support-hip-flexion-clean-ben", exercise=SLOW, camera=LEFT_FAR, seed=63, fps=20,
        body=BEN, lifts=_slow("left", "right", "left"),
        about="a taller man, knees alternating: three clean repetitions",
    ),
    Scenario(
        name="front-support-hip-flexion-back-arch-carla", exercise=SLOW, camera=RIGHT, seed=64,
        fps=20, body=CARLA,
        lifts=_slow("right", "left", "right", faults={3: _acted("back-arch", 20.0)}),
        about="a shorter woman, knees alternating: the hips sag in the third repetition",
    ),
)  # fmt: skip

_FAST_ON_DEMAND: tuple[Scenario, ...] = (
    Scenario(
        name="mountain-climbers-right-slow", exercise=FAST, camera=RIGHT, seed=65, steps_per_s=1.5,
        lifts=_steps(12, 1.5, 96.0),
        about="right side near the camera, one and a half steps a second: twelve clean steps",
    ),
    Scenario(
        name="mountain-climbers-quick", exercise=FAST, camera=LEFT, seed=66, steps_per_s=2.5,
        lifts=_steps(20, 2.5, 88.0),
        about="left side near the camera, two and a half steps a second: twenty clean steps",
    ),
    Scenario(
        name="mountain-climbers-very-quick", exercise=FAST, camera=RIGHT, seed=67, steps_per_s=3.0,
        lifts=_steps(22, 3.0, 87.0),
        about="right side near the camera, three steps a second: twenty-two clean steps",
    ),
    Scenario(
        name="mountain-climbers-shallow", exercise=FAST, camera=LEFT, seed=68, steps_per_s=2.5,
        lifts=_steps(20, 2.5, 73.0),
        about="two and a half steps a second, the knees to 73 degrees only: twenty steps",
    ),
    Scenario(
        name="mountain-climbers-partial", exercise=FAST, camera=RIGHT, seed=69, steps_per_s=2.0,
        lifts=_steps(6, 2.0) + _steps(6, 2.0, 55.0, (), 1.0),
        about="six clean steps, then six that reach 55 degrees only",
    ),
    Scenario(
        name="mountain-climbers-back-arch", exercise=FAST, camera=LEFT, seed=70, steps_per_s=2.0,
        lifts=_steps(7, 2.0) + _steps(8, 2.0, 88.0, _ARCH, 1.0),
        about="seven clean steps, then eight with the hips sagging",
    ),
    Scenario(
        name="mountain-climbers-idle", exercise=FAST, camera=RIGHT, seed=71, fidget_s=8.0,
        steps_per_s=2.0, about="holds the plank, a little restless: no step",
    ),
    Scenario(
        name="mountain-climbers-clean-ben", exercise=FAST, camera=LEFT_FAR, seed=72, body=BEN,
        steps_per_s=2.0, lifts=_steps(14, 2.0, 94.0),
        about="a taller man, two steps a second: fourteen clean steps",
    ),
    Scenario(
        name="mountain-climbers-hips-raised-carla", exercise=FAST, camera=LEFT, seed=73, body=CARLA,
        steps_per_s=2.5, lifts=_steps(8, 2.5, 86.0) + _steps(9, 2.5, 82.0, _RAISED, 1.0),
        about="a shorter woman: eight clean steps, then nine with the hips raised",
    ),
)  # fmt: skip

ON_DEMAND: tuple[Scenario, ...] = _SLOW_ON_DEMAND + _FAST_ON_DEMAND
