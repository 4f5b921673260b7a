"""The exercises on the back: the scenarios that ship, and those drawn on demand."""

from __future__ import annotations

from dataclasses import replace

from mannequin.camera import Camera
from mannequin.catalogue.people import BEN, CARLA
from mannequin.lying import FLOOR_LEFT, FLOOR_RIGHT
from mannequin.scenario import Compensation, FaultCode, Lift, Scenario, Side

#: From beyond the feet on the left, as a laptop on the floor may stand.
TOWARDS_FEET = Camera(yaw_deg=45.0, distance_m=2.9, height_m=0.6, aim_m=(-0.05, 0.0, 0.36))
#: From a table: 30 degrees above the person.
ABOVE = Camera(yaw_deg=82.0, distance_m=2.4, height_m=1.7, aim_m=(-0.08, 0.0, 0.31))

MARCH = Lift(side="left", peak_deg=92.0, rise_s=0.85, hold_s=1.15, lowering_s=1.15, rest_s=0.4)
RAISE = Lift(side="left", peak_deg=17.0, rise_s=0.85, hold_s=2.0, lowering_s=1.15, rest_s=0.2)
#: The clips that ship are kept short.
BRISK = replace(MARCH, rest_s=0.2)
LEG = Lift(side="left", peak_deg=78.0, rise_s=1.2, hold_s=1.15, lowering_s=1.5, rest_s=0.35)


def _set(lift: Lift, sides: str, *changes_deg: float) -> tuple[Lift, ...]:
    """Repeat a lift with the sides ``L`` and ``R`` and small changes of its peak."""
    names: dict[str, Side] = {"L": "left", "R": "right"}
    return tuple(
        replace(lift, side=names[side], peak_deg=lift.peak_deg + change)
        for side, change in zip(sides, changes_deg, strict=True)
    )


def _fast(lifts: tuple[Lift, ...]) -> tuple[Lift, ...]:
    """Drop the leg in half a second."""
    return tuple(replace(lift, lowering_s=0.5, rest_s=0.55) for lift in lifts)


def _low(
    lifts: tuple[Lift, ...], peaks_deg: dict[int, float], lowering_s: float
) -> tuple[Lift, ...]:
    """Let the lifts with these numbers, from 1, stay too low, held for a second."""
    return tuple(
        replace(lift, peak_deg=peaks_deg[n], lowering_s=lowering_s, hold_s=1.0)
        if n in peaks_deg
        else lift
        for n, lift in enumerate(lifts, start=1)
    )


def _with(lifts: tuple[Lift, ...], code: FaultCode, amounts: dict[int, float]) -> tuple[Lift, ...]:
    """Give the lifts with these numbers, from 1, a fault of the given size."""
    return tuple(
        replace(lift, compensations=(Compensation(code=code, amount=amounts[number]),))
        if number in amounts
        else lift
        for number, lift in enumerate(lifts, start=1)
    )


def _too_high(lifts: tuple[Lift, ...], peaks_deg: dict[int, float]) -> tuple[Lift, ...]:
    """Raise the lifts with these numbers, from 1, much too high."""
    high = tuple(
        replace(lift, peak_deg=peaks_deg.get(n, lift.peak_deg), lowering_s=1.5, hold_s=2.7)
        if n in peaks_deg
        else replace(lift, rest_s=0.5)
        for n, lift in enumerate(lifts, start=1)
    )
    return _with(high, "too-high", peaks_deg)


_MARCHES = Scenario(
    name="", about="", exercise="supine-marching", camera=FLOOR_LEFT, fps=20,
    lifts=_set(MARCH, "LLL", 0.0, 4.0, -2.0), arms="chest",
)  # fmt: skip
_RAISES = replace(_MARCHES, exercise="straight-leg-raise", lifts=_set(RAISE, "LLL", 0.0, 2.0, -2.0))
_LEGS = replace(_MARCHES, exercise="alternating-leg-raises", lifts=_set(LEG, "LRL", 0.0, 3.0, -3.0))

SHIPPED: tuple[Scenario, ...] = (
    replace(
        _MARCHES, name="supine-marching-clean", seed=101, arms="overhead",
        lifts=_set(BRISK, "LRLR", 0.0, 4.0, -2.0, 1.0),
        about="left side near the camera, legs alternating: four clean repetitions",
    ),
    replace(
        _MARCHES, name="supine-marching-back-arch", seed=102, arms="overhead",
        lifts=_with(_set(BRISK, "LLL", 0.0, 4.0, -2.0), "back-arch", {2: 4.4}),
        about="left leg: the loin leaves the floor in the second repetition",
    ),
    replace(
        _RAISES, name="straight-leg-raise-clean", seed=103,
        about="left side near the camera, left leg: three clean repetitions",
    ),
    replace(
        _RAISES, name="straight-leg-raise-too-high", seed=104, arms="overhead",
        lifts=_too_high(_RAISES.lifts, {2: 53.0}),
        about="left leg: the second repetition goes up to 53 degrees",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-clean", seed=105, arms="overhead",
        about="left side near the camera, left, right, left: three clean repetitions",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-back-arch", seed=106,
        lifts=_with(_LEGS.lifts, "back-arch", {2: 4.2, 3: 4.6}),
        about="left, right, left: the loin rises while the second and the third leg come down",
    ),
)  # fmt: skip

_MARCHES_ON_DEMAND: tuple[Scenario, ...] = (
    replace(
        _MARCHES, name="supine-marching-right-clean-ben", seed=111, camera=FLOOR_RIGHT, body=BEN,
        lifts=_set(MARCH, "RRR", -1.0, 3.0, 5.0),
        about="right side near the camera, right leg, a taller man: three clean repetitions",
    ),
    replace(
        _MARCHES, name="supine-marching-alternating-carla", seed=112, body=CARLA,
        lifts=_set(MARCH, "RLR", 1.0, -2.0, 2.0),
        about="a shorter woman, legs alternating: three clean repetitions",
    ),
    replace(
        _MARCHES, name="supine-marching-far-leg", seed=113,
        lifts=_set(MARCH, "RRR", 0.0, 3.0, -1.0),
        about="left side near the camera, the far right leg: three clean repetitions",
    ),
    replace(
        _MARCHES, name="supine-marching-arms-flank", seed=114, arms="flank",
        about="arms along the body, so that the near one hides the loin: three clean repetitions",
    ),
    replace(
        _MARCHES, name="supine-marching-oblique", seed=115, camera=TOWARDS_FEET,
        about="camera 45 degrees towards the feet: three clean repetitions",
    ),
    replace(
        _MARCHES, name="supine-marching-elevated", seed=116, camera=ABOVE,
        about="camera 30 degrees above: three clean repetitions",
    ),
    replace(
        _MARCHES, name="supine-marching-fast-lowering", seed=117, camera=FLOOR_RIGHT,
        lifts=_fast(_set(MARCH, "RRR", 0.0, 3.0, -2.0)),
        about="right leg: three repetitions lowered in 0.5 s",
    ),
    replace(
        _MARCHES, name="supine-marching-pelvis-lift-carla", seed=118, body=CARLA,
        lifts=_with(_MARCHES.lifts, "pelvis-lift", {1: 5.5, 3: 6.0}),
        about="a shorter woman: the pelvis rolls up in the first and the third repetition",
    ),
    replace(
        _MARCHES, name="supine-marching-right-back-arch-ben", seed=119, camera=FLOOR_RIGHT,
        body=BEN, arms="overhead",
        lifts=_with(_set(MARCH, "RRR", 0.0, 3.0, -2.0), "back-arch", {1: 4.0, 3: 4.8}),
        about="a taller man, right leg: the loin rises in the first and the third repetition",
    ),
    replace(
        _MARCHES, name="supine-marching-partial", seed=120, arms="overhead",
        lifts=_low(_MARCHES.lifts, {1: 65.0, 3: 67.0}, 0.5),
        about="left leg: the first and the third repetition are too low",
    ),
    replace(
        _MARCHES, name="supine-marching-idle", seed=121, lifts=(), fidget_s=8.0,
        about="lies with bent knees, moves the arms, looks about: no repetition",
    ),
)  # fmt: skip

_RAISES_ON_DEMAND: tuple[Scenario, ...] = (
    replace(
        _RAISES, name="straight-leg-raise-right-clean-carla", seed=131, camera=FLOOR_RIGHT,
        body=CARLA, arms="overhead", lifts=_set(RAISE, "RRR", -1.0, 1.0, 2.0),
        about="right side near the camera, a shorter woman: three clean repetitions",
    ),
    replace(
        _RAISES, name="straight-leg-raise-clean-ben", seed=132, body=BEN,
        about="a taller man: three clean repetitions",
    ),
    replace(
        _RAISES, name="straight-leg-raise-far-leg", seed=133,
        lifts=_set(RAISE, "RRR", 0.0, 1.0, -1.0),
        about="left side near the camera, the far right leg: three clean repetitions",
    ),
    replace(
        _RAISES, name="straight-leg-raise-arms-flank", seed=134, arms="flank",
        about="arms along the body: three clean repetitions",
    ),
    replace(
        _RAISES, name="straight-leg-raise-oblique", seed=135, camera=TOWARDS_FEET,
        about="camera 45 degrees towards the feet: three clean repetitions",
    ),
    replace(
        _RAISES, name="straight-leg-raise-elevated", seed=136, camera=ABOVE,
        about="camera 30 degrees above: three clean repetitions",
    ),
    replace(
        _RAISES, name="straight-leg-raise-fast-lowering", seed=137, camera=FLOOR_RIGHT,
        lifts=_fast(_set(RAISE, "RRR", 0.0, 2.0, 1.0)),
        about="right leg: three repetitions lowered in 0.5 s",
    ),
    replace(
        _RAISES, name="straight-leg-raise-back-arch", seed=138, arms="overhead",
        lifts=_with(_RAISES.lifts, "back-arch", {2: 4.2, 3: 4.6}),
        about="left leg: the loin leaves the floor in the second and the third repetition",
    ),
    replace(
        _RAISES, name="straight-leg-raise-pelvis-lift-ben", seed=139, body=BEN,
        lifts=_with(_RAISES.lifts, "pelvis-lift", {2: 6.0}),
        about="a taller man: the pelvis rolls up in the second repetition",
    ),
    replace(
        _RAISES, name="straight-leg-raise-right-bent-knee", seed=140, camera=FLOOR_RIGHT,
        lifts=_with(_set(RAISE, "RRR", 0.0, 2.0, 1.0), "bent-knee", {1: 38.0, 3: 42.0}),
        about="right leg: the knee bends in the first and the third repetition",
    ),
    replace(
        _RAISES, name="straight-leg-raise-partial", seed=141,
        lifts=_low(_RAISES.lifts, {1: 6.5, 3: 6.3}, 0.5),
        about="left leg: the first and the third repetition are too low",
    ),
    replace(
        _RAISES, name="straight-leg-raise-idle", seed=142, lifts=(), fidget_s=8.0,
        about="one leg straight, one bent, moves the arms, looks about: no repetition",
    ),
)  # fmt: skip

_LEGS_ON_DEMAND: tuple[Scenario, ...] = (
    replace(
        _LEGS, name="alternating-leg-raises-right-clean-ben", seed=151, camera=FLOOR_RIGHT,
        body=BEN, lifts=_set(LEG, "RLR", 0.0, -2.0, 3.0),
        about="right side near the camera, a taller man: three clean repetitions",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-clean-carla", seed=152, body=CARLA, arms="overhead",
        about="a shorter woman: three clean repetitions",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-far-leg", seed=153,
        lifts=_set(LEG, "RRR", 0.0, 2.0, -3.0),
        about="left side near the camera, the far right leg only: three clean repetitions",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-arms-flank", seed=154, arms="flank",
        about="arms along the body: three clean repetitions",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-oblique", seed=155, camera=TOWARDS_FEET,
        about="camera 45 degrees towards the feet: three clean repetitions",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-elevated", seed=156, camera=ABOVE,
        about="camera 30 degrees above: three clean repetitions",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-fast-lowering", seed=157, camera=FLOOR_RIGHT,
        lifts=_fast(_set(LEG, "RLR", 0.0, 2.0, -2.0)),
        about="right, left, right: three repetitions lowered in 0.5 s",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-pelvis-lift-carla", seed=158, body=CARLA,
        arms="overhead", lifts=_with(_LEGS.lifts, "pelvis-lift", {1: 6.0, 3: 6.5}),
        about="a shorter woman: the pelvis rolls up with the first and the third leg",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-right-bent-knee", seed=159, camera=FLOOR_RIGHT,
        lifts=_with(_set(LEG, "RLR", 0.0, 2.0, -2.0), "bent-knee", {1: 43.0, 3: 47.0}),
        about="right, left, right: the knee bends in the first and the third repetition",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-partial", seed=160, arms="overhead",
        lifts=_low(_LEGS.lifts, {1: 51.0, 3: 52.0}, 0.9),
        about="left, right, left: the first and the third repetition are too low",
    ),
    replace(
        _LEGS, name="alternating-leg-raises-idle", seed=161, lifts=(), fidget_s=8.0,
        about="lies with straight legs, moves the arms, looks about: no repetition",
    ),
)  # fmt: skip

ON_DEMAND: tuple[Scenario, ...] = _MARCHES_ON_DEMAND + _RAISES_ON_DEMAND + _LEGS_ON_DEMAND
