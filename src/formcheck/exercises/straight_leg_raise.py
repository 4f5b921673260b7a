"""Straight leg raise: one leg bent, the straight one lifted a few inches, the back down."""

from __future__ import annotations

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise, Fault, Limit, Requirement
from formcheck.core.exercise.pelvis_rules import anterior_tilt, arched_back
from formcheck.core.exercise.shared_requirements import TRUNK_BACK
from formcheck.core.exercise.shared_rules import (
    bent_knee,
    fast_lowering,
    lying_camera,
    lying_faults,
)
from formcheck.core.exercise.start_postures import LYING_FLAT
from formcheck.core.measures import KNEE_FLEXION, LEG_ELEVATION, LEG_LEAD
from formcheck.core.measures.measure import LYING_SEEN_DEG
from formcheck.core.pose.view import Position, View

EXERCISE = Exercise(
    slug="straight-leg-raise",
    title="Straight leg raise",
    purpose="Strengthens hip flexors and thigh with a long lever and a still pelvis.",
    how_to=(
        "Lie on your back, one knee bent with the foot flat, the other leg straight.",
        "Press your lower back to the floor.",
        "Lift the straight leg a few inches, toes up.",
        "Stop before the pelvis tilts or the lower back leaves the floor.",
        "Lower it under control, and finish one side first.",
    ),
    camera=lying_camera("At the side of the straight leg"),
    start_prompt="Lie still, one leg straight on the floor, lower back pressed down.",
    cycle=Cycle(
        measure=LEG_ELEVATION,
        start=4.0,
        top=8.0,
        back=3.0,
        from_neutral=True,
        aim=15.0,
        partial_from=5.0,
        hold_at=8.0,
        leave_top=2.0,
        requirements=(
            Requirement(
                measure=LEG_LEAD,
                at_least=3.5,
                source="house default: both legs together is another exercise",
            ),
            Requirement(
                measure=KNEE_FLEXION,
                at_most=70.0,
                absolute=True,
                source="house default: more is drawing the knee up",
            ),
            TRUNK_BACK,
        ),
    ),
    faults=(
        *lying_faults(),
        arched_back(),
        anterior_tilt(),
        bent_knee(25.0),
        Fault(
            code="too-high",
            measure=LEG_ELEVATION,
            limit=Limit(value=40.0, source="house default: a few inches are 10 to 20 degrees"),
            name="lifting too high",
            say="Lower: a few inches are enough.",
        ),
    ),
    cues=(fast_lowering(),),
    mandatory={View.SIDE: ("back-arch", "pelvis-lift")},
    posture=LYING_FLAT,
    dose=Dose(sets=3, reps_low=6, reps_high=12, hold_s=0.0),
    harder="alternating-leg-raises",
    position=Position.SUPINE,
    counts_half_seen=True,
    oblique_to_deg=LYING_SEEN_DEG,
)
