"""How the last repetitions of a set differ from its first: range, tempo, faults.

Each leg is compared with itself, because a set may train one leg after the other. A repetition
with the verdict `unverified` still shows range and tempo; only its faults are unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from formcheck.core.checker.session import Rep, Verdict
from formcheck.core.pose.pose import Side

MIN_REPS = 6
"""Repetitions of a leg; fewer have no beginning and no end to compare."""
RANGE_DROP_DEG = 8.0
"""House default: under 8 degrees a camera can't tell a lower peak from its own error."""
TEMPO_CHANGE = 0.35
"""House default: a third slower, or faster, is more than normal variation."""
LATE_FAULTS = 2
"""House default: one fault in the last repetitions may be a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fatigue:
    """The end of a set against its beginning, for the leg with the largest difference.

    Attributes
    ----------
    range_drop_deg : float
        How much lower the last peaks are than the first, mean; NaN with too few repetitions.
    tempo_change : float
        How much longer the last repetitions took, as a share of the first (negative: quicker);
        NaN as above.
    late_faults : int
        Compensated repetitions among the last.
    last : int
        How many repetitions count as the last.
    """

    range_drop_deg: float = math.nan
    tempo_change: float = math.nan
    late_faults: int = 0
    last: int = 0

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs of fatigue in words; empty without a sign."""
        said = []
        if self.range_drop_deg >= RANGE_DROP_DEG:
            said.append(f"the last repetitions reached {self.range_drop_deg:.0f}° less")
        if abs(self.tempo_change) >= TEMPO_CHANGE:
            pace = "longer" if self.tempo_change > 0 else "less time"
            said.append(f"the last repetitions took {abs(100 * self.tempo_change):.0f} % {pace}")
        if self.late_faults >= LATE_FAULTS:
            said.append(f"{self.late_faults} of the last {self.last} repetitions were compensated")
        return tuple(said)


def fatigue_of(reps: Sequence[Rep]) -> Fatigue:
    """Returns how the end of a set differs from its beginning.

    Each leg's first `ends` are compared with its last.
    """
    legs = [[rep for rep in reps if rep.side is side] for side in Side]
    found = [_of_leg(leg) for leg in legs if len(leg) >= MIN_REPS]
    if not found:
        return Fatigue()
    worst = max(found, key=lambda each: each.late_faults)
    return Fatigue(
        range_drop_deg=_largest([each.range_drop_deg for each in found]),
        tempo_change=_largest([each.tempo_change for each in found], key=abs),
        late_faults=worst.late_faults,
        last=worst.last,
    )


def ends(reps: Sequence[Rep]) -> tuple[Sequence[Rep], Sequence[Rep]]:
    """Returns the first and the last third of some repetitions, two or three each."""
    share = max(2, min(3, len(reps) // 3))
    return reps[:share], reps[-share:]


def _of_leg(reps: Sequence[Rep]) -> Fatigue:
    first, last = ends(reps)
    before_s = _mean([rep.end_s - rep.start_s for rep in first])
    after_s = _mean([rep.end_s - rep.start_s for rep in last])
    return Fatigue(
        range_drop_deg=_mean([r.peak_deg for r in first]) - _mean([r.peak_deg for r in last]),
        tempo_change=after_s / before_s - 1.0 if before_s > 0 else math.nan,
        late_faults=sum(rep.verdict is Verdict.COMPENSATED for rep in last),
        last=len(last),
    )


def _mean(values: Sequence[float]) -> float:
    seen = [value for value in values if math.isfinite(value)]
    return sum(seen) / len(seen) if seen else math.nan


def _largest(values: Sequence[float], key: Callable[[float], float] = float) -> float:
    return max((value for value in values if math.isfinite(value)), key=key, default=math.nan)
