"""Standing hip flexion: one thigh lifted to the horizontal, trunk still."""

from __future__ import annotations

from formcheck.core.exercise.exercise import (
    Cue,
    Cycle,
    Dose,
    Exercise,
    Fault,
    Limit,
    Quantity,
    Requirement,
)
from formcheck.core.exercise.pelvis_rules import anterior_tilt, pelvic_hike_and_drop
from formcheck.core.exercise.shared_requirements import FOOT_UP_AND_DOWN, HIPS_STAY_UP, SHANK_HANGS
from formcheck.core.exercise.shared_rules import (
    HOUSE,
    fast_lowering,
    lateral_lean,
    lean_back,
    leaning,
    low_peak,
    support_knee_bent,
)
from formcheck.core.exercise.start_postures import STANDING_STILL, THIGHS_HANG
from formcheck.core.measures import FOOT_LIFT, THIGH_ELEVATION, TORSO_LEAN
from formcheck.core.pose.view import View

EXERCISE = Exercise(
    slug="standing-hip-flexion",
    title="Standing hip flexion",
    purpose="Strengthens the psoas in standing, with the trunk held still by its own muscles.",
    how_to=(
        "Stand tall with your feet under your hips, hands at your sides or on your hips.",
        "Lift one knee until the thigh is parallel to the floor.",
        "Hold it there for 2 to 3 seconds without leaning back or to the side.",
        "Lower it slowly, taking more than a second, and put the foot down.",
        "Change legs, or finish one side first.",
    ),
    camera=(
        "From the side, at hip height, 2.5 to 3.5 m away, whole body in the picture: checks leaning"
        " back and forward and the supporting knee.",
        "From the front or from behind, same height and distance: checks leaning sideways.",
        "From an angle leaning is checked too, though not told whether back or sideways.",
        "With a pelvis tag ('formcheck tag') on the hip, arms crossed, from the side: tipping the"
        " pelvis too; with one on the sacrum, from behind: hiking and dropping the hip.",
    ),
    start_prompt="Stand tall and still, both feet on the floor, arms relaxed.",
    cycle=Cycle(
        measure=THIGH_ELEVATION,
        start=25.0,
        top=80.0,
        back=20.0,
        aim=90.0,
        partial_from=45.0,
        hold_at=75.0,
        requirements=(
            Requirement(
                measure=FOOT_LIFT,
                at_least=0.25,
                source="house default: a lifted thigh carries its foot up by about 0.8 trunk"
                " lengths, squats and lunges leave it on the floor",
            ),
            FOOT_UP_AND_DOWN,
            HIPS_STAY_UP,
            SHANK_HANGS,
        ),
    ),
    faults=(
        lean_back(10.0),
        Fault(
            code="lean-forward",
            measure=TORSO_LEAN,
            limit=Limit(value=15.0, source=HOUSE),
            name="leaning forward",
            say="Stand tall, don't bend forward.",
            stand_in="leaning",
        ),
        lateral_lean(10.0),
        *leaning(10.0, 10.0, 15.0),
        *pelvic_hike_and_drop(),
        anterior_tilt(),
        support_knee_bent(),
    ),
    cues=(
        Cue(
            code="short-hold",
            quantity=Quantity.HOLD_S,
            at_least=1.8,
            unit="s",
            name="short hold",
            say="Hold it for two seconds.",
            source="2-3 s from the source article, less 0.2 s for frame times",
        ),
        fast_lowering(HOUSE + "; from the front the last 40 degrees of lowering can't be seen"),
        low_peak(
            85.0,
            "A little higher: thigh level with the floor.",
            "house default: the aim is 90, the camera's error about 3, from the front 5",
        ),
    ),
    mandatory={
        View.SIDE: ("lean-back",),
        View.FRONT: ("lateral-lean",),
        View.OBLIQUE: ("leaning",),
    },
    posture=STANDING_STILL,
    dose=Dose(sets=3, reps_low=6, reps_high=12, hold_s=2.0),
    harder="high-knee-runs",
    views=frozenset({View.SIDE, View.FRONT}),
    at_rest=THIGHS_HANG,
    oblique_to_deg=60.0,
    follows_legs=True,
)
