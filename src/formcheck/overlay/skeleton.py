"""The person's limbs: only what was really seen."""

from __future__ import annotations

from formcheck.overlay.canvas import Canvas
from formcheck.overlay.palette import SKY, WHITE
from formcheck.pose import Landmark, Points, Side

_LIMBS = (
    (Landmark.LEFT_SHOULDER, Landmark.LEFT_ELBOW),
    (Landmark.LEFT_ELBOW, Landmark.LEFT_WRIST),
    (Landmark.RIGHT_SHOULDER, Landmark.RIGHT_ELBOW),
    (Landmark.RIGHT_ELBOW, Landmark.RIGHT_WRIST),
    (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
    (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
    (Landmark.LEFT_KNEE, Landmark.LEFT_ANKLE),
    (Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE),
    (Landmark.LEFT_ANKLE, Landmark.LEFT_FOOT_INDEX),
    (Landmark.RIGHT_ANKLE, Landmark.RIGHT_FOOT_INDEX),
)
_JOINTS = sorted({landmark for limb in _LIMBS for landmark in limb})
_HIP_KNEE = {
    Side.LEFT: ((Landmark.LEFT_HIP, Landmark.LEFT_KNEE),),
    Side.RIGHT: ((Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),),
    Side.BOTH: (
        (Landmark.LEFT_HIP, Landmark.LEFT_KNEE),
        (Landmark.RIGHT_HIP, Landmark.RIGHT_KNEE),
    ),
}


def draw_limbs(canvas: Canvas, points: Points, moving: Side | None) -> None:
    """Draw the seen part of a person, the thigh that moves strongest.

    Parameters
    ----------
    points : sequence of (x, y)
        The landmarks in the coordinates of the picture as shown; NaN where not believed.
    moving : Side | None
        The leg that is lifted.
    """
    for a, b in _LIMBS:
        canvas.line(points[a], points[b], WHITE, 0.7)
    for hip, knee in () if moving is None else _HIP_KNEE[moving]:
        canvas.line(points[hip], points[knee], SKY, 2.0)


def draw_joints(canvas: Canvas, points: Points) -> None:
    """Draw the seen joints, over all lines."""
    for landmark in _JOINTS:
        canvas.dot(points[landmark], 0.8, WHITE)
