"""Standing hip flexion: the scenarios that ship, and those drawn on demand."""

from __future__ import annotations

from dataclasses import replace

from mannequin.body import Body, Palette
from mannequin.camera import FRONT, OBLIQUE, SIDE_LEFT, SIDE_RIGHT, SQUARE_LEFT
from mannequin.catalogue.people import BEN, CARLA
from mannequin.scenario import Compensation, FaultCode, Lift, Scenario, Side

#: Shorts so dark that the legs melt into one another: hard for a pose model from the side.
DARK = Body(palette=Palette(shorts=(52, 58, 74)))


def _acted(code: FaultCode, amount_deg: float) -> tuple[Compensation, ...]:
    return (Compensation(code=code, amount=amount_deg),)


def _clean_three(side: Side) -> tuple[Lift, ...]:
    return (
        Lift(side=side, peak_deg=91.0, rise_s=1.15, hold_s=2.3, lowering_s=1.5),
        Lift(side=side, peak_deg=94.0, rise_s=1.25, hold_s=2.55, lowering_s=1.75),
        Lift(side=side, peak_deg=89.0, rise_s=1.05, hold_s=2.25, lowering_s=1.35),
    )


def _three_with(side: Side, code: FaultCode, amount_deg: float) -> tuple[Lift, ...]:
    """Three lifts, the middle one with a fault."""
    first, second, third = _clean_three(side)
    faulty = Lift(
        side=side, peak_deg=second.peak_deg, rise_s=1.2, hold_s=2.4, lowering_s=1.5,
        compensations=_acted(code, amount_deg),
    )  # fmt: skip
    return first, faulty, third


def _lean_back(side: Side, amount_deg: float) -> tuple[Lift, ...]:
    plain = Lift(side=side, rise_s=0.9, hold_s=2.1, lowering_s=1.12, rest_s=0.12)
    first = replace(plain, compensations=_acted("lean-back", amount_deg))
    second = replace(plain, compensations=_acted("lean-back", amount_deg - 1.0))
    return (
        replace(plain, peak_deg=90.0),
        replace(first, peak_deg=93.0),
        replace(plain, peak_deg=89.0),
        replace(second, peak_deg=92.0),
    )


def _alternating(**faults: tuple[Compensation, ...]) -> tuple[Lift, ...]:
    """Left, right, left, right; ``second=...`` gives the second lift those compensations."""
    sides: tuple[Side, ...] = ("left", "right", "left", "right")
    peaks = {"first": 89.0, "second": 90.0, "third": 91.0, "fourth": 88.0}
    return tuple(
        Lift(
            side=side, peak_deg=peak, rise_s=0.9, hold_s=2.1, lowering_s=1.12, rest_s=0.12,
            compensations=faults.get(name, ()),
        )
        for side, (name, peak) in zip(sides, peaks.items(), strict=True)
    )  # fmt: skip


SHIPPED: tuple[Scenario, ...] = (
    Scenario(
        name="standing-side-left-clean", camera=SIDE_LEFT, lifts=_clean_three("left"), seed=11,
        about="left side near the camera, left leg: three clean repetitions",
    ),
    Scenario(
        name="standing-side-right-clean", camera=SIDE_RIGHT, lifts=_clean_three("right"), seed=12,
        about="right side near the camera, right leg: three clean repetitions",
    ),
    Scenario(
        name="standing-side-lean-back", camera=SIDE_LEFT, lifts=_lean_back("left", 18.5), seed=13,
        about="left leg: the second and the fourth repetition with the trunk leaning back",
    ),
    Scenario(
        name="standing-front-lateral-lean", camera=FRONT, seed=14, finish_s=0.9,
        lifts=_alternating(
            second=_acted("lateral-lean", 15.2), third=_acted("lateral-lean", 15.6)
        ),
        about="from the front, legs alternating: second and third repetition leaning sideways",
    ),
)  # fmt: skip

ON_DEMAND: tuple[Scenario, ...] = (
    Scenario(
        name="standing-front-clean", camera=FRONT, lifts=_alternating(), seed=21,
        about="from the front, legs alternating: four clean repetitions",
    ),
    Scenario(
        name="standing-front-pelvic-hike", camera=FRONT, seed=22,
        lifts=_alternating(second=_acted("pelvic-hike", 16.0), third=_acted("pelvic-hike", 16.0)),
        about="from the front: second and third repetition with the lifted side's hip hiked",
    ),
    Scenario(
        name="standing-front-pelvic-drop", camera=FRONT, seed=23,
        lifts=_alternating(second=_acted("pelvic-drop", 20.0), third=_acted("pelvic-drop", 20.0)),
        about="from the front: second and third repetition with the lifted side's hip dropped",
    ),
    Scenario(
        name="standing-side-support-knee-bent", camera=SIDE_RIGHT, seed=24,
        lifts=_three_with("left", "support-knee-bent", 32.0),
        about="near right leg supports: its knee bends in the second repetition",
    ),
    Scenario(
        name="standing-side-lean-forward", camera=SIDE_LEFT, seed=25,
        lifts=_three_with("left", "lean-forward", 23.5),
        about="left leg: the second repetition with the trunk leaning forward",
    ),
    Scenario(
        name="standing-side-short-hold", camera=SIDE_LEFT, seed=26,
        lifts=tuple(
            Lift(side="left", peak_deg=p, rise_s=0.8, hold_s=0.6, lowering_s=1.2)
            for p in (83.0, 84.0, 82.5)
        ),
        about="left leg: three repetitions held for 0.6 s only",
    ),
    Scenario(
        name="standing-side-fast-lowering", camera=SIDE_RIGHT, seed=27,
        lifts=tuple(
            Lift(side="right", peak_deg=p, rise_s=1.1, hold_s=2.3, lowering_s=0.5)
            for p in (90.0, 92.0, 89.0)
        ),
        about="right leg: three repetitions lowered in 0.5 s",
    ),
    Scenario(
        name="standing-side-partial", camera=SIDE_LEFT, seed=28,
        lifts=(
            Lift(side="left", peak_deg=60.0, hold_s=1.5, lowering_s=1.2),
            Lift(side="left", peak_deg=91.0),
            Lift(side="left", peak_deg=63.0, hold_s=1.5, lowering_s=1.2),
        ),
        about="left leg: first and third repetition reach 60 degrees only",
    ),
    Scenario(
        name="standing-oblique-clean", camera=OBLIQUE, lifts=_clean_three("left"), seed=29,
        about="from 45 degrees to the left of the front: three clean repetitions",
    ),
    Scenario(
        name="standing-side-far-leg", camera=SIDE_LEFT, lifts=_clean_three("right"), seed=30,
        about="left side near the camera, the far right leg: three clean repetitions",
    ),
    Scenario(
        name="standing-side-alternating", camera=SIDE_RIGHT, lifts=_alternating(), seed=31,
        about="right side near the camera, legs alternating: four clean repetitions",
    ),
    Scenario(
        name="standing-side-idle", camera=SIDE_LEFT, fidget_s=11.0, seed=32,
        about="stands, shifts the weight, looks about: no repetition",
    ),
    Scenario(
        name="standing-side-walk-in", camera=SIDE_RIGHT, walk_in_s=2.8, calm_s=2.8, seed=33,
        lifts=_clean_three("right"),
        about="walks into place, then three clean repetitions with the right leg",
    ),
    Scenario(
        name="standing-side-sitting", camera=SIDE_LEFT, seat_m=0.45, fidget_s=3.5, seed=38,
        about="sits down on a stool and gets up again: no repetition",
    ),
    Scenario(
        name="standing-front-sitting", camera=FRONT, seat_m=0.45, fidget_s=3.5, seed=39,
        about="from the front, sits down on a stool and gets up again: no repetition",
    ),
    Scenario(
        name="standing-side-square-dark", camera=SQUARE_LEFT, body=DARK, seed=37,
        lifts=_clean_three("left"),
        about="as standing-side-left-clean, exactly from the side, in dark shorts: hard to see",
    ),
    Scenario(
        name="standing-side-left-clean-ben", body=BEN, seed=34, lifts=_clean_three("left"),
        about="as standing-side-left-clean, a taller man",
    ),
    Scenario(
        name="standing-side-lean-back-carla", body=CARLA, seed=35, camera=SIDE_RIGHT,
        lifts=_lean_back("right", 18.0),
        about="as standing-side-lean-back, a shorter woman, right leg",
    ),
    Scenario(
        name="standing-front-clean-carla", body=CARLA, camera=FRONT, seed=36,
        lifts=_alternating(),
        about="as standing-front-clean, a shorter woman",
    ),
)  # fmt: skip
