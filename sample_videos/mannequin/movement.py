"""What every exercise script is: the body's pose, and what else is known, at any moment."""

from __future__ import annotations

import importlib
from typing import Protocol

from mannequin.kinematics import Pose, Skeleton
from mannequin.scenario import Scenario
from mannequin.verdict import Rules

#: Exercise to the module and class that act it; the module's ``RULES`` say how it is judged.
SCRIPTS: dict[str, tuple[str, str]] = {
    "standing-hip-flexion": ("standing", "StandingSet"),
    "supine-marching": ("supine", "SupineSet"),
    "straight-leg-raise": ("supine", "SupineSet"),
    "alternating-leg-raises": ("supine", "SupineSet"),
    "front-support-hip-flexion": ("plank_drives", "PlankSet"),
    "mountain-climbers": ("plank_drives", "PlankSet"),
    "hanging-leg-raises": ("hanging", "HangingSet"),
    "high-knee-runs": ("running", "RunningSet"),
}


class Movement(Protocol):
    """One scenario acted out.

    Attributes
    ----------
    calm_s
        Start and end of the still start posture that serves as the neutral baseline.
    duration_s
        Of the whole clip.
    """

    calm_s: tuple[float, float]
    duration_s: float

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time."""

    def extra(self, time_s: float, skeleton: Skeleton) -> dict[str, float]:
        """Truth columns that only this kind of movement has, unit in each name."""


def movement_of(scenario: Scenario) -> Movement:
    """Return the scenario's movement."""
    sits = scenario.seat_m is not None
    module, name = ("sitting", "SittingSet") if sits else SCRIPTS[scenario.exercise]
    movement: Movement = getattr(importlib.import_module(f"mannequin.{module}"), name)(scenario)
    return movement


def rules_of(scenario: Scenario) -> Rules:
    """Return how repetitions of the scenario's exercise are judged."""
    rules = importlib.import_module(f"mannequin.{SCRIPTS[scenario.exercise][0]}").RULES
    found: Rules = rules[scenario.exercise] if isinstance(rules, dict) else rules
    return found
