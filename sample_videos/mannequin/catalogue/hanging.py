"""Hanging leg raises: the scenarios that ship, and those drawn on demand."""

from __future__ import annotations

from dataclasses import replace

from mannequin.camera import Camera
from mannequin.catalogue.people import BEN, CARLA
from mannequin.scenario import Compensation, FaultCode, Lift, Scenario

EXERCISE = "hanging-leg-raises"
LEFT = Camera(yaw_deg=82.0, distance_m=3.6, height_m=1.25, aim_m=(0.08, 0.0, 1.26))
RIGHT = replace(LEFT, yaw_deg=-82.0)
#: For a tall person under a higher bar.
LEFT_FAR = replace(LEFT, distance_m=3.85, aim_m=(0.08, 0.0, 1.33))
PORTRAIT = (480, 640)
BAR_M = 2.32
PEAKS = ((103.0, 1.15, 1.35), (107.0, 1.25, 1.45), (100.0, 1.1, 1.3))


def _acted(code: FaultCode, amount_deg: float) -> tuple[Compensation, ...]:
    return (Compensation(code=code, amount=amount_deg),)


def _raises(
    *faults: tuple[Compensation, ...], rests_s: tuple[float, float] = (0.1, 0.1)
) -> tuple[Lift, ...]:
    """Three controlled raises; ``faults`` in their order, ``rests_s`` before the later two."""
    acted = [*faults, (), (), ()]
    return tuple(
        Lift(
            side="both", peak_deg=peak, rise_s=rise_s, hold_s=1.15, lowering_s=lowering_s,
            rest_s=rest_s, compensations=acted[number],
        )
        for number, ((peak, rise_s, lowering_s), rest_s) in enumerate(
            zip(PEAKS, (0.0, *rests_s), strict=True)
        )
    )  # fmt: skip


_SWING = _acted("swing", 24.0)
_ARCH = _acted("back-arch", 25.0)

SHIPPED: tuple[Scenario, ...] = (
    Scenario(
        name="hanging-leg-raises-clean", exercise=EXERCISE, camera=LEFT, seed=81, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M, lifts=_raises(),
        about="hanging, left side near the camera, knees bent: three clean repetitions",
    ),
    Scenario(
        name="hanging-leg-raises-swing", exercise=EXERCISE, camera=RIGHT, seed=82, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M, lifts=_raises((), _SWING, _SWING, rests_s=(0.4, 0.1)),
        about="hanging, right side near the camera: second and third repetition with swinging",
    ),
)  # fmt: skip

ON_DEMAND: tuple[Scenario, ...] = (
    Scenario(
        name="hanging-leg-raises-right-clean", exercise=EXERCISE, camera=RIGHT, seed=83, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M, lifts=_raises(),
        about="right side near the camera: three clean repetitions",
    ),
    Scenario(
        name="hanging-leg-raises-straight", exercise=EXERCISE, camera=LEFT, seed=84, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M, straight_legs=True,
        lifts=tuple(replace(lift, peak_deg=lift.peak_deg - 6.0) for lift in _raises()),
        about="with straight knees: three clean repetitions",
    ),
    Scenario(
        name="hanging-leg-raises-back-arch", exercise=EXERCISE, camera=LEFT, seed=85, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M, lifts=_raises((), _ARCH, rests_s=(0.1, 1.5)),
        about="after the second repetition the legs go behind the arched back",
    ),
    Scenario(
        name="hanging-leg-raises-partial", exercise=EXERCISE, camera=RIGHT, seed=86, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M,
        lifts=tuple(
            Lift(side="both", peak_deg=p, rise_s=1.1, hold_s=h, lowering_s=1.3, rest_s=0.1)
            for p, h in ((60.0, 0.4), (103.0, 1.15), (63.0, 0.4))
        ),
        about="first and third repetition reach 60 degrees only",
    ),
    Scenario(
        name="hanging-leg-raises-fast-lowering", exercise=EXERCISE, camera=LEFT, seed=87, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M,
        lifts=tuple(
            Lift(side="both", peak_deg=p, rise_s=1.2, hold_s=0.8, lowering_s=0.5, rest_s=0.8)
            for p in (102.0, 99.0, 104.0)
        ),
        about="three repetitions, the legs dropped in 0.5 s",
    ),
    Scenario(
        name="hanging-leg-raises-swing-between", exercise=EXERCISE, camera=LEFT, seed=88, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M,
        lifts=_raises((), (), _acted("swing", 15.5), rests_s=(0.1, 0.6)),
        about="the third repetition sets the body swinging, and it goes on swinging",
        finish_s=1.6,
    ),
    Scenario(
        name="hanging-leg-raises-idle", exercise=EXERCISE, camera=RIGHT, seed=89, fps=20,
        size_px=PORTRAIT, bar_m=BAR_M, fidget_s=8.0, about="only hangs: no repetition",
    ),
    Scenario(
        name="hanging-leg-raises-clean-ben", exercise=EXERCISE, camera=LEFT_FAR, seed=90, fps=20,
        size_px=PORTRAIT, bar_m=2.48, body=BEN, lifts=_raises(),
        about="a taller man: three clean repetitions",
    ),
    Scenario(
        name="hanging-leg-raises-swing-carla", exercise=EXERCISE, camera=RIGHT, seed=91, fps=20,
        size_px=PORTRAIT, bar_m=2.20, body=CARLA,
        lifts=_raises((), (), _SWING, rests_s=(0.1, 0.6)),
        about="a shorter woman: the third repetition with swinging",
    ),
)  # fmt: skip
