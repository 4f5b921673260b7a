"""Sitting down on a stool and getting up again: both thighs level, and no exercise at all."""

from __future__ import annotations

import numpy as np

from mannequin.body import Body, outward
from mannequin.kinematics import Arm, Bend, Pose, Skeleton
from mannequin.motion import Pulse, Sway
from mannequin.scenario import Scenario
from mannequin.stance import LegAim, Stance, solve
from mannequin.standing import ANKLE_X_M, NEUTRAL_LEAN_DEG, STANCE_HALF_WIDTH_M, STANDING_HIP
from mannequin.vectors import vec

#: Hip centres above the seat, and the ankles ahead of the knees, of an average sitter.
HIP_ABOVE_SEAT_M, FEET_AHEAD_M = 0.085, 0.02
SIT_DOWN_S, GET_UP_S = 1.6, 1.4
#: The trunk goes forward over the feet on the way, and a little stays while sitting.
NOD_DEG, SLUMP_DEG = 38.0, 5.0


class SittingSet:
    """Somebody who stands, sits down for a while and gets up, as a function of time.

    Attributes
    ----------
    calm_s
        Start and end of the still standing that serves as the neutral baseline.
    duration_s
        Of the whole clip.

    Raises
    ------
    ValueError
        If the scenario has no stool.
    """

    def __init__(self, scenario: Scenario) -> None:
        if scenario.seat_m is None:
            raise ValueError(f"{scenario.name}: nothing to sit on, seat_m is missing")
        self.body: Body = scenario.body
        self.calm_s = (0.0, scenario.calm_s)
        self._seat_m = scenario.seat_m
        self._sit = Pulse(
            start_s=scenario.calm_s, rise_s=SIT_DOWN_S, stay_s=scenario.fidget_s, fall_s=GET_UP_S
        )
        self.duration_s = self._sit.end_s + scenario.finish_s
        generator = np.random.default_rng(scenario.seed)
        sizes = {"lean": 0.6, "right": 0.3, "y": 0.003, "nod": 1.5, "look": 8.0, "arms": 1.5}
        self._sways = {name: Sway(generator, size) for name, size in sizes.items()}

    def stance(self, time_s: float) -> Stance:
        """Say what the body does at a time, before the joints are solved."""
        sway = {name: drift.at(time_s) for name, drift in self._sways.items()}
        down = self._sit.level(time_s)
        passing = 4.0 * down * (1.0 - down)
        legs = [
            LegAim(
                spot_m=vec(
                    ANKLE_X_M, outward(side) * STANCE_HALF_WIDTH_M * self.body.scale,
                    self.body.ankle_height_m,
                )
            )
            for side in ("left", "right")
        ]  # fmt: skip
        standing_m = STANDING_HIP * self.body.stature_m + 0.03
        seated_m = self._seat_m + HIP_ABOVE_SEAT_M * self.body.scale
        arm = Arm(
            shoulder_flexion_deg=-3.0 + 32.0 * down + sway["arms"],
            elbow_flexion_deg=13.0 + 40.0 * down,
        )
        return Stance(
            left=legs[0], right=legs[1], left_arm=arm, right_arm=arm,
            hip_x_m=-(self.body.thigh_m - FEET_AHEAD_M) * down,
            hip_y_m=sway["y"],
            hip_ceiling_m=standing_m + (seated_m - standing_m) * down,
            pelvic_tilt_deg=0.6 * NOD_DEG * passing - 8.0 * down,
            trunk_lean_deg=NEUTRAL_LEAN_DEG + sway["lean"] + NOD_DEG * passing + SLUMP_DEG * down,
            lateral_lean_deg=sway["right"],
            gaze=Bend(flexion_deg=sway["nod"], left_turn_deg=sway["look"] * down),
            breath=0.5 - 0.5 * float(np.cos(2 * np.pi * 0.26 * time_s)),
        )  # fmt: skip

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time, both feet on the floor."""
        return solve(self.body, self.stance(time_s))

    def extra(self, time_s: float, skeleton: Skeleton) -> dict[str, float]:
        """Return nothing: the common columns tell all."""
        return {}
