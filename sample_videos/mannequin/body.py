"""The person's build: segment lengths, joint offsets and colours.

Lengths are fractions of stature after Drillis and Contini as tabulated in Winter, *Biomechanics and
Motor Control of Human Movement*; the ratio of trunk to leg agrees with de Leva (1996) within 2 %.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mannequin.vectors import Array, vec

Colour = tuple[int, int, int]
SIDES = ("left", "right")


def outward(side: str) -> float:
    """+1 for the left side, -1 for the right: the sign of ``y`` away from the midline."""
    return 1.0 if side == "left" else -1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """Colours (sRGB, 0-255) of skin, hair and clothes."""

    skin: Colour = (222, 174, 142)
    hair: Colour = (74, 50, 36)
    shirt: Colour = (58, 120, 168)
    shorts: Colour = (128, 134, 146)
    shoe: Colour = (188, 74, 62)
    sole: Colour = (236, 234, 228)
    sock: Colour = (230, 230, 232)
    lips: Colour = (186, 110, 98)


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A person's measures.

    Attributes
    ----------
    stature_m
        Standing height.
    girth
        Factor on every thickness; 1 is average, 1.1 stout, 0.92 slender.
    shoulder_breadth, hip_breadth
        Factors on the distance between the shoulder, and the hip, joint centres.
    palette
        Colours.
    """

    stature_m: float = 1.72
    girth: float = 1.0
    shoulder_breadth: float = 1.0
    hip_breadth: float = 1.0
    palette: Palette = field(default_factory=Palette)

    @property
    def scale(self) -> float:
        """Stature over the 1.72 m for which the offsets below are written."""
        return self.stature_m / 1.72

    @property
    def thigh_m(self) -> float:
        """Hip centre to knee centre."""
        return 0.245 * self.stature_m

    @property
    def shank_m(self) -> float:
        """Knee centre to ankle centre."""
        return 0.246 * self.stature_m

    @property
    def ankle_height_m(self) -> float:
        """Ankle centre above the floor under a flat foot."""
        return 0.039 * self.stature_m

    @property
    def upper_arm_m(self) -> float:
        """Shoulder centre to elbow centre."""
        return 0.186 * self.stature_m

    @property
    def forearm_m(self) -> float:
        """Elbow centre to wrist centre."""
        return 0.146 * self.stature_m

    def at(self, x: float, y: float, z: float) -> Array:
        """Offset in metres for this stature, given for a stature of 1.72 m."""
        return vec(x, y, z) * self.scale

    def hip_offset(self, side: str) -> Array:
        """Hip centre in the pelvis frame, whose origin is midway between the hips."""
        return self.at(0.0, 0.085 * self.hip_breadth * outward(side), 0.0)

    def lumbar_offset(self) -> Array:
        """Lumbosacral joint in the pelvis frame: behind and above the hips."""
        return self.at(-0.030, 0.0, 0.100)

    def thorax_offset(self) -> Array:
        """Thoracolumbar joint in the lumbar frame."""
        return self.at(0.010, 0.0, 0.130)

    def shoulder_offset(self, side: str) -> Array:
        """Shoulder centre in the thorax frame; 0.818 of stature high when standing upright."""
        return self.at(0.020, 0.180 * self.shoulder_breadth * outward(side), 0.2654)

    def neck_offset(self) -> Array:
        """Return the base of the neck in the thorax frame."""
        return self.at(-0.010, 0.0, 0.300)

    def head_offset(self) -> Array:
        """Middle of the head in the neck frame."""
        return self.at(0.040, 0.0, 0.170)

    def heel_offset(self) -> Array:
        """Point inside the heel, in the foot frame (origin: ankle)."""
        return self.at(-0.045, 0.0, -0.040)

    def toe_offset(self) -> Array:
        """Point inside the tip of the big toe, in the foot frame."""
        return self.at(0.170, 0.0, -0.048)
