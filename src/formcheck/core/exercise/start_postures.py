"""Start postures that several exercises share.

Each band is wide enough for any person and pose model in the posture, and refuses only another one.
The usual band within it is where ordinary neutrals lie.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from formcheck.core.exercise.rules import Posture
from formcheck.core.measures import (
    FOOT_LIFT,
    HIP_FLEXION,
    KNEE_FLEXION,
    LATERAL_LEAN,
    LEANING,
    LEG_ELEVATION,
    LUMBAR_GAP,
    PLANK_LINE,
    THIGH_ELEVATION,
    THIGH_LENGTH,
    TORSO_LEAN,
    TRUNK_PITCH,
    Measure,
)

FEET = "Put both feet on the floor."
UPRIGHT = "Stand upright."


def _upright(measure: Measure, most_deg: float) -> Posture:
    """Returns the posture of an upright trunk.

    Bent over, or on all fours, it leans by more than `most_deg`. Nobody's upright leans by more
    than 8 degrees.
    """
    return Posture(
        measure=measure,
        low=-most_deg,
        high=most_deg,
        usual_low=-8.0,
        usual_high=8.0,
        capped=True,
        say=UPRIGHT,
    )


STANDING_STILL: tuple[Posture, ...] = (
    Posture(
        measure=THIGH_LENGTH, low=0.6, high=1.4, either=True, say="Stand upright, legs straight."
    ),
    # Sitting and a deep squat lift both thighs; a reverse lunge, out of which knees are driven up
    # as well, has one of them hanging down.
    Posture(
        measure=THIGH_ELEVATION,
        low=-60.0,
        high=50.0,
        either=True,
        usual_low=-20.0,
        usual_high=25.0,
        capped=True,
        say=FEET,
    ),
    # A thigh held level carries its foot 0.8 trunk lengths up; the heel of a leg that stands far
    # behind comes up by 0.3.
    Posture(
        measure=FOOT_LIFT,
        low=-0.45,
        high=0.45,
        usual_low=-0.25,
        usual_high=0.25,
        capped=True,
        say=FEET,
        optional=True,
    ),
    Posture(
        measure=KNEE_FLEXION,
        low=-30.0,
        high=110.0,
        either=True,
        usual_low=-20.0,
        usual_high=35.0,
        capped=True,
        say="Straighten your legs.",
    ),
    _upright(TORSO_LEAN, 35.0),
    _upright(LEANING, 35.0),
    _upright(LATERAL_LEAN, 18.0),
)
# A dictionary, since a mapping proxy can't be sent to another process.
THIGHS_HANG: Mapping[str, tuple[float, float]] = {THIGH_ELEVATION.name: (0.0, 5.0)}
"""Standing still the knees lie under the hips or a little in front of them."""
LEGS_LIE: Mapping[str, tuple[float, float]] = {LEG_ELEVATION.name: (-2.0, 1.0)}
"""Lying with straight legs the ankles are as high as the hips, or 2 cm lower."""
PLANK_HELD: tuple[Posture, ...] = (
    # On all fours the thighs hang at 90 degrees to the trunk; a downward dog points the trunk
    # down by 40 degrees and bends the line by more than 60.
    Posture(measure=TRUNK_PITCH, low=-30.0, high=55.0, say="Hold a plank on your hands."),
    # 90 % of real planks that a person labelled as correct lie 13 to 28 degrees above the line,
    # sagging ones 14 to 21 below, raised hips 60 to 86 above it.
    Posture(
        measure=PLANK_LINE,
        low=-40.0,
        high=50.0,
        usual_low=-12.0,
        usual_high=32.0,
        say="Bring your hips into line.",
    ),
    Posture(measure=HIP_FLEXION, low=-40.0, high=65.0, say="Stretch both legs out behind you."),
)
LYING_FLAT: tuple[Posture, ...] = (
    # Sitting up raises the trunk by 45 degrees and more.
    Posture(measure=TRUNK_PITCH, low=-35.0, high=35.0, say="Lie flat on your back."),
    # Drawn backs pressed to the floor read 0.012 to 0.038, real and drawn people with a natural
    # hollow 0.05 to 0.08: the hollow is the person's own, and an arch is a change from it.
    Posture(
        measure=LUMBAR_GAP,
        low=-math.inf,
        high=math.inf,
        usual_high=0.045,
        say="Press your lower back to the floor.",
        optional=True,
    ),
)
