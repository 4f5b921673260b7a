"""The sets of a run: the current set with its repetitions and legs, and the finished sets."""

from __future__ import annotations

from dataclasses import replace

from formcheck.core.checker.session import Counts, Rep, SetResult, Verdict
from formcheck.core.pose.pose import Side


class OneSet:
    """Counts one set.

    Parameters
    ----------
    number : int
        From 1.
    sides : tuple of Side
        The counted legs.
    target : int
        Clean repetitions asked for, of each leg.
    start_s : float
        When the set began.
    """

    def __init__(self, number: int, sides: tuple[Side, ...], target: int, start_s: float) -> None:
        self.number = number
        self.reps: list[Rep] = []
        self.called: Side | None = None
        self._sides = sides
        self._target = target
        self._start_s = start_s
        self._given_up: set[Side] = set()

    @property
    def counts(self) -> dict[Side, Counts]:
        """The counts so far, for each counted leg."""
        return {side: Counts.of(tuple(self.reps), side) for side in self._sides}

    @property
    def reached(self) -> bool:
        """Whether every counted leg has reached the target."""
        return all(self._is_done(side) for side in self._sides)

    def add(self, rep: Rep, number: int) -> Rep:
        """Adds a repetition and returns it with its number in the run and its set number."""
        numbered = replace(rep, number=number, set_number=self.number)
        self.reps.append(numbered)
        return numbered

    def leg_to_call(self, ended: Side) -> Side | None:
        """Returns the leg to switch to after a repetition of the other leg; None without a switch.

        Alternating legs need no call: it comes only while the other leg lacks more than one.
        """
        other = ended.other
        if self.called is not None or other not in self._sides or other is ended:
            return None
        missing = self._target - self.counts[other].clean
        if not self._is_done(ended) or self._is_done(other) or missing < min(2, self._target):
            return None
        self.called = other
        return other

    def switch(self) -> Side | None:
        """Gives up the leg whose turn it is, and returns the other leg; None if both are done."""
        if len(self._sides) < 2:
            return None
        own = self.called or (self.reps[-1].side if self.reps else self._sides[0])
        self._given_up.add(own)
        self.called = None if self._is_done(own.other) else own.other
        return self.called

    def result(self, end_s: float) -> SetResult:
        """Returns the result of the set."""
        return SetResult(
            number=self.number,
            start_s=self._start_s,
            end_s=max(end_s, self._start_s),
            counts=Counts.of(tuple(self.reps)),
            target=self._target,
        )

    def _is_done(self, side: Side) -> bool:
        return side in self._given_up or self.counts[side].clean >= self._target


def full_range(rep: Rep) -> bool:
    """Returns whether a repetition reached its top, with a fault or without."""
    return rep.verdict in (Verdict.CLEAN, Verdict.COMPENSATED)


class RunSets:
    """Holds the sets of a run.

    Parameters
    ----------
    sides : tuple of Side
        The counted legs.
    target : int
        Clean repetitions asked for, of each leg.

    Attributes
    ----------
    current : OneSet
        The set in progress; else the next set, or the last one at the end.
    """

    def __init__(self, sides: tuple[Side, ...], target: int) -> None:
        self._sides = sides
        self._target = target
        self._reps: list[Rep] = []
        self._over: list[SetResult] = []
        self.current = self._new(1, 0.0)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions of all sets, each with its own number and its set number."""
        return tuple(self._reps)

    @property
    def over(self) -> tuple[SetResult, ...]:
        """The finished sets."""
        return tuple(self._over)

    def with_current(self, now_s: float) -> tuple[SetResult, ...]:
        """Returns the finished sets, and the current set if it has a repetition."""
        return (*self._over, *([self.current.result(now_s)] if self.current.reps else []))

    def begin(self, number: int, start_s: float) -> None:
        """Makes a new set the current one."""
        self.current = self._new(number, start_s)

    def add(self, rep: Rep) -> Rep:
        """Adds a repetition to the current set, and returns it with its numbers."""
        numbered = self.current.add(rep, len(self._reps) + 1)
        self._reps.append(numbered)
        return numbered

    def add_late(self, rep: Rep) -> Rep:
        """Adds a repetition to the set that has just ended, and returns it with its numbers."""
        numbered = self.add(rep)
        self._over[-1] = self.current.result(rep.end_s)
        return numbered

    def end(self) -> None:
        """Ends the current set with its last repetition."""
        self._over.append(self.current.result(self.current.reps[-1].end_s))

    def _new(self, number: int, start_s: float) -> OneSet:
        return OneSet(number, self._sides, self._target, start_s)
