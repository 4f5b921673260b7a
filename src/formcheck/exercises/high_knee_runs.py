"""High knee runs: on the spot, knees up in turn, fast, the trunk upright."""

from __future__ import annotations

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise, Requirement
from formcheck.core.exercise.shared_requirements import FOOT_UP_AND_DOWN, SHANK_HANGS
from formcheck.core.exercise.shared_rules import (
    FAST_S,
    lateral_lean,
    lean_back,
    leaning,
    low_peak,
)
from formcheck.core.exercise.start_postures import STANDING_STILL, THIGHS_HANG
from formcheck.core.measures import FOOT_LIFT, THIGH_ELEVATION
from formcheck.core.measures.filtering import FAST
from formcheck.core.pose.view import View

LEAN_READS_SHORT_DEG = 3.0
"""Degrees by which a lean back may read too small while a thigh is lifted: on eleven clips of six
tuning bodies up to 3.2, root mean square 1.6 (see `upright.NEAR_HIP`)."""

EXERCISE = Exercise(
    slug="high-knee-runs",
    title="High knee runs",
    purpose="Fast hip flexion standing, with an upright trunk.",
    how_to=(
        "Stand tall, feet under your hips.",
        "Run on the spot, each knee up to the height of the hip.",
        "Land softly on the forefoot, arms swinging.",
        "Stay upright: no leaning back to get the knees up.",
    ),
    camera=(
        "From the side, at hip height, 2.5 to 3.5 m away, whole body in the picture: checks leaning"
        " back and grades the height.",
        "From the front, same height and distance: checks leaning sideways.",
        "At 30 frames a second up to 3 steps a second are counted.",
    ),
    start_prompt="Stand tall and still, both feet on the floor, arms relaxed.",
    cycle=Cycle(
        measure=THIGH_ELEVATION,
        start=48.0,
        top=62.0,
        back=45.0,
        aim=75.0,
        partial_from=48.0,
        hold_at=62.0,
        top_dwell_s=0.0,
        back_dwell_s=0.0,
        min_duration_s=0.12,
        grade_fps=15.0,
        requirements=(
            Requirement(
                measure=FOOT_LIFT,
                at_least=0.2,
                source="house default: a squat lifts no foot",
            ),
            FOOT_UP_AND_DOWN,
            SHANK_HANGS,
        ),
    ),
    faults=(
        lean_back(12.0, lasting_s=FAST_S, reads_short_deg=LEAN_READS_SHORT_DEG),
        lateral_lean(12.0, lasting_s=FAST_S),
        *leaning(12.0, 12.0, 20.0, lasting_s=FAST_S),
    ),
    cues=(low_peak(75.0, "Knees higher.", "house default: the aim is 90 less the pace's toll"),),
    mandatory={
        View.SIDE: ("lean-back",),
        View.FRONT: ("lateral-lean",),
        View.OBLIQUE: ("leaning",),
    },
    posture=STANDING_STILL,
    dose=Dose(sets=3, reps_low=15, reps_high=30, hold_s=0.0),
    smoothing=FAST,
    one_leg_at_a_time=False,
    views=frozenset({View.SIDE, View.FRONT}),
    at_rest=THIGHS_HANG,
    oblique_to_deg=60.0,
    needs_fps=20.0,
)
