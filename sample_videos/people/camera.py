"""The pinhole camera that watches the person, and which side it sees."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from people.vectors import Array, turn_z, vec


@dataclass(frozen=True, kw_only=True, slots=True)
class Camera:
    """A pinhole camera without lens distortion, pitched so that it looks at its aim.

    Attributes
    ----------
    yaw_deg
        Where the camera stands round the person: 0 in front, +90 on the person's left, -90 on the
        right, 180 behind.
    roll_deg
        How far the camera is tipped to its right, clockwise as the camera sees it; the picture
        turns the other way.
    distance_m
        Along the floor, from the camera to the aim point.
    height_m
        Of the lens above the floor.
    aim_m
        World point on the optical axis.
    focal_of_height
        Focal length over picture height; 1.35 is a webcam with a 53 degree wide 4:3 picture, 1.0
        one of 67 degrees.
    """

    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    distance_m: float = 3.1
    height_m: float = 1.0
    aim_m: tuple[float, float, float] = (0.0, 0.0, 0.88)
    focal_of_height: float = 1.35

    @property
    def position_m(self) -> Array:
        """The lens in the world."""
        flat = self.distance_m * turn_z(self.yaw_deg)[:, 0]
        return vec(self.aim_m[0], self.aim_m[1], self.height_m) + flat

    @property
    def axes(self) -> Array:
        """Rows: the picture's right, the picture's down and the viewing direction, in the world."""
        ahead = np.array(self.aim_m) - self.position_m
        ahead /= np.linalg.norm(ahead)
        right = np.cross(ahead, vec(0.0, 0.0, 1.0))
        right /= np.linalg.norm(right)
        down = np.cross(ahead, right)
        c, s = math.cos(math.radians(self.roll_deg)), math.sin(math.radians(self.roll_deg))
        return np.stack([c * right + s * down, c * down - s * right, ahead])

    def focal_px(self, size_px: tuple[int, int]) -> float:
        """Focal length in pixels for a picture of (width, height)."""
        return self.focal_of_height * size_px[1]

    def seen(self, points_m: Array) -> Array:
        """World points (n, 3) in the camera's own axes (n, 3): right, down, depth in metres."""
        found: Array = (points_m - self.position_m) @ self.axes.T
        return found

    def project(self, points_m: Array, size_px: tuple[int, int]) -> Array:
        """Pixels (n, 2), from the top left corner right and down, of world points (n, 3)."""
        seen = self.seen(points_m)
        centre = np.array([size_px[0] / 2, size_px[1] / 2])
        pixels: Array = centre + self.focal_px(size_px) * seen[:, :2] / seen[:, 2:3]
        return pixels

    @property
    def view(self) -> str:
        """``front`` (or behind) or ``side`` within 20 degrees of that; else ``oblique``."""
        off_front = abs((self.yaw_deg + 90.0) % 180.0 - 90.0)
        if off_front <= 20.0:
            return "front"
        return "side" if off_front >= 70.0 else "oblique"

    @property
    def near_side(self) -> str | None:
        """The person's side nearer to the camera; None from the front and from behind."""
        if self.view == "front":
            return None
        return "left" if math.sin(math.radians(self.yaw_deg)) > 0 else "right"

    @property
    def facing_sign(self) -> int:
        """+1 if the person faces the picture's right, -1 the left, 0 the camera or away."""
        return {"left": -1, "right": 1, None: 0}[self.near_side]
