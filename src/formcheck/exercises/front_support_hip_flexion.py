"""Front support hip flexion: from a plank one knee drawn up against a band, the trunk rigid."""

from __future__ import annotations

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise
from formcheck.core.exercise.shared_requirements import KNEE_DRIVE, TRUNK_BACK
from formcheck.core.exercise.shared_rules import (
    fast_lowering,
    low_peak,
    plank_faults,
    support_knee_bent,
)
from formcheck.core.exercise.start_postures import PLANK_HELD
from formcheck.core.measures import HIP_FLEXION
from formcheck.core.measures.measure import WELL_SEEN_DEG
from formcheck.core.pose.view import Position, View

EXERCISE = Exercise(
    slug="front-support-hip-flexion",
    title="Front support hip flexion",
    purpose="Strengthens the psoas against a band while the trunk holds a plank.",
    how_to=(
        "Anchor a band behind you and put it round one foot.",
        "Hold a plank on your hands: shoulders, hips and heels in one line.",
        "Draw the banded knee towards the chest without raising the hips.",
        "Resist the band on the way back, taking more than a second.",
        "Finish one side first.",
    ),
    camera=(
        "At the side of the working leg, 0.4 to 0.8 m high, 2.5 to 3 m away, hands and feet in the"
        " picture.",
    ),
    start_prompt="Hold the plank still: shoulders, hips and heels in one line.",
    cycle=Cycle(
        measure=HIP_FLEXION,
        start=25.0,
        top=80.0,
        back=20.0,
        aim=90.0,
        partial_from=45.0,
        hold_at=75.0,
        requirements=(KNEE_DRIVE, TRUNK_BACK),
    ),
    faults=(
        *plank_faults(10.0, 15.0),
        support_knee_bent(),
    ),
    cues=(
        fast_lowering(),
        low_peak(
            85.0,
            "A little further: knee under the hip.",
            "house default: the aim is 90, the camera's error about 5",
        ),
    ),
    mandatory={View.SIDE: ("back-arch", "hips-raised")},
    posture=PLANK_HELD,
    dose=Dose(sets=3, reps_low=6, reps_high=12, hold_s=0.0),
    harder="mountain-climbers",
    position=Position.PRONE,
    counts_half_seen=True,
    oblique_to_deg=WELL_SEEN_DEG,
)
