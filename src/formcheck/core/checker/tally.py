"""The repetitions that count as such, numbered, and how many of which verdict there are."""

from __future__ import annotations

import math
from dataclasses import replace

from formcheck.core.checker.leg_judge import LegJudge
from formcheck.core.checker.session import Counts, Rep, Verdict
from formcheck.core.pose.pose import Side

OVERLAP_S = 0.1
"""How long attempts of both legs may overlap and still be two lifts."""

ECHO_SHARE = 0.25
"""From which share of it on an attempt beside another one is the other one's echo."""


class Tally:
    """Takes in repetitions as the judges of the legs give them.

    Parameters
    ----------
    sides : tuple of Side
        The counted legs: of others nothing is kept.
    one_leg_at_a_time : bool
        Whether both legs never move at once.
    """

    def __init__(self, sides: tuple[Side, ...], *, one_leg_at_a_time: bool) -> None:
        self._sides = sides
        self._one_leg_at_a_time = one_leg_at_a_time
        self._reps: list[Rep] = []
        self._counted = -1
        self._so_far: dict[Side, Counts] = {}

    def __len__(self) -> int:
        return len(self._reps)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions so far, in order of ending."""
        return tuple(self._reps)

    def since(self, number: int) -> tuple[Rep, ...]:
        """Return the repetitions after so many."""
        return tuple(self._reps[number:])

    def keep(self, rep: Rep | None) -> None:
        """Give a repetition its number and add it, if it is one of a counted leg."""
        if rep is not None and rep.side in self._sides:
            self._reps.append(replace(rep, number=len(self._reps) + 1))

    def settle(self, rep: Rep, other: LegJudge | None) -> None:
        """Keep a repetition, unless it is only the other leg's, taken for this one's.

        Nobody lifts both legs off the floor: attempts of both legs that overlap mean that the model
        mistook one for the other. If both reached the top they are one lift, and the one still
        going on takes over what the other showed. A partial rise beside another attempt is an echo.
        What overlaps an attempt that was counted already is kept only if it shows a fault.

        Parameters
        ----------
        rep : Rep
            As its leg's judge gave it.
        other : LegJudge | None
            The other leg's judge; None where both legs are judged as one.
        """
        if self._one_leg_at_a_time and other is not None:
            partial = rep.verdict is Verdict.PARTIAL
            echo_s = ECHO_SHARE * (rep.end_s - rep.start_s)
            since_s = other.rising_since_s
            if since_s is not None:
                shared_s = rep.end_s - max(rep.start_s, since_s)
                if other.reached and not partial and shared_s > OVERLAP_S:
                    other.take_over(rep)
                    return
                if partial and shared_s > echo_s:
                    return
            shared_s = (self._reps[-1].end_s if self._reps else -math.inf) - rep.start_s
            # Counted already as the other leg's: only a fault is worth saying once more.
            if shared_s > (OVERLAP_S if partial else echo_s) and not rep.faults:
                return
        self.keep(rep)

    def counts(self) -> dict[Side, Counts]:
        """Return the counts of each leg, counted anew only when there is a new repetition."""
        if self._counted != len(self._reps):
            reps, self._counted = self.reps, len(self._reps)
            self._so_far = {side: Counts.of(reps, side) for side in self._sides}
        return self._so_far
