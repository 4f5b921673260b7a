"""What a pose model does to legs that it can't tell apart: it trades their names, or mixes them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.core.pose.pose import Landmark, Pose

LEGS = ("KNEE", "ANKLE", "HEEL", "FOOT_INDEX")
LEFT = np.array([Landmark[f"LEFT_{name}"] for name in LEGS])
RIGHT = np.array([Landmark[f"RIGHT_{name}"] for name in LEGS])


def blended(shown: Pose, share: float) -> Pose:
    """Return the pose with each leg moved by a share of the way to the other one's place."""
    points = shown.image_px.copy()
    left, right = points[LEFT], points[RIGHT]
    points[LEFT] = left + share * (right - left)
    points[RIGHT] = right + share * (left - right)
    return replace(shown, image_px=points)


def swapped(shown: Pose) -> Pose:
    """Return the pose with the legs' names traded."""
    return blended(shown, 1.0)
