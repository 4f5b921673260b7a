"""The console that text is printed on."""

from __future__ import annotations

from rich.console import Console


def plain_console(*, stderr: bool = False) -> Console:
    """Returns a console that prints what it is given: brackets are text, and so is `:smile:`.

    Names of files, advice and reasons come from outside: none of them is markup. What is to have a
    colour is a `rich.text.Text`.
    """
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)
