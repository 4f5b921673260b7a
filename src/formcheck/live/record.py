"""Hands each repetition to whoever keeps the run, the moment it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from formcheck.coaching_events import CoachingEvent, RepClean, RepRejected
from formcheck.errors import OutputError
from formcheck.keeping import Keeper, RunHeader
from formcheck.session import Session


class Record:
    """Keeps a run with several keepers; one that fails is reported and left out from then on.

    Parameters
    ----------
    keepers : sequence of Keeper
        Who keeps it.
    warn : callable
        Gets a sentence about a keeper that failed.
    """

    def __init__(self, keepers: Sequence[Keeper], warn: Callable[[str], None]) -> None:
        self._keepers = list(keepers)
        self._warn = warn

    def begin(self, header: RunHeader) -> None:
        """Begin with each keeper."""
        self._each(lambda keeper: keeper.begin(header))

    def hear(self, event: CoachingEvent) -> None:
        """Keep the repetition that an event is about."""
        if isinstance(event, RepClean | RepRejected):
            number, rep = event.set_number, event.rep
            self._each(lambda keeper: keeper.keep_rep(number, rep))

    def note(self, name: str, value: str | float) -> None:
        """Keep something else that is known of the run."""
        self._each(lambda keeper: keeper.note(name, value))

    def finish(self, session: Session) -> None:
        """Finish with each keeper."""
        self._each(lambda keeper: keeper.finish(session))

    def _each(self, keep: Callable[[Keeper], None]) -> None:
        for keeper in tuple(self._keepers):
            try:
                keep(keeper)
            except OutputError as error:
                self._keepers.remove(keeper)
                self._warn(f"The run goes on, but is not kept: {error}")
