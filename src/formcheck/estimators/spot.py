"""Where somebody is in a picture, and who may be the same person in another one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from formcheck.geometry import length
from formcheck.pose import FloatArray, Landmark, Pose
from formcheck.view import middle_trunk

AWAY = 1.2
"""Trunk lengths (about 0.6 m) from their place at which the hips are somebody else's: no exercise
carries them so far."""
GROWN = 1.6
"""Times longer, or shorter, than the user's trunk: somebody nearer or farther."""
HIPS = [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a person is in the picture.

    Attributes
    ----------
    hips_px : (2,) float64
        The hips' midpoint.
    trunk_px : float
        Length of the trunk.
    low_px, high_px : (2,) float64
        Corners of the box around all landmarks.
    """

    hips_px: FloatArray
    trunk_px: float
    low_px: FloatArray
    high_px: FloatArray

    @classmethod
    def of(cls, pose: Pose) -> Spot | None:
        """Return where a pose is; None if hips or trunk were not found."""
        hips_px = pose.image_px[HIPS].mean(axis=0)
        trunk_px = length(middle_trunk(pose.points()))
        if not np.isfinite(hips_px).all() or not trunk_px > 0:
            return None
        low, high = np.nanmin(pose.image_px, axis=0), np.nanmax(pose.image_px, axis=0)
        return cls(hips_px=hips_px, trunk_px=trunk_px, low_px=low, high_px=high)

    def is_near(self, other: Spot) -> bool:
        """Whether somebody else's spot may be the same person's."""
        return self.apart(other) <= AWAY and 1 / GROWN <= other.trunk_px / self.trunk_px <= GROWN

    def apart(self, other: Spot) -> float:
        """Return how far somebody else's hips are from these, in this one's trunk lengths."""
        return float(np.hypot(*(other.hips_px - self.hips_px))) / self.trunk_px

    def reaching(self, other: Spot) -> Spot:
        """Return this spot with a box that holds the other one's as well."""
        return replace(
            self,
            low_px=np.minimum(self.low_px, other.low_px),
            high_px=np.maximum(self.high_px, other.high_px),
        )
