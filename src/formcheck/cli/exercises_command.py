"""`formcheck exercises`: the catalogue, one exercise in full, and exercises of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from formcheck.cli.command import Commands, Group
from formcheck.cli.common import (
    complete_exercise,
    warn,
)
from formcheck.cli.person import DataOption, exercises_folder

if TYPE_CHECKING:
    from formcheck.core.exercise.exercise import Exercise

SHOW = "show"


class _NameOrCommand(Group):
    """Takes what is no subcommand as the name of an exercise: `formcheck exercises NAME`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Returns the subcommand, and what is left of the arguments."""
        if args and args[0] not in self.commands:
            args = [SHOW, *args]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Returns the subcommands and the exercises that begin with a text."""
        found = super().shell_complete(ctx, incomplete)
        kind = type(found[0]) if found else None
        if kind is None:
            found = super().shell_complete(ctx, "")
            kind, found = type(found[0]), []
        return [*found, *(kind(slug) for slug in complete_exercise(incomplete))]


app = Commands(
    cls=_NameOrCommand,
    help="List the exercises; `formcheck exercises NAME` explains one: how to do it, the camera,"
    " what is checked.",
)


@app.callback(invoke_without_command=True)
def exercises_command(context: typer.Context, data: DataOption = None) -> None:
    """List the exercises; NAME explains one: how to do it, the camera, what is checked."""
    if context.invoked_subcommand is not None:
        return
    from formcheck.exercises import readable
    from formcheck.files.own_exercises import misnamed
    from formcheck.reports.console import plain_console
    from formcheck.reports.terminal import catalogue

    found, wrong = readable()
    console = plain_console()
    console.print(catalogue(found))
    console.print("\nformcheck exercises NAME explains one.", style="dim")
    for complaint in (*wrong, *misnamed(exercises_folder())):
        warn(complaint)


@app.command(SHOW, hidden=True)
def show_command(
    name: Annotated[str, typer.Argument(help="One exercise.", autocompletion=complete_exercise)],
    data: DataOption = None,
) -> None:
    """Explain one exercise in full."""
    from formcheck.exercises import get_exercise

    _explain(get_exercise(name))


@app.command("new")
def new_command(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and hyphens.")],
    like: Annotated[
        str,
        typer.Option(
            "--like", help="The exercise to begin from.", autocompletion=complete_exercise
        ),
    ] = "standing-hip-flexion",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", metavar="FOLDER", help="Another folder than your exercises'."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Write the file of an exercise of your own, with comments; change it with any editor."""
    from formcheck.exercises import get_exercise
    from formcheck.files.own_exercises import write_new

    path = write_new(exercises_folder() if out is None else out, name, get_exercise(like))
    print(f"Written: {path}")
    print(f"Change it, then: formcheck exercises check {path}")


@app.command("check")
def check_command(
    file: Annotated[Path, typer.Argument(help="The file of an exercise.")],
    video: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(help="A video or saved poses: what the exercise would count in it."),
    ] = None,
) -> None:
    """Say what is wrong in the file of an exercise; with a VIDEO, what it would count there."""
    from formcheck.files.own_exercises import load_exercise

    exercise = load_exercise(file)
    if video is None:
        _explain(exercise)
        return
    from formcheck.analysis.analyze import analyze
    from formcheck.reports.console import plain_console
    from formcheck.reports.terminal import summary

    plain_console().print(summary(analyze(video, exercise), exercise))


def _explain(exercise: Exercise) -> None:
    from formcheck.reports.console import plain_console
    from formcheck.reports.terminal import explanation

    plain_console().print(explanation(exercise))
