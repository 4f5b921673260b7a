"""The repetitions of a session: numbered, and counted by verdict."""

from __future__ import annotations

import math
from dataclasses import replace

from formcheck.core.checker.leg_judge import LegJudge
from formcheck.core.checker.session import Counts, Dropped, DropReason, Rep
from formcheck.core.checker.which_leg import Whose, whose
from formcheck.core.pose.pose import Side

GUESSED = 0.5
"""Share of an attempt in which its leg was only half seen, from which on it may be the other's."""


class Tally:
    """Numbers the repetitions of the counted legs, and counts them by verdict.

    Parameters
    ----------
    sides : tuple of Side
        The counted legs: repetitions of others are left out.
    one_at_a_time : bool
        Whether one leg stays down while the other one moves.
    """

    def __init__(self, sides: tuple[Side, ...], *, one_at_a_time: bool = True) -> None:
        self._sides, self._one_at_a_time = sides, one_at_a_time
        self._reps: list[Rep] = []
        self._dropped: list[Dropped] = []
        self._waiting: list[tuple[Rep, LegJudge]] = []
        self._counted = -1
        self._told = 0
        self._so_far: dict[Side, Counts] = {}

    def anew(self) -> Tally:
        """Returns a tally of the same legs that holds nothing yet."""
        return Tally(self._sides, one_at_a_time=self._one_at_a_time)

    def __len__(self) -> int:
        return len(self._reps)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions so far, in order of ending."""
        return tuple(self._reps)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """The attempts that were none, in order of ending.

        What lies within a repetition by more than half was its echo, whatever it looked like.
        """
        every = (*self._dropped, *(Dropped.echo(rep) for rep, _ in self._waiting))
        return tuple(
            replace(one, reason=DropReason.ECHO) if self._echoes(one) else one for one in every
        )

    def _echoes(self, one: Dropped) -> bool:
        return any(self._lies_within(one, rep) for rep in self._reps)

    @staticmethod
    def _lies_within(one: Dropped | Rep, rep: Rep) -> bool:
        """Whether an attempt shares more than half of its time with a repetition."""
        half_s = (one.end_s - one.start_s) / 2
        return min(one.end_s, rep.end_s) - max(one.start_s, rep.start_s) > half_s

    def drop(self, one: Dropped) -> None:
        """Takes note of an attempt that is no repetition, if a counted leg made it."""
        if one.side in self._sides:
            self._dropped.append(one)

    @property
    def counted_until_s(self) -> float:
        """When the last repetition ended; -inf before the first."""
        return self._reps[-1].end_s if self._reps else -math.inf

    def untold(self) -> tuple[Rep, ...]:
        """Returns the repetitions since this was asked last."""
        self._settle()
        untold = tuple(self._reps[self._told :])
        self._told = len(self._reps)
        return untold

    def add(self, rep: Rep | None) -> None:
        """Adds a repetition with its number, if a counted leg made it."""
        if rep is not None and rep.side in self._sides:
            self._reps.append(replace(rep, number=len(self._reps) + 1))

    def take_in(self, rep: Rep, judge: LegJudge, other: LegJudge | None) -> None:
        """Adds a repetition, unless it is the other leg's, taken for this one's.

        Parameters
        ----------
        rep : Rep
            As its leg's judge gave it.
        judge : LegJudge
            That judge.
        other : LegJudge | None
            The other leg's judge; None where both legs move together.
        """
        found = Whose.OWN if other is None else self._whose(rep, judge, other)
        if other is not None and found is Whose.BOTH:
            other.take_over(rep)
        elif found is Whose.ECHO:
            self._echo(rep, other)
        else:
            self.add(rep)

    def _echo(self, rep: Rep, other: LegJudge | None) -> None:
        """Drops an echo; one of an attempt that still goes on waits for what comes of that."""
        counted = rep.side in self._sides and self._one_at_a_time
        if counted and other is not None and other.is_up_since(rep.end_s):
            self._waiting.append((rep, other))
        else:
            self.drop(Dropped.echo(rep))

    def _settle(self) -> None:
        """Adds what was taken for an echo of an attempt that came to nothing.

        Where that one was a repetition, or another movement, it stays an echo.
        """
        waiting, self._waiting = self._waiting, []
        for rep, other in waiting:
            known: list[Rep | Dropped] = [*self._reps, *self._dropped]
            if other.is_up_since(rep.end_s):
                self._waiting.append((rep, other))
            elif any(_share_time(rep, one) for one in known):
                self.drop(Dropped.echo(rep))
            else:
                self.add(rep)

    def _whose(self, rep: Rep, judge: LegJudge, other: LegJudge) -> Whose:
        """Returns what a repetition is beside what the other leg does, and did just before."""
        guessed = judge.half_seen > GUESSED
        if guessed and self._reps and self._lies_within(rep, self._reps[-1]):
            return Whose.ECHO
        # Of two legs that move together the one that is seen did it, and the hidden one follows.
        leads = not guessed and other.half_seen > GUESSED
        if not self._one_at_a_time:
            # A half-hidden leg follows the one in front of it a little way, or all the way; a step
            # of its own ends later than one that began earlier.
            return Whose.ECHO if other.is_up_since(rep.start_s) and not leads else Whose.OWN
        found = whose(
            rep,
            rising_since_s=other.rising_since_s,
            reached=other.reached,
            counted_until_s=self.counted_until_s,
        )
        return Whose.OWN if found is Whose.BOTH and leads else found

    def counts(self) -> dict[Side, Counts]:
        """Returns the counts of each counted leg."""
        if self._counted != len(self._reps):
            reps, self._counted = self.reps, len(self._reps)
            self._so_far = {side: Counts.of(reps, side) for side in self._sides}
        return self._so_far


def _share_time(one: Rep, known: Rep | Dropped) -> bool:
    return one.start_s < known.end_s and known.start_s < one.end_s
