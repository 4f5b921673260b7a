"""Evidence about one attempt: faults, requirements of the movement, the leg that made it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from formcheck.core.checker.faults import MAX_IMPOSSIBLE, MAX_UNSEEN, FaultWatch, Finding, Unchecked
from formcheck.core.checker.neutral import Calibration
from formcheck.core.checker.observation import Observation
from formcheck.core.checker.session import ANOTHER
from formcheck.core.checker.tag_slip import SLIPPED, TagSlip
from formcheck.core.checker.which_leg import AttemptLeg
from formcheck.core.exercise.exercise import (
    Cycle,
    Exercise,
    Fault,
    Leg,
    Phase,
    Requirement,
    Taken,
)
from formcheck.core.measures import PELVIC_OBLIQUITY, PELVIC_TILT, Measure
from formcheck.core.pose.pose import Side

ENOUGH = 0.30
"""Share of the upper part of a rise that is enough to tell that it is another movement; to be sure
that it is the right one takes more."""


class RequirementWatch:
    """Watches a cycle's requirements while one leg moves.

    Parameters
    ----------
    cycle : Cycle
        Gives the requirements, and from where on the rise they must be met.
    side : Side
        The leg that moves.
    calibration : Calibration | None
        The neutral.
    """

    def __init__(self, cycle: Cycle, side: Side, calibration: Calibration | None) -> None:
        self._cycle = cycle
        self._seen: list[list[float]] = [[] for _ in cycle.requirements]
        self._sure = [0] * len(cycle.requirements)
        self._first = [math.nan] * len(cycle.requirements)
        self._last = [math.nan] * len(cycle.requirements)
        self._columns = [r.measure.column(side) for r in cycle.requirements]
        self._zeros = [_zero(r, side, calibration) for r in cycle.requirements]
        self._instead = [
            None if r.instead is None else _StandIn(r.instead, side, calibration)
            for r in cycle.requirements
        ]

    def note(self, value: float, seen: Observation) -> bool:
        """Takes in a frame's counted value and measures; returns whether all are met in it."""
        met = True
        for index, requirement in enumerate(self._cycle.requirements):
            column, stand_in = self._columns[index], self._instead[index]
            change = seen.followed[column] - self._zeros[index]
            if stand_in is not None:
                stand_in.note(seen.followed, up=value >= self._cycle.partial_from)
            if value >= self._cycle.partial_from:
                self._seen[index].append(change)
                self._sure[index] += not math.isnan(seen.measures[column])
            if not math.isnan(change):
                self._last[index] = change
                if math.isnan(self._first[index]):
                    self._first[index] = change
            met &= requirement.taken is not Taken.UP or requirement.met(change)
        return met

    def _values(self, index: int) -> list[float]:
        """Returns the values that a requirement looks at; NaN where one was not seen."""
        taken = self._cycle.requirements[index].taken
        if taken is Taken.LAST:
            return [self._last[index]]
        if taken is Taken.UP:
            return self._seen[index]
        ends = max(self._first[index], self._last[index])
        return [value - ends for value in self._seen[index]]

    def unmet(self) -> str | None:
        """Returns "" if this was another movement, a reason if that can't be told, else None."""
        reason = None
        for index, requirement in enumerate(self._cycle.requirements):
            values = self._values(index)
            seen = [value for value in values if not math.isnan(value)]
            share = len(seen) / max(1, len(values))
            told = share >= ENOUGH and len(seen) > 0
            against = told and not requirement.met(float(np.quantile(seen, requirement.quantile)))
            stand_in = self._instead[index]
            if stand_in is not None and not stand_in.told:
                stand_in = None
            # A half-hidden leg may follow the one in front of it all the way: no word against it.
            if against and (stand_in is None or self._sure[index] >= ENOUGH * len(values)):
                return ""
            if stand_in is not None and (against or share < 1 - MAX_UNSEEN):
                if not stand_in.met:
                    return ""
            elif share < 1 - MAX_UNSEEN and reason is None:
                reason = f"{requirement.measure.needs} not seen, {ANOTHER}"
        return reason


def _zero(requirement: Requirement, side: Side, calibration: Calibration | None) -> float:
    """Returns what a requirement's changes are taken from."""
    column = requirement.measure.column(side)
    neutral = math.nan if calibration is None else calibration.neutral[column]
    # A leg hidden at rest is taken to lie beside the other one.
    return 0.0 if requirement.absolute or math.isnan(neutral) else neutral


STAYS = 1 / 3
"""Of the bounds of what stands in: what was beyond them before the attempt began, and changes by no
more than this, is not the attempt's. Raised hips of 33 degrees tip the trunk of a plank by 20, each
step by 4; who drives both knees, or pikes, tips it by 12 and more after the attempt's begin."""


class _StandIn:
    """Watches what tells a movement where the measure that is asked for is not seen."""

    def __init__(
        self, requirement: Requirement, side: Side, calibration: Calibration | None
    ) -> None:
        self._requirement = requirement
        self._column = requirement.measure.column(side)
        self._zero = _zero(requirement, side, calibration)
        self._first = math.nan
        self._changes: list[float] = []

    def note(self, measures: Mapping[str, float], *, up: bool) -> None:
        """Takes in a frame, of the upper part of the rise or not."""
        change = measures[self._column] - self._zero
        if math.isnan(self._first):
            self._first = change
        if up:
            self._changes.append(change)

    @property
    def told(self) -> bool:
        """Whether enough was seen."""
        seen = np.isfinite(self._changes)
        return bool(seen.size and seen.mean() >= 1 - MAX_UNSEEN)

    @property
    def met(self) -> bool:
        """Whether it shows this exercise's movement, by its bounds or by staying as it was."""
        change = float(np.nanmedian(self._changes))
        bounds = (self._requirement.at_least, self._requirement.at_most)
        low, high = (self._first + STAYS * bound for bound in bounds)
        return self._requirement.met(change) or low <= change <= high


class Evidence:
    """Watches one leg from the beginning of an attempt until the next one begins.

    Parameters
    ----------
    exercise : Exercise
        What voids.
    cycle : Cycle
        Its cycle, with the levels in force.
    side : Side
        The leg that moves.
    calibration : Calibration | None
        The neutral to compare with.

    Attributes
    ----------
    leg : AttemptLeg
        Decides which leg made the attempt.
    jumped : bool
        Whether the body was suddenly somewhere else: part of the attempt may be another person's.
    """

    def __init__(
        self,
        exercise: Exercise,
        cycle: Cycle,
        side: Side,
        calibration: Calibration | None,
        tag: TagSlip | None = None,
    ) -> None:
        self._tag = TagSlip(calibration) if tag is None else tag
        self.leg = AttemptLeg(side)
        self.jumped = False
        self._side = side
        self._watches = [
            FaultWatch(fault, side, calibration) for fault in _faults(exercise, calibration)
        ]
        self._requirements = RequirementWatch(cycle, side, calibration)
        self._at_top: dict[Measure, list[float]] = {PELVIC_OBLIQUITY: [], PELVIC_TILT: []}
        self._counted_by = {measure.column(side) for measure in exercise.counted_by}
        self._frames = self._impossible = self._elsewhere = 0

    @property
    def active(self) -> tuple[Finding, ...]:
        """The faults present now."""
        found = (watch.active for watch in self._watches)
        return tuple(finding for finding in found if finding is not None)

    @property
    def closest(self) -> tuple[float, Finding] | None:
        """The fault that is nearest to its bound, or furthest beyond it; None if none was seen.

        With it, how far towards the bound it is: 1 at the bound.
        """
        strains = [(watch.strain, watch) for watch in self._watches]
        known = [pair for pair in strains if not math.isnan(pair[0])]
        strain, watch = max(known, key=lambda pair: pair[0], default=(0.0, None))
        found = None if watch is None else watch.present
        return None if found is None else (strain, found)

    @property
    def view_changed(self) -> bool:
        """Whether the camera saw the person otherwise than where the neutral was taken, for long.

        A knee drive turns the shoulders for a moment, which is no other view.
        """
        return self._elsewhere > MAX_UNSEEN * self._frames

    def note(
        self, seen: Observation, value: float, phase: Phase, *, elsewhere: bool = False
    ) -> None:
        """Takes in a frame of the attempt, with its counted value.

        `elsewhere` says that the neutral does not hold for the view or place of this frame.
        """
        self._elsewhere += elsewhere
        apart = self._requirements.note(value, seen)
        self._watch(seen, phase, apart=apart and not seen.legs.astray)
        if phase is Phase.TOP:
            for measure, values in self._at_top.items():
                value = seen.measures.get(measure.column(self._side), math.nan)
                values.append(measure.sign(self._side) * value)
        self.leg.note(seen.legs)
        self._frames += 1
        self._impossible += not self._counted_by.isdisjoint(seen.impossible)

    def note_before(self, seen: Observation) -> None:
        """Takes in the frame before the attempt, which tells when what is there now began."""
        self._watch(seen, None, apart=True)

    def note_after(self, seen: Observation) -> None:
        """Takes in a frame after the attempt: a fault at rest may still void it."""
        self._watch(seen, Phase.REST, apart=True)

    def _watch(self, seen: Observation, phase: Phase | None, *, apart: bool) -> None:
        for watch in self._watches:
            # A leg that can't be told from the lifted one would lend it its bent knee.
            watched = phase if apart or watch.fault.leg is Leg.MOVING else None
            doubt = seen.doubts.get(watch.column, "")
            watch.update(
                seen.time_s,
                watched,
                seen.measures[watch.column],
                doubt,
                impossible=watch.column in seen.impossible,
            )

    def unmet(self) -> str | None:
        """Returns "" if this was another movement, a reason if that can't be told, else None."""
        return self._requirements.unmet()

    def findings(self) -> tuple[Finding, ...]:
        """Returns the faults that lasted; of the rules that share a code, the first one speaks."""
        believed = [w for w in reversed(self._watches) if not self._doubts(w)]
        found = {w.fault.code: w.finding for w in believed if w.finding is not None}
        explained = {w.fault.code for w in believed if not found.keys().isdisjoint(w.fault.unless)}
        codes = dict.fromkeys(watch.fault.code for watch in self._watches)
        return tuple(found[code] for code in codes if code in found and code not in explained)

    def _doubts(self, watch: FaultWatch) -> bool:
        """Whether a watch hangs on a tag that slipped."""
        return watch.fault.by_tag and self._tag.slipped

    def _unchecked(self, watch: FaultWatch) -> str | None:
        """Returns why a watch can't vouch for the absence of its fault; None if it can."""
        reason = watch.unchecked
        return SLIPPED if reason is None and self._doubts(watch) else reason

    def unchecked(self) -> list[Unchecked]:
        """Returns the faults that were not found and can't be vouched for.

        A fault known by several signs is checked when all of them were seen, or one that vouches
        for it alone.
        """
        found = {finding.code for finding in self.leg.with_faults_of_both(self.findings())}
        reasons = [(watch, self._unchecked(watch)) for watch in reversed(self._watches)]
        vouched = {w.fault.code for w, why in reasons if w.fault.alternative and why is None}
        blind = {
            watch.fault.code: why
            for watch, why in reasons
            if why is not None
            and watch.fault.code not in found | vouched
            and not (watch.waits or watch.fault.alternative)
        }
        return [Unchecked(check=code, reason=blind[code]) for code in reversed(blind)]

    @property
    def suspected(self) -> bool:
        """Whether any of the faults is suspected, see `FaultWatch`."""
        return any(watch.suspected for watch in self._watches)

    @property
    def impossible(self) -> bool:
        """Whether too much of what the attempt is counted by lies beyond what a body can do."""
        return self._impossible > MAX_IMPOSSIBLE * self._frames

    @property
    def too_slow(self) -> str | None:
        """Why the camera was too slow to show every fault, the shortest; None if it was not."""
        slow = [watch for watch in self._watches if watch.too_slow is not None]
        return min(slow, key=lambda watch: watch.fault.lasting_s).too_slow if slow else None

    def at_top_deg(self, measure: Measure) -> float:
        """Returns the median of tilt or obliquity at the top; NaN if unseen, or the tag slipped."""
        seen = np.array(self._at_top[measure])
        seen = seen[np.isfinite(seen)]
        return float(np.median(seen)) if seen.size and not self._tag.slipped else math.nan


def _faults(exercise: Exercise, calibration: Calibration | None) -> tuple[Fault, ...]:
    return exercise.faults if calibration is None else exercise.faults_in(calibration.scene)
