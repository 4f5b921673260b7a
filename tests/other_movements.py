"""Other people's movements, as stick figures: what must never be counted as an exercise.

Each gives poses from a calm start posture on, as a camera at the left side sees them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.pose.pose import Pose
from tests.stickman import SHANK, THIGH, Stance, pose

FPS = 30.0
Key = tuple[float, Stance]


@dataclass(frozen=True, kw_only=True)
class Movement:
    """A movement by what the body does at some moments, straight on between them.

    Attributes
    ----------
    cycle : tuple of (float, Stance)
        Seconds from its beginning, and the stance then; the last one is where the next begins.
    times : int
        How often it is done.
    calm_s : float
        How long the first stance is held before.
    """

    cycle: tuple[Key, ...]
    times: int = 4
    calm_s: float = 2.6

    def poses(self, yaw_deg: float = 0.0, fps: float = FPS) -> Iterator[Pose]:
        """Yields the poses at so many frames a second, with a calm second at the end."""
        period_s = self.cycle[-1][0]
        total_s = self.calm_s + self.times * period_s + 1.0
        for index in range(int(total_s * fps)):
            time_s = index / fps
            into_s = time_s - self.calm_s
            if into_s < 0.0:
                stance = self.cycle[0][1]
            elif into_s >= self.times * period_s:
                stance = self.cycle[-1][1]
            else:
                stance = self._at(into_s % period_s)
            yield pose(stance, time_s, yaw_deg=yaw_deg)

    def _at(self, into_s: float) -> Stance:
        times = [at_s for at_s, _ in self.cycle]
        stances = [vars(stance) for _, stance in self.cycle]
        return Stance(
            **{
                name: float(np.interp(into_s, times, [s[name] for s in stances]))
                for name in stances[0]
            }
        )


def _planted(own: Stance, bench_m: float = 0.0) -> Stance:
    """Returns a stance with its hips at such a height that the left foot is `bench_m` high."""
    knee_m = THIGH * np.cos(np.radians(own.thigh_left))
    shank_m = SHANK * np.cos(np.radians(own.thigh_left - own.knee_left))
    return replace(own, hips_up=float(bench_m + knee_m + shank_m - THIGH - SHANK))


BENCH_M = 0.40
STAND = Stance()
ON_BENCH = Stance(hips_up=BENCH_M)
# The left foot on the bench, the right one on the floor.
ASTRIDE = replace(_planted(Stance(thigh_left=88.0, knee_left=93.0), BENCH_M), hips_up=0.0)
HALF_UP = _planted(Stance(thigh_left=45.0, knee_left=50.0, thigh_right=-10.0), BENCH_M)

STEP_UPS = Movement(
    cycle=(
        (0.0, STAND), (0.6, ASTRIDE), (1.1, HALF_UP), (1.6, ON_BENCH), (2.0, ON_BENCH),
        (2.5, HALF_UP), (3.0, ASTRIDE), (3.6, STAND), (4.0, STAND),
    )
)  # fmt: skip


def _kicks(thigh: float, knee: float) -> Movement:
    """Returns heels drawn to the buttocks in turn, the thighs lifted by so much."""
    return Movement(
        cycle=(
            (0.0, STAND), (0.25, Stance(thigh_left=thigh, knee_left=knee)), (0.5, STAND),
            (0.75, Stance(thigh_right=thigh, knee_right=knee)), (1.0, STAND),
        ),
        times=10,
    )  # fmt: skip


BUTT_KICKS = _kicks(10.0, 130.0)
"""Heel to buttock, the thigh hanging."""
HIGH_BUTT_KICKS = _kicks(65.0, 150.0)
"""The same as the model shows it at its worst: the knee half-way up with the heel."""
BOTH_BENT = Stance(thigh_left=90.0, knee_left=90.0, thigh_right=90.0, knee_right=90.0)
SQUATS = Movement(
    cycle=(
        (0.0, STAND), (1.0, replace(_planted(BOTH_BENT), lean=30.0)), (2.0, STAND), (2.4, STAND),
    )
)  # fmt: skip
ALL_FOURS = Stance(
    pitch=80.0, arm=80.0, thigh_left=80.0, knee_left=80.0, thigh_right=80.0, knee_right=80.0
)
KICKED = replace(ALL_FOURS, thigh_left=-15.0)
DONKEY_KICKS = Movement(
    cycle=((0.0, ALL_FOURS), (0.7, KICKED), (1.0, KICKED), (1.7, ALL_FOURS), (2.0, ALL_FOURS))
)
PLANK = Stance(pitch=75.0, arm=75.0)
LOWERED = Stance(pitch=85.0, arm=40.0)
FOOT_FORWARD = replace(PLANK, thigh_left=110.0, knee_left=110.0)
KNEELING = Stance(
    pitch=30.0, arm=20.0, thigh_left=90.0, knee_left=90.0, thigh_right=20.0, knee_right=60.0
)
PUSH_UPS_THEN_UP = Movement(
    cycle=(
        (0.0, PLANK), (0.7, LOWERED), (1.4, PLANK), (2.1, LOWERED), (2.8, PLANK),
        (3.6, FOOT_FORWARD), (4.4, KNEELING), (5.4, STAND), (6.4, STAND),
    ),
    times=1,
)  # fmt: skip

KINDS: dict[str, Movement] = {
    "step-ups": STEP_UPS,
    "butt kicks": BUTT_KICKS,
    "high butt kicks": HIGH_BUTT_KICKS,
    "squats": SQUATS,
    "donkey kicks": DONKEY_KICKS,
    "push-ups, then up": PUSH_UPS_THEN_UP,
}


def two_people(lifts: Iterator[Pose]) -> Iterator[Pose]:
    """Yields one person's poses, but for stretches in which a second one is seen instead.

    The second person stands 1.5 m beside the first and hides them for half a second of each two:
    whatever the first does on the way, the lift is made of two people.
    """
    for shown in lifts:
        if shown.time_s > 3.0 and shown.time_s % 2.0 < 0.5:
            other = pose(Stance(), shown.time_s)
            yield replace(other, image_px=other.image_px + [600.0, 0.0])
        else:
            yield shown
