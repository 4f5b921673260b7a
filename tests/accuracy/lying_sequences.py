"""The sequences of people on their backs from which the lumbar gap's reach is measured.

Somebody lies still, with the hollow that is the person's own, then lifts a leg, then arches the
back step by step or rolls the pelvis up; or does a whole repetition with the back down.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from formcheck.core.pose.pose import FloatArray
from people.acting import habits_of
from people.body import bodies
from people.camera import Camera
from people.placing import place
from people.posture import Channels
from people.profiles import Pulse
from tests.accuracy.sequences import BODIES, FPS, Shot, seeded

ArmPlace: TypeAlias = Literal["flank", "overhead", "chest"]
Kind: TypeAlias = Literal["steps", "rep", "pelvis", "legs"]
LIFTS_CM = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
PELVIS_CM = (1.0, 2.0, 3.0, 4.0, 6.0)
LEVELS = (0.33, 0.67, 1.0)
REP = Pulse(start_s=0.6, rise_s=1.1, stay_s=0.5, fall_s=1.5)

#: Whether the moving and the other leg lie straight, how high the first goes (hip flexion of a bent
#: leg, elevation of a straight one), and how far it is up while the back arches.
EXERCISES = {
    "march": (False, False, 92.0, 1.0),
    "straight": (True, False, 20.0, 1.0),
    "lowering": (True, True, 60.0, 0.5),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One sequence: who, which exercise, where the arms are, and what happens."""

    body: str
    exercise: str
    arms: ArmPlace = "overhead"
    kind: Kind = "steps"

    @property
    def name(self) -> str:
        kind = "" if self.kind in ("steps", "legs") else f"-{self.kind}"
        return f"{self.body}-{self.exercise}-{self.arms}{kind}"

    def camera(self) -> Camera:
        draw = seeded(self.name)
        return Camera(
            yaw_deg=float(draw.choice([-82.0, 82.0]) + draw.uniform(-6.0, 6.0)),
            height_m=float(draw.uniform(0.35, 0.8)),
            distance_m=float(draw.uniform(2.7, 3.3)),
            aim_m=(-0.05, 0.0, 0.30),
        )

    def script(self) -> Iterator[tuple[str, float, float, float]]:
        """What each frame shows: the stretch, the leg's level, the loin's and the pelvis's lift."""
        yield from [("warm", 0.0, 0.0, 0.0)] * 3
        yield from [("base", 0.0, 0.0, 0.0)] * 6
        if self.kind == "rep":
            for number in range(9, round(REP.end_s * FPS) + 1):
                yield ("rep", REP.level(number / FPS), 0.0, 0.0)
            return
        for level in LEVELS:
            yield from [(f"leg{level:.2f}", level, 0.0, 0.0)] * 4
        held = EXERCISES[self.exercise][3]
        # With the arms on the chest every other lift will do.
        lifts = LIFTS_CM[1::2] if self.arms == "chest" else LIFTS_CM
        for lift in lifts if self.kind == "steps" else ():
            yield from [(f"lift{lift:.1f}", held, lift, 0.0)] * 3
        for lift in PELVIS_CM if self.kind == "pelvis" else ():
            yield from [(f"pelvis{lift:.1f}", held, 0.0, lift)] * 3

    def shots(self) -> Iterator[Shot]:
        phases = seeded(self.name).uniform(0.0, 2 * math.pi, 3)
        for number, (stretch, *amounts) in enumerate(self.script()):
            lying = _lying(self, amounts, number / FPS, phases)
            yield Shot(stretch, place(bodies()[self.body], lying, "back"))


PLANS = (
    [Plan(body, exercise) for body in BODIES for exercise in EXERCISES]
    + [Plan(body, "march", kind="pelvis") for body in BODIES]
    + [Plan(body, tuple(EXERCISES)[n % 3], kind="rep") for n, body in enumerate(BODIES)]
    + [Plan(body, "march", "chest") for body in BODIES]
    + [Plan(body, "march", "flank", "legs") for body in ("ida", "dmitri")]
)


def _lying(plan: Plan, amounts: list[float], time_s: float, phases: FloatArray) -> Channels:
    """Return one instant, with breathing and a little restlessness."""
    level, loin_cm, pelvis_cm = amounts
    moving, staying, top_deg, _ = EXERCISES[plan.exercise]
    slow = np.sin(2 * math.pi * np.array([0.25, 0.4, 0.6]) * time_s + phases)
    side, other = ("left", "right") if phases[2] > math.pi else ("right", "left")
    level += 0.015 * float(slow[0]) if level else 0.0
    hollow_m = habits_of(bodies()[plan.body]).hollow_m
    s: Channels = defaultdict(float, {"loin": hollow_m, "breath": 0.5 + 0.5 * float(slow[0])})
    s |= {f"{side}.straight": float(moving), f"{other}.straight": float(staying)}
    if moving:
        s[f"{side}.thigh"] = top_deg * level
    else:
        s[f"{side}.aim"], s[f"{side}.level"] = top_deg * level, level
    s |= {f"left.{plan.arms}": 1.0, f"right.{plan.arms}": 1.0, "rise": pelvis_cm / 100.0}
    s["loin"] += (loin_cm + 0.1 * float(slow[1])) / 100.0 if loin_cm else 0.0
    return s
