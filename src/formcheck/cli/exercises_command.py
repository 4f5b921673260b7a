"""`formcheck exercises`: the catalogue, and one exercise in full."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from formcheck.cli.common import complete_exercise


def exercises_command(
    slug: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help="One exercise, in full.", autocompletion=complete_exercise),
    ] = None,
) -> None:
    """List the exercises, or explain one: how to do it, the camera, what is checked."""
    from formcheck.exercises import get_exercise
    from formcheck.reports.console import plain_console
    from formcheck.reports.terminal import catalogue, explanation

    console = plain_console()
    if slug is None:
        console.print(catalogue())
        console.print("\nformcheck exercises NAME explains one.", style="dim")
    else:
        console.print(explanation(get_exercise(slug)))
