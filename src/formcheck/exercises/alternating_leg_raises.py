"""Alternating leg raises: lying, straight legs in turn, the back down as they descend."""

from __future__ import annotations

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise, Requirement
from formcheck.core.exercise.pelvis_rules import anterior_tilt, arched_back
from formcheck.core.exercise.shared_requirements import TRUNK_BACK
from formcheck.core.exercise.shared_rules import (
    LOWERING,
    bent_knee,
    fast_lowering,
    lying_camera,
    lying_faults,
)
from formcheck.core.exercise.start_postures import LEGS_LIE, LYING_FLAT
from formcheck.core.measures import LEG_ELEVATION, LEG_LEAD
from formcheck.core.measures.measure import LYING_SEEN_DEG
from formcheck.core.pose.view import Position, View

EXERCISE = Exercise(
    slug="alternating-leg-raises",
    title="Alternating leg raises",
    purpose="Strengthens hip flexors and the muscles that keep the back still under a long lever.",
    how_to=(
        "Lie on your back, both legs straight.",
        "Press your lower back to the floor.",
        "Lift one straight leg towards the vertical.",
        "Lower it slowly: the back must not arch as the leg descends.",
        "Change legs.",
    ),
    camera=lying_camera("At your side"),
    start_prompt="Lie still, legs straight, lower back pressed to the floor.",
    cycle=Cycle(
        measure=LEG_ELEVATION,
        start=20.0,
        top=60.0,
        back=15.0,
        aim=75.0,
        partial_from=45.0,
        hold_at=55.0,
        requirements=(
            Requirement(
                measure=LEG_LEAD,
                at_least=20.0,
                # With a rest at the top the legs are together most of the time.
                quantile=0.9,
                source="house default: both legs together is another exercise",
            ),
            TRUNK_BACK,
        ),
    ),
    faults=(
        *lying_faults(LOWERING),
        arched_back(LOWERING),
        anterior_tilt(),
        bent_knee(30.0),
    ),
    cues=(fast_lowering(),),
    mandatory={View.SIDE: ("back-arch", "pelvis-lift")},
    posture=LYING_FLAT,
    dose=Dose(sets=3, reps_low=6, reps_high=12, hold_s=0.0),
    harder="hanging-leg-raises",
    position=Position.SUPINE,
    one_leg_at_a_time=False,
    follows_legs=True,
    counts_half_seen=True,
    at_rest=LEGS_LIE,
    oblique_to_deg=LYING_SEEN_DEG,
)
