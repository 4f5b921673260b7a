"""The frames of a recording on their way through the checker, and what they showed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from formcheck.analysis.gaps import Bridged
from formcheck.core.checker.checker import FormChecker
from formcheck.core.checker.session import FrameReport, Rep, Session
from formcheck.core.exercise.exercise import Exercise

NEVER_HIGH = (
    "No repetition was seen: the {} reached {:.0f}° at most, while an attempt is told from {:.0f}°"
    " on and is full at {:.0f}°."
)
NEVER_MEASURED = "No repetition was seen: the leg was never seen well enough to measure the {}."


class Watching:
    """Judges the poses of a recording.

    Attributes
    ----------
    highest_deg : float
        The highest that any leg was counted at; NaN if none was seen.
    """

    def __init__(self) -> None:
        self.highest_deg = math.nan

    def judge(
        self, checker: FormChecker, bridged: Bridged, watch: Callable[[FrameReport], None]
    ) -> None:
        """Gives every pose to a checker, and the report of each filmed frame to a watcher.

        What ends in a pose that is only held is told with the next filmed one.
        """
        ended: tuple[Rep, ...] = ()
        for pose, filmed in zip(bridged.poses, bridged.filmed, strict=True):
            report = checker.update(pose)
            for value in report.counted_deg.values():
                # NaN is passed over, on either side.
                self.highest_deg = max((self.highest_deg, value), key=_known)
            if not filmed:
                ended += report.ended
                continue
            watch(replace(report, ended=ended + report.ended) if ended else report)
            ended = ()

    def about_nothing(self, session: Session, exercise: Exercise) -> tuple[str, ...]:
        """Returns what was seen instead, where a known start posture led to no repetition."""
        calibration = session.calibration
        if session.counts.attempts or session.dropped:
            return ()
        if calibration is None or not calibration.known:
            return ()
        cycle = exercise.cycle
        name = cycle.measure.name.replace("_", " ")
        if math.isnan(self.highest_deg):
            return (NEVER_MEASURED.format(name),)
        return (
            NEVER_HIGH.format(name, math.floor(self.highest_deg), cycle.partial_from, cycle.top),
        )


def _known(value: float) -> float:
    return -math.inf if math.isnan(value) else value
