"""The sets of a run: those that are over, the one that goes on, and all their repetitions."""

from __future__ import annotations

from formcheck.live.one_set import OneSet
from formcheck.pose import Side
from formcheck.session import Rep, SetResult


class RunSets:
    """Keeps the sets of a run.

    Parameters
    ----------
    sides : tuple of Side
        The counted legs.
    target : int
        Clean repetitions asked for, of each leg.

    Attributes
    ----------
    current : OneSet
        The one that goes on, or comes next, or was the last one.
    """

    def __init__(self, sides: tuple[Side, ...], target: int) -> None:
        self._sides = sides
        self._target = target
        self._reps: list[Rep] = []
        self._over: list[SetResult] = []
        self.current = self._new(1, 0.0)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions of all sets, each with its number and its set's."""
        return tuple(self._reps)

    @property
    def over(self) -> tuple[SetResult, ...]:
        """The sets that are over."""
        return tuple(self._over)

    def with_current(self, now_s: float) -> tuple[SetResult, ...]:
        """Return the sets that are over and, if it has a repetition, the one that goes on."""
        return (*self._over, *([self.current.result(now_s)] if self.current.reps else []))

    def begin(self, number: int, start_s: float) -> None:
        """Make a new set the current one."""
        self.current = self._new(number, start_s)

    def keep(self, rep: Rep) -> Rep:
        """Give a repetition to the current set; return it with its numbers."""
        kept = self.current.add(rep, len(self._reps) + 1)
        self._reps.append(kept)
        return kept

    def keep_late(self, rep: Rep) -> Rep:
        """Give a repetition to the set that has just ended; return it with its numbers."""
        kept = self.keep(rep)
        self._over[-1] = self.current.result(rep.end_s)
        return kept

    def end(self) -> None:
        """End the current set with its last repetition."""
        self._over.append(self.current.result(self.current.reps[-1].end_s))

    def _new(self, number: int, start_s: float) -> OneSet:
        return OneSet(number, self._sides, self._target, start_s)
