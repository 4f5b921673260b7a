"""What a sensor tells of the pelvis: a printed tag's turn in the picture, frame by frame.

Two hip points lie on the axis about which the pelvis tilts, so no pose model sees the tilt. A flat
tag that rides on the pelvis turns with it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.pose.geometry import Point

AWAY_DEG = 50.0
"""How far a tag may face past the camera: from here on its picture is narrower than 0.64 of its
height, and nothing says whether it rides on the side or on the front of the body."""
NO_TAG = "no pelvis tag was seen; 'formcheck tag' prints one"
"""Why a check by the tag was not made, where there is none."""
TURNED_AWAY = "the pelvis tag does not face the camera"

NUMBERS = ("turn_deg", "facing", "middle_x_px", "middle_y_px", "size_px")


@dataclass(frozen=True, slots=True, kw_only=True)
class PelvisReading:
    """What a sensor tells of the pelvis in one frame.

    Attributes
    ----------
    turn_deg : float
        How far the tag is turned in the picture from its printed upright, clockwise positive, -180
        to 180; how it foreshortens does not change it. NaN where it could not be read.
    facing : float
        How squarely it faces the camera: the cosine of its turn away, 1 straight on; NaN if unread.
    middle_px : (float, float)
        Its middle in the picture, in pixels, y down; NaN if unread.
    size_px : float
        Side of its black square, in pixels; NaN if unread.
    doubt : str
        Why it was not read although it was found; empty where it was read.
    """

    turn_deg: float = math.nan
    facing: float = math.nan
    middle_px: Point = (math.nan, math.nan)
    size_px: float = math.nan
    doubt: str = ""

    @property
    def numbers(self) -> tuple[float, ...]:
        """Its numbers in the order of `NUMBERS`, as files hold them."""
        return (self.turn_deg, self.facing, *self.middle_px, self.size_px)

    @classmethod
    def of(cls, numbers: Sequence[float], doubt: str = "") -> PelvisReading | None:
        """Returns the reading with these `numbers`; None without a turn and without a doubt."""
        turn_deg, facing, x_px, y_px, size_px = numbers
        if math.isnan(turn_deg) and not doubt:
            return None
        return cls(
            turn_deg=turn_deg, facing=facing, middle_px=(x_px, y_px), size_px=size_px, doubt=doubt
        )

    @property
    def is_read(self) -> bool:
        """Whether the turn is known."""
        return not math.isnan(self.turn_deg)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagNeutral:
    """How a tag looked in the start posture: what it tells later are turns from there.

    Attributes
    ----------
    turn_deg : float
        Its turn in the picture, as `PelvisReading.turn_deg`.
    trunk_deg : float
        The trunk's lean then, from straight up towards where the person faces; NaN when unknown.
    away_deg : float
        How far it faced past the camera.
    left_sign : int
        +1 where the person's left hip is the right one in the picture, as seen from the front; -1
        from behind; 0 when unknown.
    """

    turn_deg: float
    trunk_deg: float = math.nan
    away_deg: float = 0.0
    left_sign: int = 0

    @property
    def faces_camera(self) -> bool:
        """Whether the tag's plane is near enough to the picture's to be read."""
        return self.away_deg <= AWAY_DEG


def turned_deg(start_deg: float, end_deg: float) -> float:
    """Returns the turn from one direction to another the shorter way, (-180, 180], or NaN.

    Examples
    --------
    >>> turned_deg(175.0, -175.0)
    10.0
    """
    return 180.0 - (180.0 - (end_deg - start_deg)) % 360.0


def middle_turn_deg(turns_deg: Sequence[float]) -> float:
    """Returns the median of some directions, wherever the circle is cut; NaN without any."""
    seen = np.array([turn for turn in turns_deg if not math.isnan(turn)])
    if not seen.size:
        return math.nan
    angles = np.radians(seen)
    mean_deg = math.degrees(math.atan2(np.sin(angles).mean(), np.cos(angles).mean()))
    off = 180.0 - (180.0 - (seen - mean_deg)) % 360.0
    return turned_deg(0.0, mean_deg + float(np.median(off)))


def reading_between(
    before: PelvisReading | None, after: PelvisReading | None, share: float
) -> PelvisReading | None:
    """Returns the reading some share of the way between two, turned the shorter way.

    Where one of them was not read neither is this: it has the doubt of that one, or is None.
    """
    for one in (before, after):
        if one is None or not one.is_read:
            return one
    assert before is not None and after is not None
    numbers = [a + share * (b - a) for a, b in zip(before.numbers, after.numbers, strict=True)]
    turn_deg = before.turn_deg + share * turned_deg(before.turn_deg, after.turn_deg)
    return PelvisReading.of([turned_deg(0.0, turn_deg), *numbers[1:]])
