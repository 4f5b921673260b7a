"""Supine marching: lying with bent knees, one knee at a time drawn up, the lower back down."""

from __future__ import annotations

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise, Posture, Requirement
from formcheck.core.exercise.pelvis_rules import anterior_tilt, arched_back
from formcheck.core.exercise.shared_requirements import TRUNK_BACK
from formcheck.core.exercise.shared_rules import (
    fast_lowering,
    low_peak,
    lying_camera,
    lying_faults,
)
from formcheck.core.exercise.start_postures import LYING_FLAT
from formcheck.core.measures import HIP_FLEXION, HIP_LEAD, KNEE_FLEXION
from formcheck.core.measures.measure import LYING_SEEN_DEG
from formcheck.core.pose.view import Position, View

BEND = "Bend your knees, feet flat on the floor."

EXERCISE = Exercise(
    slug="supine-marching",
    title="Supine marching",
    purpose="Strengthens the psoas lying down, with the lower back held to the floor.",
    how_to=(
        "Lie on your back, knees bent, feet flat on the floor.",
        "Press your lower back to the floor, and keep it there.",
        "Draw one knee towards the chest until the hip is bent to 90°.",
        "Lower it under control, taking more than a second, and put the foot down.",
        "Change legs.",
    ),
    camera=lying_camera("At your side"),
    start_prompt="Lie still, knees bent, feet flat, lower back pressed to the floor.",
    cycle=Cycle(
        measure=HIP_FLEXION,
        start=12.0,
        top=80.0,
        back=8.0,
        rest_from_neutral=True,
        aim=90.0,
        partial_from=55.0,
        hold_at=75.0,
        requirements=(
            Requirement(
                measure=HIP_LEAD,
                at_least=15.0,
                absolute=True,
                source="house default: one knee at a time; both together is another exercise",
            ),
            TRUNK_BACK,
        ),
    ),
    faults=(*lying_faults(), arched_back(), anterior_tilt()),
    cues=(
        fast_lowering(),
        low_peak(
            85.0,
            "A little further: knee over the hip.",
            "house default: the aim is 90, the camera's error about 5",
        ),
    ),
    mandatory={View.SIDE: ("back-arch", "pelvis-lift")},
    posture=(
        *LYING_FLAT,
        # Legs stretched out read 0, the knees over the hips 90.
        Posture(
            measure=HIP_FLEXION, low=10.0, high=80.0, usual_low=20.0, usual_high=75.0, say=BEND
        ),
        Posture(
            measure=KNEE_FLEXION,
            low=30.0,
            high=155.0,
            usual_low=50.0,
            usual_high=135.0,
            say=BEND,
            optional=True,
        ),
    ),
    dose=Dose(sets=3, reps_low=10, reps_high=15, hold_s=0.0),
    harder="front-support-hip-flexion",
    position=Position.SUPINE,
    counts_half_seen=True,
    oblique_to_deg=LYING_SEEN_DEG,
)
