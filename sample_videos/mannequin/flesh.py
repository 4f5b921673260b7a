"""The body's flesh and clothes: about eighty round cones, each in its segment's frame.

A round cone is the hull of two spheres; a stretched one is wider in one direction, as a chest is
wider than deep. Lengths are metres for a stature of 1.72 m; a segment's origin is its upper joint.
"""

from __future__ import annotations

from dataclasses import dataclass

from mannequin.body import SIDES, outward

Triple = tuple[float, float, float]

X: Triple = (1.0, 0.0, 0.0)
Y: Triple = (0.0, 1.0, 0.0)

#: Cones of one group melt into each other; groups meet in a crisp seam, as clothes do on skin.
GROUP_OF = {
    "skin": "skin", "hair": "hair", "shirt": "shirt", "shorts": "shorts", "shoe": "shoe",
    "sole": "shoe", "sock": "shoe", "lips": "face", "white": "face", "pupil": "face",
    "band": "band",
}  # fmt: skip
MATERIALS = tuple(GROUP_OF)
#: How far apart (metres) two surfaces of a group begin to melt together.
MELT_M = {
    "skin": 0.016, "hair": 0.030, "shirt": 0.045, "shorts": 0.035, "shoe": 0.018, "face": 0.006,
    "band": 0.004,
}  # fmt: skip
GROUPS = tuple(MELT_M)


@dataclass(frozen=True, slots=True)
class Cone:
    """One round cone; ``stretch`` widens it along ``wide``, a unit direction of the segment."""

    start: Triple
    end: Triple
    start_radius: float
    end_radius: float
    material: str
    wide: Triple = Y
    stretch: float = 1.0
    group: str = ""

    @property
    def melts_with(self) -> str:
        """Group of the cones that this one melts into."""
        return self.group or GROUP_OF[self.material]


def _trunk(side_y: float) -> dict[str, list[Cone]]:
    """Paired parts of the trunk, for one side (``side_y`` is +1 on the left)."""
    s = side_y
    return {
        "pelvis": [
            Cone((-0.05, 0.068 * s, -0.03), (-0.055, 0.065 * s, 0.025), 0.078, 0.07, "shorts"),
            Cone((0.0, 0.1 * s, -0.03), (0.0, 0.082 * s, 0.03), 0.076, 0.07, "shorts"),
        ],
        "thorax": [
            Cone((0.045, 0.068 * s, 0.175), (0.045, 0.05 * s, 0.165), 0.066, 0.066, "shirt"),
            Cone((-0.05, 0.075 * s, 0.19), (-0.045, 0.065 * s, 0.09), 0.066, 0.062, "shirt"),
            Cone((-0.015, 0.035 * s, 0.325), (0.008, 0.145 * s, 0.29), 0.044, 0.04, "shirt"),
            Cone((0.01, 0.06 * s, 0.262), (0.016, 0.155 * s, 0.262), 0.062, 0.052, "shirt"),
        ],
    }  # fmt: skip


MIDDLE: dict[str, list[Cone]] = {
    "pelvis": [
        Cone((-0.005, 0.0, -0.01), (-0.002, 0.0, 0.045), 0.088, 0.09, "shorts", Y, 1.45),
        Cone((-0.002, 0.0, 0.098), (-0.004, 0.0, 0.14), 0.098, 0.091, "shirt", Y, 1.54),
    ],
    "lumbar": [
        Cone((0.026, 0.0, 0.0), (0.022, 0.0, 0.13), 0.092, 0.092, "shirt", Y, 1.46),
    ],
    "thorax": [
        Cone((0.008, 0.0, 0.03), (0.004, 0.0, 0.175), 0.094, 0.098, "shirt", Y, 1.56),
        Cone((-0.002, 0.0, 0.18), (0.0, 0.0, 0.255), 0.094, 0.072, "shirt", Y, 1.5),
        Cone((-0.002, 0.0, 0.28), (0.004, 0.0, 0.33), 0.056, 0.053, "skin"),
        Cone((-0.03, 0.035, 0.285), (-0.03, -0.035, 0.285), 0.05, 0.05, "shirt"),
    ],
    "neck": [
        Cone((-0.004, 0.0, -0.01), (0.018, 0.0, 0.12), 0.058, 0.054, "skin"),
    ],
    "head": [
        Cone((-0.018, 0.0, 0.03), (0.022, 0.0, 0.03), 0.078, 0.076, "skin"),
        Cone((0.03, 0.0, 0.0), (0.046, 0.0, -0.066), 0.064, 0.043, "skin", Y, 1.12),
        Cone((0.098, 0.0, 0.014), (0.111, 0.0, -0.018), 0.008, 0.0125, "skin", group="face"),
        Cone((0.087, 0.01, -0.056), (0.087, -0.01, -0.056), 0.0062, 0.0062, "lips"),
        Cone((-0.03, 0.0, 0.046), (0.012, 0.0, 0.054), 0.085, 0.08, "hair"),
        Cone((-0.045, 0.0, 0.03), (-0.05, 0.0, -0.03), 0.068, 0.054, "hair", Y, 1.12),
    ],
}  # fmt: skip


def _face(s: float) -> list[Cone]:
    """Eye, brow and ear of one side, in the head frame."""
    return [
        Cone((0.083, 0.036 * s, 0.012), (0.085, 0.028 * s, 0.012), 0.0085, 0.0085, "white"),
        Cone((0.0895, 0.032 * s, 0.012), (0.0895, 0.031 * s, 0.012), 0.0064, 0.0064, "pupil"),
        Cone((0.094, 0.02 * s, 0.035), (0.084, 0.045 * s, 0.034), 0.0048, 0.0036, "hair",
             group="face"),
        Cone((0.087, 0.01 * s, -0.056), (0.081, 0.024 * s, -0.05), 0.0058, 0.0036, "lips"),
        Cone((-0.002, 0.08 * s, 0.022), (-0.006, 0.078 * s, -0.012), 0.016, 0.012, "skin", Y, 0.6,
             "face"),
        Cone((0.004, 0.068 * s, 0.06), (-0.01, 0.07 * s, 0.02), 0.02, 0.014, "hair"),
    ]  # fmt: skip


def _leg(s: float) -> dict[str, list[Cone]]:
    """One leg, in the frames of its thigh, shank and foot (origins: hip, knee, ankle)."""
    return {
        "thigh": [
            Cone((0.0, 0.004 * s, -0.02), (0.004, 0.004 * s, -0.23), 0.087, 0.079, "shorts"),
            Cone((0.004, 0.004 * s, -0.18), (0.002, 0.0, -0.412), 0.074, 0.049, "skin"),
            Cone((0.02, 0.004 * s, -0.2), (0.016, -0.004 * s, -0.37), 0.056, 0.038, "skin"),
            Cone((0.01, 0.0, -0.4214), (-0.006, 0.0, -0.4214), 0.045, 0.044, "skin"),
        ],
        "shank": [
            Cone((0.0, 0.0, -0.01), (0.002, 0.0, -0.39), 0.0465, 0.032, "skin"),
            Cone((-0.02, 0.004 * s, -0.075), (-0.012, 0.002 * s, -0.25), 0.042, 0.03, "skin"),
            Cone((0.0, 0.0, -0.35), (0.0, 0.0, -0.42), 0.039, 0.04, "sock"),
        ],
        "foot": [
            Cone((-0.024, 0.0, -0.028), (0.01, 0.0, -0.006), 0.034, 0.038, "shoe"),
            Cone((-0.022, 0.0, -0.034), (0.115, -0.004 * s, -0.04), 0.032, 0.026, "shoe", Y, 1.25),
            Cone((0.02, 0.0, -0.012), (0.12, -0.004 * s, -0.04), 0.032, 0.024, "shoe", Y, 1.3),
            Cone((0.11, -0.004 * s, -0.04), (0.16, -0.012 * s, -0.04), 0.024, 0.02, "shoe", Y, 1.7),
            Cone((-0.034, 0.0, -0.055), (0.1, 0.002 * s, -0.055), 0.0125, 0.0125, "sole", Y, 2.4),
            Cone((0.1, 0.002 * s, -0.055), (0.16, -0.01 * s, -0.055), 0.012, 0.012, "sole", Y, 2.5),
        ],
    }  # fmt: skip


def _arm(s: float) -> dict[str, list[Cone]]:
    """One arm, in the frames of its upper arm, forearm and hand."""
    return {
        "upper_arm": [
            Cone((0.0, -0.01 * s, 0.004), (0.0, -0.002 * s, -0.06), 0.053, 0.048, "shirt"),
            Cone((0.0, -0.002 * s, -0.07), (0.002, 0.0, -0.165), 0.046, 0.045, "shirt"),
            Cone((0.002, 0.0, -0.12), (0.0, 0.0, -0.314), 0.041, 0.0335, "skin"),
            Cone((0.01, 0.0, -0.13), (0.006, 0.0, -0.24), 0.036, 0.029, "skin"),
        ],
        "forearm": [
            Cone((-0.003, 0.0, 0.004), (0.002, 0.0, -0.065), 0.0325, 0.034, "skin"),
            Cone((0.002, 0.0, -0.07), (0.0, 0.0, -0.248), 0.0345, 0.0215, "skin"),
        ],
        "hand": [
            Cone((0.0, 0.0, -0.02), (0.002, 0.0, -0.078), 0.013, 0.0135, "skin", X, 2.5),
            Cone((0.003, 0.0, -0.07), (0.008, -0.008 * s, -0.124), 0.0125, 0.0105, "skin", X, 2.6),
            Cone((0.01, -0.006 * s, -0.11), (0.01, -0.02 * s, -0.16), 0.011, 0.009, "skin", X, 2.5),
            Cone((0.022, -0.004 * s, -0.022), (0.04, -0.012 * s, -0.06), 0.014, 0.0105, "skin"),
            Cone((0.04, -0.012 * s, -0.06), (0.046, -0.018 * s, -0.092), 0.0105, 0.0085, "skin"),
        ],
    }  # fmt: skip


def parts() -> list[tuple[str, str, Cone]]:
    """Every cone with the side (empty for the middle) and segment it belongs to, group by group."""
    found = [("", segment, cone) for segment, cones in MIDDLE.items() for cone in cones]
    for side in SIDES:
        s = outward(side)
        found += [("", seg, cone) for seg, cones in _trunk(s).items() for cone in cones]
        found += [("", "head", cone) for cone in _face(s)]
        limbs = _leg(s) | _arm(s)
        found += [(side, seg, cone) for seg, cones in limbs.items() for cone in cones]
    return sorted(found, key=lambda part: GROUPS.index(part[2].melts_with))
