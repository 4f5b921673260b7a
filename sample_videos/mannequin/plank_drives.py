"""Knee drives in a high plank: slow (front-support hip flexion) and fast (mountain climbers)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mannequin.body import SIDES, Body
from mannequin.kinematics import Bend, Pose, Skeleton
from mannequin.limbs import line_deg
from mannequin.motion import Sway, glide
from mannequin.plank import Plank, solve
from mannequin.plank_legs import FOOT_PITCH_DEG, KNEE_DEG, Drive
from mannequin.repeats import Levels, Repeat, acted, fast_repeats, slow_repeats
from mannequin.scenario import Scenario
from mannequin.vectors import Array
from mannequin.verdict import Columns, FaultRule, Rules, other

#: Hips a little above the line: so people hold it, and so the knee has room to pass.
NEUTRAL_LINE_DEG = 7.0
#: Hip flexion on the toes in the neutral plank; only the timing refers to it.
REST_DEG = 8.5
SLOW, FAST = "front-support-hip-flexion", "mountain-climbers"


def _slow_line(delta: Columns, side: str) -> Array:
    """Plank line of the leg that stays on the floor."""
    return delta[f"plank_line_{other(side)}_deg"]


def _fast_line(delta: Columns, side: str) -> Array:
    """Plank line of the less flexed leg: with fast steps both may be in the air for a moment."""
    left_supports = delta["hip_flexion_left_deg"] < delta["hip_flexion_right_deg"]
    line: Array = np.where(
        left_supports, delta["plank_line_left_deg"], delta["plank_line_right_deg"]
    )
    return line


RULES = {
    SLOW: Rules(
        column="hip_flexion_{side}_deg",
        start=25.0, top=80.0, back=20.0, attempt=45.0, high=80.0, lowering_s=1.0,
        faults=(
            FaultRule(code="back-arch", signal=lambda d, s: -_slow_line(d, s), limit=10.0),
            FaultRule(code="hips-raised", signal=_slow_line, limit=15.0),
            FaultRule(
                code="support-knee-bent",
                signal=lambda d, side: d[f"knee_flexion_{other(side)}_deg"],
                limit=20.0,
            ),
        ),
    ),
    FAST: Rules(
        column="hip_flexion_{side}_deg",
        start=45.0, top=65.0, back=40.0, attempt=45.0, high=75.0,
        faults=(
            FaultRule(
                code="back-arch", signal=lambda d, s: -_fast_line(d, s), limit=12.0, lasting_s=0.15
            ),
            FaultRule(code="hips-raised", signal=_fast_line, limit=20.0, lasting_s=0.15),
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How a clean drive moves the trunk, in degrees at the top of it."""

    lift_deg: float
    tuck_deg: float
    roll_deg: float
    rock_deg: float


#: Slow and fast: the hips rise a little, the loin rounds, the driven side rolls up, and the body
#: rocks forward over its toes.
_MANNER = {
    SLOW: Manner(lift_deg=3.5, tuck_deg=9.0, roll_deg=1.6, rock_deg=-2.0),
    FAST: Manner(lift_deg=4.0, tuck_deg=7.0, roll_deg=1.2, rock_deg=-1.2),
}


class PlankSet:
    """The movement of a scenario in a plank as a function of time.

    Attributes
    ----------
    calm_s
        Start and end of the still plank that serves as the neutral baseline.
    duration_s
        Of the whole clip.
    repeats
        The lifts placed in time.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.body: Body = scenario.body
        generator = np.random.default_rng(scenario.seed)
        self.calm_s = (0.0, scenario.calm_s)
        self._manner = _MANNER[scenario.exercise]
        self._idle = (scenario.calm_s, scenario.calm_s + scenario.fidget_s)
        start_s = self._idle[1]
        self.repeats: list[Repeat]
        if scenario.exercise == FAST:
            self.repeats = fast_repeats(scenario, start_s, generator)
        else:
            levels = Levels(rest_deg=REST_DEG, back_deg=20.0, high_deg=80.0)
            self.repeats = slow_repeats(scenario, start_s, levels, generator)
        end_s = self.repeats[-1].drive.end_s if self.repeats else start_s
        self.duration_s = end_s + scenario.finish_s
        sizes = {
            "line": 0.5, "roll": 0.35, "rock": 0.4, "knee": 0.5, "nod": 1.4, "look": 1.4,
            "peak": 0.25, "restless": 2.2,
        }  # fmt: skip
        self._sways = {name: Sway(generator, size) for name, size in sizes.items()}

    def _drive(self, side: str, time_s: float) -> Drive:
        """Return what the schedule asks of one leg."""
        active = [r for r in self.repeats if r.moves(side) and r.drive.level(time_s) > 0.0]
        if not active:
            return Drive()
        now = max(active, key=lambda repeat: repeat.drive.level(time_s))
        peak = now.peak_deg + self._sways["peak"].at(time_s)
        return Drive(peak_deg=peak, level=now.drive.level(time_s))

    def _restless(self, time_s: float) -> float:
        """Extra sway (degrees) of somebody who holds the plank for long."""
        begin, end = self._idle
        fade = glide((time_s - begin) / 0.8) * glide((end - time_s) / 0.8)
        return fade * self._sways["restless"].at(time_s)

    def plank(self, time_s: float) -> Plank:
        """Say what the body does at a time, before the joints are solved."""
        sway = {name: drift.at(time_s) for name, drift in self._sways.items()}
        left, right = (self._drive(side, time_s) for side in SIDES)
        busy = max(left.level, right.level)
        raised = acted(self.repeats, "hips-raised", time_s)
        sag = acted(self.repeats, "back-arch", time_s)
        bent = acted(self.repeats, "support-knee-bent", time_s)
        manner, restless = self._manner, self._restless(time_s)
        # Hips that are up or down already do not make room for the knee as well.
        room = manner.lift_deg * busy * max(0.0, 1.0 - (raised + sag) / 10.0)
        line = NEUTRAL_LINE_DEG + room + raised - sag + sway["line"] + restless
        return Plank(
            left=left,
            right=right,
            plank_line_deg=line,
            lumbar_deg=manner.tuck_deg * busy + 0.1 * raised - 0.8 * sag,
            knee_deg=max(1.0, KNEE_DEG + sway["knee"] + bent),
            roll_deg=manner.roll_deg * (left.level - right.level) + sway["roll"],
            foot_pitch_deg=FOOT_PITCH_DEG + manner.rock_deg * busy + sway["rock"] - 0.5 * restless,
            gaze=Bend(flexion_deg=sway["nod"], left_turn_deg=sway["look"] + 2.0 * restless),
            breath=0.5 - 0.5 * float(np.cos(2 * np.pi * 0.3 * time_s)),
        )

    def pose(self, time_s: float) -> Pose:
        """Pose of the body at a time, hands and loaded toes in their places."""
        return solve(self.body, self.plank(time_s))

    def extra(self, time_s: float, skeleton: Skeleton) -> dict[str, float]:
        """Plank line (degrees, pike positive) with each leg taken as the supporting one."""
        points = skeleton.points
        return {
            f"plank_line_{side}_deg": line_deg(
                points[f"{side}_shoulder"], points[f"{side}_hip"], points[f"{side}_ankle"]
            )
            for side in SIDES
        }
