"""The repetition machine under any course of values: what it says always makes sense."""

from __future__ import annotations

import math

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from formcheck.core.checker.attempt import Attempt
from formcheck.core.checker.counting import RepMachine
from formcheck.core.exercise.exercise import Phase
from formcheck.exercises import get_exercise, slugs
from tests.fuzz.properties import Property, histories_of

STEPS_S = st.one_of(st.sampled_from([0.0, 1 / 120, 1 / 30, 1 / 15, 0.5, 30.0]), st.floats(0.0, 5.0))
VALUES = st.one_of(
    st.floats(-200.0, 200.0),
    st.sampled_from([math.nan, 0.0, 19.9, 20.0, 25.0, 80.0, 92.0]),
    st.floats(allow_nan=True, allow_infinity=False),
)
SLACK_S = 1e-6


class RepMachineHistory(RuleBasedStateMachine):
    """Any values at any non-decreasing times, of any exercise's cycle."""

    @initialize(slug=st.sampled_from(slugs()), start_s=st.floats(-1e6, 1e6))
    def begin(self, slug: str, start_s: float) -> None:
        self.cycle = get_exercise(slug).cycle
        self.machine = RepMachine(self.cycle)
        self.begun_s = self.time_s = start_s
        self.attempts: list[Attempt] = []

    @rule(step_s=STEPS_S, value=VALUES, seen=st.booleans(), stopped=st.booleans())
    def one_value(self, step_s: float, value: float, seen: bool, stopped: bool) -> None:
        self._update(step_s, value, seen=seen, stopped=stopped)

    @rule(peak=st.floats(30.0, 130.0), frames=st.integers(2, 40), step_s=st.floats(0.004, 0.1))
    def a_lift(self, peak: float, frames: int, step_s: float) -> None:
        for index in range(frames + 1):
            self._update(step_s, peak * (0.5 - 0.5 * math.cos(2 * math.pi * index / frames)))

    @rule(value=VALUES, frames=st.integers(1, 20), step_s=STEPS_S)
    def standing_still(self, value: float, frames: int, step_s: float) -> None:
        for _ in range(frames):
            self._update(step_s, value)

    @rule()
    def finished(self) -> None:
        self._take(self.machine.finish())

    def _update(
        self, step_s: float, value: float, *, seen: bool = True, stopped: bool = False
    ) -> None:
        self.time_s += step_s
        self._take(self.machine.update(self.time_s, value, seen=seen, stopped=stopped))

    def _take(self, attempt: Attempt | None) -> None:
        if attempt is None:
            return
        earliest_s = self.attempts[-1].end_s if self.attempts else self.begun_s
        assert earliest_s <= attempt.start_s + SLACK_S, "two repetitions of a leg overlap"
        assert attempt.start_s <= attempt.top_s + SLACK_S
        assert attempt.start_s <= attempt.end_s + SLACK_S <= self.time_s + 2 * SLACK_S
        assert math.isfinite(attempt.peak) and attempt.peak >= self.cycle.partial_from
        assert 0.0 <= attempt.missing <= 1.0
        assert attempt.fps > 0.0
        assert math.isnan(attempt.lowering_s) == attempt.lost
        assert attempt.lost or attempt.lowering_s >= -SLACK_S
        self.attempts.append(attempt)

    @invariant()
    def rest_means_no_attempt(self) -> None:
        assert (self.machine.phase is Phase.REST) == (self.machine.rising_since_s is None)
        assert self.machine.hold_s >= 0.0
        assert not self.machine.reached or self.machine.phase in (Phase.TOP, Phase.LOWER)


PROPERTIES = (
    Property(
        name="repetition machine",
        holds="attempts of a leg never overlap, are in order of time, and are never half finished",
        run=histories_of(RepMachineHistory, steps=30),
        quick=40,
        deep=3000,
    ),
)
