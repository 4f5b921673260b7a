"""Rules that several exercises share: the faults and cues they have in common.

A person on the back can lift the lower back or the pelvis, whatever the legs do; in a plank the
hips can sag or rise; standing, the trunk can lean. Limits that differ are parameters.
"""

from __future__ import annotations

from formcheck.core.exercise.rules import (
    BodyPlane,
    Cue,
    Fault,
    Leg,
    Limit,
    Phase,
    Quantity,
)
from formcheck.core.measures import (
    HIP_HEIGHT,
    KNEE_FLEXION,
    LATERAL_LEAN,
    LEANING,
    LUMBAR_GAP,
    PLANK_LINE,
    SIDE_VIEW,
    SUPPORT_KNEE_FLEXION,
    TORSO_LEAN,
    TRUNK_PITCH,
)

HOUSE = "house default"
PROJECTED = "the limits of leaning back and sideways, as the oblique view shows them"
NOISE = "house default: above the camera's own noise, so that an alarm means something"
L3_MOTION = "normal L3 motion in a standing thigh raise is 5-7 degrees (Ohmine 2026)"
MOVING = frozenset({Phase.RISE, Phase.TOP, Phase.LOWER})
LOWERING = frozenset({Phase.LOWER})

NO_HOLLOW = 0.013
"""Trunk lengths: a lying back whose outline shows less of a hollow at rest is in a loose shirt,
which arches of 3.6 to 4.4 cm changed by 0.000 to 0.011. Of drawn people in 21 loose or wide shirts
14 read less than this and the others up to 0.021; in 40 close ones all read more, from 0.0136 on.
Real people who lie, or press the back down, read 0.025 to 0.052."""

FAST_S = 0.15
"""How long a fault must last where a whole repetition takes half a second."""


def lean_back(limit_deg: float, *, lasting_s: float = 0.3, reads_short_deg: float = 0.0) -> Fault:
    """Returns the fault of leaning the trunk back, which may read so much too small."""
    return Fault(
        code="lean-back",
        measure=TORSO_LEAN,
        limit=Limit(value=-limit_deg, source=L3_MOTION),
        name="leaning back",
        say="Don't lean back.",
        stand_in="leaning",
        reads_short=reads_short_deg,
        lasting_s=lasting_s,
    )


def leaning(
    back_deg: float, sideways_deg: float, forward_deg: float, *, lasting_s: float = 0.3
) -> tuple[Fault, ...]:
    """Returns the faults of a trunk that leans, seen from an oblique view.

    The picture does not tell a lean back from a lean sideways. A change beyond what the smaller of
    the limits looks like from there is one or the other; a change below all of them is none, unless
    two leans cancel.

    Parameters
    ----------
    back_deg, sideways_deg, forward_deg : float
        The limits as they hold in their own planes, positive.
    lasting_s : float
        How long a lean must last.
    """
    limits = (
        Limit(value=-back_deg, source=PROJECTED, plane=BodyPlane.SAGITTAL),
        Limit(value=forward_deg, source=PROJECTED, plane=BodyPlane.SAGITTAL),
        Limit(value=sideways_deg, source=PROJECTED, either=True, plane=BodyPlane.FRONTAL),
    )
    return tuple(
        Fault(
            code="leaning",
            measure=LEANING,
            limit=limit,
            name="leaning",
            say="Stay upright: don't lean.",
            lasting_s=lasting_s,
        )
        for limit in limits
    )


def lateral_lean(limit_deg: float, *, lasting_s: float = 0.3) -> Fault:
    """Returns the fault of leaning the trunk to either side."""
    return Fault(
        code="lateral-lean",
        measure=LATERAL_LEAN,
        limit=Limit(value=limit_deg, source=NOISE, either=True),
        name="leaning sideways",
        say="Don't lean to the side.",
        stand_in="leaning",
        lasting_s=lasting_s,
    )


def support_knee_bent() -> Fault:
    """Returns the fault of bending the knee of the leg that carries the body."""
    return Fault(
        code="support-knee-bent",
        measure=SUPPORT_KNEE_FLEXION,
        limit=Limit(value=20.0, source=HOUSE),
        leg=Leg.SUPPORT,
        name="bending the supporting knee",
        say="Straighten the leg you stand on.",
    )


def bent_knee(limit_deg: float) -> Fault:
    """Returns the fault of bending the knee of a leg that is to be lifted straight."""
    return Fault(
        code="bent-knee",
        measure=KNEE_FLEXION,
        limit=Limit(value=limit_deg, source=HOUSE),
        name="bending the knee",
        say="Keep the leg straight.",
    )


def lying_camera(place: str) -> tuple[str, ...]:
    """Returns where the camera goes, and how to lie, so that it sees the lower back."""
    return (
        f"{place}, low (0.35 to 0.8 m), 2.5 to 3.3 m away, the whole body in the picture.",
        "Arms on the floor beyond your head: an arm at the side or low on the chest hides the lower"
        " back, and the repetitions are then 'unverified', unless the near hip wears a pelvis tag"
        " ('formcheck tag').",
        "A close-fitting or tucked-in shirt: a loose one hangs into the hollow and hides an arch.",
    )


def lying_faults(phases: frozenset[Phase] = MOVING) -> tuple[Fault, ...]:
    """Returns the faults of a back and a pelvis that must stay on the floor."""
    say = "Keep your hips on the floor."
    return (
        Fault(
            code="back-arch",
            measure=LUMBAR_GAP,
            limit=Limit(
                value=0.025,
                source="2.5 times the largest that drawn people with a still back showed; told a"
                " loin lift of 2 cm (4 % of the trunk) every time",
            ),
            name="arching the back",
            say="Press your lower back to the floor.",
            phases=phases,
            veiled_below=NO_HOLLOW,
            veil="the outline shows no hollow under the lower back: a loose shirt may fill it",
        ),
        Fault(
            code="pelvis-lift",
            measure=HIP_HEIGHT,
            limit=Limit(
                value=0.045, source="twice what drawn people with a still pelvis showed; about 3 cm"
            ),
            name="lifting the pelvis",
            say=say,
            phases=phases,
        ),
        Fault(
            code="pelvis-lift",
            measure=TRUNK_PITCH,
            limit=Limit(value=8.0, source=HOUSE),
            name="lifting the pelvis",
            say=say,
            phases=phases,
        ),
    )


def plank_faults(sag_deg: float, pike_deg: float, *, lasting_s: float = 0.3) -> tuple[Fault, ...]:
    """Returns the faults of a trunk that leaves the line from the shoulders to the foot."""
    return (
        Fault(
            code="back-arch",
            measure=PLANK_LINE,
            limit=Limit(value=-sag_deg, source=NOISE),
            name="letting the hips sag",
            say="Lift your hips into line.",
            lasting_s=lasting_s,
        ),
        Fault(
            code="hips-raised",
            measure=PLANK_LINE,
            limit=Limit(value=pike_deg, source=NOISE),
            name="raising the hips",
            say="Lower your hips into line.",
            lasting_s=lasting_s,
        ),
    )


def fast_lowering(source: str = HOUSE) -> Cue:
    """Returns the cue to take more than a second on the way down."""
    return Cue(
        code="fast-lowering",
        quantity=Quantity.LOWERING_S,
        at_least=1.0,
        unit="s",
        name="fast lowering",
        say="Lower it more slowly.",
        source=source,
        views=SIDE_VIEW,
    )


def low_peak(at_least_deg: float, say: str, source: str) -> Cue:
    """Returns the cue to go a little higher than what counts."""
    return Cue(
        code="low-peak",
        quantity=Quantity.PEAK_DEG,
        at_least=at_least_deg,
        unit="deg",
        name="low peak",
        say=say,
        source=source,
        views=SIDE_VIEW,
    )
