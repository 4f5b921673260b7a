"""The sequences of people whose pelvis tilts, the trunk's line and the leg staying as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias
from unittest.mock import patch

import numpy as np

from mannequin import plank, shape, stance
from mannequin.body import Body, outward
from mannequin.camera import Camera
from mannequin.flesh import Cone
from mannequin.kinematics import Pose as Posture
from mannequin.plank_legs import Drive
from mannequin.vectors import vec
from tests.accuracy.sequences import BODIES, Shot, seeded, shoot

Kind: TypeAlias = Literal["standing", "plank", "lying", "other builds"]
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
        posture = _plank if self.kind == "plank" else _standing
        body, habit_deg = BODIES[self.body], float(draw.uniform(-8.0, 8.0))
        neutral = posture(body, side, Held(tilt_deg=habit_deg))
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
            drawn = posture(body, side, held)
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
    aims = {}
    for own in ("left", "right"):
        raised = 90.0 * held.level if own == side else 0.0
        spot = vec(-0.035, outward(own) * 0.095 * body.scale, body.ankle_height_m)
        aims[own] = stance.LegAim(spot_m=spot, elevation_deg=raised, raised_knee_deg=raised)
    pose = stance.Stance(
        left=aims["left"], right=aims["right"], pelvic_tilt_deg=held.tilt_deg,
        trunk_lean_deg=1.0 + held.lean_deg, hip_y_m=-0.05 * held.level * outward(side),
        breath=held.breath,
    )  # fmt: skip
    with patch.object(stance, "LUMBAR_SHARE", held.loin_share):
        return stance.solve(body, pose)


def _plank(body: Body, side: str, held: Held) -> Posture:
    """Hold a plank with one knee drawn up; the loin bends so that the trunk's line stays."""
    drive, still = Drive(level=held.level), Drive()
    pose = plank.Plank(
        left=drive if side == "left" else still,
        right=still if side == "left" else drive,
        plank_line_deg=held.lean_deg,
        # Of a bend of the loin, a good two thirds turn the pelvis against the trunk's line.
        lumbar_deg=-1.45 * held.tilt_deg,
        breath=held.breath,
    )
    return plank.solve(body, pose)


KINDS: tuple[Kind, ...] = ("standing", "plank")
PLANS = [Plan(body, kind) for kind in KINDS for body in BODIES]
PLANS += [Plan(body, "other builds") for body in ("anna", "ben", "dora", "emil")]


def other_build(name: str) -> list[tuple[str, str, Cone]]:
    """Return the flesh with the trunk's parts thicker or thinner and shifted, alike on both sides.

    The people drawn differ in size and colour, but have the same flesh: to meet another shape of
    buttocks, loin and belly is what a real person asks of the estimate.
    """
    draw, found, known = seeded(name + " build"), [], {}
    for side, segment, cone in shape.PARTS:
        if segment in ("pelvis", "lumbar", "thorax"):
            key = (segment, cone.start[0], abs(cone.start[1]), cone.start[2])
            if key not in known:
                known[key] = (draw.uniform(0.85, 1.18), draw.uniform(-0.012, 0.012))
            size, shift = known[key]
            start = (cone.start[0] + shift, *cone.start[1:])
            end = (cone.end[0] + shift, *cone.end[1:])
            radii = (size * cone.start_radius, size * cone.end_radius)
            cone = Cone(start, end, *radii, cone.material, cone.wide, cone.stretch, cone.group)  # noqa: PLW2901
        found.append((side, segment, cone))
    return found


def draw_plan(plan: Plan, path: Path) -> None:
    flesh = other_build(plan.name) if plan.kind == "other builds" else shape.PARTS
    with patch.object(shape, "PARTS", flesh):
        shoot(path, BODIES[plan.body], plan.camera(), plan.shots(), SIZE)
