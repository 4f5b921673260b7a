"""The history's part of `formcheck run`: a warning before the first session, and the pain after."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from formcheck.cli.common import warn

if TYPE_CHECKING:
    from formcheck.safekeeping import Safekeeper


class RunHistory:
    """Keeps one run in the history.

    Parameters
    ----------
    data : Path | None
        The folder of the history; None for the usual one.
    loads : sequence of str
        What the sets are done with.
    """

    def __init__(self, data: Path | None, loads: Sequence[str]) -> None:
        from formcheck.history.folder import data_folder
        from formcheck.safekeeping import Safekeeper

        self._folder = data_folder(data)
        self.keeper: Safekeeper = Safekeeper(self._folder, warn, loads=loads)

    def beware(self) -> None:
        """Before the first session that is kept, say what to beware of."""
        from formcheck.history.folder import DATABASE
        from formcheck.wording import SAFETY

        if not (self._folder / DATABASE).exists():
            warn(SAFETY)

    def asked_pain(self) -> int | None:
        """Ask somebody at a terminal how much it hurt, and keep it; None if there was no answer."""
        from formcheck.history.store import History
        from formcheck.wording import PAIN_STOPS, pain_stop

        number = self.keeper.number
        if number is None or not sys.stdin.isatty():
            return None
        said = typer.prompt("Pain, 0 (none) to 10? Enter passes", default="", show_default=False)
        if not said.strip().isdecimal() or not 0 <= int(said) <= 10:
            return None
        pain = int(said)
        with History(self._folder) as history:
            sets = history.session(number).sets
            history.note(number, set_number=sets[-1].number, pain=pain)
        if pain >= PAIN_STOPS:
            warn(pain_stop(pain))
        return pain
