"""What must hold for any input at all: each property with its sentence, and how to try it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from hypothesis.strategies import SearchStrategy

QUICK, DEEP = "quick", "deep"
Runner = Callable[[int], int]


@dataclass(frozen=True, kw_only=True)
class Property:
    """Something that must hold, and how many examples each profile tries.

    `run` tries that many, raises what an example raised, and returns how many there were.
    """

    name: str
    holds: str
    run: Runner
    quick: int
    deep: int

    def tried(self, profile: str) -> tuple[int, float]:
        """Try it; return how many examples there were and the seconds they took."""
        begin_s = time.perf_counter()
        examples = self.run(self.quick if profile == QUICK else self.deep)
        return examples, time.perf_counter() - begin_s


def profile(examples: int, steps: int = 20) -> settings:
    """Return the settings of a run: no deadline on a busy machine, and nothing kept on disk."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def examples_of(check: Callable[..., None], **strategies: SearchStrategy[Any]) -> Runner:
    """Return a runner that draws arguments for a check."""

    def run(examples: int) -> int:
        tried = 0

        @wraps(check)
        def counted(**drawn: Any) -> None:
            nonlocal tried
            tried += 1
            check(**drawn)

        # hypothesis reads the names of the arguments from the check that is wrapped.
        profile(examples)(given(**strategies)(counted))()
        return tried

    return run


def histories_of(machine: type[RuleBasedStateMachine], steps: int = 20) -> Runner:
    """Return a runner that drives a state machine through random histories."""

    def run(examples: int) -> int:
        begun = 0

        class Counted(machine):  # type: ignore[misc, valid-type]
            def __init__(self) -> None:
                nonlocal begun
                begun += 1
                super().__init__()

        Counted.__name__ = machine.__name__
        run_state_machine_as_test(Counted, settings=profile(examples, steps))
        return begun

    return run
