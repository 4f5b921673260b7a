"""The three exercises on the back: marching, straight leg raise and alternating leg raises."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mannequin.body import SIDES, Body, outward
from mannequin.kinematics import Bend, Pose, Skeleton, forward
from mannequin.lying import Lying, solve
from mannequin.lying_legs import REST_KNEE_DEG, LegJob, Rest
from mannequin.lying_trunk import hip_rise_cm, loin_lift_cm
from mannequin.motion import Pulse, Sway, glide, glide_share
from mannequin.scenario import FaultCode, Lift, Scenario
from mannequin.supine_rules import RULES
from mannequin.truth import angles
from mannequin.verdict import Rules

RISE_EASING, FALL_EASING = 0.40, 0.16
#: Lying at ease, the back is not pressed quite flat.
NEUTRAL_LOIN_CM = 0.35
#: A clean lift rolls the pelvis a little too (a quarter to a third of hip flexion is lumbopelvic).
CLEAN_ROLL_CM = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How an exercise is done: how the legs rest, what is aimed at, and when a fault shows."""

    moving: Rest
    idle: Rest
    aim: Literal["hip_flexion", "leg_elevation"]
    peak_sway_deg: float
    late_arch: bool = False


MANNERS = {
    "supine-marching": Manner(moving="bent", idle="bent", aim="hip_flexion", peak_sway_deg=0.5),
    "straight-leg-raise": Manner(
        moving="straight", idle="bent", aim="leg_elevation", peak_sway_deg=0.2
    ),
    "alternating-leg-raises": Manner(
        moving="straight", idle="straight", aim="leg_elevation", peak_sway_deg=0.5, late_arch=True
    ),
}


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A lift placed in time: pulses of the leg, of the back that arches and of the pelvis."""

    lift: Lift
    leg: Pulse
    arch: Pulse
    pelvis: Pulse

    def amount(self, code: FaultCode) -> float:
        """Size of an acted fault, in its unit; 0 if it isn't acted."""
        return sum(c.amount for c in self.lift.compensations if c.code == code)


def schedule(
    lift: Lift, start_s: float, rules: Rules, rest_deg: float, *, late_arch: bool = False
) -> Scheduled:
    """Place a lift so that its hold and lowering last exactly as long as it says.

    Parameters
    ----------
    lift
        What is to happen; ``hold_s`` is the time at ``rules.high`` or more, or at the peak of a
        lift that stays lower.
    start_s
        When the leg begins to move.
    rules, rest_deg
        The levels, and the judged angle from which the lift starts.
    late_arch
        Whether the back arches while the leg comes down, not while it goes up.

    Raises
    ------
    ValueError
        If the rise and the lowering alone keep the leg high for longer than ``hold_s``.
    """

    def short_of_peak(deg: float) -> float:
        return (lift.peak_deg - deg) / (lift.peak_deg - rest_deg)

    back = rules.back + (rest_deg if rules.rest_from_neutral else 0.0)
    # A peak hardly above the resting level has no room for the usual margin under it.
    leaving = max(lift.peak_deg - rules.leaving, (lift.peak_deg + back) / 2)
    late, early = (glide_share(short_of_peak(deg), FALL_EASING) for deg in (back, leaving))
    fall_s = lift.lowering_s / (late - early)
    stay_s = lift.hold_s
    if lift.peak_deg > rules.high:
        missing = short_of_peak(rules.high)
        stay_s -= lift.rise_s * (1 - glide_share(1 - missing, RISE_EASING))
        stay_s -= fall_s * glide_share(missing, FALL_EASING)
    if stay_s < 0:
        raise ValueError(f"a hold of {lift.hold_s} s is too short for this rise and lowering")
    leg = Pulse(
        start_s=start_s, rise_s=lift.rise_s, stay_s=stay_s, fall_s=fall_s,
        rise_easing=RISE_EASING, fall_easing=FALL_EASING,
    )  # fmt: skip
    top_s = start_s + lift.rise_s + stay_s
    with_lift = Pulse(
        start_s=start_s + 0.1 * lift.rise_s, rise_s=0.75 * lift.rise_s,
        stay_s=0.15 * lift.rise_s + stay_s + 0.1 * fall_s, fall_s=0.7 * fall_s,
    )  # fmt: skip
    with_fall = Pulse(
        start_s=top_s, rise_s=0.4 * fall_s, stay_s=0.25 * fall_s, fall_s=0.35 * fall_s
    )
    about_top = Pulse(
        start_s=start_s + 0.4 * lift.rise_s, rise_s=0.6 * lift.rise_s,
        stay_s=stay_s + 0.35 * fall_s, fall_s=0.45 * fall_s,
    )  # fmt: skip
    return Scheduled(lift, leg, with_fall if late_arch else with_lift, about_top)


class SupineSet:
    """The movement of a lying scenario as a function of time.

    Parameters
    ----------
    scenario
        What is to be shown. In a straight leg raise the legs that lift lie straight, the other
        one is bent. Amounts: ``back-arch`` and ``pelvis-lift`` in centimetres, ``bent-knee`` in
        degrees; ``too-high`` is acted by the lift's own peak.

    Attributes
    ----------
    calm_s
        Start and end of the still lying that serves as the neutral baseline.
    duration_s
        Of the whole clip.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.body: Body = scenario.body
        self._arms = scenario.arms
        self._manner = MANNERS[scenario.exercise]
        self._rules = RULES[scenario.exercise]
        self._moving = {lift.side for lift in scenario.lifts} or {"left"}
        self._generator = np.random.default_rng(scenario.seed)
        self.calm_s = (0.0, scenario.calm_s)
        self._fidget = (scenario.calm_s, scenario.calm_s + scenario.fidget_s)
        self.lifts: list[Scheduled] = []
        self._habits = self._generator.normal(0.0, 1.0, (len(scenario.lifts) + 1, 3))
        self._make_sways()
        clock, rest_deg = self._fidget[1], self._rest_deg()
        for number, lift in enumerate(scenario.lifts):
            clock += lift.rest_s if number else 0.0
            self.lifts.append(
                schedule(lift, clock, self._rules, rest_deg, late_arch=self._manner.late_arch)
            )
            clock = self.lifts[-1].leg.end_s
        self.duration_s = clock + scenario.finish_s

    def _make_sways(self) -> None:
        sizes = {
            "loin": 0.05, "roll": 0.25, "peak": self._manner.peak_sway_deg, "nod": 0.8,
            "look": 2.2, "left_arm": 0.7, "right_arm": 0.7,
        }  # fmt: skip
        self._sways = {name: Sway(self._generator, size) for name, size in sizes.items()}

    def _rest_deg(self) -> float:
        """Return the judged angle at rest: a hip flexion, or 0 for a rise above rest."""
        if self._manner.aim == "leg_elevation":
            return 0.0
        pose = solve(self.body, Lying(loin_lift_cm=NEUTRAL_LOIN_CM))
        return angles(pose, forward(self.body, pose))["hip_flexion_left_deg"]

    def _leg(self, side: str, time_s: float) -> LegJob:
        """Say what one leg does."""
        manner = self._manner
        rest: Rest = manner.moving if side in self._moving else manner.idle
        knee = REST_KNEE_DEG[rest]
        for s in self.lifts:
            level = s.leg.level(time_s)
            if s.lift.side == side and level > 0.0:
                return LegJob(
                    rest=rest,
                    level=level,
                    aim=manner.aim,
                    aim_deg=s.lift.peak_deg + self._sways["peak"].at(time_s),
                    knee_deg=knee + s.amount("bent-knee"),
                )
        return LegJob(rest=rest)

    def _idle(self, time_s: float) -> float:
        """Share 0..1 of restlessness of a person who waits."""
        begin, end = self._fidget
        return glide((time_s - begin) / 0.8) * glide((end - time_s) / 0.8)

    def lying(self, time_s: float) -> Lying:
        """Say what the body does at a time, before the joints are solved."""
        sway = {name: drift.at(time_s) for name, drift in self._sways.items()}
        loin, pelvis, roll = NEUTRAL_LOIN_CM + sway["loin"], 0.0, sway["roll"]
        for s, habit in zip(self.lifts, self._habits, strict=False):
            up = s.leg.level(time_s)
            share = up * s.lift.peak_deg / 90.0
            loin += 0.06 * habit[0] * up + s.amount("back-arch") * s.arch.level(time_s)
            pelvis += (CLEAN_ROLL_CM + 0.1 * habit[1]) * share
            pelvis += s.amount("pelvis-lift") * s.pelvis.level(time_s)
            roll += outward(s.lift.side) * (0.9 + 0.3 * habit[2]) * share
        busy = self._idle(time_s)
        since = 2.0 * math.pi * (time_s - self._fidget[0])
        shuffle = [9.0 * busy * math.sin(since / period) for period in (3.7, 4.6)]
        look = 40.0 * busy * math.sin(since / 5.3 + 0.6) ** 3
        return Lying(
            left=self._leg("left", time_s),
            right=self._leg("right", time_s),
            loin_lift_cm=max(0.0, loin + 0.25 * busy * math.sin(since / 4.1)),
            pelvis_lift_cm=max(0.0, pelvis),
            roll_deg=roll + 1.5 * busy * math.sin(since / 4.3),
            arms=self._arms,
            arm_drift_deg=(sway["left_arm"] + shuffle[0], sway["right_arm"] + shuffle[1]),
            gaze=Bend(flexion_deg=sway["nod"], left_turn_deg=sway["look"] + look),
            breath=0.5 - 0.5 * math.cos(2.0 * math.pi * 0.24 * time_s),
        )

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time."""
        return solve(self.body, self.lying(time_s))

    def extra(self, time_s: float, skeleton: Skeleton) -> dict[str, float]:
        """Elevation of the legs, pitch of the trunk, and what the back and the hips do.

        ``leg_elevation_*_deg``: line from hip to ankle above the horizontal, 90 upright.
        ``trunk_floor_deg``: line between the middles of hips and shoulders against the floor,
        hips higher positive. ``loin_lift_cm``, ``hip_rise_cm``: measured on the surface, and at
        the joints, against the pressed-down back.
        """
        at = skeleton.points
        found = {}
        for side in SIDES:
            line = at[f"{side}_ankle"] - at[f"{side}_hip"]
            found[f"leg_elevation_{side}_deg"] = math.degrees(math.atan2(line[2], line[0]))
        trunk = at["mid_hip"] - (at["left_shoulder"] + at["right_shoulder"]) / 2
        found["trunk_floor_deg"] = math.degrees(math.atan2(trunk[2], trunk[0]))
        found["loin_lift_cm"] = loin_lift_cm(self.body, skeleton)
        found["hip_rise_cm"] = hip_rise_cm(self.body, skeleton)
        return found
