"""The sequences of people whose pelvis tilts, the trunk's line and the leg staying as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias
from unittest.mock import patch

import numpy as np

from people import posture
from people.acting import habits_of
from people.body import Body, bodies, outward
from people.camera import Camera
from people.kinematics import Pose as Posture
from people.placing import place
from people.posture import Channels
from tests.accuracy.sequences import BODIES, Shot, seeded, shoot

Kind: TypeAlias = Literal["standing", "plank", "lying"]
#: Level of the leg in each combination, and the span over which the tilts are spread.
LEVELS = (0.0, 0.0, 0.0, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.0)
SPAN_DEG = 15.0
#: What a clean thigh raise takes with it of the pelvis, at the top.
SHARE_DEG = -9.0
#: Frames of a combination; the first is left out, because the model's tracking lags.
FRAMES = 3
SIZE = (480, 360)


@dataclass(frozen=True, slots=True)
class Plan:
    """One sequence."""

    body: str
    kind: Kind

    @property
    def name(self) -> str:
        return f"{self.body}-{self.kind}".replace(" ", "-")

    def camera(self) -> Camera:
        draw = seeded(self.name)
        standing = self.kind != "plank"
        return Camera(
            yaw_deg=float(draw.choice([-82.0, 82.0]) + draw.uniform(-6.0, 6.0)),
            height_m=float(draw.uniform(0.7, 1.2) if standing else draw.uniform(0.35, 0.8)),
            distance_m=float(draw.uniform(2.9, 3.3)),
            aim_m=(0.0, 0.0, 0.88 if standing else 0.40),
        )

    def shots(self) -> Iterator[Shot]:
        draw = seeded(self.name + " tilt")
        side = str(draw.choice(["left", "right"]))
        tilts = draw.permutation(np.linspace(-SPAN_DEG, SPAN_DEG, len(LEVELS)))
        stand = _plank if self.kind == "plank" else _standing
        body, habit_deg = bodies()[self.body], float(draw.uniform(-8.0, 8.0))
        neutral = stand(body, side, Held(tilt_deg=habit_deg))
        for stretch in ("warm",) * 3 + ("base",) * 4:
            yield Shot(stretch, neutral, {"tilt_deg": 0.0})
        for number, (level, tilt) in enumerate(zip(LEVELS, tilts, strict=True)):
            held = Held(
                level=level,
                tilt_deg=habit_deg + float(tilt) + SHARE_DEG * level,
                lean_deg=float(draw.uniform(-5.0, 5.0)),
                loin_share=float(draw.uniform(0.3, 0.9)),
                breath=float(draw.uniform(0.0, 1.0)),
            )
            drawn = stand(body, side, held)
            true = {"tilt_deg": drawn.pelvic_tilt_deg - neutral.pelvic_tilt_deg}
            yield Shot("warm", drawn, true)
            yield from [Shot(f"held{number}", drawn, true)] * (FRAMES - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A posture: the leg's level, the pelvis's tilt, and what else changes the outline.

    `loin_share` is how much of the trunk's bend is in the loin, the rest being in the chest:
    people differ, and the plank's drawing knows one share only.
    """

    tilt_deg: float
    level: float = 0.0
    lean_deg: float = 0.0
    loin_share: float = 0.6
    breath: float = 0.5


def _standing(body: Body, side: str, held: Held) -> Posture:
    """Stand with one thigh raised; the trunk's line leans as asked whatever the pelvis does."""
    s: Channels = defaultdict(float, {
        "left.stand_knee": 5.0, "right.stand_knee": 5.0, "knee_ahead": 1.0,
        f"{side}.thigh": 90.0 * held.level, "tilt": held.tilt_deg, "lean": 1.0 + held.lean_deg,
        "hip_y": -0.05 * held.level * outward(side), "breath": held.breath,
    })  # fmt: skip
    with patch.object(posture, "LUMBAR_SHARE", held.loin_share):
        return place(body, s, "feet")


def _plank(body: Body, side: str, held: Held) -> Posture:
    """Hold a plank with one knee drawn up; the loin bends so that the trunk's line stays."""
    line = habits_of(body).line_deg
    s: Channels = defaultdict(float, {
        "left.stand_knee": 4.0, "right.stand_knee": 4.0, "left.hands": 1.0, "right.hands": 1.0,
        "line_rest": line, "line": line + held.lean_deg, "breath": held.breath,
        f"{side}.aim": 95.0 * held.level, f"{side}.level": held.level,
        # Of a bend of the loin, a good two thirds turn the pelvis against the trunk's line.
        "lumbar": -1.45 * held.tilt_deg,
    })  # fmt: skip
    return place(body, s, "hands")


KINDS: tuple[Kind, ...] = ("standing", "plank")
PLANS = [Plan(body, kind) for kind in KINDS for body in BODIES]


def draw_plan(plan: Plan, path: Path) -> None:
    shoot(path, plan.body, plan.camera(), plan.shots(), SIZE)
