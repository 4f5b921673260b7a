"""The standing hip flexion set: a schedule of lifts, and the body's pose at any moment of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mannequin.body import Body, outward
from mannequin.gait import WalkIn
from mannequin.kinematics import Arm, Bend, Pose, Skeleton
from mannequin.motion import Pulse, Sway, glide, glide_share
from mannequin.scenario import FaultCode, Lift, Scenario, Side
from mannequin.stance import LegAim, Stance, solve
from mannequin.vectors import Array, vec
from mannequin.verdict import Columns, FaultRule, Rules, other

HIGH_DEG = 75.0
STANCE_HALF_WIDTH_M = 0.095
#: Ankles stand a little behind the hips, so that the weight is over the middle of the feet.
ANKLE_X_M = -0.035
RISE_EASING, FALL_EASING = 0.40, 0.16
#: The pelvis tilts backwards by about a tenth of a clean thigh raise (Murray 2002: 18 % at most).
PELVIC_SHARE = -0.10
NEUTRAL_LEAN_DEG = 1.0
#: Height of the hips of a standing person, as a share of stature.
STANDING_HIP = 0.531


def _hike(delta: Columns, side: str) -> Array:
    lifted: Array = (1.0 if side == "left" else -1.0) * delta["pelvic_obliquity_deg"]
    return lifted


#: A pelvic drop mirrors the hike.
RULES = Rules(
    column="thigh_elevation_{side}_deg",
    start=25.0, top=80.0, back=20.0, attempt=45.0, high=HIGH_DEG, hold_s=1.8, lowering_s=1.0,
    faults=(
        FaultRule(code="lean-back", signal=lambda d, _: -d["torso_lean_deg"], limit=10.0),
        FaultRule(code="lean-forward", signal=lambda d, _: d["torso_lean_deg"], limit=15.0),
        FaultRule(
            code="lateral-lean", signal=lambda d, _: np.abs(d["lateral_lean_deg"]), limit=10.0
        ),
        FaultRule(code="pelvic-hike", signal=_hike, limit=12.0),
        FaultRule(code="pelvic-drop", signal=lambda d, side: -_hike(d, side), limit=12.0),
        FaultRule(
            code="support-knee-bent",
            signal=lambda d, side: d[f"knee_flexion_{other(side)}_deg"],
            limit=20.0,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A lift placed in time: pulses of the thigh, of the weight shift, and of the acted faults."""

    lift: Lift
    thigh: Pulse
    weight: Pulse
    fault: Pulse

    def amount(self, code: FaultCode, time_s: float) -> float:
        """Size in degrees of an acted fault at a time."""
        total = sum(c.amount for c in self.lift.compensations if c.code == code)
        return total * self.fault.level(time_s)


def schedule(lift: Lift, start_s: float) -> Scheduled:
    """Place a lift so that its hold and lowering last exactly as long as it says.

    Raises
    ------
    ValueError
        If the rise and the lowering alone keep the thigh high for longer than ``hold_s``.
    """
    peak = lift.peak_deg
    late, early = (glide_share(1 - high / peak, FALL_EASING) for high in (20.0, peak - 5.0))
    fall_s = lift.lowering_s / (late - early)
    stay_s = lift.hold_s
    if peak > HIGH_DEG:
        stay_s -= lift.rise_s * (1 - glide_share(HIGH_DEG / peak, RISE_EASING))
        stay_s -= fall_s * glide_share(1 - HIGH_DEG / peak, FALL_EASING)
    if stay_s < 0:
        raise ValueError(f"a hold of {lift.hold_s} s is too short for this rise and lowering")
    thigh = Pulse(
        start_s=start_s, rise_s=lift.rise_s, stay_s=stay_s, fall_s=fall_s,
        rise_easing=RISE_EASING, fall_easing=FALL_EASING,
    )  # fmt: skip
    ahead = 0.45
    weight = Pulse(
        start_s=start_s - ahead, rise_s=ahead + 0.25 * lift.rise_s,
        stay_s=0.75 * lift.rise_s + stay_s + 0.6 * fall_s, fall_s=0.4 * fall_s + 0.35,
    )  # fmt: skip
    fault = Pulse(
        start_s=start_s + 0.1 * lift.rise_s, rise_s=0.75 * lift.rise_s,
        stay_s=0.15 * lift.rise_s + stay_s, fall_s=0.75 * fall_s,
    )  # fmt: skip
    return Scheduled(lift, thigh, weight, fault)


class StandingSet:
    """The movement of a standing scenario as a function of time.

    Parameters
    ----------
    scenario
        What is to be shown.

    Attributes
    ----------
    calm_s
        Start and end of the still standing that serves as the neutral baseline.
    duration_s
        Of the whole clip.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.body: Body = scenario.body
        self._generator = np.random.default_rng(scenario.seed)
        start = scenario.walk_in_s
        self.calm_s = (start + (0.4 if start else 0.0), start + scenario.calm_s)
        self._walk = WalkIn(start) if start else None
        self._fidget = (self.calm_s[1], self.calm_s[1] + scenario.fidget_s)
        self.lifts: list[Scheduled] = []
        clock = self._fidget[1]
        for number, lift in enumerate(scenario.lifts):
            clock += lift.rest_s if number else 0.0
            self.lifts.append(schedule(lift, clock))
            clock = self.lifts[-1].thigh.end_s
        self.duration_s = clock + scenario.finish_s
        self._habits = self._generator.normal(0.0, 1.0, (len(self.lifts) + 1, 4))
        self._make_sways()

    def _make_sways(self) -> None:
        sizes = {
            "lean": 0.35, "right": 0.25, "x": 0.003, "y": 0.003, "turn": 0.5, "peak": 0.45,
            "nod": 1.2, "look": 1.8, "left_arm": 1.3, "right_arm": 1.3, "knee": 0.4, "tilt": 0.4,
        }  # fmt: skip
        self._sways = {name: Sway(self._generator, size) for name, size in sizes.items()}

    def _leg(self, side: Side, time_s: float) -> LegAim:
        """Add up what the schedule asks of one leg."""
        out = outward(side)
        elevation = sum(
            (s.lift.peak_deg + self._sways["peak"].at(time_s)) * s.thigh.level(time_s)
            for s in self.lifts
            if s.lift.side == side
        )
        bent = sum(s.amount("support-knee-bent", time_s) for s in self.lifts if s.lift.side != side)
        spot = vec(ANKLE_X_M, out * STANCE_HALF_WIDTH_M, self.body.ankle_height_m)
        pitch = 0.0
        if self._walk and time_s < self._walk.duration_s:
            forward_m, up_m, pitch = self._walk.foot(side, time_s)
            spot = spot + vec(forward_m, 0.0, up_m)
        share = elevation / 90.0
        return LegAim(
            spot_m=spot * vec(1.0, self.body.scale, 1.0),
            elevation_deg=elevation,
            raised_knee_deg=max(0.0, elevation + 26.0 * share * (1.0 - share)),
            standing_knee_deg=max(2.0, 5.0 + self._sways["knee"].at(time_s) + bent),
            foot_pitch_deg=pitch,
        )

    def _idle(self, time_s: float) -> tuple[float, float]:
        """Weight shift (metres to the left) and look (degrees to the left) of a person waiting."""
        begin, end = self._fidget
        if not begin < time_s < end:
            return 0.0, 0.0
        fade = glide((time_s - begin) / 0.8) * glide((end - time_s) / 0.8)
        since = time_s - begin
        shift = 0.05 * float(np.sin(2 * np.pi * since / 4.1))
        look = 38.0 * float(np.sin(2 * np.pi * since / 5.3 + 0.6)) ** 3
        return fade * shift, fade * look

    def stance(self, time_s: float) -> Stance:
        """Say what the body does at a time, before the joints are solved."""
        sway = {name: drift.at(time_s) for name, drift in self._sways.items()}
        lean, right, obliquity, tilt = NEUTRAL_LEAN_DEG + sway["lean"], sway["right"], 0.0, 0.0
        hip_x, (idle_y, look) = sway["x"], self._idle(time_s)
        hip_y = sway["y"] + idle_y
        obliquity += -40.0 * idle_y
        for s, habit in zip(self.lifts, self._habits, strict=False):
            out, up, weight = outward(s.lift.side), s.thigh.level(time_s), s.weight.level(time_s)
            back, ahead = s.amount("lean-back", time_s), s.amount("lean-forward", time_s)
            aside = s.amount("lateral-lean", time_s)
            hike = s.amount("pelvic-hike", time_s) - s.amount("pelvic-drop", time_s)
            lean += (-1.5 + 0.5 * habit[0]) * up + ahead - back
            right += out * ((1.6 + 0.4 * habit[1]) * weight + aside)
            obliquity += out * ((2.0 + 0.6 * habit[2]) * up + 0.15 * aside + hike)
            tilt += PELVIC_SHARE * s.lift.peak_deg * up + 0.55 * ahead - 0.6 * back
            hip_x += (0.0020 * (back - ahead) - 0.012 * up) * self.body.scale
            hip_y -= out * (0.070 * weight - 0.0022 * aside) * self.body.scale
        stance = Stance(
            left=self._leg("left", time_s),
            right=self._leg("right", time_s),
            hip_x_m=hip_x,
            hip_y_m=hip_y,
            pelvic_tilt_deg=tilt + sway["tilt"],
            pelvic_obliquity_deg=obliquity,
            pelvic_rotation_deg=sway["turn"],
            trunk_lean_deg=lean,
            lateral_lean_deg=right,
            gaze=Bend(flexion_deg=sway["nod"], left_turn_deg=sway["look"] + look),
            breath=0.5 - 0.5 * float(np.cos(2 * np.pi * 0.26 * time_s)),
        )
        return self._with_arms(stance, time_s)

    def _with_arms(self, stance: Stance, time_s: float) -> Stance:
        """Let the arms hang with a slight drift, a little out for balance while a leg is up."""
        busy = sum(s.thigh.level(time_s) for s in self.lifts)
        swing = 0.0
        if self._walk and time_s < self._walk.duration_s:
            swing = 16.0 * self._walk.swing(time_s)
            stance = replace(stance, hip_x_m=stance.hip_x_m + self._walk.hips_x(time_s))
        if self._walk and time_s < self._walk.duration_s + 0.3:
            ceiling = STANDING_HIP * self.body.stature_m - self._walk.sink(time_s)
            stance = replace(stance, hip_ceiling_m=ceiling)
        arms = [
            Arm(
                shoulder_flexion_deg=-3.0 + self._sways[name].at(time_s) + sign * swing,
                shoulder_abduction_deg=9.0 + 3.0 * busy,
                elbow_flexion_deg=13.0 + 4.0 * busy + 0.5 * abs(swing),
            )
            for name, sign in (("left_arm", 1.0), ("right_arm", -1.0))
        ]
        return replace(stance, left_arm=arms[0], right_arm=arms[1])

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time, both loaded feet in their places."""
        return solve(self.body, self.stance(time_s))

    def extra(self, time_s: float, skeleton: Skeleton) -> dict[str, float]:
        """Return nothing: the common columns tell all."""
        return {}
