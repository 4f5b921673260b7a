"""Which of several findings to tell first."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.core.checker.faults import Finding

FIRST_TOLD: tuple[str, ...] = (
    # What loads the lower back.
    "back-arch",
    "pelvis-lift",
    "lean-back",
    "swing",
    "anterior-tilt",
    # What the rest of the trunk does.
    "lean-forward",
    "lateral-lean",
    "leaning",
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


def importance(finding: Finding) -> tuple[float, float]:
    """Returns the key that sorts findings by what to tell first, the earliest of equals first."""
    return _RANK.get(finding.code, _UNKNOWN), finding.at_s


def most_important(findings: Iterable[Finding]) -> Finding | None:
    """Returns the one finding to say and show, the earliest of equals; None without findings.

    Voice, screen and report all choose with this function, so that they name the same fault for
    the same repetition.
    """
    return min(findings, key=importance, default=None)
