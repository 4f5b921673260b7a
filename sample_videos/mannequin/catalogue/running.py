"""High knee runs: the scenarios that ship, and those drawn on demand."""

from __future__ import annotations

from mannequin.camera import FRONT, OBLIQUE, SIDE_LEFT, SIDE_RIGHT
from mannequin.catalogue.people import BEN, CARLA
from mannequin.scenario import Compensation, FaultCode, Lift, Scenario, Side

EXERCISE = "high-knee-runs"


def _acted(code: FaultCode, amount_deg: float) -> tuple[Compensation, ...]:
    return (Compensation(code=code, amount=amount_deg),)


def _steps(
    number: int,
    steps_per_s: float,
    peak_deg: float = 86.0,
    acted: tuple[Compensation, ...] = (),
    rest_s: float = 0.0,
) -> tuple[Lift, ...]:
    """Alternating steps, the right leg first, after standing for ``rest_s``."""
    interval_s = 1.0 / steps_per_s
    sides: tuple[Side, Side] = ("right", "left")
    return tuple(
        Lift(
            side=sides[n % 2], peak_deg=peak_deg + (n % 3 - 1) * 2.0, rise_s=0.6 * interval_s,
            hold_s=0.25 * interval_s, lowering_s=0.3 * interval_s,
            rest_s=0.0 if n else rest_s, compensations=acted,
        )
        for n in range(number)
    )  # fmt: skip


_BACK = _acted("lean-back", 19.5)
_ASIDE = _acted("lateral-lean", 17.5)

SHIPPED: tuple[Scenario, ...] = (
    Scenario(
        name="high-knee-runs-clean", exercise=EXERCISE, camera=SIDE_LEFT, seed=101,
        steps_per_s=2.0, lifts=_steps(15, 2.0),
        about="left side near the camera, two steps a second: fifteen clean steps",
    ),
    Scenario(
        name="high-knee-runs-lean-back", exercise=EXERCISE, camera=SIDE_RIGHT, seed=102,
        steps_per_s=2.0, lifts=_steps(6, 2.0) + _steps(8, 2.0, 84.0, _BACK, 0.9),
        about="right side near the camera: six clean steps, then eight leaning back",
    ),
)  # fmt: skip

ON_DEMAND: tuple[Scenario, ...] = (
    Scenario(
        name="high-knee-runs-right-slow", exercise=EXERCISE, camera=SIDE_RIGHT, seed=103,
        steps_per_s=1.5, lifts=_steps(11, 1.5, 90.0),
        about="right side near the camera, one and a half steps a second: eleven clean steps",
    ),
    Scenario(
        name="high-knee-runs-quick", exercise=EXERCISE, camera=SIDE_LEFT, seed=104,
        steps_per_s=2.5, lifts=_steps(19, 2.5, 82.0),
        about="left side near the camera, two and a half steps a second: nineteen clean steps",
    ),
    Scenario(
        name="high-knee-runs-very-quick", exercise=EXERCISE, camera=SIDE_RIGHT, seed=105,
        steps_per_s=3.0, lifts=_steps(21, 3.0, 79.0),
        about="right side near the camera, three steps a second: twenty-one clean steps",
    ),
    Scenario(
        name="high-knee-runs-front", exercise=EXERCISE, camera=FRONT, seed=106, steps_per_s=2.0,
        lifts=_steps(14, 2.0, 86.0), about="from the front, two steps a second: fourteen clean",
    ),
    Scenario(
        name="high-knee-runs-front-lateral-lean", exercise=EXERCISE, camera=FRONT, seed=107,
        steps_per_s=2.0, lifts=_steps(6, 2.0) + _steps(8, 2.0, 84.0, _ASIDE, 0.9),
        about="from the front: six clean steps, then eight leaning to the right",
    ),
    Scenario(
        name="high-knee-runs-oblique", exercise=EXERCISE, camera=OBLIQUE, seed=108,
        steps_per_s=2.0, lifts=_steps(14, 2.0),
        about="from 45 degrees to the left of the front: fourteen clean steps",
    ),
    Scenario(
        name="high-knee-runs-low", exercise=EXERCISE, camera=SIDE_LEFT, seed=109, steps_per_s=2.0,
        lifts=_steps(6, 2.0) + _steps(8, 2.0, 54.0, (), 0.9),
        about="six clean steps, then eight with the knees too low",
    ),
    Scenario(
        name="high-knee-runs-idle", exercise=EXERCISE, camera=SIDE_LEFT, seed=110, fidget_s=8.0,
        steps_per_s=2.0, about="walks on the spot with low steps, then stands: no repetition",
    ),
    Scenario(
        name="high-knee-runs-sitting", exercise=EXERCISE, camera=SIDE_RIGHT, seat_m=0.45,
        fidget_s=3.0, seed=113, about="sits down on a stool and gets up again: no repetition",
    ),
    Scenario(
        name="high-knee-runs-clean-ben", exercise=EXERCISE, camera=SIDE_LEFT, seed=111, body=BEN,
        steps_per_s=2.5, lifts=_steps(16, 2.5, 84.0),
        about="a taller man, two and a half steps a second: sixteen clean steps",
    ),
    Scenario(
        name="high-knee-runs-lean-back-carla", exercise=EXERCISE, camera=SIDE_LEFT, seed=112,
        body=CARLA, steps_per_s=2.5,
        lifts=_steps(8, 2.5, 82.0) + _steps(9, 2.5, 80.0, _BACK, 0.9),
        about="a shorter woman: eight clean steps, then nine leaning back",
    ),
)  # fmt: skip
