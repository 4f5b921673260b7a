"""High knee runs: running on the spot, knees up to the height of the hips."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from mannequin.body import SIDES, Body, outward
from mannequin.kinematics import Arm, Bend, Pose, Skeleton
from mannequin.motion import Pulse, Sway
from mannequin.repeats import Repeat, acted, fast_repeats
from mannequin.scenario import Lift, Scenario, Side
from mannequin.stance import LegAim, Stance, solve
from mannequin.standing import ANKLE_X_M, STANCE_HALF_WIDTH_M
from mannequin.vectors import Array, vec
from mannequin.verdict import Columns, FaultRule, Rules

NEUTRAL_LEAN_DEG = 1.0
#: Of a step's interval: less than with the hands on the floor, so that each foot carries longer.
OVERLAP = 1.2
#: A runner lands on the front of the foot: heel this high, foot pitched down.
HEEL_UP_M, TOES_DOWN_DEG = 0.036, 13.0
#: Hips, against nearly straight legs: lower over the carrying foot, higher in flight.
DIP_M, BOB_M = 0.024, 0.036
STANDING_KNEE_DEG = 5.0
#: Low steps of somebody who only walks on the spot.
STROLL_DEG, STROLL_STEPS_PER_S = 25.0, 1.6


def _lateral(delta: Columns, _: str) -> Array:
    size: Array = np.abs(delta["lateral_lean_deg"])
    return size


RULES = Rules(
    column="thigh_elevation_{side}_deg",
    start=48.0, top=62.0, back=45.0, attempt=45.0, high=75.0,
    faults=(
        FaultRule(
            code="lean-back", signal=lambda d, _: -d["torso_lean_deg"], limit=12.0, lasting_s=0.15
        ),
        FaultRule(code="lateral-lean", signal=_lateral, limit=12.0, lasting_s=0.15),
    ),
)  # fmt: skip


def _bouts(repeats: list[Repeat]) -> list[list[Repeat]]:
    """Return the runs of steps without a pause."""
    bouts: list[list[Repeat]] = []
    for repeat in repeats:
        if bouts and repeat.drive.start_s < bouts[-1][-1].drive.end_s + 0.3:
            bouts[-1].append(repeat)
        else:
            bouts.append([repeat])
    return bouts


def _effort(bout: list[Repeat]) -> Pulse:
    """Pulse that is 1 while a run of steps goes on."""
    begin, end = bout[0].drive.start_s, bout[-1].drive.end_s
    return Pulse(start_s=begin, rise_s=0.35, stay_s=end - begin - 0.3, fall_s=0.4)


def _beat(bouts: list[list[Repeat]]) -> Array:
    """Return times (seconds) and steps done by then: whole at a knee's peak, half between two."""
    rows, done = [], 0.0
    for bout in bouts:
        rows.append((bout[0].drive.start_s, done))
        for repeat in bout:
            rows.append((repeat.drive.start_s + repeat.drive.rise_s, done + 0.5))
            done += 1.0
        rows.append((bout[-1].drive.end_s, done))
    return np.array(rows).reshape(-1, 2)


class RunningSet:
    """The movement of a high knee run as a function of time.

    Attributes
    ----------
    calm_s
        Start and end of the still standing that serves as the neutral baseline.
    duration_s
        Of the whole clip.
    repeats
        The lifts placed in time.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.body: Body = scenario.body
        generator = np.random.default_rng(scenario.seed)
        self.calm_s = (0.0, scenario.calm_s)
        start_s = scenario.calm_s + scenario.fidget_s
        self.repeats = fast_repeats(scenario, start_s, generator, OVERLAP)
        self._stroll = self._low_steps(scenario, generator)
        bouts = _bouts(self.repeats)
        self._efforts, self._beats = [_effort(bout) for bout in bouts], _beat(bouts)
        end_s = self.repeats[-1].drive.end_s if self.repeats else start_s
        self.duration_s = end_s + scenario.finish_s
        sizes = {
            "lean": 0.35, "right": 0.3, "x": 0.003, "y": 0.003, "turn": 0.5, "peak": 0.25,
            "nod": 1.2, "look": 1.8, "left_arm": 1.3, "right_arm": 1.3, "tilt": 0.4,
        }  # fmt: skip
        self._sways = {name: Sway(generator, size) for name, size in sizes.items()}

    @staticmethod
    def _low_steps(scenario: Scenario, generator: np.random.Generator) -> list[Repeat]:
        """Walk on the spot for two thirds of the time of waiting."""
        number = int(0.66 * scenario.fidget_s * STROLL_STEPS_PER_S)
        sides: tuple[Side, Side] = ("right", "left")
        lifts = tuple(
            Lift(side=sides[n % 2], peak_deg=STROLL_DEG, rest_s=0.0) for n in range(number)
        )
        walk = replace(scenario, lifts=lifts, steps_per_s=STROLL_STEPS_PER_S)
        return fast_repeats(walk, scenario.calm_s + 0.4, generator, 0.95)

    def _effort(self, time_s: float) -> float:
        """0 while standing, 1 while running."""
        return max((effort.level(time_s) for effort in self._efforts), default=0.0)

    def _level(self, side: str, time_s: float) -> float:
        """How far the knee of ``side`` is up, as a share of a full step."""
        return max((r.drive.level(time_s) for r in self.repeats if r.moves(side)), default=0.0)

    def _leg(self, side: Side, time_s: float) -> LegAim:
        out, effort = outward(side), self._effort(time_s)
        sway = self._sways["peak"].at(time_s)
        steps = [r for r in self.repeats + self._stroll if r.moves(side)]
        elevation = max(
            ((r.peak_deg + sway) * r.drive.level(time_s) for r in steps), default=0.0
        )  # fmt: skip
        share = elevation / 90.0
        ankle_m = self.body.ankle_height_m + HEEL_UP_M * effort * self.body.scale
        spot = vec(ANKLE_X_M, out * STANCE_HALF_WIDTH_M * self.body.scale, ankle_m)
        return LegAim(
            spot_m=spot,
            elevation_deg=elevation,
            # The heel comes up behind first: the knee is ahead of the thigh in bending.
            raised_knee_deg=max(0.0, 1.06 * elevation + 62.0 * share * max(0.0, 1.0 - share)),
            standing_knee_deg=STANDING_KNEE_DEG,
            foot_pitch_deg=TOES_DOWN_DEG * effort,
        )

    def _ceiling(self, time_s: float) -> float:
        """Height of the hips while running: they dip over the carrying foot and rise between."""
        effort = self._effort(time_s)
        if effort == 0.0:
            return math.inf
        step = float(np.interp(time_s, self._beats[:, 0], self._beats[:, 1]))
        flight = 0.5 + 0.5 * math.cos(2 * math.pi * step)
        legs = self.body.thigh_m + self.body.shank_m
        straight = legs * math.cos(math.radians(STANDING_KNEE_DEG / 2)) + self.body.ankle_height_m
        moved = effort * (HEEL_UP_M - DIP_M + BOB_M * flight)
        return straight + self.body.scale * (moved - 0.0006)

    def stance(self, time_s: float) -> Stance:
        """Say what the body does at a time, before the joints are solved."""
        sway = {name: drift.at(time_s) for name, drift in self._sways.items()}
        left, right = (self._level(side, time_s) for side in SIDES)
        effort, busy = self._effort(time_s), max(left, right)
        back = acted(self.repeats, "lean-back", time_s)
        aside = acted(self.repeats, "lateral-lean", time_s)
        lean = NEUTRAL_LEAN_DEG + 1.2 * effort - 1.0 * busy * effort - back
        arms = [
            Arm(
                shoulder_flexion_deg=-3.0 + sway[name] + effort * (-4.0 + 30.0 * swing),
                shoulder_abduction_deg=9.0 + 3.0 * effort,
                elbow_flexion_deg=13.0 + effort * (72.0 + 14.0 * swing),
            )
            for name, swing in (("left_arm", right - left), ("right_arm", left - right))
        ]
        return Stance(
            left=self._leg("left", time_s),
            right=self._leg("right", time_s),
            hip_x_m=sway["x"] + (0.0018 * back - 0.010 * effort) * self.body.scale,
            hip_y_m=sway["y"] + (0.018 * (right - left) + 0.0020 * aside) * self.body.scale,
            hip_ceiling_m=self._ceiling(time_s),
            pelvic_tilt_deg=-7.0 * busy - 0.6 * back + sway["tilt"],
            pelvic_obliquity_deg=1.5 * (left - right) + 0.15 * aside,
            pelvic_rotation_deg=3.0 * (right - left) + sway["turn"],
            trunk_lean_deg=lean + sway["lean"],
            lateral_lean_deg=sway["right"] + 1.2 * (left - right) + aside,
            gaze=Bend(flexion_deg=sway["nod"], left_turn_deg=sway["look"]),
            left_arm=arms[0],
            right_arm=arms[1],
            breath=0.5 - 0.5 * float(np.cos(2 * np.pi * 0.4 * time_s)),
        )

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time, the carrying foot in its place."""
        return solve(self.body, self.stance(time_s))

    def extra(self, time_s: float, skeleton: Skeleton) -> dict[str, float]:
        """Return nothing: the common columns tell all."""
        return {}
