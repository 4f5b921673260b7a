"""A stick figure with exactly known angles, seen by a pinhole camera: poses without any estimator.

World axes: x to the figure's front, y to its left, z up, metres. The figure faces +x; the camera
looks at it from `yaw_deg` off its left side: 0 sees its left, 90 its front, 180 its right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from formcheck.core.pose.pose import LANDMARK_COUNT, FloatArray, Landmark, Pose
from formcheck.sensors.marker import Square

TRUNK, THIGH, SHANK, FOOT, ARM = 0.50, 0.42, 0.41, 0.18, 0.55
HIP_HALF, SHOULDER_HALF = 0.10, 0.18
SIZE = (1280, 960)
FOCAL_PX = 1200.0


@dataclass(frozen=True, kw_only=True)
class Stance:
    """Angles of the figure at one instant, in the project's definitions and signs."""

    thigh_left: float = 0.0
    thigh_right: float = 0.0
    knee_left: float = 0.0
    knee_right: float = 0.0
    lean: float = 0.0
    lateral: float = 0.0
    hike_left: float = 0.0
    pitch: float = 0.0
    """The whole figure tipped forward about its hips: -90 lies on the back, +90 face down."""
    arm: float = 0.0
    """Both arms: 0 beside the trunk, 90 forward, 180 overhead."""
    hips_up: float = 0.0
    """Height of the hips over their usual place, metres."""
    tilt: float = 0.0
    """The pelvis tipped forward under a trunk that stays; only a tag shows it."""

    def plus(self, other: Stance, share: float = 1.0) -> Stance:
        """Return the sum of these angles and a share of others."""
        return Stance(**{k: v + share * getattr(other, k) for k, v in vars(self).items()})


def _forward(angle_deg: float, length: float) -> FloatArray:
    """Return a segment that hangs down at 0 and points forward at 90."""
    angle = math.radians(angle_deg)
    return np.array([math.sin(angle) * length, 0.0, -math.cos(angle) * length])


@lru_cache(maxsize=1 << 13)
def joints(stance: Stance) -> tuple[list[Landmark], FloatArray]:
    """Return which joints the figure has, and where they are, (n, 3) in metres.

    Many clips hold the same stances, and a clip holds those of rest and top for seconds.
    """
    hike, lateral, lean = np.radians([stance.hike_left, stance.lateral, stance.lean])
    across = np.array([0.0, np.cos(hike), np.sin(hike)])
    middle = np.array([0.0, 0.0, THIGH + SHANK])
    lift = np.array([0.0, 0.0, stance.hips_up])
    up = np.array([np.tan(lean), -np.tan(lateral), 1.0])
    chest = middle + TRUNK * up / np.linalg.norm(up)
    found = {
        Landmark.LEFT_SHOULDER: chest + [0, SHOULDER_HALF, 0],
        Landmark.RIGHT_SHOULDER: chest - [0, SHOULDER_HALF, 0],
        Landmark.NOSE: chest + [0.12, 0, 0.25],
        Landmark.LEFT_EAR: chest + [0.0, 0.08, 0.25],
        Landmark.RIGHT_EAR: chest + [0.0, -0.08, 0.25],
    }
    for side, sign in (("LEFT", 1.0), ("RIGHT", -1.0)):
        thigh = getattr(stance, f"thigh_{side.lower()}")
        knee_flexion = getattr(stance, f"knee_{side.lower()}")
        hip = middle + sign * HIP_HALF * across
        knee = hip + _forward(thigh, THIGH)
        ankle = knee + _forward(thigh - knee_flexion, SHANK)
        found |= {
            Landmark[f"{side}_HIP"]: hip,
            Landmark[f"{side}_KNEE"]: knee,
            Landmark[f"{side}_ANKLE"]: ankle,
            Landmark[f"{side}_HEEL"]: ankle + [-0.05, 0, -0.05],
            Landmark[f"{side}_FOOT_INDEX"]: ankle + [FOOT, 0, -0.05],
        }
        shoulder, hand = found[Landmark[f"{side}_SHOULDER"]], _forward(stance.arm, ARM)
        found |= {
            Landmark[f"{side}_ELBOW"]: shoulder + hand / 2,
            Landmark[f"{side}_WRIST"]: shoulder + hand,
        }
    placed = _tipped(np.array(list(found.values())) - middle, stance.pitch) + middle + lift
    placed.setflags(write=False)
    return list(found), placed


def _tipped(points: FloatArray, pitch_deg: float) -> FloatArray:
    """Return points (n, 3) turned forward about the figure's left-right axis."""
    sine, cosine = np.sin(np.radians(pitch_deg)), np.cos(np.radians(pitch_deg))
    x, y, z = points.T
    return np.stack([cosine * x + sine * z, y, cosine * z - sine * x], axis=1)


TAG = 0.09
TAG_ACROSS = {
    "left": (-1.0, 0.0, 0.0), "right": (1.0, 0.0, 0.0), "belly": (0.0, 1.0, 0.0),
    "sacrum": (0.0, -1.0, 0.0),
}  # fmt: skip
"""Which way a card's upper edge runs that is worn so, from its left corner to its right one."""


def tag_corners(stance: Stance, place: str) -> FloatArray:
    """Return the corners (4, 3) of a square tag on the pelvis, in metres, as printed."""
    across, down = np.array(TAG_ACROSS[place]), np.array([0.0, 0.0, -1.0])
    out = np.cross(down, across)
    hike = np.radians(stance.hike_left)
    sine, cosine = np.sin(hike), np.cos(hike)
    rolled_up = np.array([[1.0, 0.0, 0.0], [0.0, cosine, -sine], [0.0, sine, cosine]])
    square = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    flat = [rolled_up @ (0.1 * out + 0.5 * TAG * (x * across + y * down)) for x, y in square]
    middle = np.array([0.0, 0.0, THIGH + SHANK + stance.hips_up])
    placed: FloatArray = _tipped(np.array(flat), stance.tilt + stance.pitch) + middle
    return placed


def pose(
    stance: Stance,
    time_s: float = 0.0,
    *,
    yaw_deg: float = 0.0,
    distance_m: float = 60.0,
    noise_m: float = 0.0,
    rng: np.random.Generator | None = None,
    tag: str = "",
) -> Pose:
    """Return the figure as the camera sees it; so far away by default that perspective vanishes.

    With `tag` it wears one, on its `left` or `right` hip, its `belly` or its `sacrum`.
    """
    width, height = SIZE
    yaw = np.radians(yaw_deg)
    # From the left the camera stands on +y and sees the front (+x) on the picture's left.
    towards = np.array([np.sin(yaw), np.cos(yaw), 0.0])
    right = np.array([-np.cos(yaw), np.sin(yaw), 0.0])
    focal_px = FOCAL_PX * distance_m / 3.0

    def seen(where: FloatArray) -> FloatArray:
        depth = distance_m - where @ towards
        x_px = width / 2 + focal_px * (where @ right) / depth
        return np.stack([x_px, height / 2 - focal_px * (where[:, 2] - 0.9) / depth], axis=1)

    landmarks, where = joints(stance)
    if noise_m and rng is not None:
        where = where + rng.normal(0.0, noise_m, where.shape)
    points = np.full((LANDMARK_COUNT, 2), np.nan)
    points[landmarks] = seen(where)
    worn = seen(tag_corners(stance, tag)) if tag else None
    return Pose(
        time_s=time_s,
        image_px=points,
        visibility=np.where(np.isnan(points[:, 0]), 0.0, 1.0),
        frame_size_px=SIZE,
        pelvis=None if worn is None else Square(worn).read(),
    )


def smooth(share: float) -> float:
    """Return the minimum-jerk course from 0 to 1."""
    share = min(1.0, max(0.0, share))
    return share**3 * (10 - 15 * share + 6 * share**2)


@dataclass(frozen=True, kw_only=True)
class Lift:
    """One repetition of the stick figure from `base`; all else is added in proportion to the lift.

    `peak` is what the thigh moves by, `knee` what the knee bends by, as much as the thigh if None.
    """

    side: str = "left"
    peak: float = 92.0
    rise_s: float = 1.0
    hold_s: float = 2.2
    lower_s: float = 2.2
    rest_s: float = 0.8
    at_top: Stance = Stance()
    base: Stance = Stance()
    knee: float | None = None
    plants_foot: bool = False

    @property
    def duration_s(self) -> float:
        """From one rest to the end of the next."""
        return self.rise_s + self.hold_s + self.lower_s + self.rest_s

    def stance(self, elapsed_s: float) -> Stance:
        """Return the angles some time after the beginning."""
        share = smooth(elapsed_s / self.rise_s) - smooth(
            (elapsed_s - self.rise_s - self.hold_s) / self.lower_s
        )
        knee = self.peak if self.knee is None else self.knee
        legs = ["left", "right"] if self.plants_foot or self.side == "both" else [self.side]
        moved = {f"thigh_{leg}": self.peak for leg in legs}
        moved |= {f"knee_{leg}": knee for leg in legs}
        return self.base.plus(self.at_top.plus(Stance(**moved)), share)


def rolled(shown: Pose, roll_deg: float) -> Pose:
    """Returns the pose as a camera sees it that hangs: its picture is turned clockwise."""
    sine, cosine = np.sin(np.radians(roll_deg)), np.cos(np.radians(roll_deg))
    middle = np.array(shown.frame_size_px) / 2
    turn = np.array([[cosine, sine], [-sine, cosine]])
    return replace(shown, image_px=(shown.image_px - middle) @ turn + middle)


def clip(
    lifts: list[Lift],
    *,
    fps: float = 20.0,
    calm_s: float = 2.6,
    edit: Callable[[Pose], Pose] = lambda p: p,
    seed: int = 0,
    start_s: float = 0.0,
    tag: str = "",
    **camera: float,
) -> Iterator[Pose]:
    """Yield the poses of standing calm, the lifts one after the other, and a calm second.

    20 frames a second are enough for all that is not about the frame rate itself.
    """
    rng = np.random.default_rng(seed)
    ends = np.cumsum([lift.duration_s for lift in lifts]) + calm_s
    total_s = (ends[-1] if len(ends) else calm_s) + 1.0
    base = lifts[0].base if lifts else Stance()
    for index in range(int(total_s * fps)):
        time_s = index / fps
        stance = base
        for lift, end_s in zip(lifts, ends, strict=True):
            if end_s - lift.duration_s <= time_s < end_s:
                stance = lift.stance(time_s - (end_s - lift.duration_s))
        yield edit(pose(stance, start_s + time_s, rng=rng, tag=tag, **camera))


def steps(
    number: int,
    per_s: float,
    *,
    peak: float = 90.0,
    base: Stance = Stance(),
    during: Stance = Stance(),
    fps: float = 30.0,
    calm_s: float = 2.6,
    yaw_deg: float = 0.0,
) -> Iterator[Pose]:
    """Yield a calm stretch, then alternating knees, left first, each up for 0.9 of two steps.

    `during` is added from the first step to the last.
    """
    up_s = 0.9 * 2.0 / per_s
    total_s = calm_s + number / per_s + 2.0
    for index in range(int(total_s * fps)):
        time_s = index / fps
        stance = base.plus(during, smooth((time_s - calm_s) / 0.3))
        for step in range(number):
            share = (time_s - calm_s - step / per_s) / up_s
            if 0.0 < share < 1.0:
                side = ("left", "right")[step % 2]
                lift = peak * (0.5 - 0.5 * np.cos(2 * np.pi * share))
                stance = stance.plus(Stance(**{f"thigh_{side}": lift, f"knee_{side}": lift}))
        yield pose(stance, time_s, yaw_deg=yaw_deg)


def hidden(shown: Pose, *landmarks: Landmark) -> Pose:
    """Return the pose with some landmarks not to be seen."""
    visibility = shown.visibility.copy()
    visibility[list(landmarks)] = 0.1
    return replace(shown, visibility=visibility)
