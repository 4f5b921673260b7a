"""Mountain climbers: from a plank the knees driven up in turn, fast, the trunk still."""

from __future__ import annotations

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise
from formcheck.core.exercise.shared_requirements import KNEE_DRIVE, TRUNK_BACK
from formcheck.core.exercise.shared_rules import (
    FAST_S,
    low_peak,
    plank_faults,
)
from formcheck.core.exercise.start_postures import PLANK_HELD
from formcheck.core.measures import HIP_FLEXION, PLANK_LINE
from formcheck.core.measures.filtering import FAST
from formcheck.core.measures.measure import WELL_SEEN_DEG
from formcheck.core.pose.view import Position, View

EXERCISE = Exercise(
    slug="mountain-climbers",
    title="Mountain climbers",
    purpose="Fast hip flexion under load, with a trunk that holds still.",
    how_to=(
        "Hold a plank on your hands: shoulders, hips and heels in one line.",
        "Drive one knee towards the chest.",
        "Change legs quickly, one forward as the other goes back.",
        "Keep the hips where they were: neither up nor sagging.",
    ),
    camera=(
        "At your side, 0.4 to 0.8 m high, 2.5 to 3 m away, hands and feet in the picture.",
        "At 30 frames a second up to 3 steps a second are counted.",
    ),
    start_prompt="Hold the plank still: shoulders, hips and heels in one line.",
    cycle=Cycle(
        measure=HIP_FLEXION,
        start=45.0,
        top=65.0,
        back=40.0,
        fall=35.0,
        rides_on=PLANK_LINE,
        aim=75.0,
        partial_from=45.0,
        hold_at=65.0,
        top_dwell_s=0.0,
        back_dwell_s=0.08,
        min_duration_s=0.12,
        grade_fps=15.0,
        requirements=(KNEE_DRIVE, TRUNK_BACK),
    ),
    faults=plank_faults(12.0, 20.0, lasting_s=FAST_S),
    cues=(
        low_peak(
            75.0, "Drive the knee further.", "house default: three quarters of the way to 100"
        ),
    ),
    mandatory={View.SIDE: ("back-arch", "hips-raised")},
    posture=PLANK_HELD,
    dose=Dose(sets=3, reps_low=10, reps_high=20, hold_s=0.0),
    smoothing=FAST,
    one_leg_at_a_time=False,
    position=Position.PRONE,
    needs_fps=20.0,
    counts_half_seen=True,
    oblique_to_deg=WELL_SEEN_DEG,
)
