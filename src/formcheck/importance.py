"""Which of several findings is told first, where there is time for one only."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.faults import Finding

FIRST_TOLD: tuple[str, ...] = (
    # What loads the lower back.
    "back-arch",
    "pelvis-lift",
    "lean-back",
    "swing",
    # What the rest of the trunk does.
    "lean-forward",
    "lateral-lean",
    "pelvic-hike",
    "pelvic-drop",
    "hips-raised",
    # What the legs do.
    "support-knee-bent",
    "bent-knee",
    "too-high",
    # Coaching: the repetition counts.
    "fast-lowering",
    "short-hold",
    "low-peak",
)
"""House default: the safety of the back first, then the trunk, the legs, and what only coaches."""

_RANK = {code: rank for rank, code in enumerate(FIRST_TOLD)}
# A fault of an exercise that was added later voids as well, so it goes before all coaching.
_UNKNOWN = _RANK["fast-lowering"] - 0.5


def most_important(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding to tell first, the earliest of equals; None if there are none."""
    return min(findings, key=lambda f: (_RANK.get(f.code, _UNKNOWN), f.at_s), default=None)
