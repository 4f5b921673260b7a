"""Hanging leg raises: a body that hangs from a bar by its hands, and lifts both legs together."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from mannequin.body import SIDES, Body, outward
from mannequin.kinematics import Arm, Bend, Leg, Pose, Skeleton, forward
from mannequin.limbs import line_deg
from mannequin.motion import Pulse, Sway, glide
from mannequin.repeats import Levels, Repeat, slow_repeats
from mannequin.scenario import FaultCode, Scenario
from mannequin.vectors import Array, vec
from mannequin.verdict import Columns, FaultRule, Rules

#: Where the bar's axis runs through the closed hand, in the hand's frame of the left; bar's radius.
GRIP = (0.006, -0.030, -0.085)
REST_DEG = 3.0
#: A body of this height swings from its hands with a period of about two seconds.
SWING_PERIOD_S = 2.1
#: From turn to turn 20 degrees weigh as much as 15 from the vertical.
TURN_WEIGHT = 0.75


def _afterwards(delta: Columns, values: Array, worst: Callable[[Array], float]) -> Array:
    """Give each raise what ``worst`` makes of ``values`` in the hang that follows it; else 0.

    The fault belongs to the repetition just lowered, though it shows when that one is over.
    """
    raised = delta["hip_flexion_both_deg"] > 20.0
    begins = [int(n) + 1 for n in np.flatnonzero(~raised[:-1] & raised[1:])]
    found = np.zeros_like(values)
    for begin, following in pairwise([*begins, values.size]):
        hang = ~raised[begin:following]
        if hang.any():
            found[begin:following] = worst(values[begin:following][hang])
    return found


def _arch(delta: Columns, _: str) -> Array:
    """Degrees by which the legs go behind the body after the repetition."""
    return _afterwards(delta, -delta["hip_flexion_both_deg"], lambda v: float(v.max()))


def _swing(delta: Columns, _: str) -> Array:
    """Degrees of swing, and of what swinging goes on after the repetition, weighed alike."""
    swing = delta["swing_deg"]
    between = _afterwards(delta, swing, lambda v: float(np.ptp(v)))
    found: Array = np.maximum(np.abs(swing), TURN_WEIGHT * between)
    return found


RULES = Rules(
    column="hip_flexion_{side}_deg",
    start=30.0, top=85.0, back=20.0, attempt=45.0, high=85.0, lowering_s=1.0, sides=("both",),
    faults=(
        FaultRule(code="swing", signal=_swing, limit=15.0),
        FaultRule(code="back-arch", signal=_arch, limit=15.0),
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Hang:
    """An instant of hanging.

    Attributes
    ----------
    swing_deg
        Line from the wrists to the hips from the vertical, hips forward positive.
    left_deg, right_deg
        Hip flexion against the line from hip to shoulder.
    knees_deg
        Knee flexion.
    lumbar_deg
        Flexion of the loin; extended when the back arches.
    shoulders_deg
        Flexion of the shoulders, 180 straight overhead.
    """

    swing_deg: float = 0.0
    left_deg: float = REST_DEG
    right_deg: float = REST_DEG
    knees_deg: float = 6.0
    lumbar_deg: float = 0.0
    shoulders_deg: float = 176.0
    gaze: Bend = field(default_factory=Bend)
    breath: float = 0.0


def grip(body: Body, skeleton: Skeleton, side: str) -> Array:
    """Point of the closed hand through which the bar's axis runs."""
    point = body.at(GRIP[0], outward(side) * GRIP[1], GRIP[2])
    place: Array = skeleton.points[f"{side}_wrist"] + skeleton.frames[f"{side}_hand"] @ point
    return place


def swing_deg(skeleton: Skeleton) -> float:
    """Line from the middle of the wrists to the hips from the vertical, hips forward positive."""
    wrists = (skeleton.points["left_wrist"] + skeleton.points["right_wrist"]) / 2
    line = skeleton.points["mid_hip"] - wrists
    return math.degrees(math.atan2(float(line[0]), -float(line[2])))


def _leg(skeleton: Skeleton, pose: Pose, side: str, flexion_deg: float, knee_deg: float) -> Leg:
    hip, shoulder = skeleton.points[f"{side}_hip"], skeleton.points[f"{side}_shoulder"]
    # The pelvis is tilted against the line from hip to shoulder by as much as the trunk is bent.
    straight = line_deg(shoulder, hip, hip - skeleton.frames["pelvis"][:, 2])
    raised = max(0.0, flexion_deg) / 100.0
    return Leg(
        hip_flexion_deg=flexion_deg - straight,
        hip_abduction_deg=1.5 + 4.0 * raised,
        knee_flexion_deg=knee_deg,
        ankle_dorsiflexion_deg=-28.0 + 8.0 * raised,
    )


def solve(body: Body, hang: Hang, bar_m: float) -> Pose:
    """Pose in which both hands hold the bar (over the origin) and the body swings as asked."""
    arm = Arm(
        shoulder_flexion_deg=hang.shoulders_deg, shoulder_abduction_deg=7.0,
        shoulder_rotation_deg=-90.0, elbow_flexion_deg=4.0, wrist_flexion_deg=38.0,
    )  # fmt: skip
    pose = Pose(
        lumbar=Bend(flexion_deg=0.6 * hang.lumbar_deg),
        thorax=Bend(flexion_deg=0.4 * hang.lumbar_deg),
        neck=Bend(
            flexion_deg=hang.gaze.flexion_deg - 0.5 * hang.lumbar_deg,
            right_deg=hang.gaze.right_deg,
            left_turn_deg=hang.gaze.left_turn_deg,
        ),
        left_arm=arm, right_arm=arm, breath=hang.breath,
    )  # fmt: skip
    # From the bar down all is stiff: one turn about the bar gives the swing.
    pose = replace(pose, pelvic_tilt_deg=swing_deg(forward(body, pose)) - hang.swing_deg)
    skeleton = forward(body, pose)
    held = (grip(body, skeleton, "left") + grip(body, skeleton, "right")) / 2
    return replace(
        pose,
        root_m=vec(0.0, 0.0, bar_m) - held * vec(1.0, 0.0, 1.0),
        left_leg=_leg(skeleton, pose, "left", hang.left_deg, hang.knees_deg),
        right_leg=_leg(skeleton, pose, "right", hang.right_deg, hang.knees_deg),
    )


def _amount(repeat: Repeat, code: FaultCode) -> float:
    return sum(c.amount for c in repeat.lift.compensations if c.code == code)


class HangingSet:
    """The movement of a hanging scenario as a function of time.

    Attributes
    ----------
    calm_s
        Start and end of the still hang that serves as the neutral baseline.
    duration_s
        Of the whole clip.
    repeats
        The lifts placed in time.

    Raises
    ------
    ValueError
        If the scenario has no bar.
    """

    def __init__(self, scenario: Scenario) -> None:
        if scenario.bar_m is None:
            raise ValueError(f"{scenario.name}: nothing to hang from, bar_m is missing")
        self.body, self.bar_m = scenario.body, scenario.bar_m
        self._straight = scenario.straight_legs
        generator = np.random.default_rng(scenario.seed)
        self.calm_s = (0.0, scenario.calm_s)
        self._idle = (scenario.calm_s, scenario.calm_s + scenario.fidget_s)
        levels = Levels(rest_deg=REST_DEG, back_deg=20.0, high_deg=85.0)
        self.repeats = slow_repeats(scenario, self._idle[1], levels, generator)
        end_s = self.repeats[-1].drive.end_s if self.repeats else self._idle[1]
        self.duration_s = end_s + scenario.finish_s
        sizes = {
            "swing": 0.5, "legs": 0.5, "apart": 0.9, "nod": 1.5, "look": 2.0, "restless": 1.6,
            "shoulders": 0.5,
        }  # fmt: skip
        self._sways = {name: Sway(generator, size) for name, size in sizes.items()}
        self._swings = [(a, self._swinging(r)) for r in self.repeats if (a := _amount(r, "swing"))]

    @staticmethod
    def _swinging(repeat: Repeat) -> Pulse:
        """Course of the swing that goes with one repetition."""
        drive = repeat.drive
        length_s = drive.end_s - drive.start_s
        return Pulse(start_s=drive.start_s - 0.2, rise_s=1.2, stay_s=length_s, fall_s=1.5)

    def _swing(self, time_s: float, level: float) -> float:
        """Swing at a time: hips a little back while the legs are in front, and the acted one."""
        natural = (-5.5 if self._straight else -3.8) * level + self._sways["swing"].at(time_s)
        if not self._swings:
            return natural
        size = max(amount * course.level(time_s) for amount, course in self._swings)
        # All one pendulum: it was set going before the first of these repetitions.
        phase = 2.0 * math.pi * (time_s - self._swings[0][1].start_s - 1.3) / SWING_PERIOD_S
        return natural + size * math.cos(phase)

    def _arch(self, time_s: float) -> float:
        """Degrees by which the legs are behind the body, at the bottom after a repetition."""
        found = 0.0
        for repeat in self.repeats:
            amount = _amount(repeat, "back-arch")
            after = Pulse(
                start_s=repeat.drive.end_s - 0.15, rise_s=0.45, stay_s=0.45, fall_s=0.55
            )  # fmt: skip
            found = max(found, amount * after.level(time_s))
        return found

    def hang(self, time_s: float) -> Hang:
        """Say what the body does at a time, before the joints are solved."""
        sway = {name: drift.at(time_s) for name, drift in self._sways.items()}
        raise_deg = sum((r.peak_deg - REST_DEG) * r.drive.level(time_s) for r in self.repeats)
        level, arch = raise_deg / 100.0, self._arch(time_s)
        begin, end = self._idle
        restless = glide((time_s - begin) / 0.8) * glide((end - time_s) / 0.8) * sway["restless"]
        flexion = REST_DEG + raise_deg - arch + sway["legs"] * (1.0 - 0.6 * level) + restless
        bent = 9.0 * level if self._straight else 96.0 * level + 22.0 * level * (1.0 - level)
        return Hang(
            swing_deg=self._swing(time_s, level) + 0.8 * restless,
            left_deg=flexion + sway["apart"],
            right_deg=flexion - sway["apart"],
            knees_deg=max(2.0, 6.0 + bent + 0.3 * arch),
            lumbar_deg=14.0 * level - 0.5 * arch,
            shoulders_deg=176.0 + sway["shoulders"] - 2.0 * level,
            gaze=Bend(flexion_deg=sway["nod"] + 6.0 * level, left_turn_deg=sway["look"]),
            breath=0.5 - 0.5 * float(np.cos(2 * np.pi * 0.3 * time_s)),
        )

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time, both hands on the bar."""
        return solve(self.body, self.hang(time_s), self.bar_m)

    def extra(self, time_s: float, skeleton: Skeleton) -> dict[str, float]:
        """Swing (degrees, hips forward positive) and the mean of both hips' flexion."""
        points = skeleton.points
        flexion = [
            line_deg(*(points[f"{side}_{joint}"] for joint in ("shoulder", "hip", "knee")))
            for side in SIDES
        ]
        return {
            "swing_deg": swing_deg(skeleton),
            "hip_flexion_both_deg": sum(flexion) / len(flexion),
        }
