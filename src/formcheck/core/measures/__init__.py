"""The named measures: what is read off one pose, in which unit, with which sign, from which view.

Each measure says its definition, sign and source. An exercise measures what its rules need, and
what people want to see.
"""

from __future__ import annotations

from formcheck.core.measures.floor import (
    HIP_HEIGHT,
    HIP_LEVEL,
    LUMBAR_GAP,
    PLANK_LINE,
    REACH,
    SWING,
    TRUNK_PITCH,
)
from formcheck.core.measures.legs import (
    FEET_HEIGHT,
    FOOT_LIFT,
    HIP_FLEXION,
    HIP_FLEXION_BOTH,
    HIP_LEAD,
    KNEE_FLEXION,
    LEG_ELEVATION,
    LEG_LEAD,
    SHANK_DROP,
    SUPPORT_KNEE_FLEXION,
    THIGH_LENGTH,
)
from formcheck.core.measures.measure import (
    ANY_VIEW,
    FRONT_VIEW,
    SIDE_VIEW,
    SIDEWAYS,
    Measure,
    Scope,
    columns,
    measure_all,
    plausible_ranges,
    readings,
)
from formcheck.core.measures.pelvis import (
    HIP_FLEXION_PELVIS,
    LUMBAR_EXTENSION,
    PELVIC_OBLIQUITY,
    PELVIC_TILT,
)
from formcheck.core.measures.upright import (
    LATERAL_LEAN,
    LEANING,
    THIGH_ELEVATION,
    TORSO_LEAN,
)

__all__ = [
    "ANY_VIEW", "FEET_HEIGHT", "FOOT_LIFT", "FRONT_VIEW", "HIP_FLEXION", "HIP_FLEXION_BOTH",
    "HIP_FLEXION_PELVIS", "HIP_HEIGHT", "HIP_LEAD", "HIP_LEVEL", "KNEE_FLEXION", "LATERAL_LEAN",
    "LEANING", "LEG_ELEVATION", "LEG_LEAD", "LUMBAR_EXTENSION", "LUMBAR_GAP", "PELVIC_OBLIQUITY",
    "PELVIC_TILT", "PLANK_LINE", "REACH", "SHANK_DROP", "SIDEWAYS", "SIDE_VIEW",
    "SUPPORT_KNEE_FLEXION", "SWING", "THIGH_ELEVATION", "THIGH_LENGTH", "TORSO_LEAN",
    "TRUNK_PITCH", "Measure", "Scope", "columns", "measure_all", "plausible_ranges", "readings",
]  # fmt: skip

BY_NAME: dict[str, Measure] = {
    measure.name: measure for measure in tuple(globals().values()) if isinstance(measure, Measure)
}
"""Every measure by its name, as files name it."""
