"""Rules that a tag on the pelvis makes judgeable: tipping forward, hiking, dropping, arching.

Without a tag they are listed as unchecked, but for `arched_back`, which is one more sign of a fault
that the outline of the back shows as well.
"""

from __future__ import annotations

from formcheck.core.exercise.rules import Fault, Limit, Phase
from formcheck.core.exercise.shared_rules import HOUSE, MOVING
from formcheck.core.measures import LUMBAR_EXTENSION, PELVIC_OBLIQUITY, PELVIC_TILT

RHYTHM = "house default; a lifted thigh turns the pelvis back by 18 % of its angle (Murray 2002)"
"""Standing; lying by a quarter to a third (Bohannon 1985)."""


def anterior_tilt() -> Fault:
    """Returns the fault of tipping the pelvis forward while a thigh is lifted.

    A lifted thigh takes the pelvis the other way, so that any turn forward goes against the
    rhythm. Backwards it is a number and no fault.
    """
    return Fault(
        code="anterior-tilt",
        measure=PELVIC_TILT,
        limit=Limit(value=5.0, source=RHYTHM),
        name="tipping the pelvis forward",
        say="Don't let your pelvis tip forward.",
        by_tag=True,
        unless=("back-arch", "lean-forward", "lean-back", "leaning"),
    )


def pelvic_hike_and_drop() -> tuple[Fault, ...]:
    """Returns the faults of lifting or dropping the hip of the lifted leg.

    MediaPipe's hip points go with the lifted thigh and not with the pelvis: a true hike of 18
    degrees reads 8 to 10, like a clean lift (`tests/accuracy/report.py`). Only a tag shows them.
    """
    return (
        Fault(
            code="pelvic-hike",
            measure=PELVIC_OBLIQUITY,
            limit=Limit(
                value=7.0,
                source="house default; hiking goes with knee injury (Leppänen 2020)",
            ),
            name="hiking the hip",
            say="Keep the lifted hip down.",
            by_tag=True,
        ),
        Fault(
            code="pelvic-drop",
            measure=PELVIC_OBLIQUITY,
            limit=Limit(value=-7.0, source=HOUSE),
            name="dropping the hip",
            say="Keep your hips level.",
            by_tag=True,
        ),
    )


def arched_back(phases: frozenset[Phase] = MOVING) -> Fault:
    """Returns the fault of arching a lying back, by the pelvis against the trunk.

    An arm at the side hides the outline under the loin; it does not hide a tag on the hip.
    """
    return Fault(
        code="back-arch",
        measure=LUMBAR_EXTENSION,
        limit=Limit(value=8.0, source=HOUSE),
        name="arching the back",
        say="Press your lower back to the floor.",
        phases=phases,
        by_tag=True,
        alternative=True,
    )
