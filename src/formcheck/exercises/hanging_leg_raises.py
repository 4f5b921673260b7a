"""Hanging leg raises: from a bar, both knees or straight legs up together, without swing."""

from __future__ import annotations

from formcheck.core.exercise.exercise import Cycle, Dose, Exercise, Fault, Limit, Phase, Posture
from formcheck.core.exercise.shared_rules import HOUSE, fast_lowering, low_peak
from formcheck.core.measures import HIP_FLEXION_BOTH, REACH, SWING
from formcheck.core.measures.filtering import BRISK
from formcheck.core.measures.measure import HANGING_SEEN_DEG
from formcheck.core.pose.pose import Side
from formcheck.core.pose.view import Position, View

HANG = "Hang still from the bar, legs down."
NO_SWING = "Stop the swing before the next one."
AT_REST = frozenset({Phase.REST})

EXERCISE = Exercise(
    slug="hanging-leg-raises",
    title="Hanging leg raises",
    purpose="Strengthens the psoas at its full range, with the trunk hanging free.",
    how_to=(
        "Hang from a bar with straight arms, shoulders drawn down.",
        "Draw both knees towards the chest, bent or straight.",
        "Lower them slowly until you hang straight again, without arching the back.",
        "Let no swing build up: the next one starts from stillness.",
    ),
    camera=("From the side, at hip height, 3 to 3.5 m away, hands, bar and feet in the picture.",),
    start_prompt=HANG,
    cycle=Cycle(
        measure=HIP_FLEXION_BOTH,
        start=30.0,
        top=85.0,
        back=20.0,
        aim=100.0,
        partial_from=45.0,
        hold_at=80.0,
        # Legs that swing through the bottom are below the level for a moment only.
        back_dwell_s=0.05,
        linger_s=1.2,
    ),
    faults=(
        Fault(
            code="swing",
            measure=SWING,
            limit=Limit(value=15.0, source=HOUSE, either=True),
            name="swinging",
            say=NO_SWING,
        ),
        # A body swings to and fro under a bar in about 2 s: with 11 degrees to either side it is
        # beyond 10 for the 0.3 s that every camera must be able to show.
        Fault(
            code="swing",
            measure=SWING,
            limit=Limit(value=10.0, source="house default: 20 degrees to and fro", either=True),
            name="swinging",
            say=NO_SWING,
            phases=AT_REST,
        ),
        Fault(
            code="back-arch",
            measure=HIP_FLEXION_BOTH,
            limit=Limit(value=-15.0, source=HOUSE),
            name="arching at the bottom",
            say="Stop when you hang straight.",
            phases=AT_REST,
        ),
    ),
    cues=(
        fast_lowering(),
        low_peak(100.0, "Higher: knees towards the chest.", "house default: full range"),
    ),
    mandatory={View.SIDE: ("swing",)},
    posture=(
        Posture(measure=REACH, low=0.35, high=2.5, say="Hang from the bar, hands over your head."),
        # With the knees drawn up to rest the hips are bent by 80 degrees and more.
        Posture(
            measure=HIP_FLEXION_BOTH,
            low=-40.0,
            high=55.0,
            usual_low=-20.0,
            usual_high=30.0,
            say=HANG,
        ),
    ),
    dose=Dose(sets=3, reps_low=6, reps_high=12, hold_s=0.0, per_side=False),
    position=Position.HANGING,
    moving=(Side.BOTH,),
    smoothing=BRISK,
    one_leg_at_a_time=False,
    at_rest={"hip_flexion_both": (0.0, 5.0)},
    oblique_to_deg=HANGING_SEEN_DEG,
)
